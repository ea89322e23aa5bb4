"""A transcript for people: what was said, by whom, when, in plain text that any editor shows.

Payload lines are indented, so that no payload can pass itself off as a line of the transcript; control characters
and bytes that are no text are shown as pictures and escapes. It can't be read back; JSON Lines can.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from wireyard.domain.event import Closed, Control, Event, Failed, Headers, Message, MessageRun, Note, Opened, Step
from wireyard.domain.frame import Direction, Opcode, close_code_name
from wireyard.domain.session import SessionInfo
from wireyard.exchange.redact import Redaction
from wireyard.formats import sizes
from wireyard.formats.hexdump import hex_text
from wireyard.formats.visible import decode, show

CHUNK_CHARS = 256 * 1024
HEX_BYTES = 512
NO_MARKS: Mapping[int, str] = MappingProxyType({})

_INDENT = "    "
_ARROWS = {True: "↑ Sent", False: "↓ Received"}
_CONTROL_NAMES = {Opcode.CLOSE: "close frame", Opcode.PING: "ping", Opcode.PONG: "pong"}
_BY = {"us": "Closed by this side", "server": "Closed by server", "nobody": "Lost"}


def text_chunks(
    info: SessionInfo,
    events: Iterable[tuple[int, Event]],
    redaction: Redaction | None = None,
    marks: Mapping[int, str] = NO_MARKS,
) -> Iterator[bytes]:
    """Write a session as UTF-8 text, in chunks. Secrets are hidden unless a `Redaction` that hides nothing is given.

    ``marks`` are the notes of marked rows, each on a line before its row.
    """
    redaction = Redaction() if redaction is None else redaction
    yield _head(redaction.info(info)[0]).encode()
    waiting: list[str] = []
    size = 0
    for seq, event in events:
        for at, block in enumerate(_blocks(seq, event, redaction), seq):
            if at in marks:
                block = _mark(redaction.text(marks[at])[0]) + block
            waiting.append(block)
            size += len(block)
        if size >= CHUNK_CHARS:
            yield "".join(waiting).encode()
            waiting.clear()
            size = 0
    yield "".join(waiting).encode()


def _mark(note: str) -> str:
    return f"\n=== Mark{f': {show(note)}' if note else ''} ===\n"


def _head(info: SessionInfo) -> str:
    lines = [f"Wireyard session{f': {show(info.name)}' if info.name else ''}", f"Address   {show(info.url)}"]
    if info.subprotocols:
        lines.append(f"Offered   {show(', '.join(info.subprotocols))}")
    lines.append(f"Started   {sizes.iso_utc(info.created_ts_ns).replace('T', ' ')[:23]} UTC; all times are UTC")
    if info.app_version:
        lines.append(f"Recorded  by Wireyard {show(info.app_version)}")
    return "\n".join(lines) + "\n"


def _blocks(seq: int, event: Event, redaction: Redaction) -> Iterator[str]:
    if not isinstance(event, MessageRun):
        yield _block(seq, event, redaction)
    elif redaction.knows_secrets:
        for at, message in enumerate(event, seq):
            yield _block(at, message, redaction)
    else:
        for at, message in enumerate(event, seq):
            yield _titled(at, message, *_told(message, message))


def _block(seq: int, event: Event, redaction: Redaction) -> str:
    """One event: a line that begins with the time and number, and what belongs to it below, indented."""
    return _titled(seq, event, *_told(redaction.event(event)[0], event))


def _titled(seq: int, event: Event, title: str, body: str) -> str:
    return f"\n{sizes.clock(event.ts_ns, utc=True)}  #{seq}  {title}\n{body}"


def _told(event: Event, before: Event) -> tuple[str, str]:
    """Title and body of an event; ``before`` is the same one before something was hidden in it."""
    match event:
        case Message():
            size_bytes = len(before.payload) if isinstance(before, Message) else len(event.payload)
            return _message_title(event, size_bytes), _payload(event.payload)
        case Control():
            return _control(event)
        case Step():
            return _step(event)
        case Opened():
            return _opened(event)
        case Closed():
            return _closed(event)
        case Failed():
            return _failed(event)
        case Note():
            return f"Note: {show(event.text)}", ""
        case MessageRun():
            raise TypeError("a run of messages has one block for each message")


def _message_title(event: Message, size_bytes: int) -> str:
    kind = "text" if event.opcode == Opcode.TEXT else "binary"
    words = [_ARROWS[event.direction == Direction.SENT], kind, sizes.size(size_bytes)]
    if event.rsv1:
        words.append(f"{sizes.size(event.wire_bytes)} on the wire, compressed")
    if event.fragments > 1:
        words.append(f"{sizes.count(event.fragments)} fragments")
    if event.state == "failed":
        words[0] = "↑ Not sent"
    words += [show(text) for text in (event.fault, event.note) if text]
    return ", ".join(words)


def _payload(payload: bytes) -> str:
    if not payload:
        return ""
    try:
        text = payload.decode()
    except UnicodeDecodeError:
        shown = hex_text(payload[:HEX_BYTES], 0, len(payload))
        more = len(payload) - HEX_BYTES
        return _indented(shown) + (f"{_INDENT}and {sizes.count(more)} more bytes\n" if more > 0 else "")
    return _indented("\n".join(show(line) for line in text.split("\n")))


def _control(event: Control) -> tuple[str, str]:
    name = _CONTROL_NAMES.get(event.opcode, "control frame")
    title = f"{_ARROWS[event.direction == Direction.SENT]} {name}{', automatic' if event.auto else ''}"
    payload = event.payload
    if event.opcode == Opcode.CLOSE and len(payload) >= 2:
        code = int.from_bytes(payload[:2], "big")
        reason = show(decode(payload[2:]))
        return f"{title}, {code} {close_code_name(code)}{f', “{reason}”' if reason else ''}", ""
    return title, _payload(payload)


def _step(event: Step) -> tuple[str, str]:
    outcome = "done" if event.ok else "failed"
    detail = f": {show(event.detail)}" if event.detail else ""
    tried = [
        f"{show(attempt.address)}  {sizes.milliseconds(attempt.ms)}  {show(attempt.error) or 'connected'}"
        for attempt in event.attempts
    ]
    title = f"Step {event.name} {outcome} in {sizes.milliseconds(event.ms)}{detail}"
    return title, _indented("\n".join(tried)) if tried else ""


def _opened(event: Opened) -> tuple[str, str]:
    title = f"Connected in {sizes.milliseconds(event.ms)}: {event.status} {show(event.reason)}"
    facts = [
        ("Address", event.url),
        ("Peer", event.peer),
        ("TLS", _tls(event)),
        ("Subprotocol", event.subprotocol),
        ("Extensions", event.extensions),
    ]
    lines = [f"{name:<13}{show(value)}" for name, value in facts if value]
    lines += ["Request", f"  GET {show(event.request_target)}", *_headers(event.request_headers)]
    lines += ["Answer", f"  {event.status} {show(event.reason)}", *_headers(event.headers)]
    return title, _indented("\n".join(lines))


def _tls(event: Opened) -> str:
    if not event.tls_version:
        return ""
    if event.tls_pinned:
        return f"{event.tls_version}, pinned certificate"
    return event.tls_version if event.tls_verified else f"{event.tls_version}, certificate not verified"


def _headers(headers: Headers) -> list[str]:
    return [f"  {show(name)}: {show(value)}" for name, value in headers]


def _closed(event: Closed) -> tuple[str, str]:
    reason = f", “{show(event.reason)}”" if event.reason else ""
    cause = f" ({show(event.cause)})" if event.cause else ""
    name = close_code_name(event.code)
    return f"{_BY[event.by]}: {event.code} {name}{reason}{cause}, open for {sizes.duration(event.open_s)}", ""


def _failed(event: Failed) -> tuple[str, str]:
    failure = event.failure
    lines = [show(failure.technical)] if failure.technical else []
    lines += [f"{show(name)}: {show(value)}" for name, value in failure.facts.items()]
    if failure.answer is not None:
        lines += [f"Answer {failure.answer.status} {show(failure.answer.reason)}", *_headers(failure.answer.headers)]
        body = _payload(failure.answer.body)
        return f"Failed: {failure.code}, step {failure.step}", _indented("\n".join(lines)) + body
    return f"Failed: {failure.code}, step {failure.step}", _indented("\n".join(lines)) if lines else ""


def _indented(text: str) -> str:
    return "".join(f"{_INDENT}{line}\n" for line in text.split("\n"))
