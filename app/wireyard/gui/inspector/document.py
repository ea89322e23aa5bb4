"""A text to show, and the worker that cuts it into rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from wireyard.gui.inspector.rows import RowIndex
from wireyard.gui.inspector.source import ByteSource, MemorySource, Places, WorkerSource, places_between
from wireyard.gui.inspector.text_rows import Highlight
from wireyard.gui.jobs import Job

Masked = Callable[[int, int], Places]
AT_ONCE_BYTES = 64 * 1024
_READ_BYTES = 128 * 1024
# Text of nothing but escapes is cut at some 2 MB a second: after so much of it the window gets its turn.
_FEED_BYTES = 8 * 1024


@dataclass(frozen=True, slots=True)
class Document:
    """A text to show. ``open_worker`` gives the same bytes to one worker thread, and is called on that thread.

    ``masked`` tells where between two offsets bytes stand for others that are secret.
    """

    source: ByteSource
    open_worker: Callable[[], WorkerSource]
    is_complete: bool = True
    highlight: Highlight | None = None
    has_guides: bool = False
    masked: Masked | None = None

    @staticmethod
    def of(data: bytes, highlight: Highlight | None = None, has_guides: bool = False, places: Places = ()) -> Document:
        """A text that is all in memory; in ``places`` it is masked."""
        source = MemorySource(data)
        masked = partial(places_between, places) if places else None
        return Document(source, lambda: source, highlight=highlight, has_guides=has_guides, masked=masked)

    @property
    def is_small(self) -> bool:
        """Whether its rows can be cut at once, while a person waits."""
        return self.is_complete and self.source.size() <= AT_ONCE_BYTES


def feed_rows(job: Job, document: Document, index: RowIndex) -> None:
    """Cut a document into rows, telling now and then that there are more (worker)."""
    source = document.open_worker()
    at = 0
    try:
        while not job.is_cancelled:
            chunk = source.take(at, _READ_BYTES)
            if not chunk:
                index.feed(b"", last=True)
                return
            for start in range(0, len(chunk), _FEED_BYTES):
                index.feed(chunk[start : start + _FEED_BYTES])
                job.breathe()
            at += len(chunk)
            job.report()
    finally:
        source.close()
