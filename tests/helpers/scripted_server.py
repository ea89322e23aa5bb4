"""Servers of a few lines on port 0: WebSocket servers that do as a test says, and TCP servers that do anything."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

Talk = Callable[[ServerConnection], Awaitable[None]]
RawTalk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

_SILENT = logging.getLogger("tests.scripted_server")
_SILENT.disabled = True


async def echo(connection: ServerConnection) -> None:
    """Send everything back."""
    async for message in connection:
        await connection.send(message)


async def listen(connection: ServerConnection) -> None:
    """Take everything, say nothing, leave with the other side."""
    async for _ in connection:
        pass


def deaf_until(over: asyncio.Event) -> Talk:
    """Stop reading, so that no close frame is ever answered, until the test is over."""

    async def deaf(connection: ServerConnection) -> None:
        connection.transport.pause_reading()
        with contextlib.suppress(TimeoutError):  # a test that failed before its end
            await asyncio.wait_for(over.wait(), 10)
        connection.transport.abort()

    return deaf


@asynccontextmanager
async def serving(talk: Talk, **options: Any) -> AsyncIterator[str]:
    """A WebSocket server; gives its address."""

    async def handle(connection: ServerConnection) -> None:
        with contextlib.suppress(ConnectionClosed):
            await talk(connection)

    options = {"ping_interval": None, "close_timeout": 0.5, "max_size": None} | options
    async with serve(handle, "127.0.0.1", 0, logger=_SILENT, **options) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        scheme = "wss" if options.get("ssl") else "ws"
        yield f"{scheme}://127.0.0.1:{port}/"


@asynccontextmanager
async def raw_serving(talk: RawTalk) -> AsyncIterator[str]:
    """A TCP server; gives the ``ws://`` address of its port. The connection is closed when ``talk`` returns."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    async with server:
        yield f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/"


async def read_request(reader: asyncio.StreamReader) -> bytes:
    """The upgrade request, to its blank line."""
    return await reader.readuntil(b"\r\n\r\n")


def answering(answer: bytes) -> RawTalk:
    """Answer the upgrade request with these bytes and hang up."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(answer)
        await writer.drain()

    return talk


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Accept TCP and never answer."""
    await reader.read()
