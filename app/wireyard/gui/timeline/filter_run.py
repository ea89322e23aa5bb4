"""One filter at work: looks through a session on a thread of its own, then through what comes, until it is changed."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable
from dataclasses import dataclass

from wireyard.gui.timeline.reader_thread import IsCancelled, OpenReader, ReaderThread
from wireyard.recording.errors import RecordingError
from wireyard.recording.reader import SessionReader
from wireyard.recording.search import RowFilter, search


@dataclass(frozen=True, slots=True)
class Finds:
    """What was found since the last time: numbers in order, and up to which number all were looked at."""

    seqs: array[int]
    searched_seq: int
    error: RecordingError | None = None


class FilterRun:
    """Matches from ``first_seq`` on. ``on_found`` is called, on the thread, when `take` has something new."""

    def __init__(
        self,
        open_reader: OpenReader,
        row_filter: RowFilter,
        first_seq: int,
        last_seq: int,
        on_found: Callable[[], None],
    ) -> None:
        self._filter = row_filter
        self._on_found = on_found
        self._lock = threading.Lock()
        self._more = threading.Condition(self._lock)
        self._found = array("q")
        self._searched_seq = first_seq - 1
        self._target_seq = last_seq
        self._is_news = True
        self._is_stopped = False
        self._error: RecordingError | None = None
        self._thread = ReaderThread("timeline-filter", open_reader, self._work, self._on_end)

    def extend(self, last_seq: int) -> None:
        """The session has grown: look at the new records, too."""
        with self._more:
            if last_seq > self._target_seq:
                self._target_seq = last_seq
                self._more.notify()

    def take(self) -> Finds | None:
        """What is new since the last call, None when nothing is."""
        with self._lock:
            if not self._is_news:
                return None
            self._is_news = False
            found, self._found = self._found, array("q")
            return Finds(found, self._searched_seq, self._error)

    def cancel(self) -> None:
        """Look no further."""
        with self._more:
            self._is_stopped = True
            self._more.notify()
        self._thread.cancel()

    def join(self, timeout_s: float) -> bool:
        return self._thread.join(timeout_s)

    def _work(self, reader: SessionReader, is_cancelled: IsCancelled) -> None:
        while True:
            with self._more:
                while self._searched_seq >= self._target_seq and not self._is_stopped:
                    self._more.wait()
                if self._is_stopped:
                    return
                first_seq, last_seq = self._searched_seq + 1, self._target_seq
            for seqs in search(reader, self._filter, first_seq, last_seq, is_cancelled):
                self._tell(seqs, seqs[-1] if seqs else first_seq - 1)
                if is_cancelled():
                    return
            self._tell(array("q"), last_seq)

    def _tell(self, seqs: array[int], searched_seq: int) -> None:
        with self._lock:
            self._found.extend(seqs)
            self._searched_seq = max(self._searched_seq, searched_seq)
            self._is_news = True
        self._on_found()

    def _on_end(self, error: RecordingError | None) -> None:
        with self._lock:
            self._error = error
            self._is_news = True
        self._on_found()
