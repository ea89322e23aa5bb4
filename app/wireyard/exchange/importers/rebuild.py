"""From the records of a log back to events, with the times they had."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from msgspec import UNSET, UnsetType

from wireyard.domain.clock import Moment
from wireyard.domain.event import Closed, ClosedBy, Control, Event, Failed, Message, Note, Opened, Step
from wireyard.domain.failure import Answer, Failure
from wireyard.domain.frame import Direction, Opcode, server_frame_overhead
from wireyard.exchange import records

_NS = 1_000_000_000
_MAX_NS = 2**63 - 1
_TIME = re.compile(r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(?:[.,](\d{1,9})\d*)?(Z|[+-]\d\d:?\d\d)?", re.ASCII)
_MASK_BYTES = 4
_DIRECTIONS = {"send": Direction.SENT, "receive": Direction.RECEIVED}


class Clock:
    """Reads the times of records, and makes up what a record does not tell from the one before it."""

    def __init__(self) -> None:
        self._second_text = ""
        self._second = 0
        self._first_ts_ns: int | None = None
        self._last = Moment(0, 0)

    def moment(self, ts: str | None, mono_ns: int | None) -> Moment:
        """Both times of a record. Raises ValueError for a time that is none."""
        return self.moment_of(self._last.ts_ns if ts is None else self._parse(ts), mono_ns)

    def moment_of(self, ts_ns: int | None, mono_ns: int | None) -> Moment:
        """As `moment`, with the wall clock in nanoseconds, or None where only the order is known."""
        if ts_ns is None:
            ts_ns = self._last.ts_ns
        if self._first_ts_ns is None:
            self._first_ts_ns = ts_ns
        if mono_ns is None:
            mono_ns = max(self._last.mono_ns, ts_ns - self._first_ts_ns)
        self._last = Moment(ts_ns, mono_ns)
        return self._last

    def _parse(self, ts: str) -> int:
        match = _TIME.fullmatch(ts)
        if match is None:
            raise ValueError(f'"{ts[:40]}" is no time as 2026-01-02T03:04:05.000000Z')
        text, fraction, zone = match.groups(default="")
        if zone != "Z" or text != self._second_text:
            zone = "+00:00" if zone in ("", "Z") else zone
            self._second = int(datetime.fromisoformat(text + zone).astimezone(UTC).timestamp())
            self._second_text = text if zone == "+00:00" else ""
        ts_ns = self._second * _NS + int(fraction.ljust(9, "0") or 0)
        if abs(ts_ns) > _MAX_NS:
            raise ValueError(f'the time "{ts[:40]}" is out of range')
        return ts_ns


def rebuild(record: records.AnyRecord, clock: Clock) -> Event:
    """Make the event that a record tells of. Raises ValueError where its values make none."""
    ts = None if record.ts is UNSET else record.ts
    mono = None if record.mono_ns is UNSET else record.mono_ns
    ts_ns, mono_ns = clock.moment(ts, mono)
    match record:
        case records.MessageRecord():
            return _message(record, ts_ns, mono_ns)
        case records.ControlRecord():
            return _control(record, ts_ns, mono_ns)
        case records.StepRecord():
            attempts = () if record.attempts is UNSET else record.attempts
            return Step(
                ts_ns=ts_ns,
                mono_ns=mono_ns,
                name=record.name,
                ok=record.ok,
                ms=record.ms,
                detail=record.detail,
                attempts=attempts,
            )
        case records.OpenRecord():
            return _opened(record, ts_ns, mono_ns)
        case records.CloseRecord():
            return Closed(
                ts_ns=ts_ns,
                mono_ns=mono_ns,
                by=_closed_by(record),
                code=record.code,
                reason=record.reason,
                clean=record.clean,
                open_s=record.open_s,
                cause=record.cause,
            )
        case records.ErrorRecord():
            return Failed(ts_ns=ts_ns, mono_ns=mono_ns, failure=_failure(record))
        case records.NoteRecord():
            return Note(
                ts_ns=ts_ns,
                mono_ns=mono_ns,
                text=record.text,
                topic=record.topic or "",
                attempt=record.attempt or 0,
                attempts=record.attempts or 0,
            )
        case records.SessionRecord():
            raise TypeError("the head of a log is no event")


def frame_bytes(direction: Direction, size_bytes: int) -> int:
    """What a message takes on the wire in one frame without compression, for logs that do not tell."""
    return size_bytes + server_frame_overhead(size_bytes) + (_MASK_BYTES if direction == Direction.SENT else 0)


def _message(record: records.MessageRecord, ts_ns: int, mono_ns: int) -> Message:
    payload = _payload(record.text, record.b64)
    direction = _DIRECTIONS[record.dir]
    return Message(
        ts_ns=ts_ns,
        mono_ns=mono_ns,
        direction=direction,
        opcode=Opcode(record.opcode),
        payload=payload,
        wire_bytes=frame_bytes(direction, len(payload)) if record.wire is UNSET else record.wire,
        fragments=record.fragments,
        rsv1=record.rsv1,
        state=record.state,
        fault=record.fault or "",
        note=record.note or "",
    )


def _control(record: records.ControlRecord, ts_ns: int, mono_ns: int) -> Control:
    payload = _payload(record.text, record.b64)
    direction = _DIRECTIONS[record.dir]
    return Control(
        ts_ns=ts_ns,
        mono_ns=mono_ns,
        direction=direction,
        opcode=Opcode(record.opcode),
        payload=payload,
        wire_bytes=frame_bytes(direction, len(payload)) if record.wire is UNSET else record.wire,
        auto=record.auto,
    )


def _opened(record: records.OpenRecord, ts_ns: int, mono_ns: int) -> Opened:
    return Opened(
        ts_ns=ts_ns,
        mono_ns=mono_ns,
        url=record.url,
        request_target=record.request_target,
        request_headers=record.request_headers,
        status=record.status,
        reason=record.reason,
        headers=record.headers,
        subprotocol=record.subprotocol,
        extensions=record.extensions,
        peer=record.peer,
        tls_version=record.tls_version,
        tls_verified=record.tls_verified,
        ms=record.ms,
        tls_pinned=record.tls_pinned is True,
        alpn=record.alpn or "",
        chain=record.chain or None,
        cookies=record.cookies or (),
    )


def _closed_by(record: records.CloseRecord) -> ClosedBy:
    if record.by is not UNSET:
        return record.by
    if record.dir is UNSET:
        return "nobody"
    return "us" if record.dir == "send" else "server"


def _failure(record: records.ErrorRecord) -> Failure:
    answer = record.answer
    return Failure(
        code=record.code,
        step=record.step,
        technical=record.technical,
        facts=record.facts,
        answer=None
        if answer is UNSET
        else Answer(
            status=answer.status,
            reason=answer.reason,
            headers=answer.headers,
            body=_payload(answer.text, answer.b64),
            raw=answer.raw_b64 or b"",
            packed_as=answer.packed_as or "",
        ),
        certificate=record.certificate or None,
        chain=record.chain or None,
        cookies=record.cookies or (),
    )


def _payload(text: str | UnsetType, b64: bytes | UnsetType) -> bytes:
    if text is not UNSET:
        return text.encode()
    return b"" if b64 is UNSET else b64
