"""The lines of Playwright's WebSocket log and of HAR's ``_webSocketMessages``: type, time, opcode and data."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated

import msgspec

from wireyard.domain.event import Control, Event, Message, Note
from wireyard.domain.frame import Direction, Opcode
from wireyard.exchange.importers.rebuild import Clock, frame_bytes

_MAX_TIME = 9e15  # as milliseconds more than a recording can hold


class Loose(msgspec.Struct, kw_only=True):
    """Any object that might be a record: ours of a kind not known here, or Playwright's."""

    kind: str | None = None
    seq: Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)] | None = None
    ts: str | None = None
    mono_ns: Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)] | None = None
    type: str | None = None
    time: float | None = None
    opcode: int | None = None
    data: str = ""


def rebuild(line: Loose, clock: Clock) -> tuple[Event, str]:
    """Make the event that a line tells of, and a warning where it had to be guessed."""
    ts_ns, mono_ns = clock.moment_of(_ts_ns(line.time), None)
    if line.type not in ("send", "receive"):
        return Note(ts_ns=ts_ns, mono_ns=mono_ns, text=f"{line.type}: {line.data}"), ""
    direction = Direction.SENT if line.type == "send" else Direction.RECEIVED
    opcode = _opcode(line.opcode)
    payload, warning = _payload(line.data, opcode)
    wire_bytes = frame_bytes(direction, len(payload))
    make = Message if opcode in (Opcode.TEXT, Opcode.BINARY) else Control
    return make(
        ts_ns=ts_ns,
        mono_ns=mono_ns,
        direction=direction,
        opcode=opcode,
        payload=payload,
        wire_bytes=wire_bytes,
    ), warning


def _opcode(number: int | None) -> Opcode:
    if number is None:
        return Opcode.TEXT
    known = number in (Opcode.TEXT, Opcode.BINARY, Opcode.CLOSE, Opcode.PING, Opcode.PONG)
    return Opcode(number) if known else Opcode.BINARY


def _payload(data: str, opcode: Opcode) -> tuple[bytes, str]:
    if opcode != Opcode.TEXT:
        try:
            return base64.b64decode(data, validate=True), ""
        except (binascii.Error, ValueError):
            # Logs made by hand put text here.
            return data.encode(), "the data is not Base64 and was kept as text."
    return data.encode(), ""


def _ts_ns(stamp: float | None) -> int | None:
    """Milliseconds, or seconds where the number is too small for that; nothing where only the order is known."""
    if stamp is None or not 0 < stamp < _MAX_TIME:
        return None
    return round(stamp * 1000) * 1000 if stamp > 1e11 else round(stamp * 1_000_000) * 1000
