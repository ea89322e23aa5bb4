"""An open link over real sockets: sending, closing, losing, and everything seen in wire order."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable

import pytest
from msgspec.structs import replace
from tests.helpers.frames import BINARY, CLOSE, PING, PONG, TEXT, ReadFrame, close_frame, frame
from tests.helpers.raw_server import Handler, Peer, raw_server
from tests.helpers.sinks import ListSink, until

from wireyard.domain.event import Closed, Control, Failed, Message, Note
from wireyard.domain.frame import Direction, Opcode
from wireyard.domain.request import ConnectRequest, Network
from wireyard.engine.dial import dial
from wireyard.engine.errors import SendError
from wireyard.engine.link import Link, LinkState

QUIET = Network(ping_interval_s=None, compression=False)


@contextlib.asynccontextmanager
async def linked(handler: Handler, network: Network = QUIET) -> AsyncIterator[tuple[Link, ListSink]]:
    """A link to a server that does this once the handshake is done."""

    async def accept_first(peer: Peer) -> None:
        await peer.accept()
        await handler(peer)

    sink = ListSink()
    async with raw_server(accept_first) as server:
        link = await dial(ConnectRequest(url=server.url, network=network), sink)
        try:
            yield link, sink
        finally:
            link.drop()
            await link.wait_closed()
            assert isinstance([one for one in sink.events if not _is_unsent(one)][-1], Closed)


def _is_unsent(event: object) -> bool:
    return isinstance(event, Note) or (isinstance(event, Message) and event.state == "failed")


async def close_politely(peer: Peer) -> None:
    """Answer the client's close, as a server should."""
    while True:
        received = await peer.read_frame()
        if received.opcode == CLOSE:
            await peer.send(frame(CLOSE, received.payload))
            return


def collecting(frames: list[ReadFrame]) -> Handler:
    async def collect(peer: Peer) -> None:
        while True:
            received = await peer.read_frame()
            frames.append(received)
            if received.opcode == CLOSE:
                await peer.send(frame(CLOSE, received.payload))
                return

    return collect


# -------------------------------------------------------------------------------------------------------- sending


async def test_messages_go_out_in_the_order_of_the_calls_and_are_seen() -> None:
    frames: list[ReadFrame] = []
    payloads = [f"message {number}".encode() * number for number in range(50)]
    async with linked(collecting(frames)) as (link, sink):
        await asyncio.gather(*(link.send(Opcode.TEXT, payload) for payload in payloads))
        await link.send(Opcode.BINARY, b"\x00\xff")
        await link.close(1000, "done")
    assert [one.payload for one in frames[:-2]] == payloads
    assert (frames[-2].opcode, frames[-2].payload) == (BINARY, b"\x00\xff")
    sent = [message for message in sink.messages if message.direction is Direction.SENT]
    assert [message.payload for message in sent] == [*payloads, b"\x00\xff"]
    assert sent[0].wire_bytes == 6
    assert {message.state for message in sent} == {"sent"}


async def test_a_text_that_is_not_utf_8_goes_out_as_asked() -> None:
    frames: list[ReadFrame] = []
    async with linked(collecting(frames)) as (link, _):
        await link.send(Opcode.TEXT, b"\xff\xfe")
        await link.close()
    assert frames[0].payload == b"\xff\xfe"


async def test_a_compressed_message_shows_both_sizes() -> None:
    async def echo(peer: Peer) -> None:
        await close_politely(peer)

    async def accept(peer: Peer) -> None:
        await peer.accept("Sec-WebSocket-Extensions: permessage-deflate")
        await echo(peer)

    sink = ListSink()
    async with raw_server(accept) as server:
        link = await dial(ConnectRequest(url=server.url, network=Network(ping_interval_s=None)), sink)
        await link.send(Opcode.TEXT, b"a" * 10_000)
        # Too large to compress without being felt.
        await link.send(Opcode.BINARY, b"b" * 2_000_000)
        await link.close()
    small, large = sink.messages
    assert (small.rsv1, len(small.payload)) == (True, 10_000)
    assert small.wire_bytes < 200
    assert (large.rsv1, large.wire_bytes) == (False, 2_000_000 + 14)
    assert sink.opened.extensions == "permessage-deflate"


