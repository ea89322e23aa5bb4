"""Which events are rows of their own in a timeline: the same events always give the same answer.

Hidden are the successful steps of a handshake that succeeded (its own row tells), close frames (the row of the close
tells), pongs that answer a ping, and pings that directly follow an answered ping row of the same direction (that row
counts them). A ping that a person sent is a row by itself: whoever sends one looks for it.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from typing import Final

from wireyard.domain.event import Control, Step
from wireyard.domain.frame import Direction, Opcode

# A peer that never answers must not make us remember every ping for ever.
MAX_UNANSWERED: Final = 1024


class PingRun:
    """One ping row: the first ping and those folded into it."""

    __slots__ = ("direction", "is_by_hand", "pings", "rtt_ns", "seq", "unanswered")

    def __init__(self, seq: int, direction: Direction, *, is_by_hand: bool) -> None:
        self.seq = seq
        self.direction = direction
        self.is_by_hand = is_by_hand
        self.pings = 0
        self.unanswered = 0
        self.rtt_ns: int | None = None


class Folding:
    """Follows the events of a session in order.

    Whoever numbers an event that is always a row sets ``last_visible``. ``touched`` gathers ping rows that changed.
    """

    def __init__(self) -> None:
        self.touched: dict[int, PingRun] = {}
        self.last_visible = -1
        self._run: PingRun | None = None
        self._unanswered: OrderedDict[tuple[int, bytes], deque[tuple[int, PingRun]]] = OrderedDict()
        self._unanswered_count = 0
        self._steps: list[int] = []

    def step(self, seq: int, step: Step) -> None:
        """Note a step; it stays a row until its handshake succeeds."""
        self.last_visible = seq
        if step.ok:
            self._steps.append(seq)

    def opened(self, seq: int) -> list[int]:
        """Note a handshake that succeeded. Returns the steps that are no rows any more."""
        steps = self._steps
        self.ended(seq)
        return steps

    def ended(self, seq: int) -> None:
        """Note that an attempt or a connection is over: no pong will answer what was asked before."""
        self.last_visible = seq
        self._steps = []
        self._unanswered.clear()
        self._unanswered_count = 0
        self._run = None

    def control(self, seq: int, frame: Control) -> bool:
        """Note a control frame. Returns whether it is hidden."""
        if frame.opcode == Opcode.PING:
            hidden = self._ping(seq, frame)
        elif frame.opcode == Opcode.PONG:
            hidden = self._pong(frame)
        else:
            hidden = frame.opcode == Opcode.CLOSE
        if not hidden:
            self.last_visible = seq
        return hidden

    def _ping(self, seq: int, frame: Control) -> bool:
        run = self._run
        is_by_hand = frame.direction == Direction.SENT and not frame.auto
        folds = (
            run is not None
            and not (is_by_hand or run.is_by_hand)
            and run.direction == frame.direction
            and run.unanswered == 0
            and self.last_visible == run.seq
        )
        if run is None or not folds:
            run = self._run = PingRun(seq, frame.direction, is_by_hand=is_by_hand)
        run.pings += 1
        run.unanswered += 1
        self._remember(frame, run)
        self.touched[run.seq] = run
        return folds

    def _remember(self, frame: Control, run: PingRun) -> None:
        key = (int(frame.direction), frame.payload)
        waiting = self._unanswered.get(key)
        if waiting is None:
            waiting = self._unanswered[key] = deque()
        waiting.append((frame.mono_ns, run))
        self._unanswered_count += 1
        if self._unanswered_count > MAX_UNANSWERED:
            oldest, pings = next(iter(self._unanswered.items()))
            pings.popleft()
            self._unanswered_count -= 1
            if not pings:
                del self._unanswered[oldest]

    def _pong(self, frame: Control) -> bool:
        key = (1 - frame.direction, frame.payload)
        waiting = self._unanswered.get(key)
        if waiting is None:
            return False
        asked_mono_ns, run = waiting.popleft()
        self._unanswered_count -= 1
        if not waiting:
            del self._unanswered[key]
        run.unanswered -= 1
        run.rtt_ns = frame.mono_ns - asked_mono_ns
        self.touched[run.seq] = run
        return True
