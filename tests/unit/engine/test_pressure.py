"""A sink that is full stops the socket, and nothing else."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest
from tests.helpers.certificates import Authority
from tests.helpers.frames import CLOSE, PONG, TEXT, frame
from tests.helpers.raw_server import Peer, raw_server
from tests.helpers.sinks import ListSink

from wireyard.domain.event import Control, Failed, Message, Note
from wireyard.domain.frame import Direction, Opcode
from wireyard.domain.request import ConnectRequest, Network, Tls
from wireyard.engine.dial import dial
from wireyard.engine.link import LinkState

COUNT = 400
SIZE = 60_000


async def flood(peer: Peer) -> None:
    """Send more than the buffers of two sockets hold; answer pings meanwhile, and a close only afterwards."""
    await peer.accept()
    all_sent = asyncio.Event()
    answering = asyncio.create_task(answer(peer, all_sent))
    try:
        for number in range(COUNT):
            await peer.send(frame(TEXT, b"%06d" % number + b"x" * SIZE))
        all_sent.set()
        await answering
    finally:
        answering.cancel()


async def answer(peer: Peer, all_sent: asyncio.Event) -> None:
    while True:
        received = await peer.read_frame()
        if received.opcode == CLOSE:
            await all_sent.wait()
            peer.writer.write(frame(CLOSE, received.payload))
            return
        peer.writer.write(frame(PONG, received.payload))


def full_sink(events: int = 10) -> ListSink:
    sink = ListSink()
    sink.full_after = events
    return sink


def numbers(sink: ListSink) -> list[int]:
    return [int(payload[:6]) for payload in sink.received]


async def test_reading_stops_while_the_sink_is_full_and_nothing_is_lost() -> None:
    sink = full_sink()
    async with raw_server(flood) as server:
        link = await dial(ConnectRequest(url=server.url, network=Network(ping_interval_s=None)), sink)
        await sink.until(lambda _: link.is_paused)
        seen = len(sink.events)
        await asyncio.sleep(0.05)
        assert len(sink.events) == seen
        assert seen < COUNT
        # The disk drains on a thread of its own.
        threading.Thread(target=sink.drain).start()
        await sink.until(lambda s: len(s.received) == COUNT)
        assert not link.is_paused
        await link.close()
    assert numbers(sink) == list(range(COUNT))
    assert not sink.all(Note)


async def test_a_sink_that_fills_up_again_at_once_keeps_reading_paused() -> None:
    sink = full_sink()
    async with raw_server(flood) as server:
        link = await dial(ConnectRequest(url=server.url, network=Network(ping_interval_s=None)), sink)
        await sink.until(lambda _: link.is_paused)
        callback = sink.drain_callbacks.pop()
        callback()
        await asyncio.sleep(0.01)
        assert link.is_paused
        assert len(sink.drain_callbacks) == 1
        sink.drain()
        await sink.until(lambda s: len(s.received) == COUNT)
        await link.close()


async def test_closing_while_paused_stores_what_still_comes() -> None:
    sink = full_sink()
    async with raw_server(flood) as server:
        link = await dial(ConnectRequest(url=server.url, network=Network(ping_interval_s=None)), sink)
        await sink.until(lambda _: link.is_paused)
        closed = await link.close()
    assert (closed.by, closed.clean) == ("us", True)
    assert numbers(sink) == list(range(COUNT))


async def test_the_keepalive_clock_stops_while_reading_is_paused() -> None:
    sink = full_sink()
    network = Network(ping_interval_s=0.02, pong_timeout_s=0.05)
    async with raw_server(flood) as server:
        link = await dial(ConnectRequest(url=server.url, network=network), sink)
        await sink.until(lambda _: link.is_paused)
        await asyncio.sleep(0.3)
        assert link.state is LinkState.OPEN
        sink.drain()
        await sink.until(lambda s: len(s.received) == COUNT)
        await sink.until(lambda s: len(s.controls(Opcode.PONG, Direction.RECEIVED)) > 1)
        await link.close()
    assert not sink.all(Failed)


async def test_a_lasting_pause_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wireyard.engine.pressure.NOTE_AFTER_S", 0.02)
    sink = full_sink()
    async with raw_server(flood) as server:
        link = await dial(ConnectRequest(url=server.url, network=Network(ping_interval_s=None)), sink)
        await sink.until(lambda s: bool(s.all(Note)))
        sink.drain()
        await sink.until(lambda s: len(s.all(Note)) == 2)
        await link.close()
    paused, resumed = sink.all(Note)
    assert "paused" in paused.text
    assert "resumed" in resumed.text


async def test_dropping_while_paused() -> None:
    sink = full_sink()
    async with raw_server(flood) as server:
        link = await dial(ConnectRequest(url=server.url, network=Network(ping_interval_s=None)), sink)
        await sink.until(lambda _: link.is_paused)
        link.drop()
        closed = await link.wait_closed()
        sink.drain()
        await asyncio.sleep(0)
    assert closed.by == "us"
    assert all(isinstance(event, Message) for event in sink.all(Message))
    assert not sink.all(Control)


async def test_reading_stops_and_goes_on_over_tls_again_and_again(tmp_path: Path) -> None:
    """A paused TLS transport holds decrypted bytes back; they must come when reading goes on."""
    authority = Authority(tmp_path)
    sink = full_sink()
    tls = Tls(verify=False)
    async with raw_server(flood, ssl_context=authority.context("localhost")) as server:
        url = f"wss://localhost:{server.port}/"
        link = await dial(ConnectRequest(url=url, network=Network(ping_interval_s=None), tls=tls), sink)
        while len(sink.received) < COUNT:
            await sink.until(lambda s: link.is_paused or len(s.received) == COUNT)
            sink.drain()
            sink.full_after = len(sink.events) + 5
            await sink.until(lambda s: s.is_full() or len(s.received) == COUNT)
        sink.drain()
        await link.close()
    assert numbers(sink) == list(range(COUNT))
