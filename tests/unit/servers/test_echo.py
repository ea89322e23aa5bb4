"""The built-in echo server, reached with the engine."""

from __future__ import annotations

import asyncio
import gc
import socket
import time

import pytest
from tests.helpers.raw_server import unused_port
from tests.helpers.sinks import ListSink

from wireyard.domain.event import Message
from wireyard.domain.frame import Direction, Opcode
from wireyard.domain.request import ConnectRequest, Network
from wireyard.engine.dial import dial
from wireyard.servers.echo import FIRST_PORT, EchoError, EchoServer


def wanted(url: str, *, compression: bool = True) -> ConnectRequest:
    return ConnectRequest(url=url, network=Network(compression=compression, max_message_bytes=None))


@pytest.mark.parametrize("compression", [True, False])
async def test_every_path_echoes_text_as_text_and_binary_as_binary(compression: bool) -> None:
    server = EchoServer(0)
    await server.start()
    sink = ListSink()
    link = await dial(wanted(f"{server.url}any/path?x=1", compression=compression), sink)
    for opcode, payload in ((Opcode.TEXT, "grüße".encode()), (Opcode.BINARY, bytes(range(256))), (Opcode.TEXT, b"")):
        await link.send(opcode, payload)
    await sink.until(lambda s: len(s.received) == 3)
    closed = await link.close(4000, "enough")
    await server.stop()
    back = [message for message in sink.all(Message) if message.direction is Direction.RECEIVED]
    assert [(one.opcode, one.payload) for one in back] == [
        (Opcode.TEXT, "grüße".encode()),
        (Opcode.BINARY, bytes(range(256))),
        (Opcode.TEXT, b""),
    ]
    assert bool(sink.opened.extensions) is compression
    assert (closed.code, closed.clean) == (4000, True)


async def test_a_large_message_comes_back() -> None:
    server = EchoServer(0)
    await server.start()
    sink = ListSink()
    link = await dial(wanted(server.url), sink)
    payload = b"0123456789abcdef" * 1_000_000
    await link.send(Opcode.BINARY, payload)
    await sink.until(lambda s: bool(s.received))
    await link.close()
    await server.stop()
    assert sink.received == [payload]


async def test_without_a_port_the_first_free_one_of_a_hundred_is_taken() -> None:
    first, second = EchoServer(), EchoServer()
    await first.start()
    await second.start()
    assert FIRST_PORT <= first.port < second.port < FIRST_PORT + 100
    assert first.url == f"ws://127.0.0.1:{first.port}/"
    await first.stop()
    await second.stop()


async def test_a_port_that_is_taken_is_said_so() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        server = EchoServer(port)
        with pytest.raises(EchoError, match=f"Port {port} is in use"):
            await server.start()
    assert not server.is_running


async def test_a_port_that_is_too_high() -> None:
    with pytest.raises(EchoError, match="65535"):
        await EchoServer(70_000).start()


async def test_stopping_closes_connections_with_1001_and_takes_no_time() -> None:
    server = EchoServer(0)
    await server.start()
    sink = ListSink()
    link = await dial(wanted(server.url), sink)
    begun = time.monotonic()
    await server.stop()
    closed = await link.wait_closed()
    assert time.monotonic() - begun < 2
    assert (closed.by, closed.code) == ("server", 1001)
    assert (server.is_running, server.url, server.port) == (False, "", 0)


async def test_starting_and_stopping_twice_is_harmless() -> None:
    server = EchoServer(0)
    await server.start()
    port = server.port
    await server.start()
    assert server.port == port
    await server.stop()
    await server.stop()


async def test_a_client_that_is_no_websocket_leaves_no_noise() -> None:
    server = EchoServer(0)
    await server.start()
    with socket.create_connection(("127.0.0.1", server.port)) as client:
        client.sendall(b"nonsense\r\n\r\n")
    sink = ListSink()
    link = await dial(wanted(server.url), sink)
    await link.send(Opcode.TEXT, b"still there")
    await sink.until(lambda s: bool(s.received))
    link.drop()
    await link.wait_closed()
    await server.stop()


async def test_a_client_that_never_speaks_does_not_hold_up_the_stop() -> None:
    server = EchoServer(0)
    await server.start()
    with socket.create_connection(("127.0.0.1", server.port)):
        sink = ListSink()
        link = await dial(wanted(server.url), sink)
        begun = time.monotonic()
        await server.stop()
        assert time.monotonic() - begun < 2
        assert (await link.wait_closed()).code == 1001


@pytest.mark.parametrize("turns", range(12))
async def test_a_start_that_is_cancelled_leaves_the_port_free(turns: int) -> None:
    server = EchoServer(port=unused_port())
    starting = asyncio.create_task(server.start())
    for _ in range(turns):
        await asyncio.sleep(0)
    starting.cancel()
    await asyncio.wait([starting])
    if server.is_running:
        await server.stop()  # it was there before the cancel
    del starting
    gc.collect()