async def test_sending_waits_while_the_other_side_does_not_read() -> None:
    release = asyncio.Event()
    total = 0

    async def slow(peer: Peer) -> None:
        nonlocal total
        await release.wait()
        while True:
            received = await peer.read_frame()
            total += len(received.payload)
            if received.opcode == CLOSE:
                await peer.send(frame(CLOSE, received.payload))
                return

    async with linked(slow) as (link, _):
        sending = asyncio.create_task(link.send(Opcode.BINARY, b"x" * 20_000_000))
        done, _pending = await asyncio.wait([sending], timeout=0.1)
        assert not done
        release.set()
        await sending
        await link.close()
    assert total == 20_000_002


async def test_a_large_message_is_received_whole() -> None:
    payload = b"0123456789abcdef" * 1_000_000

    async def send(peer: Peer) -> None:
        await peer.send(frame(BINARY, payload) + frame(TEXT, b"after"))
        await close_politely(peer)

    async with linked(send) as (link, sink):
        await sink.until(lambda s: len(s.messages) == 2)
        await link.close()
    assert sink.received == [payload, b"after"]


async def test_a_message_while_closed_is_not_sent_and_not_lost() -> None:
    async with linked(close_politely) as (link, sink):
        await link.close()
        assert link.state is LinkState.CLOSED
        with pytest.raises(SendError):
            await link.send(Opcode.TEXT, b"too late")
    message = sink.messages[-1]
    assert (message.state, message.payload, message.wire_bytes) == ("failed", b"too late", 0)
    assert message.note == "The connection was closed."


async def test_a_message_while_closing_is_not_sent_and_not_lost() -> None:
    async def ignore(peer: Peer) -> None:
        await peer.read_to_end()

    async with linked(ignore, Network(ping_interval_s=None, close_timeout_s=0.1)) as (link, sink):
        closing = asyncio.create_task(link.close())
        await asyncio.sleep(0)
        assert link.state is LinkState.CLOSING
        with pytest.raises(SendError):
            await link.send(Opcode.TEXT, b"too late")
        with pytest.raises(SendError):
            await link.ping()
        closed = await closing
    assert sink.messages[-1].note == "The connection was closing."
    assert (closed.by, closed.code, closed.clean) == ("us", 1000, False)
    assert "0.1 s" in closed.cause


async def test_only_messages_can_be_sent() -> None:
    async with linked(close_politely) as (link, _):
        with pytest.raises(SendError):
            await link.send(Opcode.PING, b"")


# ---------------------------------------------------------------------------------------------------------- pings


async def test_a_ping_and_its_pong_are_seen() -> None:
    async def answer(peer: Peer) -> None:
        ping = await peer.read_frame()
        await peer.send(frame(PONG, ping.payload))
        await close_politely(peer)

    async with linked(answer) as (link, sink):
        await link.ping(b"marco")
        await sink.until(lambda s: len(s.all(Control)) == 2)
        await link.close()
    ping, pong = sink.all(Control)[:2]
    assert (ping.opcode, ping.direction, ping.payload, ping.auto) == (Opcode.PING, Direction.SENT, b"marco", False)
    assert (pong.opcode, pong.direction, pong.payload, pong.auto) == (Opcode.PONG, Direction.RECEIVED, b"marco", False)


async def test_a_ping_from_the_server_is_answered_and_an_unsolicited_pong_is_only_seen() -> None:
    frames: list[ReadFrame] = []

    async def ping(peer: Peer) -> None:
        await peer.send(frame(PONG, b"out of the blue") + frame(PING, b"who is there"))
        await collecting(frames)(peer)

    async with linked(ping) as (link, sink):
        await sink.until(lambda s: len(s.all(Control)) == 3)
        await link.close()
    assert [(one.opcode, one.payload) for one in frames[:-1]] == [(PONG, b"who is there")]
    assert [one.auto for one in sink.all(Control)[:3]] == [False, False, True]


async def test_a_pong_is_sent_by_hand() -> None:
    got: list[tuple[int, bytes]] = []

    async def listen(peer: Peer) -> None:
        received = await peer.read_frame()
        got.append((received.opcode, received.payload))

    async with linked(listen) as (link, sink):
        await link.pong(b"here I am")
        await until(lambda: bool(got))
    assert got == [(PONG, b"here I am")]
    (pong,) = sink.controls(Opcode.PONG, Direction.SENT)
    assert (pong.payload, pong.auto) == (b"here I am", False)


