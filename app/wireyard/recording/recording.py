"""One session being recorded: takes events from the engine, never blocks it, and writes on a thread of its own.

The writer takes everything that waits and commits at once, so a single message is on disk within a millisecond, and a
flood makes its own batches. When the file can't be written it goes on in memory (store.py).
"""

from __future__ import annotations

import threading
import time
from array import array
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Final

from wireyard.domain.event import Event, Message, MessageRun, Step
from wireyard.domain.session import SessionInfo
from wireyard.recording.batch import Batch, Numbering
from wireyard.recording.errors import RecordingError
from wireyard.recording.parts import FilePart, Part, Parts, SharedPart
from wireyard.recording.reader import SessionReader
from wireyard.recording.store import FileStore, MemoryStore, StorageFailedError
from wireyard.recording.values import USUAL_LIMITS, Progress, RecordingLimits, StorageHealth

# What an event takes besides its payload, roughly, while it waits.
_EVENT_BYTES: Final = 512
_EVENTS_A_BATCH: Final = 5_000
# Steps wait for the event that tells whether they become rows; the engine gives it in the same breath.
_HOLD_STEPS_S: Final = 0.5
# A commit writes whole pages, so thousands a second would be work for nothing. Bursts go through at once; what keeps
# coming faster than this is gathered for a few milliseconds.
_COMMITS_A_SECOND: Final = 400.0
_COMMITS_IN_A_BURST: Final = 2000.0
_GATHER_S: Final = 0.004
_IDLE_CHECKPOINT_S: Final = 2.0


