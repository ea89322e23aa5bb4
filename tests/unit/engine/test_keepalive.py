"""Keepalive pings: seen, answered, and fatal only to a connection that is really dead."""

from __future__ import annotations

import asyncio

from msgspec.structs import replace
from tests.helpers.frames import CLOSE, PING, PONG, TEXT, frame
from tests.helpers.raw_server import Peer, raw_server
from tests.helpers.sinks import ListSink

from wireyard.domain.event import Failed
from wireyard.domain.frame import Direction, Opcode
from wireyard.domain.request import ConnectRequest, Network
from wireyard.engine.dial import dial

FAST = Network(ping_interval_s=0.02, pong_timeout_s=0.1, close_timeout_s=0.1)


async def answer(peer: Peer) -> None:
    await peer.accept()
    while True:
        received = await peer.read_frame()
        await peer.send(frame(PONG if received.opcode == PING else CLOSE, received.payload))
        if received.opcode == CLOSE:
            return


async def ignore(peer: Peer) -> None:
    await peer.accept()
    await peer.read_to_end()


async def test_pings_go_out_at_intervals_and_are_marked_as_the_programs_own() -> None:
    sink = ListSink()
    async with raw_server(answer) as server:
        link = await dial(ConnectRequest(url=server.url, network=FAST), sink)
        await sink.until(lambda s: len(s.controls(Opcode.PONG, Direction.RECEIVED)) == 3)
        await link.close()
    pings = sink.controls(Opcode.PING, Direction.SENT)
    assert len(pings) >= 3
    assert all(ping.auto for ping in pings)
    assert len({ping.payload for ping in pings}) == len(pings)


async def test_pings_have_the_payload_that_was_set() -> None:
    sink = ListSink()
    async with raw_server(answer) as server:
        network = replace(FAST, ping_payload=b"hello")
        link = await dial(ConnectRequest(url=server.url, network=network), sink)
        await sink.until(lambda s: len(s.controls(Opcode.PONG, Direction.RECEIVED)) == 2)
        await link.close()
    assert {ping.payload for ping in sink.controls(Opcode.PING, Direction.SENT)} == {b"hello"}


async def test_a_connection_that_answers_nothing_is_given_up() -> None:
    sink = ListSink()
    async with raw_server(ignore) as server:
        link = await dial(ConnectRequest(url=server.url, network=FAST), sink)
        closed = await link.wait_closed()
    assert (closed.by, closed.code, closed.clean) == ("us", 1011, False)
    assert closed.cause == "No pong within 0.1 s."
    assert (sink.failure.code, sink.failure.facts["pong_timeout"]) == ("lost", "0.1")


async def test_a_connection_that_sends_but_answers_no_ping_lives() -> None:
    async def chatter(peer: Peer) -> None:
        await peer.accept()
        while True:
            await peer.send(frame(TEXT, b"busy"))
            await asyncio.sleep(0.01)

    sink = ListSink()
    async with raw_server(chatter) as server:
        link = await dial(ConnectRequest(url=server.url, network=FAST), sink)
        await sink.until(lambda s: len(s.controls(Opcode.PING, Direction.SENT)) >= 3)
        assert not sink.all(Failed)
        link.drop()
        await link.wait_closed()


async def test_no_pings_when_switched_off() -> None:
    sink = ListSink()
    async with raw_server(answer) as server:
        link = await dial(ConnectRequest(url=server.url, network=Network(ping_interval_s=None)), sink)
        await asyncio.sleep(0.05)
        await link.close()
    assert not sink.controls(Opcode.PING, Direction.SENT)


async def test_pings_without_a_limit_on_their_answer() -> None:
    sink = ListSink()
    network = Network(ping_interval_s=0.02, pong_timeout_s=None, close_timeout_s=0.1)
    async with raw_server(ignore) as server:
        link = await dial(ConnectRequest(url=server.url, network=network), sink)
        await sink.until(lambda s: len(s.controls(Opcode.PING, Direction.SENT)) >= 4)
        assert not sink.all(Failed)
        link.drop()
        await link.wait_closed()
