"""What is read must not depend on how the network cut it, nor on whether the fast path or the library read it."""

from __future__ import annotations

import itertools
import zlib
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.frames import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT, close_frame, frame, read_client_frames
from tests.helpers.sinks import ListSink
from websockets.client import ClientProtocol
from websockets.exceptions import PayloadTooBig, ProtocolError
from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Frame
from websockets.protocol import OPEN
from websockets.uri import WebSocketURI

from wireyard.domain.event import Control, Event, Message, MessageRun
from wireyard.domain.failure import Failure
from wireyard.domain.frame import Direction, Opcode
from wireyard.domain.request import Network
from wireyard.engine.address import parse_address
from wireyard.engine.inbound import Inbound
from wireyard.engine.tap import Tap
from wireyard.engine.wire import WireProtocol

LIMIT = 70_000


@dataclass
class Outcome:
    """What was read, in order, and what was answered."""

    received: list[tuple[int, bytes]] = field(default_factory=list)
    answered: list[tuple[int, bytes]] = field(default_factory=list)
    close_received: int | None = None
    close_sent: int | None = None
    fault: str = ""


class Ours:
    """Our reading side, opened without a handshake."""

    def __init__(self, *, limit: int | None = LIMIT, deflate: bool = False) -> None:
        self.sink = ListSink()
        self.tap = Tap(self.sink)
        self.protocol = WireProtocol(parse_address("ws://host/"), self.tap, network=Network(max_message_bytes=limit))
        open_protocol(self.protocol, deflate=deflate)
        self.failures: list[Failure] = []
        self.at_fault: Event | None = None
        self.inbound = Inbound(self.protocol, self.tap, self.fail)

    def fail(self, failure: Failure) -> None:
        self.failures.append(failure)
        self.at_fault = next(
            event for event in reversed(self.sink.events) if getattr(event, "fault", "") != "incomplete"
        )

    def read(self, chunks: list[bytes]) -> Outcome:
        for chunk in chunks:
            self.tap.begin_read()
            self.inbound.receive(chunk)
            self.tap.end_read()
        return self.outcome()

    def outcome(self) -> Outcome:
        outcome = Outcome(fault=self.failures[0].code if self.failures else "")
        for event in self.sink.events:
            if isinstance(event, Message | MessageRun):
                messages = [event] if isinstance(event, Message) else list(event)
                outcome.received += [(int(one.opcode), one.payload) for one in messages if not one.fault]
            elif isinstance(event, Control) and event.direction is Direction.RECEIVED and event is not self.at_fault:
                outcome.received.append((int(event.opcode), event.payload))
        return finish(outcome, self.protocol)


def library_alone(stream: bytes, *, limit: int | None = LIMIT, deflate: bool = False) -> Outcome:
    """The same bytes, in one piece, read by the library and by the checks of its ``recv()``."""
    protocol = ClientProtocol(WebSocketURI(False, "host", 80, "/", ""), max_size=limit)
    open_protocol(protocol, deflate=deflate)
    outcome = Outcome()
    parts: list[bytes] = []
    opcode = 0
    original = protocol.recv_frame

    def recv_frame(frame: Frame) -> None:
        nonlocal opcode
        original(frame)
        if frame.opcode >= CLOSE:
            outcome.received.append((int(frame.opcode), bytes(frame.data)))
            return
        opcode = frame.opcode or opcode
        parts.append(bytes(frame.data))
        if frame.fin:
            payload = b"".join(parts)
            parts.clear()
            if opcode == TEXT:
                payload.decode()
            outcome.received.append((int(opcode), payload))

    protocol.recv_frame = recv_frame
    protocol.receive_data(stream)
    faults = {ProtocolError: "protocol_error", PayloadTooBig: "too_big", UnicodeDecodeError: "invalid_text"}
    outcome.fault = faults.get(type(protocol.parser_exc), "")
    return finish(outcome, protocol)


def open_protocol(protocol: ClientProtocol, *, deflate: bool) -> None:
    protocol.state = OPEN
    # The generator waits for a handshake: begin again in the state after it.
    protocol.parser = protocol.parse()
    next(protocol.parser)
    if deflate:
        protocol.extensions = [PerMessageDeflate(False, False, 15, 15)]


def finish(outcome: Outcome, protocol: ClientProtocol) -> Outcome:
    written = b"".join(protocol.data_to_send())
    outcome.answered = [(one.opcode, one.payload) for one in read_client_frames(written)]
    outcome.close_received = protocol.close_rcvd.code if protocol.close_rcvd else None
    outcome.close_sent = protocol.close_sent.code if protocol.close_sent else None
    # The library's words in the close frame differ by the way; code and order do not.
    outcome.answered = [(op, data[:2] if op == CLOSE else data) for op, data in outcome.answered]
    return outcome