async def test_with_automatic_pongs_off_a_ping_stays_unanswered_and_is_seen() -> None:
    got: list[bytes] = []

    async def ping(peer: Peer) -> None:
        await peer.send(frame(PING, b"anybody?") + frame(TEXT, b"next"))
        received = await peer.read_frame()
        got.append(received.payload)

    async with linked(ping, replace(QUIET, auto_pong=False)) as (link, sink):
        await sink.until(lambda s: s.received == [b"next"])
        await link.send(Opcode.TEXT, b"first answer")
        await until(lambda: bool(got))
    assert got == [b"first answer"]
    assert [one.payload for one in sink.controls(Opcode.PING, Direction.RECEIVED)] == [b"anybody?"]
    assert sink.controls(Opcode.PONG, Direction.SENT) == []
    assert [note.topic for note in sink.all(Note)] == ["no_pongs"]


async def test_a_server_that_misses_our_pongs_ends_it_and_the_time_is_told() -> None:
    async def drop_the_silent(peer: Peer) -> None:
        await peer.send(frame(PING, b"anybody?"))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(peer.read_frame(), 0.1)
        peer.reset()

    async with linked(drop_the_silent, replace(QUIET, auto_pong=False)) as (link, sink):
        closed = await link.wait_closed()
    assert (closed.code, closed.by) == (1006, "nobody")
    assert closed.open_s >= 0.1
    assert len(sink.controls(Opcode.PING, Direction.RECEIVED)) == 1


async def test_a_ping_holds_125_bytes_at_most() -> None:
    async with linked(close_politely) as (link, sink):
        with pytest.raises(SendError, match="125"):
            await link.ping(b"x" * 126)
        await link.close()
    assert not sink.controls(Opcode.PING, Direction.SENT)


# -------------------------------------------------------------------------------------------------------- closing


async def test_closed_by_us() -> None:
    async with linked(close_politely) as (link, sink):
        closed = await link.close(4001, "enough")
    assert (closed.by, closed.code, closed.reason, closed.clean) == ("us", 4001, "enough", True)
    assert closed == sink.closed
    assert closed.open_s > 0
    sent, received = sink.all(Control)
    assert (sent.direction, sent.auto, received.direction) == (Direction.SENT, False, Direction.RECEIVED)


@pytest.mark.parametrize(
    ("data", "code", "reason"),
    [
        (close_frame(1000, "bye"), 1000, "bye"),
        (close_frame(1001, "restart"), 1001, "restart"),
        (frame(CLOSE), 1005, ""),
        (close_frame(1009, "too big for me"), 1009, "too big for me"),
        (close_frame(1007), 1007, ""),
        (close_frame(4999, "ä"), 4999, "ä"),
    ],
)
async def test_closed_by_the_server(data: bytes, code: int, reason: str) -> None:
    async def close(peer: Peer) -> None:
        await peer.send(data)
        await peer.read_frame()

    async with linked(close) as (link, sink):
        closed = await link.wait_closed()
    assert (closed.by, closed.code, closed.reason, closed.clean) == ("server", code, reason, True)
    assert [(one.direction, one.auto) for one in sink.all(Control)] == [
        (Direction.RECEIVED, False),
        (Direction.SENT, True),
    ]
    assert not sink.all(Failed)


async def test_a_server_that_keeps_tcp_open_after_the_close_is_left() -> None:
    async def stay(peer: Peer) -> None:
        received = await peer.read_frame()
        await peer.send(frame(CLOSE, received.payload))
        await peer.read_to_end()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("wireyard.engine.connection.TCP_CLOSE_WAIT_S", 0.05)
        async with linked(stay) as (link, _):
            closed = await link.close()
    assert (closed.by, closed.code, closed.clean, closed.cause) == ("us", 1000, True, "")


async def test_a_server_that_floods_instead_of_closing_is_cut_off_in_time() -> None:
    async def flood(peer: Peer) -> None:
        while True:
            await peer.send(frame(TEXT, b"more") * 100)

    async with linked(flood) as (link, sink):
        await sink.until(lambda s: bool(s.messages))
        begun = time.monotonic()
        closed = await link.close(1000, timeout_s=0.2)
        assert time.monotonic() - begun < 2
    assert (closed.by, closed.clean) == ("us", False)


