"""What the recording's writer published since the last tick, merged: the way from its thread to the window's."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from wireyard.domain.session import Totals
from wireyard.recording.values import Progress, StorageHealth


@dataclass(slots=True)
class Arrivals:
    """Several commits as one: the newest number, all hidden and changed numbers, the newest sums."""

    last_seq: int
    totals: Totals
    size_bytes: int
    health: StorageHealth
    hidden: list[int] = field(default_factory=list[int])
    changed: set[int] = field(default_factory=set[int])


class Feed:
    """Takes `Progress` on any thread and wakes the one that will ask for it."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._lock = threading.Lock()
        self._arrivals: Arrivals | None = None

    def put(self, progress: Progress) -> None:
        """Take one commit's news; any thread, never blocks for long."""
        with self._lock:
            arrivals = self._arrivals
            if arrivals is None:
                arrivals = self._arrivals = Arrivals(
                    progress.last_seq, progress.totals, progress.size_bytes, progress.health
                )
            else:
                arrivals.last_seq = max(arrivals.last_seq, progress.last_seq)
                arrivals.totals = progress.totals
                arrivals.size_bytes = progress.size_bytes
                arrivals.health = progress.health
            arrivals.hidden += progress.hidden
            arrivals.changed.update(progress.changed)
        self._wake()

    def take(self) -> Arrivals | None:
        """All news since the last call, None when there is none."""
        with self._lock:
            arrivals, self._arrivals = self._arrivals, None
            return arrivals