def cut(stream: bytes, offsets: list[int]) -> list[bytes]:
    edges = [0, *sorted(offset % (len(stream) + 1) for offset in offsets), len(stream)]
    return [stream[begin:end] for begin, end in itertools.pairwise(edges) if begin < end]


STREAMS = {
    "mixed": frame(TEXT, b"one")
    + frame(TEXT, "zwölf".encode())
    + frame(BINARY, b"\x00\xff")
    + frame(PING, b"p")
    + frame(TEXT, b"a", fin=False)
    + frame(PONG, b"q")
    + frame(CONTINUATION, "ä".encode()[:1], fin=False)
    + frame(CONTINUATION, "ä".encode()[1:])
    + frame(TEXT, b"x" * 126)
    + frame(BINARY, b"")
    + close_frame(1000, "bye")
    + frame(TEXT, b"after the end"),
    "bad text": frame(TEXT, b"fine") + frame(TEXT, b"not \xff fine") + frame(TEXT, b"never read"),
    "bad text in fragments": frame(TEXT, b"\xc3", fin=False) + frame(CONTINUATION, b"(") + frame(TEXT, b"no"),
    "masked": frame(TEXT, b"fine") + frame(TEXT, b"masked", mask=b"abcd") + frame(TEXT, b"no"),
    "reserved bit": frame(TEXT, b"fine") + frame(BINARY, b"rsv", rsv=4) + frame(TEXT, b"no"),
    "unknown opcode": frame(TEXT, b"fine") + frame(3, b"three") + frame(TEXT, b"no"),
    "unknown control": frame(11, b"") + frame(TEXT, b"no"),
    "long ping": frame(PING, b"x" * 126) + frame(TEXT, b"no"),
    "fragmented ping": frame(PING, b"x", fin=False) + frame(TEXT, b"no"),
    "lone continuation": frame(CONTINUATION, b"x") + frame(TEXT, b"no"),
    "message in message": frame(TEXT, b"a", fin=False) + frame(TEXT, b"b") + frame(TEXT, b"no"),
    "close in message": frame(TEXT, b"a", fin=False) + close_frame(1000) + frame(TEXT, b"no"),
    "bad close code": frame(TEXT, b"a") + close_frame(1005) + frame(TEXT, b"no"),
    "close of one byte": frame(CLOSE, b"\x03") + frame(TEXT, b"no"),
    "bad close reason": frame(CLOSE, b"\x03\xe8\xff") + frame(TEXT, b"no"),
    "empty close": frame(CLOSE) + frame(TEXT, b"no"),
    "longer length fields": frame(TEXT, b"abc", length_bytes=3)
    + frame(BINARY, b"abc", length_bytes=9)
    + frame(TEXT, b"x" * 200, length_bytes=9)
    + frame(TEXT, b"end"),
}


@pytest.mark.parametrize("name", STREAMS)
def test_a_stream_cut_in_two_at_every_offset_reads_as_the_library_alone(name: str) -> None:
    stream = STREAMS[name]
    expected = library_alone(stream)
    for offset in range(len(stream) + 1):
        assert Ours().read(cut(stream, [offset])) == expected, offset


@pytest.mark.parametrize("name", STREAMS)
def test_a_stream_byte_by_byte_reads_as_the_library_alone(name: str) -> None:
    stream = STREAMS[name]
    assert Ours().read(cut(stream, list(range(len(stream))))) == library_alone(stream)


PAYLOADS = st.one_of(
    st.binary(max_size=140),
    st.text(max_size=60).map(str.encode),
    st.sampled_from([b"", b"x" * 125, b"x" * 126, b"\xc3", b"\xed\xa0\x80", b"y" * 65535, b"y" * 65536, b"z" * 70_001]),
)
FRAMES = st.one_of(
    st.builds(frame, st.just(TEXT), st.text(max_size=80).map(str.encode)),
    st.builds(frame, st.just(TEXT), st.text(max_size=80).map(str.encode)),
    st.builds(frame, st.sampled_from([TEXT, BINARY]), PAYLOADS),
    st.builds(frame, st.sampled_from([PING, PONG]), st.binary(max_size=125)),
    st.builds(frame, st.sampled_from([TEXT, BINARY, CONTINUATION, CONTINUATION]), PAYLOADS, fin=st.booleans()),
    st.builds(close_frame, st.sampled_from([1000, 1001, 1005, 3000, 4999, 5000]), st.text(max_size=20)),
    st.builds(
        frame,
        st.integers(0, 15),
        st.binary(max_size=130),
        fin=st.booleans(),
        rsv=st.integers(0, 7),
        mask=st.sampled_from([None, None, None, b"mask"]),
        length_bytes=st.sampled_from([None, None, 9]),
    ),
)


