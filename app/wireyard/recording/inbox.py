"""What waits to be written: givers put, one writer takes, and whoever wants to know waits for the commit."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final

from wireyard.domain.event import Control, Event, Message, MessageRun, Step
from wireyard.domain.frame import Direction
from wireyard.recording.values import RecordingLimits

# What an event takes besides its payload, roughly, while it waits. The messages of a run take less; without it a flood
# of tiny messages could be seconds of writing.
_EVENT_BYTES: Final = 512
_RUN_MESSAGE_BYTES: Final = 100
_EVENTS_A_BATCH: Final = 5_000
_FULL_TO_DRAINED: Final = 4


class Inbox:
    """A queue bounded in bytes by its givers' good will: it says when it is full, and takes what still comes."""

    def __init__(self, limits: RecordingLimits) -> None:
        self.waiting_bytes = 0
        self.is_closing = False
        self._limits = limits
        self._full_bytes, self._drained_bytes = limits.full_bytes, limits.drained_bytes
        self._lock = threading.Lock()
        self._committed_changed = threading.Condition(self._lock)
        self._pending: deque[Event] = deque()
        self._backlog: deque[Event] = deque()  # the writer's own: taken, and not yet in a batch
        self._given = 0
        self._committed = 0
        self._flush_until = 0
        self._is_full = False
        self._on_drained: list[Callable[[], None]] = []
        self._errand: Callable[[], None] | None = None
        self._broken_by: BaseException | None = None
        self._is_asleep = False
        self._wake = threading.Lock()
        self._wake.acquire()

    @property
    def has_backlog(self) -> bool:
        """Whether steps wait for the event that tells whether they become rows."""
        return bool(self._backlog)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do and nothing will come."""
        with self._lock:
            return self.is_closing and not self._pending and not self._backlog and self._errand is None

    def put(self, event: Event) -> None:
        """Take an event. Raises ValueError once closed."""
        size_bytes = size_of(event)
        with self._lock:
            self._check_open()
            self._pending.append(event)
            self.waiting_bytes += size_bytes
            self._given += 1
            if self._is_asleep:
                self._rouse()

    def limit(self, full_bytes: int) -> None:
        """Say from now on that it is full at so many bytes, and drained at a quarter of that."""
        with self._lock:
            self._full_bytes, self._drained_bytes = full_bytes, full_bytes // _FULL_TO_DRAINED

    def is_full(self) -> bool:
        """Tell whether so much waits that givers should stop."""
        if self.waiting_bytes < self._full_bytes:
            return False
        with self._lock:
            if self.waiting_bytes < self._full_bytes:
                return False
            self._is_full = True
            return True

    def on_drained(self, callback: Callable[[], None]) -> None:
        """Call back once, as soon as little waits, on the writer's thread or at once."""
        with self._lock:
            if self._is_full:
                self._on_drained.append(callback)
                return
        callback()

    def flush(self, timeout_s: float) -> None:
        """Wait until everything given so far is committed. Raises TimeoutError."""
        deadline = time.monotonic() + timeout_s
        with self._lock:
            target = self._flush_until = self._given
            self._rouse()
            while self._committed < target:
                self._check_unbroken()
                left_s = deadline - time.monotonic()
                if left_s <= 0 or not self._committed_changed.wait(left_s):
                    raise TimeoutError("the recording could not be written in time")
            self._check_unbroken()

    def close(self) -> None:
        """Take no more; the writer writes what is here and ends."""
        with self._lock:
            self.is_closing = True
            self._rouse()

    def set_errand(self, errand: Callable[[], None]) -> None:
        """Have the writer do something between two batches. Raises ValueError once closed."""
        with self._lock:
            self._check_open()
            self._errand = errand
            self._rouse()

    def check_unbroken(self) -> None:
        """Raise RuntimeError when the writer ended by a fault of ours."""
        with self._lock:
            self._check_unbroken()

    # For the writer.

    def take(self, all_of_it: bool = False) -> list[Event]:
        """What is to be written next, in order; nothing when nothing waits.

        Steps at the end are left for later: what follows, nearly always in the same breath, tells whether they are
        rows. They are not left when somebody waits for them, or when ``all_of_it`` is asked for.
        """
        backlog = self._backlog
        with self._lock:
            if self._pending:
                backlog.extend(self._pending)
                self._pending.clear()
            hold_steps = not (all_of_it or self.is_closing or self._flush_until > self._committed)
        events: list[Event] = []
        size_bytes = 0
        limit = self._limits.batch_bytes
        while backlog and size_bytes < limit and len(events) < _EVENTS_A_BATCH:
            event = backlog.popleft()
            events.append(event)
            size_bytes += size_of(event)
        if hold_steps and not backlog:
            while events and isinstance(events[-1], Step):
                backlog.appendleft(events.pop())
        return events

    def committed(self, count: int, size_bytes: int) -> None:
        """Note that so many events reached the store."""
        drained: list[Callable[[], None]] = []
        with self._lock:
            self._committed += count
            self.waiting_bytes -= size_bytes
            if self._is_full and self.waiting_bytes <= self._drained_bytes:
                self._is_full = False
                drained, self._on_drained = self._on_drained, []
            self._committed_changed.notify_all()
        for callback in drained:
            callback()

    def next_errand(self) -> Callable[[], None] | None:
        """What was asked to be done, once."""
        with self._lock:
            errand, self._errand = self._errand, None
            return errand

    def sleep(self, timeout_s: float) -> bool:
        """Sleep until there is something to do. Returns False when the time ran out (negative: no limit)."""
        with self._lock:
            if self._pending or self._is_wanted:
                return True
            self._is_asleep = True
        return self._doze(timeout_s)

    def await_answer(self, timeout_s: float) -> None:
        """Wait a moment for what answers a message that was just sent, so that both are one commit.

        Otherwise the writer would be busy, and have the interpreter's lock, just when the answer comes.
        """
        with self._lock:
            if self._is_wanted or not all(map(_is_sent, self._pending)):
                return
            self._is_asleep = True
        self._doze(timeout_s)

    def break_by(self, error: BaseException) -> None:
        """Note that nobody will take anything any more, and why."""
        with self._lock:
            self._broken_by = error
            self.is_closing = True
            self._committed_changed.notify_all()

    @property
    def _is_wanted(self) -> bool:
        return self._errand is not None or self.is_closing or self._flush_until > self._committed

    def _doze(self, timeout_s: float) -> bool:
        if self._wake.acquire(timeout=timeout_s):
            return True
        with self._lock:
            if self._is_asleep:
                self._is_asleep = False
                return False
        # Roused in the very moment that the time ran out.
        self._wake.acquire()
        return True

    def _rouse(self) -> None:
        if self._is_asleep:
            self._is_asleep = False
            self._wake.release()

    def _check_open(self) -> None:
        if self.is_closing:
            self._check_unbroken()
            raise ValueError("the recording is closed")

    def _check_unbroken(self) -> None:
        if self._broken_by is not None:
            raise RuntimeError("the recording's writer failed") from self._broken_by


def _is_sent(event: Event) -> bool:
    return isinstance(event, Message | Control) and event.direction is Direction.SENT


def size_of(event: Event) -> int:
    """What an event takes in memory while it waits, in bytes."""
    if isinstance(event, MessageRun):
        return _EVENT_BYTES + len(event.chunk) + _RUN_MESSAGE_BYTES * len(event.spans)
    if isinstance(event, Message):
        return _EVENT_BYTES + len(event.payload)
    return _EVENT_BYTES