@pytest.mark.parametrize(
    ("end", "cause"), [(Peer.reset, "reset"), (lambda peer: None, "eof")], ids=["reset", "end of stream"]
)
async def test_lost_without_a_close_frame(end: Callable[[Peer], None], cause: str) -> None:
    async def vanish(peer: Peer) -> None:
        await peer.send(frame(TEXT, b"last words"))
        await peer.read_frame()
        end(peer)

    async with linked(vanish) as (link, sink):
        await sink.until(lambda s: bool(s.messages))
        await link.send(Opcode.TEXT, b"go")
        closed = await link.wait_closed()
    assert (closed.by, closed.code, closed.clean) == ("nobody", 1006, False)
    assert closed.cause
    assert (sink.failure.code, sink.failure.facts["cause"]) == ("lost", cause)
    assert "last_message" in sink.failure.facts
    assert "last_pong" not in sink.failure.facts
    assert isinstance(sink.events[-1], Closed)


async def test_dropping_sends_no_close_frame_and_resets() -> None:
    seen: list[bytes] = []

    async def watch(peer: Peer) -> None:
        seen.append(await peer.read_to_end())

    async with linked(watch) as (link, sink):
        link.drop()
        closed = await link.wait_closed()
        await until(lambda: bool(seen))
    assert seen == [b"reset"]
    assert (closed.by, closed.code, closed.clean) == ("us", 1006, False)
    assert not sink.all(Failed)
    assert not sink.all(Control)


@pytest.mark.parametrize(
    ("code", "reason"), [(1005, ""), (1006, ""), (999, ""), (5000, ""), (1000, "x" * 124), (None, "x")]
)
async def test_a_close_that_may_not_be_sent(code: int | None, reason: str) -> None:
    async with linked(close_politely) as (link, _):
        with pytest.raises(SendError):
            await link.close(code, reason)
        assert link.state is LinkState.OPEN


async def test_closing_twice_waits_for_the_same_end() -> None:
    async with linked(close_politely) as (link, sink):
        first, second = await asyncio.gather(link.close(1000), link.close(1001))
    assert first == second == sink.closed
    assert first.code == 1000


async def test_a_close_without_a_code() -> None:
    async with linked(close_politely) as (link, _):
        closed = await link.close(None)
    assert (closed.by, closed.code, closed.clean) == ("us", 1005, True)


# -------------------------------------------------------------------------------------------------- broken rules


@pytest.mark.parametrize(
    ("data", "code", "failure"),
    [
        (frame(TEXT, b"\xff"), 1007, "invalid_text"),
        (frame(TEXT, b"x", mask=b"abcd"), 1002, "protocol_error"),
        (frame(BINARY, b"x" * 2000), 1009, "too_big"),
    ],
)
async def test_a_broken_rule_is_recorded_before_the_connection_is_closed(data: bytes, code: int, failure: str) -> None:
    frames: list[ReadFrame] = []

    async def break_it(peer: Peer) -> None:
        await peer.send(data)
        await collecting(frames)(peer)

    async with linked(break_it, Network(ping_interval_s=None, max_message_bytes=1000)) as (link, sink):
        closed = await link.wait_closed()
    assert (closed.by, closed.code) == ("us", code)
    message, failed, sent = [event for event in sink.events if isinstance(event, Message | Failed | Control)]
    assert isinstance(message, Message)
    assert message.fault == failure
    assert isinstance(failed, Failed)
    assert failed.failure.code == failure
    assert isinstance(sent, Control)
    assert (sent.opcode, sent.auto) == (Opcode.CLOSE, True)
    assert int.from_bytes(frames[0].payload[:2], "big") == code


async def test_many_connections_do_not_disturb_one_another() -> None:
    async def echo_once(peer: Peer) -> None:
        await peer.accept()
        received = await peer.read_frame()
        await peer.send(frame(TEXT, received.payload))
        await close_politely(peer)

    async def talk(url: str, text: bytes) -> ListSink:
        sink = ListSink()
        link = await dial(ConnectRequest(url=url, network=QUIET), sink)
        await link.send(Opcode.TEXT, text)
        await sink.until(lambda s: bool(s.received))
        await link.close()
        return sink

    async with raw_server(echo_once) as server:
        sinks = await asyncio.gather(*(talk(server.url, str(number).encode()) for number in range(30)))
    assert [sink.received for sink in sinks] == [[str(number).encode()] for number in range(30)]