@settings(max_examples=400)
@given(st.lists(FRAMES, max_size=12), st.lists(st.integers(0, 1 << 20), max_size=10))
def test_any_stream_cut_anywhere_reads_as_the_library_alone(frames: list[bytes], offsets: list[int]) -> None:
    stream = b"".join(frames)
    assert Ours().read(cut(stream, offsets)) == library_alone(stream)


@settings(max_examples=200)
@given(st.lists(FRAMES, max_size=12), st.lists(st.integers(0, 1 << 20), max_size=10), st.integers(0, 400))
def test_the_size_limit_holds_as_in_the_library(frames: list[bytes], offsets: list[int], limit: int) -> None:
    stream = b"".join(frames)
    assert Ours(limit=limit).read(cut(stream, offsets)) == library_alone(stream, limit=limit)


@st.composite
def compressed_messages(draw: st.DrawFn) -> bytes:
    """Messages with permessage-deflate, one context for all, some left plain, some in fragments."""
    deflater = zlib.compressobj(wbits=-15)
    stream = b""
    for payload in draw(st.lists(st.binary(max_size=300), max_size=6)):
        if draw(st.booleans()):
            stream += frame(BINARY, payload)
            continue
        data = (deflater.compress(payload) + deflater.flush(zlib.Z_SYNC_FLUSH))[:-4]
        middle = draw(st.integers(0, len(data)))
        if draw(st.booleans()):
            stream += frame(BINARY, data, rsv=4)
        else:
            stream += frame(BINARY, data[:middle], rsv=4, fin=False) + frame(CONTINUATION, data[middle:])
    return stream + draw(st.one_of(st.just(b""), FRAMES))


@settings(max_examples=200)
@given(compressed_messages(), st.lists(st.integers(0, 1 << 20), max_size=10))
def test_compressed_streams_read_as_the_library_alone(stream: bytes, offsets: list[int]) -> None:
    assert Ours(deflate=True).read(cut(stream, offsets)) == library_alone(stream, deflate=True)


def test_a_run_of_simple_frames_is_one_event() -> None:
    ours = Ours()
    ours.read([frame(TEXT, b"abc") * 5 + frame(BINARY, b"d") * 4])
    runs = ours.sink.all(MessageRun)
    assert [(run.opcode, len(run)) for run in runs] == [(Opcode.TEXT, 5), (Opcode.BINARY, 4)]


def test_a_ping_in_a_flood_does_not_end_the_fast_path() -> None:
    ours = Ours()
    ours.read([frame(TEXT, b"abc") * 5 + frame(PING, b"!") + frame(TEXT, b"abc") * 5, frame(TEXT, b"abc") * 5])
    assert [type(event) for event in ours.sink.events] == [MessageRun, Control, Control, MessageRun, MessageRun]


def test_wire_sizes_count_every_byte_of_the_frames() -> None:
    ours = Ours(deflate=True)
    stream = (
        frame(TEXT, b"abc") * 3
        + frame(TEXT, b"a" * 10, fin=False)
        + frame(CONTINUATION, b"b" * 200)
        + frame(BINARY, b"c" * 300, length_bytes=9)
        + frame(TEXT, b"d" * 66_000)
    )
    deflated = zlib.compress(b"e" * 5000, wbits=-15)
    stream += frame(BINARY, deflated, rsv=4)
    ours.read(cut(stream, [4, 7, 300, 5000]))
    assert sum(message.wire_bytes for message in ours.sink.messages) == len(stream)
    last = ours.sink.messages[-1]
    assert (last.rsv1, last.payload, last.wire_bytes) == (True, b"e" * 5000, len(deflated) + 2)
    assert ours.sink.messages[3].fragments == 2


def test_a_ping_is_seen_before_its_automatic_pong() -> None:
    ours = Ours()
    ours.read([frame(PING, b"hello")])
    ping, pong = ours.sink.all(Control)
    assert (ping.opcode, ping.direction, ping.auto) == (Opcode.PING, Direction.RECEIVED, False)
    assert (pong.opcode, pong.direction, pong.auto) == (Opcode.PONG, Direction.SENT, True)
    assert pong.mono_ns >= ping.mono_ns


@pytest.mark.parametrize("pieces", [[], [3], list(range(20))], ids=["whole", "in two", "byte by byte"])
def test_an_invalid_text_is_recorded_with_its_bytes_and_the_place_of_the_fault(pieces: list[int]) -> None:
    ours = Ours()
    ours.read(cut(frame(TEXT, b"good \xff\xfe bad") + frame(TEXT, b"no"), pieces))
    message = ours.sink.one(Message)
    assert (message.payload, message.fault) == (b"good \xff\xfe bad", "invalid_text")
    failure = ours.failures[0]
    assert failure.code == "invalid_text"
    assert failure.facts["offset"] == "5"
    assert failure.facts["hex"].startswith("ff fe 20")
    assert ours.protocol.close_sent is not None
    assert ours.protocol.close_sent.code == 1007
    assert ours.sink.events.index(message) < ours.sink.events.index(ours.sink.one(Control))


