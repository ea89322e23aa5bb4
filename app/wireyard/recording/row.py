"""A row as a list shows it: everything but the payload, of which it has the head."""

from __future__ import annotations

from typing import Final

import msgspec

from wireyard.domain.event import Event
from wireyard.domain.frame import Direction, Opcode
from wireyard.recording.codec import MessageDetail, PingDetail, decode_structured, from_json
from wireyard.recording.kinds import (
    AUTO,
    DETAIL,
    DIRECTIONS,
    FAILED,
    HIDDEN,
    KIND_MASK,
    OPCODE_SHIFT,
    OPCODES,
    ROW_KINDS,
    RSV1,
    SENT,
    RowKind,
    usual_wire_bytes,
)
from wireyard.recording.sources import Source, read_part

HEAD_BYTES: Final = 2048
# SQLite loads a whole value to cut its head; from this size on a blob handle is cheaper.
_CUT_UP_TO_BYTES: Final = 32768
_COLUMNS: Final = (
    "seq, ts_ns, mono_ns, kind, wire, coalesce(length(payload), 0),"
    f" case when length(payload) <= {_CUT_UP_TO_BYTES} then substr(payload, 1, {HEAD_BYTES}) end"
)
_SHOWN: Final = f"select {_COLUMNS} from event where seq between ? and ? and not kind & {HIDDEN} order by seq"
_AT: Final = f"select {_COLUMNS} from json_each(?) as wanted cross join event on event.seq = wanted.value"
_DETAILS: Final = (
    "select detail.seq, detail.json from json_each(?) as wanted cross join detail on detail.seq = wanted.value"
)
_PING: Final = RowKind.CONTROL | 9 << OPCODE_SHIFT
_PING_MASK: Final = KIND_MASK | 15 << OPCODE_SHIFT
_USUAL_MESSAGE: Final = MessageDetail()
_LONE_PING: Final = PingDetail()
_RawRow = tuple[int, int, int, int, int | None, int, bytes | None]


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


def rows_between(source: Source, first_seq: int, last_seq: int) -> list[Row]:
    """The rows of a range that are not hidden."""
    return _read(source, _SHOWN, (first_seq, last_seq))


def rows_of(source: Source, seqs: list[int]) -> list[Row]:
    """The rows of some numbers, hidden ones too."""
    return _read(source, _AT, (str(seqs),))


def _read(source: Source, query: str, values: tuple[object, ...]) -> list[Row]:
    with source.use() as connection, source.decoding():
        raw: list[_RawRow] = connection.execute(query, values).fetchall()
        wanted = [seq for seq, _, _, kind, *_ in raw if kind & DETAIL or kind & _PING_MASK == _PING]
        details: dict[int, str] = dict(connection.execute(_DETAILS, (str(wanted),)).fetchall()) if wanted else {}
        rows: list[Row] = []
        for seq, ts_ns, mono_ns, kind, wire, size, head in raw:
            if head is None:
                head = read_part(connection, seq, 0, HEAD_BYTES) if size else b""
            rows.append(_make_row(seq, ts_ns, mono_ns, kind, wire, size, head, details.get(seq)))
        return rows


def _make_row(
    seq: int, ts_ns: int, mono_ns: int, kind: int, wire: int | None, size: int, head: bytes, detail: str | None
) -> Row:
    row_kind = ROW_KINDS[kind & KIND_MASK]
    hidden = bool(kind & HIDDEN)
    if row_kind > RowKind.CONTROL:
        event = decode_structured(ts_ns, mono_ns, row_kind, detail)
        return Row(seq, ts_ns, mono_ns, row_kind, hidden=hidden, failed=bool(kind & FAILED), detail=event)
    sent = bool(kind & SENT)
    message = _USUAL_MESSAGE
    ping = None
    if detail is not None and kind & DETAIL:
        message = from_json(detail, MessageDetail)
    elif kind & _PING_MASK == _PING:
        ping = _LONE_PING if detail is None else from_json(detail, PingDetail)
    return Row(
        seq,
        ts_ns,
        mono_ns,
        row_kind,
        DIRECTIONS[sent],
        OPCODES[kind >> OPCODE_SHIFT & 15],
        size,
        usual_wire_bytes(size, sent) if wire is None else wire,
        head,
        hidden,
        bool(kind & FAILED),
        bool(kind & RSV1),
        bool(kind & AUTO),
        message.fault,
        message.note,
        message.fragments,
        None,
        ping.pings - 1 if ping else 0,
        ping.rtt_ns / 1e6 if ping and ping.rtt_ns is not None else None,
        ping is not None and not ping.answered and not hidden,
    )
