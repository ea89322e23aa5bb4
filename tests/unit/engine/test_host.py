"""The engine behaves alike on the caller's loop and on a thread of its own."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from tests.helpers.frames import CLOSE, TEXT, frame
from tests.helpers.raw_server import Peer, hang, raw_server
from tests.helpers.sinks import ListSink, until

from wireyard.domain.event import Control, Opened, Step
from wireyard.domain.frame import Direction, Opcode
from wireyard.domain.request import ConnectRequest, Network
from wireyard.engine.dial import dial
from wireyard.engine.errors import DialError, SendError
from wireyard.engine.host import EngineHost, SameLoopHost, ThreadHost

QUIET = Network(ping_interval_s=None)


@pytest.fixture(params=[SameLoopHost, ThreadHost])
def host(request: pytest.FixtureRequest) -> Iterator[EngineHost]:
    made: Callable[[], EngineHost] = request.param
    running = made()
    yield running
    running.close()


async def echo(peer: Peer) -> None:
    await peer.accept()
    while True:
        received = await peer.read_frame()
        await peer.send(frame(received.opcode, received.payload))
        if received.opcode == CLOSE:
            return


async def test_a_whole_conversation(host: EngineHost) -> None:
    sink = ListSink()
    async with raw_server(echo) as server:
        link = await host.run(lambda: dial(ConnectRequest(url=server.url, network=QUIET), sink))
        for number in range(5):
            payload = str(number).encode()
            await host.run(lambda payload=payload: link.send(Opcode.TEXT, payload))
        await sink.until(lambda s: len(s.received) == 5)
        closed = await host.run(lambda: link.close(1000, "done"))
        with pytest.raises(SendError):
            await host.run(lambda: link.send(Opcode.TEXT, b"late"))
    assert (closed.by, closed.code, closed.clean) == ("us", 1000, True)
    kinds = [type(event) for event in sink.events]
    assert kinds[:4] == [Step, Step, Step, Opened]
    assert sink.received == [b"0", b"1", b"2", b"3", b"4"]
    sent = [one.payload for one in sink.messages if one.direction is Direction.SENT and one.state == "sent"]
    assert sent == sink.received
    assert len(sink.all(Control)) == 2


async def test_a_failure_comes_back_as_it_was_raised(host: EngineHost) -> None:
    with pytest.raises(DialError) as caught:
        await host.run(lambda: dial(ConnectRequest(url="ws://127.0.0.1:1/"), ListSink()))
    assert caught.value.failure.code == "refused"


async def test_cancelling_the_caller_cancels_the_work_and_waits_for_its_last_event(host: EngineHost) -> None:
    sink = ListSink()
    begun: list[str] = []
    async with raw_server(hang) as server:
        wanted = ConnectRequest(url=server.url, network=QUIET)
        dialling = asyncio.create_task(host.run(lambda: dial(wanted, sink, on_step=begun.append)))
        await until(lambda: "upgrade" in begun)
        at = time.monotonic()
        dialling.cancel()
        with pytest.raises(asyncio.CancelledError):
            await dialling
        assert time.monotonic() - at < 0.2
    assert sink.failure.code == "cancelled"


async def test_a_link_is_dropped_from_outside(host: EngineHost) -> None:
    sink = ListSink()
    async with raw_server(echo) as server:
        link = await host.run(lambda: dial(ConnectRequest(url=server.url, network=QUIET), sink))
        host.post(link.drop)
        closed = await host.run(link.wait_closed)
    assert closed.by == "us"


async def test_back_pressure_reaches_over_threads(host: EngineHost) -> None:
    sink = ListSink()
    sink.full_after = 8

    async def flood(peer: Peer) -> None:
        await peer.accept()
        for _ in range(200):
            await peer.send(frame(TEXT, b"x" * 60_000))
        await peer.read_to_end()

    async with raw_server(flood) as server:
        link = await host.run(lambda: dial(ConnectRequest(url=server.url, network=QUIET), sink))
        await until(lambda: link.is_paused)
        threading.Thread(target=sink.drain).start()
        await sink.until(lambda s: len(s.received) == 200)
        host.post(link.drop)
        await host.run(link.wait_closed)
    assert sink.received == [b"x" * 60_000] * 200


async def test_closing_a_thread_cancels_what_runs_there() -> None:
    host = ThreadHost()
    waiting = asyncio.create_task(host.run(lambda: asyncio.sleep(60)))
    await asyncio.sleep(0.02)
    host.close()
    with pytest.raises(asyncio.CancelledError):
        await waiting
