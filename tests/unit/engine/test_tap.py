"""Frames become events; streams of them are in test_inbound.py."""

from __future__ import annotations

from tests.helpers.frames import BINARY, TEXT, frame
from tests.helpers.sinks import ListSink

from wireyard.domain.event import Message, MessageRun, Note
from wireyard.domain.frame import Direction, Opcode
from wireyard.engine.fastpath import NO_LIMIT, walk
from wireyard.engine.tap import Tap


def tapped(data: bytes) -> ListSink:
    sink = ListSink()
    Tap(sink).runs(data, walk(data, 0, NO_LIMIT), 0)
    return sink


def test_a_long_run_shares_the_bytes_that_were_read() -> None:
    data = frame(TEXT, b"hello") * 100
    assert tapped(data).one(MessageRun).chunk is data


def test_runs_of_turning_opcodes_do_not_each_hold_all_that_was_read() -> None:
    data = (frame(TEXT, b"hello") * 5 + frame(BINARY, b"world") * 5) * 100
    sink = tapped(data)
    runs = sink.all(MessageRun)
    assert len(runs) == 200
    assert sum(len(run.chunk) for run in runs) < len(data)
    assert sink.received == ([b"hello"] * 5 + [b"world"] * 5) * 100


def test_short_runs_are_plain_messages_with_their_wire_sizes() -> None:
    sink = tapped(frame(TEXT, b"x" * 200) + frame(BINARY, b"y") + frame(TEXT, b"z"))
    assert [(one.opcode, one.wire_bytes) for one in sink.all(Message)] == [
        (Opcode.TEXT, 204),
        (Opcode.BINARY, 3),
        (Opcode.TEXT, 3),
    ]


def test_time_stands_still_during_one_read() -> None:
    tap = Tap(ListSink())
    begun = tap.begin_read()
    assert tap.moment is begun
    tap.end_read()
    assert tap.moment.mono_ns >= begun.mono_ns


def test_what_was_not_sent_and_notes() -> None:
    sink = ListSink()
    tap = Tap(sink)
    tap.not_sent(Opcode.TEXT, b"late", "The connection was closed.")
    tap.note("Something happened.")
    message = sink.one(Message)
    assert (message.direction, message.state, message.note) == (Direction.SENT, "failed", "The connection was closed.")
    assert sink.one(Note).text == "Something happened."


def test_last_times_are_kept() -> None:
    tap = Tap(ListSink())
    assert tap.last_message_mono_ns == tap.last_pong_mono_ns == 0
    data = frame(TEXT, b"x")
    tap.runs(data, walk(data, 0, NO_LIMIT), 0)
    assert tap.last_message_mono_ns > 0
