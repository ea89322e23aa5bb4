"""Pings without a pong: only after a while is that worth saying."""

from __future__ import annotations

import time

from wireyard.domain.frame import Opcode
from wireyard.recording.kinds import RowKind
from wireyard.recording.row import Row

PONG_WAIT_NS = 20 * 1_000_000_000


def is_waiting_for_pong(row: Row) -> bool:
    """Whether the newest ping of a row has no pong yet."""
    return row.kind == RowKind.CONTROL and row.opcode == Opcode.PING and row.pong_missing


def overdue_in_ns(row: Row, since_ts_ns: int, now_ts_ns: int | None = None) -> int:
    """How long until such a ping is overdue; 0 when it is.

    A row may stand for many pings: ``since_ts_ns`` is when the newest of them was sent.
    """
    if now_ts_ns is None:
        now_ts_ns = time.time_ns()
    return max(0, since_ts_ns + PONG_WAIT_NS - now_ts_ns)
