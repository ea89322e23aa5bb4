"""The thread that writes a session: numbers what waits, commits it, tells of it, and goes on when the disk does not.

It takes everything that waits and commits at once, so a single message is on disk within a millisecond, and a flood
makes its own batches. When the file can't be written it goes on in memory (store.py).
"""

from __future__ import annotations

import threading
import time
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import Final

from wireyard.domain.event import Event, Note
from wireyard.domain.session import SessionInfo
from wireyard.recording.batch import Batch, Numbering
from wireyard.recording.errors import RecordingError
from wireyard.recording.inbox import Inbox, size_of
from wireyard.recording.marks import MarkChanges
from wireyard.recording.parts import FilePart, Part, Parts, SharedPart
from wireyard.recording.store import FileStore, MemoryStore, StorageFailedError
from wireyard.recording.values import Progress, RecordingLimits, StorageHealth

# A commit writes whole pages, so thousands a second would be work for nothing. Bursts go through at once; what keeps
# coming faster than this is gathered for a few milliseconds.
_COMMITS_A_SECOND: Final = 400.0
_COMMITS_IN_A_BURST: Final = 2000.0
_GATHER_S: Final = 0.004
_HOLD_STEPS_S: Final = 0.5
_IDLE_S: Final = 2.0
_ANSWER_S: Final = 0.002
_LOOK_EVERY_S: Final = 0.05
_LOOK_AFTER_BYTES: Final = 64 * 1024