class Recording:
    """Implements `wireyard.domain.ports.EventSink`. Every method may be called from any thread."""

    def __init__(
        self,
        store: FileStore,
        info: SessionInfo,
        on_progress: Callable[[Progress], None] | None,
        limits: RecordingLimits,
        first_seq: int,
    ) -> None:
        self.info = info
        self._on_progress = on_progress
        self._limits = limits
        self._store = store
        self._memory: MemoryStore | None = None
        self._numbering = Numbering(first_seq)
        self._parts = Parts((FilePart(store.path, first_seq, is_ours=True),))
        self._health = StorageHealth()
        self._lost_before = 0
        self._size_bytes = 0

        self._lock = threading.Lock()
        self._pending: deque[Event] = deque()
        self._backlog: deque[Event] = deque()  # the writer's own
        self._waiting_bytes = 0
        self._given = 0
        self._committed = 0
        self._committed_changed = threading.Condition(self._lock)
        self._is_asleep = False
        self._wake = threading.Lock()
        self._wake.acquire()
        self._is_full = False
        self._on_drained: list[Callable[[], None]] = []
        self._flush_until = 0
        self._is_closing = False
        self._errand: _Errand | None = None
        self._errands = threading.Lock()
        self._bug: BaseException | None = None

        self._tokens = _COMMITS_IN_A_BURST
        self._tokens_at = time.monotonic()
        self._thread = threading.Thread(target=self._work, name="recording-writer", daemon=True)
        self._thread.start()

    @classmethod
    def create(
        cls,
        folder: Path,
        info: SessionInfo,
        *,
        on_progress: Callable[[Progress], None] | None = None,
        limits: RecordingLimits = USUAL_LIMITS,
        first_seq: int = 1,
    ) -> Recording:
        """Start a session in a new file in ``folder``. Raises RecordingError.

        ``on_progress`` is called on the writer thread after each commit. An import gives the ``first_seq`` of what it
        imports.
        """
        store = FileStore.create(folder, info, first_seq, limits.checkpoint_bytes)
        return cls(store, info, on_progress, limits, first_seq)

    @property
    def path(self) -> Path:
        """The file that is written, or was until it failed."""
        return self._store.path

    @property
    def health(self) -> StorageHealth:
        """Whether the session reaches the disk."""
        return self._health

    @property
    def waiting_bytes(self) -> int:
        """How much was given and is not committed yet."""
        return self._waiting_bytes

    def put(self, event: Event) -> None:
        """Take an event; it is numbered in the order given. Raises ValueError after `close`."""
        size = _size(event)
        with self._lock:
            if self._is_closing:
                self._raise_bug()
                raise ValueError("the recording is closed")
            self._pending.append(event)
            self._waiting_bytes += size
            self._given += 1
            if self._is_asleep:
                self._is_asleep = False
                self._wake.release()

    def is_full(self) -> bool:
        """Tell whether so much waits that the giver should stop, and call `on_drained` to be told when to go on."""
        if self._waiting_bytes < self._limits.full_bytes:
            return False
        with self._lock:
            if self._waiting_bytes < self._limits.full_bytes:
                return False
            self._is_full = True
            return True

    def on_drained(self, callback: Callable[[], None]) -> None:
        """Have ``callback`` called once, as soon as little waits: on the writer thread, or at once."""
        with self._lock:
            if self._is_full:
                self._on_drained.append(callback)
                return
        callback()

    def skip_to(self, seq: int) -> None:
        """Leave out the numbers before ``seq``: an import uses it where the original had lost messages."""
        self._ask(lambda: self._skip_to(seq))

    def reader(self) -> SessionReader:
        """Open a reader, for the calling thread, that follows the session also when it moves. Close it after use."""
        return SessionReader(lambda: self._parts, self.info)

    def save_elsewhere(self, folder: Path) -> Path:
        """After a failure, start a new file in ``folder`` with what memory holds and all that follows.

        Returns its path once that is written. Raises RecordingError when this place fails too, and then nothing
        changed. Does nothing while the file is fine.
        """
        self._ask(lambda: self._move(folder))
        return self.path

    def flush(self, timeout_s: float = 30.0) -> None:
        """Wait until everything given so far is committed. Raises TimeoutError."""
        deadline = time.monotonic() + timeout_s
        with self._lock:
            target = self._flush_until = self._given
            self._rouse()
            while self._committed < target:
                self._raise_bug()
                if not self._committed_changed.wait(max(0.0, deadline - time.monotonic())):
                    if self._committed >= target:
                        break
                    raise TimeoutError("the recording could not be written in time")
            self._raise_bug()

    def close(self, timeout_s: float = 30.0) -> None:
        """Write what waits and close the file. Safe to call twice. Raises TimeoutError."""
        with self._lock:
            self._is_closing = True
            self._rouse()
        self._thread.join(timeout_s)
        if self._thread.is_alive():
            raise TimeoutError("the recording could not be written in time")
        self._raise_bug()

    def _ask(self, act: Callable[[], None]) -> None:
        with self._errands:
            errand = _Errand(act)
            with self._lock:
                if self._is_closing:
                    self._raise_bug()
                    raise ValueError("the recording is closed")
                self._errand = errand
                self._rouse()
            errand.result()

    def _rouse(self) -> None:
        if self._is_asleep:
            self._is_asleep = False
            self._wake.release()

    def _raise_bug(self) -> None:
        if self._bug is not None:
            raise RuntimeError("the recording's writer failed") from self._bug

    # Everything below runs on the writer thread.

    def _work(self) -> None:
        try:
            while self._round():
                pass
            self._finish()
        except BaseException as error:
            with self._lock:
                self._bug = error
                self._is_closing = True
                self._committed_changed.notify_all()
                if self._errand is not None:
                    self._errand.fail(error)
            raise

    def _round(self) -> bool:
        """Write what waits, or run an errand, or sleep. Returns False when the recording is to be closed."""
        self._pace()
        events = self._take()
        if events:
            self._record(events)
            return True
        with self._lock:
            errand, self._errand = self._errand, None
            if errand is None:
                if self._pending:
                    return True
                if self._is_closing:
                    return False
                self._is_asleep = True
        if errand is not None:
            errand.run()
        elif not self._sleep():
            self._while_idle()
        return True

    def _take(self) -> list[Event]:
        backlog = self._backlog
        with self._lock:
            if self._pending:
                backlog.extend(self._pending)
                self._pending.clear()
            hold_steps = not self._is_closing and self._flush_until <= self._committed
        events: list[Event] = []
        size_bytes = 0
        limit = self._limits.batch_bytes
        while backlog and size_bytes < limit and len(events) < _EVENTS_A_BATCH:
            event = backlog.popleft()
            events.append(event)
            size_bytes += _size(event)
        if hold_steps and not backlog:
            while events and type(events[-1]) is Step:
                backlog.appendleft(events.pop())
        return events

    def _sleep(self) -> bool:
        """Sleep until roused. Returns False when nothing came for a while and there is something to tidy."""
        if self._backlog:
            timeout_s = _HOLD_STEPS_S
        elif self._memory is None and self._store.checkpointer.unfolded_bytes:
            timeout_s = _IDLE_CHECKPOINT_S
        else:
            timeout_s = -1.0
        if self._wake.acquire(timeout=timeout_s):
            return True
        with self._lock:
            if self._is_asleep:
                self._is_asleep = False
                return False
        # Roused in the very moment that the time ran out.
        self._wake.acquire()
        return True

    def _while_idle(self) -> None:
        if self._backlog:
            events = list(self._backlog)
            self._backlog.clear()
            self._record(events)
        elif self._memory is None:
            self._store.tend_log(is_idle=True)

    def _pace(self) -> None:
        now = time.monotonic()
        self._tokens = min(_COMMITS_IN_A_BURST, self._tokens + (now - self._tokens_at) * _COMMITS_A_SECOND)
        self._tokens_at = now
        if self._tokens < 1.0:
            time.sleep(_GATHER_S)

    def _record(self, events: list[Event]) -> None:
        size_bytes = sum(map(_size, events))
        batch = self._numbering.number(events, size_bytes)
        if batch.count:
            self._write(batch)
            self._tokens -= 1.0
            self._publish(batch)
        self._account(len(events), size_bytes)
        if self._memory is None:
            self._store.tend_log()

    def _write(self, batch: Batch) -> None:
        if self._memory is None:
            try:
                self._store.write(batch)
                return
            except StorageFailedError as error:
                self._go_on_in_memory(batch.first_seq, str(error))
        memory = self._memory
        assert memory is not None
        memory.write(batch)
        self._health = StorageHealth(
            failing=True,
            reason=self._health.reason,
            kept_messages=memory.kept,
            lost_messages=self._lost_before + memory.lost,
        )

    def _go_on_in_memory(self, first_seq: int, reason: str) -> None:
        self._memory = MemoryStore(first_seq, self._limits.memory_bytes)
        self._health = StorageHealth(failing=True, reason=reason, lost_messages=self._lost_before)
        *before, last = self._parts.parts
        assert isinstance(last, FilePart)
        ended: Part = FilePart(last.path, last.first_seq, first_seq - 1, last.gaps, True)
        if self._store.is_gone():
            # Nobody else can open it any more; through our connection it can still be read, and saved.
            ended = SharedPart(self._store.connection, last.first_seq, first_seq - 1, last.gaps)
        else:
            self._store.abandon()
        self._parts = Parts((*before, ended, self._memory.part), self._parts.lost_hidden)

    def _publish(self, batch: Batch) -> None:
        if self._memory is None:
            self._size_bytes = self._store.size_bytes()
        if self._on_progress is not None:
            self._on_progress(
                Progress(
                    first_seq=batch.first_seq,
                    last_seq=batch.last_seq,
                    hidden=(*batch.hide_earlier, *batch.hidden),
                    changed=tuple(batch.changed),
                    totals=batch.totals,
                    size_bytes=self._size_bytes,
                    health=self._health,
                )
            )

    def _account(self, count: int, size_bytes: int) -> None:
        drained: list[Callable[[], None]] = []
        with self._lock:
            self._committed += count
            self._waiting_bytes -= size_bytes
            if self._is_full and self._waiting_bytes <= self._limits.drained_bytes:
                self._is_full = False
                drained, self._on_drained = self._on_drained, []
            self._committed_changed.notify_all()
        for callback in drained:
            callback()

    def _skip_to(self, seq: int) -> None:
        first = self._numbering.next_seq
        if seq <= first:
            return
        self._numbering.skip_to(seq)
        part = self._parts.parts[-1]
        if isinstance(part, FilePart):
            gaps = (*part.gaps, (first, seq - 1))
            self._store.set_gaps(gaps)
            moved = FilePart(part.path, part.first_seq, part.last_seq, gaps, True)
            self._parts = Parts((*self._parts.parts[:-1], moved), self._parts.lost_hidden)

    def _move(self, folder: Path) -> None:
        memory = self._memory
        if memory is None:
            return
        *before, last = self._parts.parts
        assert isinstance(last, SharedPart)
        sources = [last]
        if before and isinstance(gone := before[-1], SharedPart):
            sources.insert(0, gone)
            del before[-1]
        first_seq = sources[0].kept_first
        store = FileStore.create(folder, self.info, first_seq, self._limits.checkpoint_bytes)
        try:
            for source in sources:
                store.copy_from(source)
        except StorageFailedError as error:
            store.discard()
            raise RecordingError(
                f"The recording can't be saved there: {error}", folder, "Choose another folder."
            ) from error
        self._lost_before += memory.lost
        lost_hidden = array("q", self._parts.lost_hidden)
        lost_hidden.extend(memory.evicted_hidden)
        self._store, self._memory = store, None
        self._parts = Parts((*before, FilePart(store.path, first_seq, is_ours=True)), lost_hidden)
        self._health = StorageHealth(lost_messages=self._lost_before)
        self._size_bytes = store.size_bytes()
        next_seq = self._numbering.next_seq
        if self._on_progress is not None:
            self._on_progress(
                Progress(
                    first_seq=next_seq,
                    last_seq=next_seq - 1,
                    totals=self._numbering.totals,
                    size_bytes=self._size_bytes,
                    health=self._health,
                )
            )

    def _finish(self) -> None:
        numbering = self._numbering
        if self._memory is None:
            last_ts_ns = numbering.last_ts_ns or self.info.created_ts_ns
            self._store.finish(numbering.totals, numbering.next_seq - 1, last_ts_ns, numbering.ending)


class _Errand:
    """Something asked of the writer thread, and its answer."""

    def __init__(self, act: Callable[[], None]) -> None:
        self._act = act
        self._done = threading.Event()
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            self._act()
        except RecordingError as error:
            self._error = error
        self._done.set()

    def fail(self, error: BaseException) -> None:
        self._error = error
        self._done.set()

    def result(self) -> None:
        self._done.wait()
        if self._error is not None:
            raise self._error


def _size(event: Event) -> int:
    kind = type(event)
    if kind is MessageRun:
        return _EVENT_BYTES + len(event.chunk)  # type: ignore[union-attr]
    if kind is Message:
        return _EVENT_BYTES + len(event.payload)  # type: ignore[union-attr]
    return _EVENT_BYTES
