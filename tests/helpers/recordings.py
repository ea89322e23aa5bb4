"""Events and recordings for tests of what stores them."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Generator, Iterable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from wireyard.domain.cookie import CookieOutcome
from wireyard.domain.event import (
    Attempt,
    Closed,
    Control,
    Event,
    Failed,
    Message,
    MessageRun,
    Note,
    Opened,
    Step,
    StepName,
)
from wireyard.domain.failure import Answer, Certificate, Chain, Failure
from wireyard.domain.frame import Direction, Opcode
from wireyard.domain.session import SessionInfo
from wireyard.recording.reader import SessionReader
from wireyard.recording.recording import Recording
from wireyard.recording.values import USUAL_LIMITS, Progress, RecordingLimits

START_NS = 1_767_322_245_123_456_789
INFO = SessionInfo(id="01J", url="wss://user:pw@h.example:8443/ws?token=1", created_ts_ns=START_NS, name="Trades")
SENT, RECEIVED = Direction.SENT, Direction.RECEIVED


def at(ms: int) -> dict[str, Any]:
    """Both times, so many milliseconds after the start."""
    return {"ts_ns": START_NS + ms * 1_000_000, "mono_ns": 5_000_000_000 + ms * 1_000_000}


def message(text: str | bytes = "hello", ms: int = 0, direction: Direction = RECEIVED, **more: Any) -> Message:
    payload = text.encode() if isinstance(text, str) else text
    opcode = Opcode.TEXT if isinstance(text, str) else Opcode.BINARY
    fields: dict[str, Any] = {"opcode": opcode, "payload": payload, "wire_bytes": len(payload) + 2, **at(ms), **more}
    return Message(direction=direction, **fields)


def run(payloads: Iterable[bytes], ms: int = 0, opcode: Opcode = Opcode.TEXT) -> MessageRun:
    chunk = b""
    spans: list[int] = []
    for payload in payloads:
        chunk += b"\x81\x7e\x00\x00"
        spans.append(len(chunk) << 32 | len(payload))
        chunk += payload
    return MessageRun(opcode=opcode, chunk=chunk, spans=spans, **at(ms))


def control(opcode: Opcode, direction: Direction, payload: bytes = b"", ms: int = 0, *, auto: bool = False) -> Control:
    wire_bytes = len(payload) + 2
    return Control(direction=direction, opcode=opcode, payload=payload, wire_bytes=wire_bytes, auto=auto, **at(ms))


def ping(direction: Direction = SENT, payload: bytes = b"", ms: int = 0, *, by_hand: bool = False) -> Control:
    """A ping of the keepalive, of a person, or of the server."""
    return control(Opcode.PING, direction, payload, ms, auto=direction == SENT and not by_hand)


def pong(direction: Direction = RECEIVED, payload: bytes = b"", ms: int = 0) -> Control:
    return control(Opcode.PONG, direction, payload, ms)


def step(ms: int = 0, ok: bool = True, name: StepName = "tcp") -> Step:
    return Step(name=name, ok=ok, ms=1.5, detail="127.0.0.1:80", **at(ms))


def opened(ms: int = 0) -> Opened:
    return Opened(
        url="ws://h.example/",
        request_target="/",
        request_headers=(("Host", "h.example"),),
        status=101,
        reason="Switching Protocols",
        headers=(("Upgrade", "websocket"),),
        **at(ms),
    )


def closed(ms: int = 0, code: int = 1000) -> Closed:
    return Closed(by="server", code=code, reason="bye", clean=True, open_s=1.25, **at(ms))


def failed(ms: int = 0) -> Failed:
    return Failed(failure=Failure(code="refused", step="tcp", technical="errno 111", facts={"port": "80"}), **at(ms))


def note(text: str = "Paused", ms: int = 0) -> Note:
    return Note(text=text, **at(ms))


def expanded(events: Iterable[Event]) -> list[Event]:
    """The same with every run as its messages: what a recording gives back."""
    found: list[Event] = []
    for event in events:
        if isinstance(event, MessageRun):
            found.extend(event)
        else:
            found.append(event)
    return found


@contextlib.contextmanager
def recording(
    folder: Path,
    events: Iterable[Event] = (),
    *,
    limits: RecordingLimits = USUAL_LIMITS,
    on_progress: Callable[[Progress], None] | None = None,
    first_seq: int = 1,
) -> Generator[Recording]:
    """A recording with these events, committed, and closed at the end."""
    made = Recording.create(folder, INFO, on_progress=on_progress, limits=limits, first_seq=first_seq)
    try:
        for event in events:
            made.put(event)
        made.flush()
        yield made
    finally:
        made.close()


@contextlib.contextmanager
def reading(made: Recording) -> Generator[SessionReader]:
    """A reader of a recording, closed at the end."""
    reader = made.reader()
    try:
        yield reader
    finally:
        reader.close()


def record(folder: Path, events: Iterable[Event]) -> Path:
    """Write a session file and close it."""
    with recording(folder, events) as made:
        pass
    return made.path


def until(condition: Callable[[], bool], deadline_s: float = 10.0) -> None:
    """Wait for a condition that another thread brings about."""
    end = time.monotonic() + deadline_s
    while not condition():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.002)


_times = {
    "ts_ns": st.integers(0, 2**62),
    "mono_ns": st.integers(0, 2**62),
}
# Everything that a header or an exception's text may hold, lone surrogates too.
_texts = st.text(st.characters(), max_size=20)
_numbers = st.floats(0, 1e9, allow_nan=False)
_headers = st.lists(st.tuples(_texts, _texts), max_size=3).map(tuple)
_directions = st.sampled_from(Direction)
_payloads = st.binary(max_size=300)
_data_opcodes = st.sampled_from([Opcode.TEXT, Opcode.BINARY])


def _run_of(payloads: list[bytes], ts_ns: int, mono_ns: int, opcode: Opcode) -> MessageRun:
    made = run(payloads, 0, opcode)
    return MessageRun(ts_ns=ts_ns, mono_ns=mono_ns, opcode=opcode, chunk=made.chunk, spans=made.spans)


_messages = st.builds(
    Message,
    direction=_directions,
    opcode=_data_opcodes,
    payload=_payloads,
    wire_bytes=st.integers(0, 2**40),
    fragments=st.integers(1, 5),
    rsv1=st.booleans(),
    state=st.sampled_from(["sent", "failed"]),
    fault=_texts,
    note=_texts,
    **_times,
)
_controls = st.builds(
    Control,
    direction=_directions,
    opcode=st.sampled_from([Opcode.PING, Opcode.PONG, Opcode.CLOSE]),
    payload=st.binary(max_size=2),
    wire_bytes=st.integers(0, 200),
    auto=st.booleans(),
    **_times,
)
_steps = st.builds(
    Step,
    name=st.sampled_from(["resolve", "tcp", "proxy", "tls", "upgrade"]),
    ok=st.booleans(),
    ms=_numbers,
    detail=_texts,
    attempts=st.lists(st.builds(Attempt, address=_texts, ms=_numbers, error=_texts), max_size=2).map(tuple),
    **_times,
)
_certificates = st.builds(Certificate, names=st.lists(_texts, max_size=2).map(tuple), subject=_texts)
_chains = st.builds(Chain, certificates=st.lists(_certificates, max_size=2).map(tuple), is_leaf_only=st.booleans())
_cookies = st.lists(
    st.builds(
        CookieOutcome, name=_texts, fate=st.sampled_from(["kept", "deleted", "refused"]), domain=_texts, why=_texts
    ),
    max_size=2,
).map(tuple)
_openeds = st.builds(
    Opened,
    url=_texts,
    request_target=_texts,
    request_headers=_headers,
    status=st.integers(100, 599),
    reason=_texts,
    headers=_headers,
    tls_verified=st.booleans(),
    ms=_numbers,
    tls_pinned=st.booleans(),
    alpn=_texts,
    chain=st.none() | _chains,
    cookies=_cookies,
    **_times,
)
_closeds = st.builds(
    Closed,
    by=st.sampled_from(["us", "server", "nobody"]),
    code=st.integers(1000, 4999),
    reason=_texts,
    clean=st.booleans(),
    open_s=_numbers,
    cause=_texts,
    **_times,
)
_failures = st.builds(
    Failure,
    code=st.sampled_from(["status", "tls_expired", "lost"]),
    step=st.sampled_from(["upgrade", "tls", "open"]),
    technical=_texts,
    facts=st.dictionaries(_texts, _texts, max_size=2),
    answer=st.none() | st.builds(Answer, status=st.integers(100, 599), headers=_headers, body=_payloads, raw=_payloads),
    certificate=st.none() | _certificates,
    chain=st.none() | _chains,
    cookies=_cookies,
)
_runs = st.builds(_run_of, st.lists(_payloads, max_size=6), **_times, opcode=_data_opcodes)
events: st.SearchStrategy[Event] = st.one_of(
    _messages,
    _runs,
    _controls,
    _steps,
    _openeds,
    _closeds,
    st.builds(Failed, failure=_failures, **_times),
    st.builds(Note, text=_texts, **_times),
)
