"""Reads what the inspector shows from the recording, off the GUI thread, with a reader of its own for each job.

A payload up to `WHOLE_BYTES` is read whole: it is the one payload in memory. A larger one stays on disk and comes in
pages; the last place is the dearest to reach in SQLite, so pages are large and scans read in steps of megabytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Protocol

from wireyard.domain.event import Event, Step
from wireyard.domain.frame import Opcode
from wireyard.formats.detect import Detection, detect
from wireyard.gui.inspector.details import Details, describe
from wireyard.gui.inspector.source import PAGE_BYTES, PagedSource
from wireyard.gui.jobs import Job, Jobs
from wireyard.recording.kinds import RowKind
from wireyard.recording.row import Row

WHOLE_BYTES = 16 * 1024 * 1024
_STEP_BYTES = 4 * 1024 * 1024
# A handshake is preceded by its steps: resolve, tcp, proxy, tls, upgrade.
_STEPS_BEFORE = 8


class PayloadReader(Protocol):
    """What is needed of a recording's reader."""

    def rows_at(self, seqs: Sequence[int]) -> list[Row]: ...

    def event(self, seq: int) -> Event: ...

    def payload(self, seq: int) -> bytes: ...

    def payload_part(self, seq: int, start: int, size: int) -> bytes: ...

    def close(self) -> None: ...


OpenReader = Callable[[], PayloadReader]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A row with what is shown of it. ``payload`` is ``None`` when it is too large to be held."""

    row: Row
    payload: bytes | None = None
    detection: Detection | None = None
    details: Details | None = None


def load(open_reader: OpenReader, seq: int) -> Loaded | None:
    """Read one row; ``None`` when it isn't there, or is lost. Raises RecordingError (worker)."""
    reader = open_reader()
    try:
        rows = reader.rows_at([seq])
        if not rows:
            return None
        row = rows[0]
        if row.kind == RowKind.MESSAGE:
            detection = detect(row.head, row.size_bytes, row.opcode)
            payload = reader.payload(seq) if row.size_bytes <= WHOLE_BYTES else None
            return Loaded(row, payload, detection)
        steps = _steps_before(reader, seq) if row.kind in (RowKind.OPEN, RowKind.ERROR) else ()
        payload = reader.payload(seq) if row.kind == RowKind.CONTROL else None
        detection = detect(row.head, row.size_bytes, Opcode.BINARY) if row.kind == RowKind.CONTROL else None
        return Loaded(row, payload, detection, describe(row, steps))
    finally:
        reader.close()


def _steps_before(reader: PayloadReader, seq: int) -> tuple[Step, ...]:
    steps: list[Step] = []
    for row in reversed(reader.rows_at(range(max(1, seq - _STEPS_BEFORE), seq))):
        if not isinstance(row.detail, Step):
            break
        steps.append(row.detail)
    return tuple(reversed(steps))


class DiskBytes:
    """A payload on disk for one worker thread; reads ahead in large steps."""

    def __init__(self, reader: PayloadReader, seq: int) -> None:
        self._reader = reader
        self._seq = seq
        self._start = 0
        self._held = b""

    def take(self, start: int, size: int) -> bytes:
        if not self._start <= start < self._start + len(self._held):
            self._start = start
            self._held = self._reader.payload_part(self._seq, start, _STEP_BYTES)
        within = start - self._start
        return self._held[within : within + size]

    def close(self) -> None:
        self._reader.close()


class DiskPayload:
    """A large payload on disk: pages for the views, fetched by one thread that lives as long as it is shown."""

    def __init__(
        self, jobs: Jobs, open_reader: OpenReader, seq: int, size_bytes: int, arrived: Callable[[], None]
    ) -> None:
        self._open_reader = open_reader
        self._seq = seq
        self._arrived = arrived
        self._wanted: SimpleQueue[int | None] = SimpleQueue()
        self.source = PagedSource(size_bytes, self._wanted.put)
        self._job = jobs.start("pages", self._fetch)

    def open_worker(self) -> DiskBytes:
        """The same bytes for one worker thread, called there."""
        return DiskBytes(self._open_reader(), self._seq)

    def close(self) -> None:
        """End the thread."""
        self._job.cancel()
        self._wanted.put(None)

    def _fetch(self, job: Job) -> None:
        reader = self._open_reader()
        try:
            while (page := self._wanted.get()) is not None and not job.is_cancelled:
                data = reader.payload_part(self._seq, page * PAGE_BYTES, PAGE_BYTES)
                job.tell(lambda page=page, data=data: self._put(page, data))
        finally:
            reader.close()

    def _put(self, page: int, data: bytes) -> None:
        self.source.put(page, data)
        self._arrived()
