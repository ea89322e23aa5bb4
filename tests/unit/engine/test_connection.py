"""What only shows on the connection itself; how it behaves over sockets is in test_link.py."""

from __future__ import annotations

import asyncio

from tests.helpers.frames import TEXT, frame
from tests.helpers.raw_server import Peer, raw_server
from tests.helpers.sinks import ListSink

from wireyard.domain.event import Closed, Note
from wireyard.domain.frame import Opcode
from wireyard.domain.request import ConnectRequest, Network
from wireyard.engine.dial import dial

NETWORK = Network(ping_interval_s=None, close_timeout_s=0.2)


async def test_what_was_left_in_the_buffer_is_told() -> None:
    async def never_read(peer: Peer) -> None:
        await peer.accept()
        await asyncio.sleep(60)

    sink = ListSink()
    async with raw_server(never_read) as server:
        link = await dial(ConnectRequest(url=server.url, network=NETWORK), sink)
        sending = asyncio.create_task(link.send(Opcode.BINARY, b"x" * 30_000_000))
        await sink.until(lambda s: bool(s.messages))
        closed = await link.close()
        # Whoever waited for room is let go.
        await sending
    assert (closed.by, closed.clean) == ("us", False)
    assert "had left this computer" in sink.one(Note).text
    assert isinstance(sink.events[-1], Closed)


async def test_a_cancelled_wait_for_room_leaves_the_message_on_its_way() -> None:
    release = asyncio.Event()
    sizes: list[int] = []

    async def read_later(peer: Peer) -> None:
        await peer.accept()
        await release.wait()
        sizes.append(len((await peer.read_frame()).payload))
        await peer.read_to_end()

    sink = ListSink()
    async with raw_server(read_later) as server:
        link = await dial(ConnectRequest(url=server.url, network=NETWORK), sink)
        sending = asyncio.create_task(link.send(Opcode.BINARY, b"x" * 30_000_000))
        await sink.until(lambda s: bool(s.messages))
        sending.cancel()
        await asyncio.wait([sending])
        release.set()
        await sink.until(lambda s: bool(sizes))
        link.drop()
        await link.wait_closed()
    assert sizes == [30_000_000]


async def test_the_server_half_closes_and_stops_reading() -> None:
    async def half_close(peer: Peer) -> None:
        await peer.accept(then=frame(TEXT, b"bye"))
        await peer.read_frame()
        peer.writer.write_eof()
        await asyncio.sleep(60)

    sink = ListSink()
    async with raw_server(half_close) as server:
        link = await dial(ConnectRequest(url=server.url, network=NETWORK), sink)
        await link.send(Opcode.TEXT, b"go")
        closed = await link.wait_closed()
    assert (closed.by, closed.code) == ("nobody", 1006)
    assert sink.received == [b"bye"]
