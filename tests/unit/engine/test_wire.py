"""The tapped protocol: order, marks, and silence."""

from __future__ import annotations

import logging

import pytest
from tests.helpers.frames import PING, TEXT, frame
from tests.helpers.sinks import ListSink

from wireyard.domain.event import Control, Message
from wireyard.domain.frame import Direction, Opcode
from wireyard.domain.request import Network
from wireyard.engine.address import parse_address
from wireyard.engine.tap import Tap
from wireyard.engine.wire import WireProtocol


def opened() -> tuple[WireProtocol, ListSink]:
    sink = ListSink()
    protocol = WireProtocol(parse_address("ws://h.example/"), Tap(sink), network=Network(max_message_bytes=100))
    protocol.state = protocol.state.__class__.OPEN
    protocol.parser = protocol.parse()
    next(protocol.parser)
    return protocol, sink


def test_data_frames_never_wait_in_the_library() -> None:
    protocol, sink = opened()
    protocol.tap.begin_frame(0x81, 3)
    protocol.receive_data(frame(TEXT, b"x"))
    assert protocol.events_received() == []
    assert sink.received == [b"x"]


def test_what_a_person_asked_for_is_not_marked_automatic() -> None:
    protocol, sink = opened()
    protocol.receive_data(frame(PING, b"a"))
    protocol.sends_auto = False
    protocol.send_ping(b"b")
    sent = [one for one in sink.all(Control) if one.direction is Direction.SENT]
    assert [(one.opcode, one.auto) for one in sent] == [(Opcode.PONG, True), (Opcode.PING, False)]


def test_failing_is_heard_of_before_the_close_frame_is_sent() -> None:
    protocol, sink = opened()
    heard: list[tuple[int, int]] = []
    protocol.on_broken = lambda code, reason: heard.append((code, len(sink.events)))
    protocol.fail(1002, "odd")
    assert heard == [(1002, 0)]
    assert sink.one(Control).opcode is Opcode.CLOSE


def test_giving_up_and_losing_the_stream_break_no_rule() -> None:
    for end in (lambda p: p.give_up(1011, "no pong"), lambda p: p.receive_eof()):
        protocol, _ = opened()
        heard: list[int] = []
        protocol.on_broken = lambda code, reason, heard=heard: heard.append(code)
        end(protocol)
        assert heard == []


def test_sent_messages_are_seen_with_their_size_on_the_wire() -> None:
    protocol, sink = opened()
    protocol.send_text(b"abc")
    message = sink.one(Message)
    assert (message.payload, message.wire_bytes, message.direction) == (b"abc", 9, Direction.SENT)
    assert len(protocol.writes[-1]) == 9


def test_no_secret_reaches_a_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        protocol, _ = opened()
        request = protocol.connect()
        request.headers["Authorization"] = "Basic c2VjcmV0"
        protocol.send_request(request)
        protocol.receive_data(frame(TEXT, b"payload"))
    assert not caplog.records
