"""Errands of the timeline on the recording: each on a thread of its own, its reports brought to the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from wireyard.gui.timeline.reader_thread import IsCancelled, OpenReader, ReaderThread
from wireyard.recording.errors import RecordingError
from wireyard.recording.reader import SessionReader

Report = Callable[[Any], None]
Work = Callable[[SessionReader, IsCancelled, Report], None]


class Errands(QObject):
    """One errand of a name at a time: a new one calls the old one off. ``failed`` carries a `RecordingError`."""

    failed = Signal(object)
    _reported = Signal(str, int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._is_closed = False
        self._count = 0
        self._running: dict[str, tuple[int, ReaderThread, Report]] = {}
        self._old: list[ReaderThread] = []
        self._reported.connect(self._on_reported, Qt.ConnectionType.QueuedConnection)

    def start(self, name: str, open_reader: OpenReader, work: Work, on_report: Report) -> None:
        """Run ``work`` with a reader of its own; ``on_report`` is called here with each thing it reports."""
        self.cancel(name)
        self._count += 1
        number = self._count

        def report(result: object) -> None:
            # Under the lock, so that close() can't let this object go in between.
            with self._lock:
                if not self._is_closed:
                    self._reported.emit(name, number, result)

        def end(error: RecordingError | None) -> None:
            if error is not None:
                report(error)

        thread = ReaderThread(
            f"timeline-{name}", open_reader, lambda reader, is_cancelled: work(reader, is_cancelled, report), end
        )
        self._running[name] = (number, thread, on_report)

    def cancel(self, name: str) -> None:
        """Call an errand off; nothing it still reports arrives."""
        self._old = [thread for thread in self._old if not thread.join(0)]
        running = self._running.pop(name, None)
        if running is not None:
            running[1].cancel()
            self._old.append(running[1])

    def cancel_all(self, timeout_s: float) -> None:
        """Call all errands off and wait for them, but not for a disk that doesn't answer."""
        for name in tuple(self._running):
            self.cancel(name)
        for thread in self._old:
            thread.join(timeout_s)

    def close(self, timeout_s: float) -> None:
        """End for good."""
        with self._lock:
            self._is_closed = True
        self.cancel_all(timeout_s)

    @Slot(str, int, object)
    def _on_reported(self, name: str, number: int, result: object) -> None:
        running = self._running.get(name)
        if running is None or running[0] != number:
            return
        if isinstance(result, RecordingError):
            self.failed.emit(result)
        else:
            running[2](result)
