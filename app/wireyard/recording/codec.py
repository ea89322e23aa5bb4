"""Events to columns and back, without loss.

What every row has is in the columns of `event`; the rest of an event, when it differs from the usual, is one JSON
object in `detail`.
"""

from __future__ import annotations

import json
from typing import Any, Final, TypeVar

import msgspec

from wireyard.domain.event import Closed, Control, Event, Failed, Message, Note, Opened, Step
from wireyard.recording.kinds import (
    AUTO,
    DETAIL,
    DIRECTIONS,
    FAILED,
    FAULT,
    KIND_MASK,
    OPCODE_SHIFT,
    OPCODES,
    RSV1,
    SENT,
    RowKind,
    usual_wire_bytes,
)

T = TypeVar("T")
Structured = Step | Opened | Closed | Failed | Note

_KIND_OF: Final[dict[type[Structured], RowKind]] = {
    Step: RowKind.STEP,
    Opened: RowKind.OPEN,
    Closed: RowKind.CLOSE,
    Failed: RowKind.ERROR,
    Note: RowKind.NOTE,
}
_TYPE_OF: Final[dict[int, type[Structured]]] = {int(kind): event_type for event_type, kind in _KIND_OF.items()}
_encoder: Final = msgspec.json.Encoder()


class MessageDetail(msgspec.Struct, frozen=True, omit_defaults=True):
    """What few messages have."""

    fragments: int = 1
    fault: str = ""
    note: str = ""


class PingDetail(msgspec.Struct, frozen=True):
    """How a ping row stands: how many pings it stands for, whether each was answered, and the newest round trip."""

    pings: int = 1
    answered: bool = False
    rtt_ns: int | None = None


_NO_DETAIL: Final = MessageDetail()


def special_kind(message: Message) -> int:
    """Pack what few messages are, besides direction, opcode and RSV1."""
    kind = 0
    if message.state == "failed":
        kind |= FAILED
    if message.fault:
        kind |= FAULT
    if message.fault or message.note or message.fragments != 1:
        kind |= DETAIL
    return kind


def control_kind(control: Control) -> int:
    """Pack what a control frame is."""
    kind = RowKind.CONTROL | control.opcode << OPCODE_SHIFT
    if control.direction:
        kind |= SENT
    if control.auto:
        kind |= AUTO
    return kind


def structured_kind(event: Structured) -> int:
    """Pack what any other event is."""
    kind = _KIND_OF[type(event)] | DETAIL
    if isinstance(event, Step) and not event.ok:
        kind |= FAILED
    return kind


def encode_message_detail(message: Message) -> str:
    """The JSON of what few messages have."""
    return to_json(MessageDetail(message.fragments, message.fault, message.note))


def encode_structured(event: Structured) -> str:
    """The JSON of an event's own fields, without its times (they have columns)."""
    fields: dict[str, Any] = msgspec.to_builtins(event)
    del fields["ts_ns"], fields["mono_ns"]
    return to_json(fields)


def to_json(value: object) -> str:
    """Encode as JSON text. Lone surrogates (a header need not be UTF-8) are escaped, which msgspec refuses to do."""
    try:
        return _encoder.encode(value).decode()
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(value), ensure_ascii=True)


def from_json(text: str, kind: type[T]) -> T:
    """Decode what `to_json` made."""
    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        return msgspec.convert(json.loads(text), type=kind)


def decode(ts_ns: int, mono_ns: int, kind: int, wire: int | None, payload: bytes | None, detail: str | None) -> Event:
    """Make the event again. Raises msgspec.MsgspecError, ValueError or KeyError for what was never written."""
    row_kind = kind & KIND_MASK
    if row_kind == RowKind.MESSAGE:
        data = payload or b""
        sent = bool(kind & SENT)
        more = from_json(detail, MessageDetail) if detail is not None else _NO_DETAIL
        return Message(
            ts_ns=ts_ns,
            mono_ns=mono_ns,
            direction=DIRECTIONS[sent],
            opcode=OPCODES[kind >> OPCODE_SHIFT & 15],
            payload=data,
            wire_bytes=usual_wire_bytes(len(data), sent) if wire is None else wire,
            fragments=more.fragments,
            rsv1=bool(kind & RSV1),
            state="failed" if kind & FAILED else "sent",
            fault=more.fault,
            note=more.note,
        )
    if row_kind == RowKind.CONTROL:
        data = payload or b""
        sent = bool(kind & SENT)
        return Control(
            ts_ns=ts_ns,
            mono_ns=mono_ns,
            direction=DIRECTIONS[sent],
            opcode=OPCODES[kind >> OPCODE_SHIFT & 15],
            payload=data,
            wire_bytes=usual_wire_bytes(len(data), sent) if wire is None else wire,
            auto=bool(kind & AUTO),
        )
    return decode_structured(ts_ns, mono_ns, row_kind, detail)


def decode_structured(ts_ns: int, mono_ns: int, row_kind: int, detail: str | None) -> Structured:
    """Make a step, handshake, close, error or note again."""
    fields = from_json(detail or "", dict[str, Any])
    fields["ts_ns"] = ts_ns
    fields["mono_ns"] = mono_ns
    return msgspec.convert(fields, type=_TYPE_OF[row_kind])
