"""Opens the palette over the window, and has done what was chosen in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QWidget

from wireyard.gui.services import Services
from wireyard.gui.window.request_opening import RequestOpening
from wireyard.gui.window.tab_area import TabArea
from wireyard.settings.choices import ChoiceBook

if TYPE_CHECKING:
    from wireyard.gui.palette.entries import Entry
    from wireyard.gui.palette.palette import Palette
    from wireyard.gui.window.palette_source import WindowSource


class PaletteErrands(QObject):
    """One palette at a time; its parts are loaded with the first one."""

    def __init__(
        self,
        services: Services,
        window: QWidget,
        tabs: TabArea,
        requests: RequestOpening,
        run_command: Callable[[str], None],
    ) -> None:
        super().__init__(window)
        self._services = services
        self._window = window
        self._tabs = tabs
        self._requests = requests
        self._run_command = run_command
        self._source: WindowSource | None = None
        self._recent: ChoiceBook | None = None
        self._palette: Palette | None = None
        services.library.tree_changed.connect(self._on_tree_changed)

    @property
    def palette(self) -> Palette | None:
        """The palette while it is open."""
        return self._palette

    @Slot()
    def open(self) -> None:
        """Search everything."""
        self._open("")

    @Slot()
    def open_actions(self) -> None:
        """Search actions only."""
        from wireyard.gui.palette.palette import ACTIONS_PREFIX

        self._open(ACTIONS_PREFIX)

    def _open(self, typed: str) -> None:
        from wireyard.gui.palette.palette import Palette
        from wireyard.gui.window.palette_source import WindowSource

        if self._palette is not None:
            return
        if self._source is None or self._recent is None:
            self._source = WindowSource(self._services, self._tabs, self._requests, self._run_command)
            self._recent = ChoiceBook(self._services.profile.root / "palette.json")
        self._palette = Palette(self._services.look, self._window, self._source, self._recent, typed)
        self._palette.run_wanted.connect(self._on_run_wanted)
        self._palette.finished.connect(self._on_finished)
        self._palette.open()

    @Slot()
    def _on_tree_changed(self) -> None:
        # Who is quicker than the reading of the workspace finds what was typed as soon as it is known.
        if self._palette is not None:
            self._palette.look_again()

    @Slot()
    def _on_finished(self) -> None:
        self._palette = None

    @Slot(object, str)
    def _on_run_wanted(self, entry: Entry, how: str) -> None:
        if self._source is not None:
            self._source.run(entry, "new_tab" if how == "new_tab" else "run")
        tab = self._tabs.current
        if entry.group in ("requests", "messages") and tab is not None and tab.regions():
            # The palette gave the keyboard back to where it was opened, which may be another tab or the tree.
            focus = QApplication.focusWidget()
            if focus is None or not tab.isAncestorOf(focus):
                tab.regions()[0].setFocus(Qt.FocusReason.OtherFocusReason)
