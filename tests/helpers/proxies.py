"""Proxies that do what a test wants, on a free port of loopback; those that agree pass bytes on for real."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field

from tests.helpers.raw_server import Handler, Peer


@dataclass
class Asked:
    """What a proxy was asked for."""

    places: list[tuple[str, int]] = field(default_factory=list[tuple[str, int]])
    logins: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    requests: list[bytes] = field(default_factory=list[bytes])


def http_proxy(asked: Asked, *, to_port: int, login: str = "", answer: bytes = b"") -> Handler:
    """An HTTP proxy that connects every name to ``to_port`` here. ``login`` is the header that it wants."""

    async def serve(peer: Peer) -> None:
        request = await peer.read_request()
        asked.requests.append(request)
        host, _, port = request.split(b" ")[1].decode().rpartition(":")
        asked.places.append((host, int(port)))
        if login and peer.header("Proxy-Authorization") != login:
            await peer.send(
                b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=x\r\n"
                b"Content-Length: 7\r\n\r\nsign in"
            )
            return
        await peer.send(answer or b"HTTP/1.1 200 Connection established\r\n\r\n")
        await pass_on(peer, to_port)

    return serve


def socks5_proxy(
    asked: Asked, *, to_port: int, login: tuple[str, str] | None = None, reply: int = 0, method: int | None = None
) -> Handler:
    """A SOCKS 5 proxy; ``reply`` is what it says to every place, ``method`` how one is to sign in."""

    async def serve(peer: Peer) -> None:
        _, count = await peer.reader.readexactly(2)
        offered = await peer.reader.readexactly(count)
        chosen = method if method is not None else 2 if login else 0
        if chosen not in offered and method is None:
            chosen = 0xFF
        await peer.send(bytes([5, chosen]))
        if chosen == 2:
            user = await peer.reader.readexactly((await peer.reader.readexactly(2))[1])
            password = await peer.reader.readexactly((await peer.reader.readexactly(1))[0])
            asked.logins.append((user.decode(), password.decode()))
            is_right = login is None or asked.logins[-1] == login
            await peer.send(bytes([1, 0 if is_right else 1]))
        kind = (await peer.reader.readexactly(4))[3]
        size = {1: 4, 4: 16}.get(kind) or (await peer.reader.readexactly(1))[0]
        host = await peer.reader.readexactly(size)
        port = int.from_bytes(await peer.reader.readexactly(2), "big")
        asked.places.append((host.decode() if kind == 3 else ".".join(map(str, host)), port))
        await peer.send(bytes([5, reply, 0, 3, 4]) + b"here" + b"\0\0")
        if not reply:
            await pass_on(peer, to_port)

    return serve


def socks4_proxy(asked: Asked, *, to_port: int, reply: int = 0x5A) -> Handler:
    """A SOCKS 4 proxy that knows 4a."""

    async def serve(peer: Peer) -> None:
        head = await peer.reader.readexactly(8)
        user = (await peer.reader.readuntil(b"\0"))[:-1].decode()
        host = ".".join(map(str, head[4:]))
        if host == "0.0.0.1":
            host = (await peer.reader.readuntil(b"\0"))[:-1].decode()
        asked.logins.append((user, ""))
        asked.places.append((host, int.from_bytes(head[2:4], "big")))
        await peer.send(bytes([0, reply]) + b"\0" * 6)
        if reply == 0x5A:
            await pass_on(peer, to_port)

    return serve


async def pass_on(peer: Peer, port: int) -> None:
    """Carry bytes both ways until one side ends."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    ways = [
        asyncio.create_task(_carry(peer.reader, writer)),
        asyncio.create_task(_carry(reader, peer.writer)),
    ]
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for way in ways:
            way.cancel()
        await asyncio.wait(ways)
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
