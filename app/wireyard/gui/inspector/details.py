"""What the inspector says about a row that is no message: handshake, step, close, failure, control frame or note.

Plain values, made on the worker that reads the recording; `details_view` lays them out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from PySide6.QtCore import QCoreApplication

from wireyard.domain.compression import agreed_deflate
from wireyard.domain.cookie import CookieOutcome
from wireyard.domain.event import Attempt, Closed, Failed, Headers, Note, Opened, Step
from wireyard.domain.failure import Answer, Failure, FailureStep
from wireyard.domain.frame import Direction, Opcode, close_code_name
from wireyard.formats import sizes, visible
from wireyard.gui.inspector.chain_details import certificate_section, chain_sections
from wireyard.gui.inspector.sections import Field, Section
from wireyard.recording.kinds import RowKind
from wireyard.recording.row import Row
from wireyard.session.wording import close_words, step_name, words

Tone = Literal["ok", "warn", "err", "sent", "recv", "neutral"]
_MOST_FIELDS = 200
_MOST_BODY = 64 * 1024


class Details(NamedTuple):
    """A pill, a line of facts, and sections."""

    pill: str
    tone: Tone
    facts: str
    headline: str
    explanation: str
    sections: tuple[Section, ...]

    def as_text(self) -> str:
        """All of it, for the clipboard."""
        parts = [part for part in (self.headline, self.explanation) if part]
        for section in self.sections:
            lines = [f"{field.name}: {field.value}" if field.name else field.value for field in section.fields]
            parts.append("\n".join([section.title, *lines, *([section.text] if section.text else [])]))
        return "\n\n".join(parts) + "\n"


def describe(row: Row, steps: Sequence[Step] = ()) -> Details:
    """Say all about a row. ``steps`` are those that led to a connection."""
    match row.detail:
        case Opened() as opened:
            return _opened(opened, steps)
        case Step() as step:
            return _step(step)
        case Closed() as closed:
            return _closed(closed)
        case Failed() as failed:
            return _failed(failed, steps)
        case Note() as note:
            return Details(_tr("Note"), "neutral", sizes.clock(row.ts_ns), note.text, "", ())
        case _:
            if row.kind == RowKind.CONTROL:
                return _control(row)
            return Details(
                _tr("Lost"),
                "warn",
                _tr("Number {0}").format(row.seq),
                _tr("This row could not be kept"),
                _tr("The recording could not be written when it came, and memory for such rows was full."),
                (),
            )


def _opened(opened: Opened, steps: Sequence[Step]) -> Details:
    tls = _tr("not used") if not opened.tls_version else opened.tls_version
    if opened.tls_pinned:
        tls = _tr("{0}, certificate pinned").format(tls)
    elif opened.tls_version and not opened.tls_verified:
        tls = _tr("{0}, certificate not verified").format(tls)
    agreed = (
        Field(_tr("Address"), opened.url),
        Field(_tr("Peer"), opened.peer or _tr("unknown")),
        Field(_tr("Subprotocol"), opened.subprotocol or _tr("none")),
        Field(_tr("Extensions"), opened.extensions or _tr("none")),
        *_compression_fields(opened),
        Field(_tr("TLS"), tls),
        *((Field(_tr("ALPN"), opened.alpn),) if opened.alpn else ()),
    )
    request = Field("", f"GET {opened.request_target} HTTP/1.1")
    answer = Field("", f"HTTP/1.1 {opened.status} {opened.reason}".rstrip())
    return Details(
        _tr("Connected"),
        "ok",
        f"{opened.status} · {sizes.milliseconds(opened.ms)} · {sizes.clock(opened.ts_ns)}",
        "",
        "",
        (
            Section(_tr("Agreed"), agreed),
            *_steps_section(steps),
            *chain_sections(opened.chain),
            Section(_tr("Request"), (request, *_header_fields(opened.request_headers))),
            Section(_tr("Response"), (answer, *_header_fields(opened.headers))),
            *_cookies_section(opened.cookies),
        ),
    )


def _steps_section(steps: Sequence[Step]) -> tuple[Section, ...]:
    if not steps:
        return ()
    fields: list[Field] = []
    for step in steps:
        mark = "✓" if step.ok else "✗"
        told = f"{mark} {sizes.milliseconds(step.ms)}" + (f" · {step.detail}" if step.detail else "")
        if len(step.attempts) > 1 or not step.ok:
            told = "\n".join((told, *(_attempt(attempt) for attempt in step.attempts)))
        fields.append(Field(step_name(step.name), told))
    return (Section(_tr("Steps"), tuple(fields[:_MOST_FIELDS])),)


def _attempt(attempt: Attempt) -> str:
    outcome = attempt.error or _tr("connected")
    return f"{attempt.address} · {sizes.milliseconds(attempt.ms)} · {outcome}"


def _step(step: Step) -> Details:
    return Details(
        step_name(step.name),
        "ok" if step.ok else "err",
        f"{sizes.milliseconds(step.ms)} · {sizes.clock(step.ts_ns)}",
        _tr("This step succeeded") if step.ok else _tr("This step failed"),
        step.detail,
        (Section(_tr("What was tried"), tuple(Field("", _attempt(attempt)) for attempt in step.attempts)),)
        if step.attempts
        else (),
    )


def _closed(closed: Closed) -> Details:
    said = close_words(closed)
    who = {"us": _tr("this program"), "server": _tr("the server"), "nobody": _tr("nobody: the connection was lost")}
    fields = [
        Field(_tr("Code"), f"{closed.code} {close_code_name(closed.code)}"),
        Field(_tr("Reason"), closed.reason or _tr("none given")),
        Field(_tr("Closed first by"), who[closed.by]),
        Field(_tr("Close frames"), _tr("one each way") if closed.clean else _tr("not both ways")),
        Field(_tr("Was open for"), sizes.duration(closed.open_s)),
    ]
    if closed.cause:
        fields.append(Field(_tr("Cause"), closed.cause))
    tone: Tone = "neutral" if said.is_calm else "err" if said.is_error else "warn"
    return Details(
        _tr("Closed"),
        tone,
        f"{closed.code} · {sizes.clock(closed.ts_ns)}",
        said.title,
        said.explanation,
        (Section(_tr("Close"), tuple(fields)),),
    )


def _failed(failed: Failed, steps: Sequence[Step]) -> Details:
    failure = failed.failure
    said = words(failure)
    return Details(
        said.pill,
        "err",
        sizes.clock(failed.ts_ns),
        said.title,
        said.explanation,
        (
            *_steps_section(steps),
            *_answer_sections(failure.answer, failure.step),
            *_cookies_section(failure.cookies),
            *(chain_sections(failure.chain) or certificate_section(failure.certificate)),
            *_technical_section(failure),
        ),
    )


def _answer_sections(answer: Answer | None, step: FailureStep) -> tuple[Section, ...]:
    if answer is None:
        return ()
    first = Field("", f"HTTP/1.1 {answer.status} {answer.reason}".rstrip())
    whose = _tr("Proxy's answer") if step == "proxy" else _tr("Server's answer")
    sections = [Section(whose, (first, *_header_fields(answer.headers)))]
    if answer.body:
        body = visible.decode(answer.body[:_MOST_BODY])
        shown = "\n".join(visible.show(line.rstrip("\r")) for line in body.split("\n"))
        sections.append(Section(_tr("Body, {0}").format(sizes.size(len(answer.body))), text=shown))
    return tuple(sections)


def _cookies_section(outcomes: Sequence[CookieOutcome]) -> tuple[Section, ...]:
    if not outcomes:
        return ()
    fields = tuple(Field(visible.show(each.name), visible.show(_fate(each))) for each in outcomes[:_MOST_FIELDS])
    return (Section(_tr("Cookies set"), fields),)


def _fate(outcome: CookieOutcome) -> str:
    if outcome.fate == "refused":
        return _tr("refused: {0}").format(outcome.why)
    words = _tr("kept for {0}{1}") if outcome.fate == "kept" else _tr("deleted, for {0}{1}")
    return words.format(outcome.domain, outcome.path)


def _compression_fields(opened: Opened) -> tuple[Field, ...]:
    deflate = agreed_deflate(opened)
    if deflate is None:
        return ()
    kept, fresh = _tr("context kept"), _tr("context not kept")
    return tuple(
        Field(title, _tr("window of {0} bits, {1}").format(bits, kept if is_kept else fresh))
        for title, bits, is_kept in (
            (_tr("Server compresses"), deflate.server_window_bits, deflate.server_context_takeover),
            (_tr("We compress"), deflate.client_window_bits, deflate.client_context_takeover),
        )
    )


def _technical_section(failure: Failure) -> tuple[Section, ...]:
    return (Section(_tr("Technical detail"), text=visible.show(failure.technical)),) if failure.technical else ()


def _control(row: Row) -> Details:
    name = {Opcode.PING: _tr("Ping"), Opcode.PONG: _tr("Pong"), Opcode.CLOSE: _tr("Close frame")}
    way = _tr("Sent") if row.direction == Direction.SENT else _tr("Received")
    kind = name.get(row.opcode, _tr("Control frame"))
    if row.auto:
        kind = _tr("{0}, by itself").format(kind)
    fields: list[Field] = []
    if row.rtt_ms is not None:
        fields.append(Field(_tr("Round trip"), sizes.milliseconds(row.rtt_ms)))
    if row.folded:
        fields.append(Field(_tr("Pings in this row"), sizes.count(row.folded + 1)))
    if row.pong_missing:
        fields.append(Field(_tr("Answer"), _tr("no pong yet")))
    fields.append(Field(_tr("Payload"), sizes.size(row.size_bytes)))
    fields.append(Field(_tr("On the wire"), sizes.size(row.wire_bytes)))
    return Details(
        way,
        "sent" if row.direction == Direction.SENT else "recv",
        f"{kind} · {sizes.size(row.size_bytes)} · {sizes.clock(row.ts_ns)}",
        "",
        "",
        (Section(kind, tuple(fields)), *_payload_sections(row.head)),
    )


def _payload_sections(payload: bytes) -> tuple[Section, ...]:
    """A control frame's payload, at most 125 bytes (RFC 6455 section 5.5), as text and as hex."""
    if not payload:
        return ()
    shown = Section(_tr("Payload as text"), text=visible.show(visible.decode(payload)))
    lines = (payload[at : at + 16].hex(" ").upper() for at in range(0, len(payload), 16))
    return (shown, Section(_tr("Payload as hex"), text="\n".join(lines)))


def _header_fields(headers: Headers) -> tuple[Field, ...]:
    fields = tuple(Field(name, visible.show(value)) for name, value in headers[:_MOST_FIELDS])
    left_out = len(headers) - len(fields)
    return (*fields, Field("", _tr("and {0} more").format(left_out))) if left_out else fields


def _tr(text: str) -> str:
    return QCoreApplication.translate("Details", text)
