"""Secret values in everything that an event holds."""

from __future__ import annotations

import msgspec
import pytest

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
)
from wireyard.domain.failure import Answer, Failure
from wireyard.domain.frame import Direction, Opcode
from wireyard.domain.session import SessionInfo
from wireyard.exchange.redact_values import hide_in_event, hide_in_info
from wireyard.exchange.secret_values import SecretValues

VALUES = SecretValues(["hunter2"])


def message(payload: bytes, note: str = "", fault: str = "") -> Message:
    return Message(
        ts_ns=1,
        mono_ns=2,
        direction=Direction.SENT,
        opcode=Opcode.TEXT,
        payload=payload,
        wire_bytes=9,
        note=note,
        fault=fault,
    )


EVENTS: list[Event] = [
    message(b'{"token":"hunter2"}', note="hunter2", fault="hunter2"),
    Control(ts_ns=1, mono_ns=2, direction=Direction.RECEIVED, opcode=Opcode.PING, payload=b"xhunter2", wire_bytes=9),
    Control(
        ts_ns=1, mono_ns=2, direction=Direction.RECEIVED, opcode=Opcode.CLOSE, payload=b"\x03\xe8hunter2", wire_bytes=9
    ),
    Opened(
        ts_ns=1,
        mono_ns=2,
        url="wss://h/hunter2",
        request_target="/hunter2",
        request_headers=(("X-Key", "a hunter2"),),
        status=101,
        reason="hunter2",
        headers=(("X-Echo", "hunter2"),),
        subprotocol="hunter2",
    ),
    Step(
        ts_ns=1,
        mono_ns=2,
        name="tcp",
        ok=False,
        ms=1,
        detail="hunter2",
        attempts=(Attempt(address="a", ms=1, error="hunter2"),),
    ),
    Closed(ts_ns=1, mono_ns=2, by="server", code=4000, reason="no, hunter2", cause="hunter2"),
    Note(ts_ns=1, mono_ns=2, text="Connecting again to wss://h/hunter2"),
    Failed(
        ts_ns=1,
        mono_ns=2,
        failure=Failure(
            code="status",
            step="upgrade",
            technical="hunter2",
            facts={"path": "/hunter2"},
            answer=Answer(status=401, reason="hunter2", headers=(("A", "hunter2"),), body=b"hunter2", raw=b"hunter2"),
        ),
    ),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_no_field_of_an_event_keeps_a_value(event: Event) -> None:
    told = repr(hide_in_event(event, VALUES))
    assert "hunter2" not in told
    assert "(hidden)" in told


def test_an_event_without_a_value_is_the_very_same() -> None:
    for event in EVENTS:
        assert hide_in_event(event, SecretValues(["another"])) is event


def test_a_close_frame_keeps_its_code() -> None:
    frame = Control(
        ts_ns=1, mono_ns=2, direction=Direction.SENT, opcode=Opcode.CLOSE, payload=b"\x03\xe8ab", wire_bytes=9
    )
    shown = hide_in_event(frame, SecretValues(["ab"]))
    assert isinstance(shown, Control)
    assert shown.payload == b"\x03\xe8(hidden)"


def test_a_run_of_messages_is_hidden_message_by_message() -> None:
    chunk = b"..hunter2..plain..xhunter2"
    run = MessageRun(
        ts_ns=1, mono_ns=2, opcode=Opcode.TEXT, chunk=chunk, spans=[2 << 32 | 7, 11 << 32 | 5, 18 << 32 | 8]
    )
    shown = hide_in_event(run, VALUES)
    assert isinstance(shown, MessageRun)
    assert [each.payload for each in shown] == [b"(hidden)", b"plain", b"x(hidden)"]
    assert hide_in_event(run, SecretValues(["another"])) is run


def test_short_values_are_found_in_runs() -> None:
    run = MessageRun(ts_ns=1, mono_ns=2, opcode=Opcode.TEXT, chunk=b"..42..425", spans=[2 << 32 | 2, 6 << 32 | 3])
    shown = hide_in_event(run, SecretValues(["42"]))
    assert isinstance(shown, MessageRun)
    assert [each.payload for each in shown] == [b"(hidden)", b"425"]


def test_the_head_of_a_session() -> None:
    info = SessionInfo(id="1", url="wss://h/hunter2", created_ts_ns=1, label="hunter2", subprotocols=("hunter2",))
    assert b"hunter2" not in msgspec.json.encode(hide_in_info(info, VALUES))
