"""A ping is overdue only when its pong has had its time."""

from __future__ import annotations

from wireyard.domain.frame import Direction, Opcode
from wireyard.gui.timeline.overdue import PONG_WAIT_NS, is_waiting_for_pong, overdue_in_ns
from wireyard.recording.kinds import RowKind
from wireyard.recording.row import Row


def ping(*, pong_missing: bool) -> Row:
    return Row(1, 1_000, 0, RowKind.CONTROL, Direction.SENT, Opcode.PING, pong_missing=pong_missing)


def test_an_answered_ping_waits_for_nothing() -> None:
    assert not is_waiting_for_pong(ping(pong_missing=False))
    assert is_waiting_for_pong(ping(pong_missing=True))


def test_it_is_overdue_after_the_wait() -> None:
    row = ping(pong_missing=True)
    assert overdue_in_ns(row, row.ts_ns, row.ts_ns + 5) == PONG_WAIT_NS - 5
    assert overdue_in_ns(row, row.ts_ns, row.ts_ns + PONG_WAIT_NS) == 0
