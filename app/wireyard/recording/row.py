"""A row as a list shows it: everything but the payload, of which it has the head."""

from __future__ import annotations

import msgspec

from wireyard.domain.event import Event
from wireyard.domain.frame import Direction, Opcode
from wireyard.recording.kinds import RowKind


class Row(msgspec.Struct, frozen=True):
    """One row of a session.

    ``head`` has at most the first 2,048 bytes of the payload of a message or control frame. ``detail`` is the whole
    event for every other kind, None for messages, control frames and lost rows. ``fault`` says what was wrong with a
    received message, ``note`` why a message was not sent (``failed``).

    A ping row stands for ``folded`` more pings that followed it; ``rtt_ms`` is the newest round trip, and
    ``pong_missing`` is true while its newest ping has no pong: how long that may last is for the view to judge.
    """

    seq: int
    ts_ns: int
    mono_ns: int
    kind: RowKind
    direction: Direction = Direction.RECEIVED
    opcode: Opcode = Opcode.CONTINUATION
    size_bytes: int = 0
    wire_bytes: int = 0
    head: bytes = b""
    hidden: bool = False
    failed: bool = False
    rsv1: bool = False
    auto: bool = False
    fault: str = ""
    note: str = ""
    fragments: int = 1
    detail: Event | None = None
    folded: int = 0
    rtt_ms: float | None = None
    pong_missing: bool = False


def lost_row(seq: int) -> Row:
    """Stand-in for a row that could not be kept."""
    return Row(seq, 0, 0, RowKind.LOST)
