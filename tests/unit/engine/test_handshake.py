"""The upgrade step on a transport that is only pretended; over sockets see test_dial.py."""

from __future__ import annotations

import asyncio
import gc

import pytest
from tests.helpers.frames import TEXT, frame
from tests.helpers.sinks import ListSink
from websockets.http11 import Response
from websockets.utils import accept_key

from wireyard.engine.address import parse_address
from wireyard.engine.handshake import Handshake, RejectedError
from wireyard.engine.tap import Tap
from wireyard.engine.wire import WireProtocol


class FakeTransport(asyncio.Transport):
    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.is_aborted = False
        self.protocol: asyncio.BaseProtocol | None = None

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written += bytes(data)

    def is_closing(self) -> bool:
        return self.is_aborted

    def abort(self) -> None:
        self.is_aborted = True

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self.protocol = protocol


class Successor(asyncio.Protocol):
    def __init__(self) -> None:
        self.calls: list[object] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.calls.append("made")

    def data_received(self, data: bytes) -> None:
        self.calls.append(data)


class Scene:
    def __init__(self) -> None:
        self.protocol = WireProtocol(parse_address("ws://h.example/"), Tap(ListSink()))
        self.successor = Successor()
        self.handshake = Handshake(self.protocol, self.accept)
        self.transport = FakeTransport()
        self.handshake.connection_made(self.transport)
        self.protocol.send_request(self.protocol.connect())
        self.handshake.send_request()

    def accept(self, response: Response) -> asyncio.Protocol:
        self.successor.calls.append(response.status_code)
        return self.successor

    def answer(self) -> bytes:
        accept = accept_key(self.protocol.key)
        return (
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Accept: {accept}\r\n\r\n"
        ).encode()


async def test_the_connection_takes_over_before_the_first_frame() -> None:
    scene = Scene()
    assert scene.transport.written.startswith(b"GET / HTTP/1.1\r\n")
    data = scene.answer() + frame(TEXT, b"first")
    scene.handshake.data_received(data[:40])
    assert not scene.handshake.is_accepted
    scene.handshake.data_received(data[40:])
    assert scene.handshake.is_accepted
    assert scene.transport.protocol is scene.successor
    assert scene.successor.calls == [101, "made", frame(TEXT, b"first")]
    assert not scene.transport.is_aborted


async def test_what_comes_after_a_rejection_changes_nothing() -> None:
    scene = Scene()
    scene.handshake.data_received(b"220 smtp.example ESMTP\r\n")
    scene.handshake.data_received(scene.answer())
    scene.handshake.connection_lost(None)
    assert scene.transport.is_aborted
    with pytest.raises(RejectedError) as caught:
        await scene.handshake.outcome
    assert (caught.value.answer, caught.value.raw) == (None, b"220 smtp.example ESMTP\r\n")
    assert not caught.value.is_lost


async def test_headers_without_an_end_are_refused_at_a_limit() -> None:
    scene = Scene()
    scene.handshake.data_received(b"HTTP/1.1 101 Ok\r\n" + b"X: y\r\n" * 60_000)
    assert isinstance(scene.handshake.outcome.exception(), RejectedError)


async def test_nobody_waits_any_more() -> None:
    scene = Scene()
    scene.handshake.abandon()
    assert scene.transport.is_aborted
    assert scene.handshake.outcome.cancelled()
    assert not scene.handshake.is_accepted
    scene.handshake.data_received(scene.answer())
    scene.handshake.connection_lost(None)
    assert scene.successor.calls == []


async def test_a_loss_that_nobody_came_to_wait_for_is_not_logged() -> None:
    scene = Scene()
    scene.handshake.connection_lost(ConnectionResetError())
    del scene
    gc.collect()
