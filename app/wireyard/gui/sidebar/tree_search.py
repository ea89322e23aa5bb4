"""Searching a workspace as one types: a moment after the last key, on a worker, and only the last question counts."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from wireyard.gui.jobs import Job, Jobs
from wireyard.gui.library import Library

DEBOUNCE_MS = 120


class TreeSearch(QObject):
    """``found`` carries the hits of the text that is searched for now."""

    found = Signal(list)

    def __init__(self, library: Library, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._jobs = Jobs(self)
        self._job: Job | None = None
        self._text = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE_MS)
        self._timer.timeout.connect(self._search)

    @property
    def text(self) -> str:
        """What is searched for; empty when nothing is."""
        return self._text

    def search(self, text: str) -> None:
        """Search for a text soon. An empty one ends the search at once."""
        self._text = text.strip()
        self._cancel()
        if self._text:
            self._timer.start()

    def again(self) -> None:
        """The workspace is another now."""
        if self._text and not self._timer.isActive():
            self._search()

    def shut_down(self) -> None:
        """Stop what runs."""
        self._cancel()
        self._jobs.stop()

    @Slot()
    def _search(self) -> None:
        workspace, tree, text = self._library.workspace, self._library.tree, self._text
        if workspace is None or tree is None or not text:
            return
        self._cancel()
        self._job = self._jobs.start("search", lambda _job: list(workspace.search(tree, text)), self.found.emit)

    def _cancel(self) -> None:
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None
