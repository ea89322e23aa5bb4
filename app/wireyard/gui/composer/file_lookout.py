"""Looks at the file that a message is, off the GUI thread, and again whenever it changes on the disk."""

from __future__ import annotations

import functools
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

from wireyard.gui.jobs import Job, Jobs
from wireyard.session.plan.errors import PlanError
from wireyard.session.plan.files import FileLook, look_at_file

_SETTLE_MS = 120


class FileLookout(QObject):
    """``seen`` carries a `FileLook`, or a sentence that says why there is none."""

    seen = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._root: Path | None = None
        self._jobs = jobs
        self._job: Job | None = None
        self._name = ""
        self._is_chosen = False
        self._watcher = QFileSystemWatcher(self)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._look)
        self._watcher.fileChanged.connect(self._on_changed)
        self._watcher.directoryChanged.connect(self._on_changed)

    @property
    def root(self) -> Path | None:
        """The folder of the workspace, None where none is open."""
        return self._root

    @root.setter
    def root(self, root: Path | None) -> None:
        if root != self._root:
            self._root = root
            if self._name:
                self.follow(self._name, chosen=self._is_chosen)

    def follow(self, name: str, *, chosen: bool) -> None:
        """Look at a file, and go on doing so; at nothing with an empty name."""
        self._name, self._is_chosen = name, chosen
        self._settle.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None
        watched = [*self._watcher.files(), *self._watcher.directories()]
        if watched:
            self._watcher.removePaths(watched)
        if name:
            self._look()

    @Slot()
    def _on_changed(self) -> None:
        self._settle.start()

    @Slot()
    def _look(self) -> None:
        if self._job is not None:
            self._job.cancel()
        work = functools.partial(_look_at, self._root, self._name, self._is_chosen)
        self._job = self._jobs.start("look-at-file", lambda _: work(), self._on_looked)

    def _on_looked(self, look: FileLook | str) -> None:
        # One that was replaced is no longer watched, and one that is gone can only come back into its folder; a folder
        # may be a busy place, so it is watched only then.
        path = (self._root or Path()) / self._name
        folders = self._watcher.directories()
        if isinstance(look, str) and not folders and path.parent.is_dir():
            self._watcher.addPath(str(path.parent))
        elif folders and not isinstance(look, str):
            self._watcher.removePaths(folders)
        if str(path) not in self._watcher.files() and not isinstance(look, str):
            self._watcher.addPath(str(path))
        self.seen.emit(look)


def _look_at(root: Path | None, name: str, chosen: bool) -> FileLook | str:
    try:
        return look_at_file(root, name, chosen=chosen)
    except PlanError as error:
        return str(error)
