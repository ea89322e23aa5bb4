"""What the window asks of environments: the editor, the definition of a variable, and the passphrase when it is due."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from wireyard.gui.theme.look import Look

if TYPE_CHECKING:
    from wireyard.gui.environments.editor_sheet import EnvironmentsSheet
    from wireyard.gui.library import Library


class EnvironmentErrands(QObject):
    """``noticed`` carries a sentence for a toast, ``offered`` one with what can be done: the word, and the act."""

    noticed = Signal(str)
    offered = Signal(str, str, object)

    def __init__(
        self, look: Look, library: Library, window: QWidget, is_spoken_to: Callable[[], bool] = lambda: True
    ) -> None:
        """``is_spoken_to`` tells whether this is the one of several windows that says what is said of all."""
        super().__init__(window)
        self._is_spoken_to = is_spoken_to
        self._look = look
        self._library = library
        self._window = window
        self._sheet: EnvironmentsSheet | None = None
        library.secrets.unlock_wanted.connect(self._on_unlock_wanted)
        library.secrets.found_locked.connect(self._on_found_locked)
        library.secrets.found_moved.connect(self._on_found_moved)

    @property
    def sheet(self) -> EnvironmentsSheet | None:
        """The editor while it is open."""
        return self._sheet

    @Slot()
    def edit(self) -> None:
        """Open the editor."""
        self._open("")

    @Slot(str)
    def define(self, name: str) -> None:
        """Open the editor at a variable, which is added where there is none of this name."""
        self._open(name)

    def _open(self, define: str) -> None:
        from wireyard.gui.environments.editor_sheet import EnvironmentsSheet  # reads YAML, which a start does not
        from wireyard.gui.environments.store import EnvironmentStore

        if self._library.workspace is None:
            self.noticed.emit(self.tr("Open a workspace first: environments are files in it."))
            return
        if self._sheet is not None:
            return
        store = EnvironmentStore(self._library)
        self._sheet = EnvironmentsSheet(self._look, self._window, store, define=define)
        store.setParent(self._sheet)
        self._sheet.use_wanted.connect(self._library.choose_environment)
        self._sheet.finished.connect(self._on_finished)
        self._sheet.open()
        self._sheet.begin()

    @Slot()
    def _on_finished(self) -> None:
        self._sheet = None

    @Slot()
    def _on_found_locked(self) -> None:
        # A sheet that comes by itself would take the keys of whoever is typing, into a passphrase.
        if self._is_spoken_to():
            self.offered.emit(self.tr("Values of secrets are locked."), self.tr("Unlock"), self._unlock)

    @Slot(str)
    def _on_found_moved(self, old: str) -> None:
        # Not by itself: who owns the folder may not be who owned the one that was there.
        said = self.tr("This workspace was in {0}. Its secrets are still kept for that folder.").format(old)
        self.offered.emit(said, self.tr("Use them here"), lambda: self._library.secrets.take_over(old))

    @Slot()
    def _on_unlock_wanted(self) -> None:
        if self._is_spoken_to():
            self._unlock()

    def _unlock(self) -> None:
        from wireyard.gui.secrecy.secret_place import SecretPlaceSheet

        SecretPlaceSheet(self._look, self._window, self._library.secrets, lambda: None).open()
