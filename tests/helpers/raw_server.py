"""Servers that say exactly what a test wants them to say, on a free port of loopback."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable

from tests.helpers.frames import ReadFrame, read_client_frames

Handler = Callable[["Peer"], Awaitable[None]]
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class Peer:
    """The server's end of one connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        self.request = b""

    async def read_request(self) -> bytes:
        self.request = await self.reader.readuntil(b"\r\n\r\n")
        return self.request

    def header(self, name: str) -> str:
        for line in self.request.decode("latin-1").split("\r\n")[1:]:
            key, _, value = line.partition(":")
            if key.lower() == name.lower():
                return value.strip()
        return ""

    async def accept(self, *headers: str, then: bytes = b"", is_read: bool = False) -> None:
        """Answer 101 as RFC 6455 wants it; ``then`` goes out in the same segment."""
        if not is_read:
            await self.read_request()
        key = self.header("Sec-WebSocket-Key").encode()
        accept = base64.b64encode(hashlib.sha1(key + _GUID).digest()).decode()
        lines = ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade"]
        lines += [f"Sec-WebSocket-Accept: {accept}", *headers, "", ""]
        await self.send("\r\n".join(lines).encode() + then)

    async def answer(self, status: str, *headers: str, body: bytes = b"", is_read: bool = False) -> None:
        if not is_read:
            await self.read_request()
        await self.send("\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode() + body)

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def read_frame(self) -> ReadFrame:
        """Read one frame of the client."""
        head = await self.reader.readexactly(2)
        size = head[1] & 0x7F
        field = b""
        if size >= 126:
            field = await self.reader.readexactly(2 if size == 126 else 8)
            size = int.from_bytes(field, "big")
        return read_client_frames(head + field + await self.reader.readexactly(4 + size))[0]

    async def read_to_end(self) -> bytes:
        with contextlib.suppress(OSError):
            return await self.reader.read()
        return b"reset"

    def reset(self) -> None:
        """Cut the connection with an RST."""
        sock: socket.socket = self.writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


class RawServer:
    """A running server; ``failure`` is what its handler raised, which the test should look at."""

    def __init__(self) -> None:
        self.port = 0
        self.connections = 0
        self.requests: list[bytes] = []

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/"


@contextlib.asynccontextmanager
async def raw_server(handler: Handler, *, ssl_context: ssl.SSLContext | None = None) -> AsyncIterator[RawServer]:
    running = RawServer()
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        running.connections += 1
        peer = Peer(reader, writer)
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            await handler(peer)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client went away, or the test is over
        finally:
            tasks.discard(task)
            running.requests.append(peer.request)
            writer.close()
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=ssl_context)
    running.port = int(server.sockets[0].getsockname()[1])
    try:
        yield running
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
        await server.wait_closed()


async def hang(peer: Peer) -> None:
    """Say nothing until the client goes."""
    await peer.read_to_end()


def unused_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])
