"""Reads what the inspector shows from the recording, off the GUI thread, with a reader of its own for each job.

A payload up to `WHOLE_BYTES` is read whole: it is the one payload in memory. A larger one stays on disk and comes in
pages; the last place is the dearest to reach in SQLite, so pages are large and scans read in steps of megabytes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue

from wireyard.domain.event import Step
from wireyard.domain.frame import Opcode
from wireyard.formats.detect import Detection, detect
from wireyard.gui.inspector.details import Details, describe
from wireyard.gui.inspector.document import Document
from wireyard.gui.inspector.source import PAGE_BYTES, PagedSource, Places
from wireyard.gui.jobs import Job, Jobs
from wireyard.recording.kinds import RowKind
from wireyard.recording.row import Row
from wireyard.session.masked_reader import MaskedReader, Masking, Part, RowReader

WHOLE_BYTES = 16 * 1024 * 1024
_STEP_BYTES = 4 * 1024 * 1024
# A handshake is preceded by its steps: resolve, tcp, proxy, tls, upgrade.
_STEPS_BEFORE = 8


OpenReader = Callable[[], RowReader]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A row with what is shown of it. ``payload`` is ``None`` when it is too large to be held.

    ``has_secrets`` tells that something in it is secret, whether it is masked or revealed; ``places`` where in the
    payload it is masked.
    """

    row: Row
    payload: bytes | None = None
    detection: Detection | None = None
    details: Details | None = None
    places: Places = ()
    has_secrets: bool = False


def load(open_reader: OpenReader, seq: int, masking: Masking) -> Loaded | None:
    """Read one row; ``None`` when it isn't there, or is lost. Raises RecordingError (worker)."""
    reader = MaskedReader(open_reader(), masking)
    try:
        rows = reader.rows_at([seq])
        if not rows:
            return None
        row = rows[0]
        if row.kind == RowKind.MESSAGE:
            detection = detect(row.head, row.size_bytes, row.opcode)
            if row.size_bytes > WHOLE_BYTES:
                return Loaded(row, None, detection, has_secrets=reader.has_found)
            part = reader.payload_with_places(seq)
            return Loaded(row, part.data, detection, places=part.places, has_secrets=reader.has_found)
        steps = _steps_before(reader, seq) if row.kind in (RowKind.OPEN, RowKind.ERROR) else ()
        payload = reader.payload(seq) if row.kind == RowKind.CONTROL else None
        detection = detect(row.head, row.size_bytes, Opcode.BINARY) if row.kind == RowKind.CONTROL else None
        return Loaded(row, payload, detection, describe(row, steps), has_secrets=reader.has_found)
    finally:
        reader.close()


def _steps_before(reader: RowReader, seq: int) -> tuple[Step, ...]:
    steps: list[Step] = []
    for row in reversed(reader.rows_at(range(max(1, seq - _STEPS_BEFORE), seq))):
        if not isinstance(row.detail, Step):
            break
        steps.append(row.detail)
    return tuple(reversed(steps))


class DiskBytes:
    """A payload on disk for one worker thread; reads ahead in large steps."""

    def __init__(self, reader: RowReader, seq: int) -> None:
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
        self,
        jobs: Jobs,
        open_reader: OpenReader,
        row: Row,
        masking: Masking,
        arrived: Callable[[], None],
    ) -> None:
        self.has_secrets = False
        self._open_reader = open_reader
        self._masking = masking
        self._seq = row.seq
        self._arrived = arrived
        self._wanted: SimpleQueue[int | None] = SimpleQueue()
        self.source = PagedSource(row.size_bytes, self._wanted.put)
        self._job = jobs.start("pages", self._fetch)

    def open_worker(self) -> DiskBytes:
        """The same bytes for one worker thread, called there."""
        return DiskBytes(MaskedReader(self._open_reader(), self._masking), self._seq)

    def close(self) -> None:
        """End the thread."""
        self._job.cancel()
        self._wanted.put(None)

    def _fetch(self, job: Job) -> None:
        reader = MaskedReader(self._open_reader(), self._masking)
        try:
            while (page := self._wanted.get()) is not None and not job.is_cancelled:
                part = reader.part(self._seq, page * PAGE_BYTES, PAGE_BYTES)
                job.tell(lambda page=page, part=part: self._put(page, part))
        finally:
            reader.close()

    def _put(self, page: int, part: Part) -> None:
        self.source.put(page, part.data, part.places)
        self.has_secrets |= part.has_secrets
        self._arrived()


def raw_document(loaded: Loaded, disk: DiskPayload | None) -> Document:
    """A payload as it came, from memory or from disk."""
    if disk is not None:
        return Document(disk.source, disk.open_worker, masked=disk.source.masked)
    return Document.of(loaded.payload or b"", places=loaded.places)
