"""One errand on a recording, on a thread of its own with a reader of its own, that can be called off at any time."""

from __future__ import annotations

import threading
from collections.abc import Callable

from wireyard.recording.errors import RecordingError
from wireyard.recording.reader import SessionReader

OpenReader = Callable[[], SessionReader]
IsCancelled = Callable[[], bool]
Work = Callable[[SessionReader, IsCancelled], None]


class ReaderThread:
    """Runs ``work`` at once. What it finds it hands over itself; ``on_end`` gets None or the `RecordingError`.

    ``on_end`` is called on the thread, and not at all once the errand was cancelled.
    """

    def __init__(
        self, name: str, open_reader: OpenReader, work: Work, on_end: Callable[[RecordingError | None], None]
    ) -> None:
        self._open_reader = open_reader
        self._work = work
        self._on_end = on_end
        self._cancelled = threading.Event()
        # A daemon: a disk that doesn't answer must not keep the program from ending.
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def cancel(self) -> None:
        """Call the errand off; its results don't matter any more."""
        self._cancelled.set()

    def join(self, timeout_s: float) -> bool:
        """Wait for the end; answer whether it has ended."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        error: RecordingError | None = None
        try:
            reader = self._open_reader()
            try:
                self._work(reader, self._cancelled.is_set)
            finally:
                reader.close()
        except RecordingError as found:
            error = found
        if not self._cancelled.is_set():
            self._on_end(error)
