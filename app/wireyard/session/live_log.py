"""A session written out as JSON Lines while it happens: follows the recording on a thread of its own.

It reads what was committed, so its lines have the numbers of the recording, and a slow reader at the other end of a
pipe holds up neither the socket nor the store: the disk is the buffer.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Protocol

from wireyard.exchange.exporters.jsonl import CHUNK_BYTES, JsonlWriter
from wireyard.exchange.redact import Redaction
from wireyard.recording.errors import RecordingError
from wireyard.recording.reader import SessionReader
from wireyard.recording.recording import Recording
from wireyard.recording.values import Progress

_RETRY_S = 0.01


class ByteSink(Protocol):
    """Where lines go, at once: an unbuffered binary file."""

    def write(self, data: memoryview, /) -> int | None: ...


class LiveLog:
    """Writes the lines until `finish`. ``on_end`` is called once, on the log's own thread, with what went wrong if
    something did: the sink or the recording gave up."""

    def __init__(self, sink: ByteSink, redaction: Redaction, on_end: Callable[[Exception | None], None]) -> None:
        self._sink = sink
        self._redaction = redaction
        self._writer = JsonlWriter(redaction)
        self._on_end = on_end
        self._changed = threading.Condition()
        self._last_seq = 0
        self._is_ending = False

    def take(self, progress: Progress) -> None:
        """Hear that more was committed. Called on the recording's thread."""
        with self._changed:
            self._last_seq = max(self._last_seq, progress.last_seq)
            self._changed.notify()

    def start(self, recording: Recording) -> None:
        """Begin with the head of the session."""
        # A daemon: a pipe that nobody empties must not keep the program from ending.
        threading.Thread(target=self._run, args=(recording,), name="live-log", daemon=True).start()

    def finish(self) -> None:
        """Write what is left, then end. Returns at once."""
        with self._changed:
            self._is_ending = True
            self._changed.notify()

    def _run(self, recording: Recording) -> None:
        failed: Exception | None = None
        try:
            reader = recording.reader()
            try:
                self._redaction.know(recording.secrets)
                self._write(self._writer.head(recording.info))
                self._follow(reader, recording)
            finally:
                reader.close()
        except (OSError, RecordingError) as error:
            failed = error
        self._on_end(failed)

    def _follow(self, reader: SessionReader, recording: Recording) -> None:
        done = 0
        while True:
            with self._changed:
                while self._last_seq <= done and not self._is_ending:
                    self._changed.wait()
                last, is_ending = self._last_seq, self._is_ending
            if last > done:
                # They were named before what holds them was put.
                self._redaction.know(recording.secrets)
                self._write_range(reader, done + 1, last)
                done = last
            elif is_ending:
                return

    def _write_range(self, reader: SessionReader, first: int, last: int) -> None:
        parts: list[bytes] = []
        waiting = 0
        for seq, event in reader.events(first, last):
            parts.append(self._writer.lines(seq, event))
            waiting += len(parts[-1])
            if waiting >= CHUNK_BYTES:
                self._write(b"".join(parts))
                parts, waiting = [], 0
        if parts:
            self._write(b"".join(parts))

    def _write(self, data: bytes) -> None:
        # An unbuffered file may take only a part at a time, and a pipe set to not block nothing at all.
        view = memoryview(data)
        while view:
            taken = self._sink.write(view)
            if not taken:
                time.sleep(_RETRY_S)
            view = view[taken or 0 :]