def test_an_invalid_text_in_fragments_is_recorded_whole() -> None:
    ours = Ours()
    ours.read([frame(TEXT, b"ab", fin=False) + frame(CONTINUATION, b"c\xff")])
    message = ours.sink.one(Message)
    assert (message.payload, message.fragments, message.fault) == (b"abc\xff", 2, "invalid_text")
    assert ours.failures[0].facts["offset"] == "3"


def test_a_message_over_the_limit_is_recorded_as_far_as_it_came() -> None:
    ours = Ours(limit=1000)
    ours.read([frame(BINARY, b"x" * 2000)[:504]])
    message = ours.sink.one(Message)
    assert (message.payload, message.fault) == (b"x" * 500, "too_big")
    assert ours.failures[0].code == "too_big"
    assert ours.failures[0].facts == {"side": "server", "limit": "1000", "refused_by": "us", "size": "2000"}


def test_fragments_over_the_limit_are_recorded_together() -> None:
    ours = Ours(limit=100)
    ours.read([frame(BINARY, b"a" * 80, fin=False) + frame(CONTINUATION, b"b" * 40)])
    message = ours.sink.one(Message)
    assert (message.payload, message.fragments, message.fault) == (b"a" * 80 + b"b" * 40, 2, "too_big")
    assert ours.failures[0].facts["size"] == "120"


def test_a_message_that_inflates_over_the_limit_is_recorded_as_it_came() -> None:
    ours = Ours(limit=1000, deflate=True)
    deflated = zlib.compress(b"x" * 5000, wbits=-15)
    ours.read([frame(BINARY, deflated, rsv=4)])
    message = ours.sink.one(Message)
    assert (message.payload, message.rsv1, message.fault) == (deflated, True, "too_big")


RULES = {
    "masked": "masked frame from server",
    "reserved bit": "reserved bit set without an extension that uses it",
    "unknown opcode": "unknown opcode 0x3",
    "unknown control": "unknown opcode 0xB",
    "long ping": "control frame of 126 bytes: 125 is the most",
    "fragmented ping": "fragmented control frame",
    "lone continuation": "continuation frame without a message to continue",
    "message in message": "new message before the fragmented one ended",
    "close in message": "close frame before the fragmented message ended",
    "bad close code": "close code 1005 must not be sent",
    "close of one byte": "close frame of one byte",
}


@pytest.mark.parametrize("name", RULES)
def test_a_broken_rule_is_named(name: str) -> None:
    ours = Ours()
    ours.read([STREAMS[name]])
    assert [(one.code, one.facts["rule"]) for one in ours.failures] == [("protocol_error", RULES[name])]


def test_a_fragmented_message_that_is_never_finished_is_kept() -> None:
    ours = Ours()
    ours.read([STREAMS["message in message"]])
    assert [(one.payload, one.fault) for one in ours.sink.messages] == [(b"a", "incomplete"), (b"b", "protocol_error")]


def test_what_had_come_of_a_message_at_the_end_of_the_stream_is_kept() -> None:
    ours = Ours()
    ours.read([frame(TEXT, b"whole") + frame(BINARY, b"y" * 200)[:100]])
    ours.inbound.receive_eof()
    whole, partial = ours.sink.messages
    assert (whole.payload, whole.fault) == (b"whole", "")
    assert (partial.payload, partial.fault) == (b"y" * 96, "incomplete")


def test_a_message_in_many_pieces_is_put_together() -> None:
    ours = Ours(limit=None)
    payload = "ß".encode() * 500_000
    ours.read(cut(frame(TEXT, payload), list(range(0, 1_000_000, 65_537))))
    assert ours.sink.received == [payload]


def test_one_read_has_one_time() -> None:
    ours = Ours()
    ours.read([frame(TEXT, b"a") * 3 + frame(PING) + frame(TEXT, b"b", fin=False) + frame(CONTINUATION)])
    assert len({event.mono_ns for event in ours.sink.events}) == 1


def test_nothing_is_read_after_a_close_frame() -> None:
    ours = Ours()
    ours.read([close_frame(1001, "gone"), frame(TEXT, b"late"), frame(PING)])
    assert ours.inbound.is_over
    assert ours.sink.received == []
    assert [one.opcode for one in ours.sink.all(Control)] == [Opcode.CLOSE, Opcode.CLOSE]