class Writer:
    """Owns the store. What it publishes (``parts``, ``health``) is replaced as a whole, for other threads to read.

    ``secrets`` is the other way round: others replace it, and it is written before what comes next.
    """

    def __init__(
        self,
        store: FileStore | MemoryStore,
        info: SessionInfo,
        inbox: Inbox,
        limits: RecordingLimits,
        on_progress: Callable[[Progress], None] | None,
        first_seq: int,
        reason: str = "",
    ) -> None:
        """``reason`` says why there is no file, for a session that begins in memory."""
        if isinstance(store, FileStore):
            self._file: FileStore | None = store
            self._memory: MemoryStore | None = None
            self.parts = Parts((FilePart(store.path, first_seq, is_ours=True),))
        else:
            self._file, self._memory = None, store
            self.parts = Parts((store.part,))
        self.health = StorageHealth(failing=self._memory is not None, reason=reason)
        self.secrets: tuple[str, ...] = ()
        self._noted_secrets: tuple[str, ...] = ()
        self.thread = threading.Thread(target=self._work, name="recording-writer", daemon=True)
        self._info = info
        self._inbox = inbox
        self._limits = limits
        self._on_progress = on_progress
        self._numbering = Numbering(first_seq)
        self._lost_before = 0
        self._size_bytes = self._file.size_bytes() if self._file is not None else 0
        self._unseen_bytes = 0
        self._look_due = 0.0
        self._tokens = _COMMITS_IN_A_BURST
        self._tokens_at = time.monotonic()

    @property
    def store(self) -> FileStore:
        """The file's store. There is one whenever rows don't go to memory."""
        assert self._file is not None
        return self._file

    @property
    def path(self) -> Path | None:
        """The file that is written, or was until it failed; None where none could be made."""
        return self._file.path if self._file is not None else None

    def skip_to(self, seq: int) -> None:
        """Leave out the numbers before ``seq``. On the writer thread only."""
        first = self._numbering.next_seq
        part = self.parts.parts[-1]
        if seq <= first or not isinstance(part, FilePart):
            return
        gaps = (*part.gaps, (first, seq - 1))
        try:
            self.store.set_gaps(gaps)
        except StorageFailedError as error:
            raise RecordingError(
                f"The recording can't be written: {error}", part.path, "Choose another folder."
            ) from error
        self._numbering.skip_to(seq)
        part = FilePart(part.path, part.first_seq, part.last_seq, gaps, is_ours=True)
        self.parts = Parts((*self.parts.parts[:-1], part), self.parts.lost_hidden)

    def move(self, folder: Path) -> None:
        """Go on in a new file with what memory holds. Raises RecordingError. On the writer thread only."""
        memory = self._memory
        if memory is None:
            return
        before = list(self.parts.parts[:-1])
        sources = [memory.part]
        if before and isinstance(gone := before[-1], SharedPart):
            sources.insert(0, gone)
            del before[-1]
        first_seq = sources[0].kept_first
        store = FileStore.create(folder, self._info, first_seq, self._limits.checkpoint_bytes)
        try:
            for source in sources:
                store.copy_from(source)
            store.set_secrets(self.secrets)
        except StorageFailedError as error:
            store.discard()
            what = f"The recording can't be saved there: {error}"
            raise RecordingError(what, folder, "Choose another folder.") from error
        self._lost_before += memory.lost
        lost_hidden = array("q", self.parts.lost_hidden)
        lost_hidden.extend(memory.evicted_hidden)
        self._file, self._memory = store, None
        self.parts = Parts((*before, FilePart(store.path, first_seq, is_ours=True)), lost_hidden)
        self.health = StorageHealth(lost_messages=self._lost_before)
        for source in sources:
            source.release()
        self._publish(None)

    def set_marks(self, changes: MarkChanges) -> None:
        """Set and take away marks. Raises RecordingError. On the writer thread only."""
        try:
            (self._memory or self.store).set_marks(changes)
        except StorageFailedError as error:
            raise RecordingError(f"The mark can't be kept: {error}", self.store.path, "Free some space.") from error

    def insert_mark(self, row: Note, note: str) -> int:
        """Put in a row of its own that is marked; give its number. On the writer thread only."""
        batch = self._numbering.number((row,), 0)
        self._write(batch)
        self.set_marks({batch.first_seq: note})
        self._publish(batch)
        return batch.first_seq

    def _work(self) -> None:
        try:
            while self._round():
                pass
            self._finish()
        except BaseException as error:
            self._inbox.break_by(error)
            if self._file is not None:
                self._file.abandon()
            raise

    def _round(self) -> bool:
        """Write what waits, or run an errand, or sleep. Returns False when all is done."""
        self._pace()
        inbox = self._inbox
        events = inbox.take()
        if events:
            self._record(events)
        elif (errand := inbox.next_errand()) is not None:
            errand()
        elif inbox.sleep(self._patience_s()):
            inbox.await_answer(_ANSWER_S)
            return not inbox.is_done
        elif inbox.has_backlog:
            self._record(inbox.take(all_of_it=True))
        elif self._memory is None:
            self.store.tend_log(is_idle=True)
        return True

    def _patience_s(self) -> float:
        if self._inbox.has_backlog:
            return _HOLD_STEPS_S
        return _IDLE_S if self._memory is None and self.store.needs_tending else -1.0

    def _pace(self) -> None:
        now = time.monotonic()
        self._tokens = min(_COMMITS_IN_A_BURST, self._tokens + (now - self._tokens_at) * _COMMITS_A_SECOND)
        self._tokens_at = now
        if self._tokens < 1.0:
            time.sleep(_GATHER_S)

    def _record(self, events: list[Event]) -> None:
        size_bytes = sum(map(size_of, events))
        batch = self._numbering.number(events, size_bytes)
        if batch.count:
            self._write(batch)
            self._tokens -= 1.0
            self._publish(batch)
        self._inbox.committed(len(events), size_bytes)
        if self._memory is None:
            self.store.tend_log()

    def _write(self, batch: Batch) -> None:
        if self._memory is None:
            try:
                self._note_secrets(self.store)
                self.store.write(batch)
                return
            except StorageFailedError as error:
                self._memory = self._go_on_in_memory(batch.first_seq)
                self._noted_secrets = ()
                self.health = StorageHealth(failing=True, reason=str(error), lost_messages=self._lost_before)
        memory = self._memory
        self._note_secrets(memory)
        memory.write(batch)
        self.health = StorageHealth(
            failing=True,
            reason=self.health.reason,
            kept_messages=memory.kept,
            lost_messages=self._lost_before + memory.lost,
        )

    def _note_secrets(self, store: FileStore | MemoryStore) -> None:
        secrets = self.secrets
        if secrets != self._noted_secrets:
            store.set_secrets(secrets)
            self._noted_secrets = secrets

    def _go_on_in_memory(self, first_seq: int) -> MemoryStore:
        *before, last = self.parts.parts
        assert isinstance(last, FilePart)
        ended: Part
        if self.store.is_gone():
            # Nobody else can open it any more; through our connection it can still be read, and saved.
            ended = SharedPart(self.store.connection, last.first_seq, first_seq - 1, last.gaps)
        else:
            self.store.abandon()
            ended = FilePart(last.path, last.first_seq, first_seq - 1, last.gaps, is_ours=True)
        memory = MemoryStore(first_seq, self._limits.memory_bytes)
        self.parts = Parts((*before, ended, memory.part), self.parts.lost_hidden)
        return memory

    def _publish(self, batch: Batch | None) -> None:
        if self._on_progress is None:
            return
        self._look_at_size(batch)
        next_seq = self._numbering.next_seq
        self._on_progress(
            Progress(
                first_seq=batch.first_seq if batch else next_seq,
                last_seq=next_seq - 1,
                hidden=(*batch.hide_earlier, *batch.hidden) if batch else (),
                changed=tuple(batch.changed) if batch else (),
                totals=self._numbering.totals,
                size_bytes=self._size_bytes,
                health=self.health,
            )
        )

    def _look_at_size(self, batch: Batch | None) -> None:
        """Ask SQLite for the size, but not for every message: it takes as long as a tenth of a commit."""
        self._unseen_bytes += batch.size_bytes if batch is not None else _LOOK_AFTER_BYTES
        now = time.monotonic()
        if self._memory is None and (now >= self._look_due or self._unseen_bytes >= _LOOK_AFTER_BYTES):
            self._size_bytes = self.store.size_bytes()
            self._unseen_bytes = 0
            self._look_due = now + _LOOK_EVERY_S

    def _finish(self) -> None:
        numbering = self._numbering
        if self._memory is None:
            last_ts_ns = numbering.last_ts_ns or self._info.created_ts_ns
            self.store.finish(numbering.totals, numbering.next_seq - 1, last_ts_ns, numbering.ending)
        for part in self.parts.parts:
            if isinstance(part, SharedPart):
                part.release()
