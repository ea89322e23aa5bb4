"""A run of messages is the same messages, one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame
from websockets.frames import Opcode as LibraryOpcode

from wireyard.domain.event import Closed, MessageRun
from wireyard.domain.frame import Direction, Opcode


def _run(payloads: list[bytes], gap: bytes = b"") -> MessageRun:
    """A run whose chunk has ``gap`` before each payload, as frame headers are there on the wire."""
    chunk = b""
    spans: list[int] = []
    for payload in payloads:
        chunk += gap
        spans.append(len(chunk) << 32 | len(payload))
        chunk += payload
    return MessageRun(ts_ns=1, mono_ns=2, opcode=Opcode.BINARY, chunk=chunk, spans=spans)


@given(st.lists(st.binary(max_size=300)), st.binary(max_size=4))
def test_a_run_gives_each_payload_as_a_received_message(payloads: list[bytes], gap: bytes) -> None:
    run = _run(payloads, gap)
    messages = list(run)
    assert len(run) == len(payloads)
    assert [message.payload for message in messages] == payloads
    assert all(message.direction is Direction.RECEIVED and message.opcode is Opcode.BINARY for message in messages)
    assert all((message.ts_ns, message.mono_ns) == (1, 2) for message in messages)


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65535, 65536])
def test_a_messages_wire_size_is_that_of_a_frame_from_a_server(size: int) -> None:
    (message,) = _run([bytes(size)])
    assert message.wire_bytes == len(Frame(LibraryOpcode.BINARY, bytes(size)).serialize(mask=False))


def test_an_event_cannot_be_changed() -> None:
    closed = Closed(ts_ns=1, mono_ns=2, by="us", code=1000)
    with pytest.raises(AttributeError):
        closed.code = 1001  # pyright: ignore[reportAttributeAccessIssue]
