"""Tells that files of a workspace changed on disk: soon after a folder or an open file did, and when one comes back.

The system's watchers see what is made, replaced or removed in a folder (git, most editors), and what is written into
a file that is watched itself. What they miss is seen when the window becomes the active one again.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

_SETTLE_MS = 120


class FolderWatch(QObject):
    """``changed`` follows the last of several changes that come together."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watcher = QFileSystemWatcher(self)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.changed)
        self._watcher.directoryChanged.connect(self._on_changed)
        self._watcher.fileChanged.connect(self._on_changed)
        self._files: set[str] = set()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._on_application_state)

    def watch_folders(self, folders: Iterable[Path]) -> None:
        """Watch these folders and no others."""
        self._watch({str(folder) for folder in folders}, set(self._watcher.directories()))

    def watch_files(self, files: Iterable[Path]) -> None:
        """Watch these files and no others."""
        self._files = {str(file) for file in files}
        self._watch(self._files, set(self._watcher.files()))

    def stop(self) -> None:
        """Watch nothing any more."""
        self._settle.stop()
        self.watch_files(())
        self.watch_folders(())

    def _watch(self, wanted: set[str], watched: set[str]) -> None:
        if gone := watched - wanted:
            self._watcher.removePaths(sorted(gone))
        # Qt says on stderr what it can't watch; a file that is gone is no news here.
        if new := [path for path in sorted(wanted - watched) if Path(path).exists()]:
            self._watcher.addPaths(new)

    @Slot(str)
    def _on_changed(self, _path: str) -> None:
        # A file that was replaced is another one now, and has to be watched anew.
        self._watch(self._files, set(self._watcher.files()))
        self._settle.start()

    @Slot(Qt.ApplicationState)
    def _on_application_state(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive and self._watcher.directories():
            self._settle.start()
