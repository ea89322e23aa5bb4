"""JSON Lines: one record a line, complete and lossless, for programs and for reading back (docs/json-lines.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from wireyard.domain.event import Closed, Control, Event, Failed, Message, MessageRun, Note, Opened, Step
from wireyard.domain.failure import Answer
from wireyard.domain.session import SessionInfo
from wireyard.exchange import records
from wireyard.exchange.redact import Redaction

CHUNK_BYTES = 256 * 1024
NO_MARKS: Mapping[int, str] = MappingProxyType({})

_NS = 1_000_000_000
_LAST_SECOND = 253_402_300_799  # the end of the year 9999
_RECORD_BYTES = 200  # about what a record takes besides its payload
# By the number of the direction: the hash of an enum's member is computed in Python.
_DIRS: tuple[records.Dir, records.Dir] = ("receive", "send")


def jsonl_chunks(
    info: SessionInfo,
    events: Iterable[tuple[int, Event]],
    redaction: Redaction | None = None,
    marks: Mapping[int, str] = NO_MARKS,
) -> Iterator[bytes]:
    """Write a session as chunks of whole lines, each ending with a line feed; the first chunk is the head.

    Secrets are hidden unless a `Redaction` that hides nothing is given. ``marks`` are the notes of marked rows.
    Memory stays within one chunk and one event.
    """
    writer = JsonlWriter(redaction, marks)
    yield writer.head(info)
    waiting: list[records.AnyRecord] = []
    size_bytes = 0
    for seq, event in events:
        if type(event) is Message:
            waiting.append(writer.record(seq, event))
            size_bytes += len(event.payload) + _RECORD_BYTES
        elif type(event) is MessageRun:
            waiting += writer.records(seq, event)
            size_bytes += len(event.chunk) + _RECORD_BYTES * len(event)
        else:
            waiting.append(writer.record(seq, event))
            size_bytes += _RECORD_BYTES
        if size_bytes >= CHUNK_BYTES:
            yield writer.encode(waiting)
            waiting.clear()
            size_bytes = 0
    if waiting:
        yield writer.encode(waiting)


class JsonlWriter:
    """Turns events into lines, also one by one, for a log that is written while it happens."""

    def __init__(self, redaction: Redaction | None = None, marks: Mapping[int, str] = NO_MARKS) -> None:
        self._marks = marks
        self._redaction = Redaction() if redaction is None else redaction
        self._encoder = msgspec.json.Encoder()
        self._second = -1
        self._second_text = ""

    def head(self, info: SessionInfo) -> bytes:
        """The first line of a log."""
        shown, redacted = self._redaction.info(info)
        head = records.SessionRecord(
            seq=0,
            ts=self._ts(info.created_ts_ns),
            mono_ns=0,
            redacted=redacted or UNSET,
            id=shown.id,
            url=shown.url,
            name=shown.name,
            subprotocols=shown.subprotocols,
            app_version=shown.app_version,
            request=shown.request or UNSET,
            label=shown.label or UNSET,
            # Whoever reads the log back hides them in turn.
            secrets=self._redaction.shown_secrets or UNSET,
        )
        return self.encode([head])

    def lines(self, seq: int, event: Event) -> bytes:
        """The line of one event; of a run of messages as many lines, numbered from ``seq`` on."""
        return self.encode(self.records(seq, event))

    def records(self, seq: int, event: Event) -> list[records.AnyRecord]:
        """The records of one event, mostly one."""
        if type(event) is MessageRun:
            return [self.record(at, message) for at, message in enumerate(event, seq)]
        return [self.record(seq, event)]

    def record(self, seq: int, event: Event) -> records.AnyRecord:
        """The record of one event that is not a run."""
        made = self._record(seq, event)
        if seq in self._marks:
            made.mark, was_hidden = self._redaction.text(self._marks[seq])
            if was_hidden:
                made.redacted = tuple(dict.fromkeys((*(made.redacted or ()), *was_hidden)))
        return made

    def _record(self, seq: int, event: Event) -> records.AnyRecord:
        ts = self._ts(event.ts_ns)
        # Without secret values nothing is hidden in a plain message, and there are millions of them.
        if type(event) is Message and not event.note and not self._redaction.knows_secrets:
            return _message_record(seq, ts, event)
        shown, redacted = self._redaction.event(event)
        record = _record(seq, ts, shown)
        if redacted:
            record.redacted = redacted
            if isinstance(event, Message | Control) and isinstance(
                record, records.MessageRecord | records.ControlRecord
            ):
                record.len = len(event.payload)  # as it was, not as it is shown
        return record

    def encode(self, waiting: list[records.AnyRecord]) -> bytes:
        """The lines of some records."""
        try:
            return self._encoder.encode_lines(waiting)
        except UnicodeEncodeError:
            # A header or an error text with bytes that were no text: JSON can only show them.
            return self._encoder.encode_lines([_without_surrogates(msgspec.to_builtins(one)) for one in waiting])

    def _ts(self, ts_ns: int) -> str:
        second, ns = divmod(ts_ns, _NS)
        if second != self._second:
            self._second = second
            # A damaged recording may hold any number.
            moment = datetime.fromtimestamp(min(max(second, 0), _LAST_SECOND), UTC)
            self._second_text = moment.strftime("%Y-%m-%dT%H:%M:%S")
        return f"{self._second_text}.{ns:09d}Z"


def _record(seq: int, ts: str, event: Event) -> records.AnyRecord:
    match event:
        case Message():
            return _message_record(seq, ts, event)
        case Control():
            text, b64 = _payload(event.payload)
            return records.ControlRecord(
                seq=seq,
                ts=ts,
                mono_ns=event.mono_ns,
                dir=_DIRS[event.direction],
                opcode=event.opcode.value,  # pyright: ignore[reportArgumentType]
                len=len(event.payload),
                wire=event.wire_bytes,
                auto=event.auto,
                text=text,
                b64=b64,
            )
        case Step():
            return records.StepRecord(
                seq=seq,
                ts=ts,
                mono_ns=event.mono_ns,
                name=event.name,
                ok=event.ok,
                ms=event.ms,
                detail=event.detail,
                attempts=event.attempts or UNSET,
            )
        case Opened():
            return _open_record(seq, ts, event)
        case Closed():
            return records.CloseRecord(
                seq=seq,
                ts=ts,
                mono_ns=event.mono_ns,
                by=event.by,
                code=event.code,
                reason=event.reason,
                clean=event.clean,
                open_s=event.open_s,
                cause=event.cause,
            )
        case Failed():
            return _error_record(seq, ts, event)
        case Note():
            return records.NoteRecord(
                seq=seq,
                ts=ts,
                mono_ns=event.mono_ns,
                text=event.text,
                topic=event.topic or UNSET,
                attempt=event.attempt or UNSET,
                attempts=event.attempts or UNSET,
            )
        case MessageRun():
            raise TypeError("a run of messages has one record for each message")


def _message_record(seq: int, ts: str, event: Message) -> records.MessageRecord:
    text, b64 = _payload(event.payload)
    return records.MessageRecord(
        seq=seq,
        ts=ts,
        mono_ns=event.mono_ns,
        dir=_DIRS[event.direction],
        opcode=event.opcode,  # pyright: ignore[reportArgumentType]
        len=len(event.payload),
        wire=event.wire_bytes,
        fragments=event.fragments,
        rsv1=event.rsv1,
        state=event.state,
        text=text,
        b64=b64,
        fault=event.fault or UNSET,
        note=event.note or UNSET,
    )


def _open_record(seq: int, ts: str, event: Opened) -> records.OpenRecord:
    return records.OpenRecord(
        seq=seq,
        ts=ts,
        mono_ns=event.mono_ns,
        url=event.url,
        request_target=event.request_target,
        request_headers=event.request_headers,
        status=event.status,
        reason=event.reason,
        headers=event.headers,
        subprotocol=event.subprotocol,
        extensions=event.extensions,
        peer=event.peer,
        tls_version=event.tls_version,
        tls_verified=event.tls_verified,
        ms=event.ms,
        tls_pinned=event.tls_pinned or UNSET,
        alpn=event.alpn or UNSET,
        chain=event.chain or UNSET,
        cookies=event.cookies or UNSET,
    )


def _error_record(seq: int, ts: str, event: Failed) -> records.ErrorRecord:
    failure = event.failure
    return records.ErrorRecord(
        seq=seq,
        ts=ts,
        mono_ns=event.mono_ns,
        code=failure.code,
        step=failure.step,
        technical=failure.technical,
        facts=failure.facts,
        answer=UNSET if failure.answer is None else _answer_record(failure.answer),
        certificate=failure.certificate or UNSET,
        chain=failure.chain or UNSET,
        cookies=failure.cookies or UNSET,
    )


def _answer_record(answer: Answer) -> records.AnswerRecord:
    text, b64 = _payload(answer.body)
    return records.AnswerRecord(
        status=answer.status,
        reason=answer.reason,
        headers=answer.headers,
        text=text,
        b64=b64,
        raw_b64=answer.raw or UNSET,
        packed_as=answer.packed_as or UNSET,
    )


def _payload(payload: bytes) -> tuple[str | UnsetType, bytes | UnsetType]:
    """Give the payload as text where it is text, else as bytes, which become Base64."""
    try:
        return payload.decode(), UNSET
    except UnicodeDecodeError:
        return UNSET, payload


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {_without_surrogates(key): _without_surrogates(inner) for key, inner in value.items()}  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, (list, tuple)):
        return [_without_surrogates(inner) for inner in value]  # pyright: ignore[reportUnknownVariableType]
    return value
