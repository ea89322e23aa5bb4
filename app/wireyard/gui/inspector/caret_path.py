"""Where in the JSON the caret of Pretty stands, found a moment after it stops."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from wireyard.gui.inspector.code_view import CodeView
from wireyard.gui.inspector.json_path import path_at
from wireyard.gui.jobs import Job, Jobs

_SETTLE_MS = 40


class CaretPath(QObject):
    """Follows the caret of a view while `follow` says that it shows JSON. ``changed`` tells of another path."""

    changed = Signal()

    def __init__(self, view: CodeView, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._jobs = jobs
        self._job: Job | None = None
        self._is_followed = False
        self._path = ""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SETTLE_MS)
        self._soon.timeout.connect(self._on_settled)
        view.caret_moved.connect(self._on_caret_moved)

    @property
    def path(self) -> str:
        """The path, such as "$.items[0].sku"; empty while it isn't known."""
        return self._path

    def follow(self) -> None:
        """Begin with the document that is shown now."""
        self._is_followed = True
        self._soon.start()

    def stop(self) -> None:
        """The view goes on to something else."""
        self._is_followed = False
        self._soon.stop()
        self._path = ""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    @Slot()
    def _on_caret_moved(self) -> None:
        if self._is_followed:
            self._soon.start()

    @Slot()
    def _on_settled(self) -> None:
        """Read up to the caret; behind a long array that takes a moment."""
        if self._job is not None:
            self._job.cancel()
        document = self._view.document
        if document is None:
            return
        source, offset = document.source, self._view.selection.caret

        def read(start: int, end: int) -> bytes:
            return source.read(start, end) or b""

        self._job = self._jobs.start("path", lambda job: path_at(read, offset, job.breathe), self._on_found)

    def _on_found(self, path: str) -> None:
        self._path = path
        self.changed.emit()
