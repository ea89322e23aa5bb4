"""Which workspace the window shows: the one of last time, one that a person chooses, or the profile's own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from wireyard.gui.dialogs import ask_for_folder
from wireyard.gui.library import Library
from wireyard.settings.profile import Profile


class Workspaces(QObject):
    """Opens folders in the library. Opening one connects nothing and runs nothing.

    ``offered`` carries a sentence, what can be done, and what does it.
    """

    offered = Signal(str, str, object)

    def __init__(self, library: Library, profile: Profile, window: QWidget) -> None:
        super().__init__(window)
        self._library = library
        self._profile = profile
        self._window = window

    def open_first(self, wanted: Path | None) -> None:
        """Open what was asked for at the start, else what was open last, else the profile's own."""
        if wanted is not None:
            self.open(wanted)
        if self._library.workspace is not None:
            return
        last = next((Path(known.path) for known in self._library.recent), None)
        own = self._profile.workspace
        if wanted is None and last is not None and last != own:
            self._library.attempt(lambda: self._library.open(last))
        if self._library.workspace is None:
            self._library.attempt(lambda: self._open_own(own))

    @Slot()
    def ask(self) -> None:
        """Let a person choose a folder."""
        ask_for_folder(self._window, self.tr("Open a workspace"), self.open)

    def open(self, folder: Path) -> None:
        """Open a folder; one that is no workspace yet can be made one."""
        from wireyard.workspace.listing import WORKSPACE_FILE

        if folder.is_dir() and not (folder / WORKSPACE_FILE).exists():
            said = self.tr("“{0}” is no workspace: it has no {1}.").format(folder.name, WORKSPACE_FILE)
            self.offered.emit(said, self.tr("Make it one"), lambda: self._make(folder))
            return
        self._library.attempt(lambda: self._library.open(folder))

    @Slot(str)
    def open_path(self, path: str) -> None:
        """Open one of the recent folders."""
        self.open(Path(path))

    def _make(self, folder: Path) -> None:
        from wireyard.workspace.workspace import Workspace

        if self._library.attempt(lambda: Workspace.create(folder, folder.name)):
            self.open(folder)

    def _open_own(self, folder: Path) -> None:
        from wireyard.workspace.samples import make_default

        make_default(folder)
        self._library.open(folder)
