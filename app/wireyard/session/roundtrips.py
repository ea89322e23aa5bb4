"""Round-trip times from pings and the pongs that answer them (RFC 6455 sections 5.5.2 and 5.5.3)."""

from __future__ import annotations

from collections import deque
from statistics import median

import msgspec

from wireyard.domain.event import Control
from wireyard.domain.frame import Direction, Opcode

KEPT_TIMES = 512
KEPT_PINGS = 64


class RoundTrip(msgspec.Struct, frozen=True, kw_only=True):
    """The newest time and what the last few hundred say; milliseconds."""

    last_ms: float
    min_ms: float
    median_ms: float
    p95_ms: float
    count: int


class RoundTrips:
    """Pairs pings with pongs. Fed by one thread; `summary` may be read on any."""

    def __init__(self) -> None:
        self._waiting: deque[Control] = deque(maxlen=KEPT_PINGS)
        self._times_ms: deque[float] = deque(maxlen=KEPT_TIMES)

    def take(self, frame: Control) -> None:
        """Note a ping that was sent, or a pong that came."""
        if frame.opcode is Opcode.PING and frame.direction is Direction.SENT:
            self._waiting.append(frame)
        elif frame.opcode is Opcode.PONG and frame.direction is Direction.RECEIVED:
            self._answer(frame)

    def summary(self) -> RoundTrip | None:
        """The figures so far, or None before the first pong."""
        times = sorted(self._times_ms)
        if not times:
            return None
        return RoundTrip(
            last_ms=self._times_ms[-1],
            min_ms=times[0],
            median_ms=median(times),
            p95_ms=times[min(len(times) - 1, int(len(times) * 0.95))],
            count=len(times),
        )

    def _answer(self, pong: Control) -> None:
        # A pong may skip pings: the ones before it count as seen (section 5.5.3). An unasked pong pairs with none.
        for position, ping in enumerate(self._waiting):
            if ping.payload == pong.payload:
                for _ in range(position + 1):
                    self._waiting.popleft()
                self._times_ms.append((pong.mono_ns - ping.mono_ns) / 1e6)
                return
