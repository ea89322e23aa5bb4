"""A transcript says who said what and when, and no payload can fake a line of it."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.events import EVENTS, run_of

from wireyard.domain.event import Attempt, Closed, Control, Event, Failed, Message, Note, Opened, Step
from wireyard.domain.failure import Answer, Failure
from wireyard.domain.frame import Direction, Opcode
from wireyard.domain.session import SessionInfo
from wireyard.exchange.exporters.text import text_chunks
from wireyard.exchange.redact import Redaction

INFO = SessionInfo(
    id="01J", url="wss://h/?token=s3", created_ts_ns=1_767_323_045_000_000_000, name="Echo", app_version="1.0"
)
T: dict[str, Any] = {"ts_ns": 1_767_323_045_120_000_000, "mono_ns": 5}


def written(*events: Event, hide: bool = True) -> str:
    return b"".join(text_chunks(INFO, enumerate(events, 1), Redaction(hide))).decode()


def message(payload: bytes, direction: Direction = Direction.SENT, **more: Any) -> Message:
    facts: dict[str, Any] = {"opcode": Opcode.TEXT, "wire_bytes": len(payload) + 6} | more
    return Message(**T, direction=direction, payload=payload, **facts)


def test_the_head_tells_name_address_and_start() -> None:
    assert written() == (
        "Wireyard session: Echo\n"
        "Address   wss://h/?token=(hidden)\n"
        "Started   2026-01-02 03:04:05.000 UTC; all times are UTC\n"
        "Recorded  by Wireyard 1.0\n"
    )
    assert "token=s3" in written(hide=False)


def test_messages_have_arrow_word_kind_and_size() -> None:
    text = written(
        message(b'{"a":1}'),
        message(b"\xff\x00", Direction.RECEIVED, opcode=Opcode.BINARY),
        message(b"late", state="failed", note="the connection was closing"),
        message(b"big" * 1000, Direction.RECEIVED, rsv1=True, fragments=3, wire_bytes=1100),
    )
    assert '\n03:04:05.120  #1  ↑ Sent, text, 7 B\n    {"a":1}\n' in text
    assert "#2  ↓ Received, binary, 2 B\n    00000000  ff 00" in text
    assert "#3  ↑ Not sent, text, 4 B, the connection was closing\n" in text
    assert "#4  ↓ Received, text, 2.93 KB, 1.07 KB on the wire, compressed, 3 fragments\n" in text


def test_control_characters_are_visible_and_line_breaks_stay() -> None:
    assert "    a␀\n    b\\u202E␍\n" in written(message(b"a\0\nb\xe2\x80\xae\r"))


def test_a_long_binary_is_cut_and_counted() -> None:
    text = written(message(b"\xff" * 600, opcode=Opcode.BINARY))
    assert text.count("\n    0") == 32
    assert "and 88 more bytes" in text


def test_the_handshake_steps_closes_and_errors_are_told() -> None:
    opened = Opened(
        **T,
        url="wss://h/",
        request_target="/",
        request_headers=(("Host", "h"), ("Cookie", "s3")),
        status=101,
        reason="Switching Protocols",
        headers=(("Upgrade", "websocket"),),
        subprotocol="chat",
        tls_version="TLS 1.3",
        ms=84.2,
    )
    step = Step(**T, name="tcp", ok=False, ms=3, attempts=(Attempt(address="[::1]:80", ms=2, error="refused"),))
    closed = Closed(**T, by="server", code=1001, reason="deploy", clean=True, open_s=483)
    failed = Failed(**T, failure=Failure(code="status", step="upgrade", answer=Answer(status=401, body=b"no\n")))
    ping = Control(**T, direction=Direction.SENT, opcode=Opcode.PING, payload=b"", wire_bytes=6, auto=True)
    close = Control(**T, direction=Direction.RECEIVED, opcode=Opcode.CLOSE, payload=b"\x03\xe9bye", wire_bytes=7)
    text = written(opened, step, closed, failed, ping, close, Note(**T, text="Reading paused"))
    for line in (
        "#1  Connected in 84 ms: 101 Switching Protocols\n    Address      wss://h/\n",
        "    TLS          TLS 1.3, certificate not verified\n",
        "      Cookie: (hidden)\n",
        "#2  Step tcp failed in 3 ms\n    [::1]:80  2 ms  refused\n",
        "#3  Closed by server: 1001 Going away, “deploy”, open for 8 min 3 s\n",
        "#4  Failed: status, step upgrade\n    Answer 401 \n    no\n",
        "#5  ↑ Sent ping, automatic\n",
        "#6  ↓ Received close frame, 1001 Going away, “bye”\n",
        "#7  Note: Reading paused\n",
    ):
        assert line in text


def test_a_run_is_told_as_its_messages() -> None:
    assert "#2  ↓ Received, text, 1 B\n    b\n" in written(run_of([b"a", b"b"]))


@given(st.lists(EVENTS, max_size=4))
def test_only_events_begin_lines(events: list[Event]) -> None:
    body = written(*events).split("\n", 4)[4]
    heads = [line for line in body.split("\n") if line and not line.startswith("    ")]
    assert len(heads) == len(events)
    assert all(re.match(r"\d\d:\d\d:\d\d\.\d{3}  #\d+  ", line) for line in heads)
