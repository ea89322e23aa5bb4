"""How fast a session runs: messages and bytes a second, and the last minute in bars of two seconds. Pure arithmetic."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from wireyard.domain.session import Totals

BAR_S = 2.0
BARS = 30
RATE_WINDOW_S = 2.0


@dataclass(frozen=True, slots=True)
class Rates:
    """Per second over the last two seconds, and bars (received, sent), oldest first."""

    messages_per_s: float
    bytes_per_s: float
    bars: tuple[tuple[int, int], ...]

    @property
    def is_still(self) -> bool:
        """Nothing in the whole minute: there is nothing left to move."""
        return self.messages_per_s == 0 and not any(received or sent for received, sent in self.bars)


STILL = Rates(0.0, 0.0, ((0, 0),) * BARS)


class RateMeter:
    """Takes running totals as they come and answers rates at any time."""

    def __init__(self) -> None:
        self._samples: deque[tuple[float, int, int]] = deque()
        self._bars: deque[list[int]] = deque(maxlen=BARS)
        self._bar_number = -1
        self._last = Totals()

    def reset(self, totals: Totals) -> None:
        """Count from these totals on: what is there already was not seen coming."""
        self._samples.clear()
        self._bars.clear()
        self._bar_number = -1
        self._last = totals

    def add(self, now_s: float, totals: Totals) -> None:
        """Take in the totals at a time of the monotonic clock."""
        self._turn(now_s)
        last, self._last = self._last, totals
        self._bars[-1][0] += totals.received_count - last.received_count
        self._bars[-1][1] += totals.sent_count - last.sent_count
        messages = totals.received_count + totals.sent_count - last.received_count - last.sent_count
        size_bytes = totals.received_bytes + totals.sent_bytes - last.received_bytes - last.sent_bytes
        if messages:
            self._samples.append((now_s, messages, size_bytes))

    def rates(self, now_s: float) -> Rates:
        """What to show now."""
        if self._bar_number < 0:
            return STILL
        self._turn(now_s)
        while self._samples and self._samples[0][0] < now_s - RATE_WINDOW_S:
            self._samples.popleft()
        messages = sum(sample[1] for sample in self._samples)
        size_bytes = sum(sample[2] for sample in self._samples)
        bars = tuple((bar[0], bar[1]) for bar in self._bars)
        return Rates(messages / RATE_WINDOW_S, size_bytes / RATE_WINDOW_S, ((0, 0),) * (BARS - len(bars)) + bars)

    def _turn(self, now_s: float) -> None:
        """Begin as many bars as time has passed."""
        number = int(now_s / BAR_S)
        if self._bar_number < 0 or number - self._bar_number >= BARS:
            self._bars.clear()
            self._bars.append([0, 0])
        else:
            for _ in range(number - self._bar_number):
                self._bars.append([0, 0])
        self._bar_number = number
