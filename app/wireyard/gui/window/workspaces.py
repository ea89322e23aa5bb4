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

    ``offered`` carries a sentence, what can be done, and what does it. ``refused`` carries what stands in the way of
    the folder that the program was started with, and the folder where it can be made a workspace, else None.
    """

    offered = Signal(str, str, object)
    refused = Signal(str, object)

    def __init__(self, library: Library, profile: Profile, window: QWidget) -> None:
        super().__init__(window)
        self._library = library
        self._profile = profile
        self._window = window

    def open_first(self, wanted: Path | None) -> None:
        """Open what was asked for at the start, else what was open last, else the profile's own."""
        if wanted is not None:
            self._open_wanted(wanted)
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
            self.offered.emit(said, self.tr("Make it one"), lambda: self.make(folder))
            return
        self._library.attempt(lambda: self._library.open(folder))

    @Slot(str)
    def open_path(self, path: str) -> None:
        """Open one of the recent folders."""
        self.open(Path(path))

    def _open_wanted(self, folder: Path) -> None:
        """Open what the command line named; what is wrong with it is worth more than a word in passing."""
        from wireyard.workspace.errors import WorkspaceError
        from wireyard.workspace.listing import WORKSPACE_FILE

        shown = self.tr("Your own workspace is shown instead.")
        if not folder.is_dir():
            self.refused.emit(self.tr("There is no folder {0}. {1}").format(folder, shown), None)
        elif not (folder / WORKSPACE_FILE).exists():
            said = self.tr("{0} is no workspace: it has no {1}. {2}").format(folder, WORKSPACE_FILE, shown)
            self.refused.emit(said, folder)
        else:
            try:
                self._library.open(folder)
            except WorkspaceError as error:
                self.refused.emit(f"{error} {shown}", None)

    def make(self, folder: Path) -> None:
        """Make a folder a workspace and open it."""
        from wireyard.workspace.workspace import Workspace

        if self._library.attempt(lambda: Workspace.create(folder, folder.name)):
            self.open(folder)

    def _open_own(self, folder: Path) -> None:
        from wireyard.workspace.samples import make_default

        make_default(folder)
        self._library.open(folder)
