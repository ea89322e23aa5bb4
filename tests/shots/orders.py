"""A small server with something to say, for the pictures: order updates, a picture in binary, pings, a goodbye."""

from __future__ import annotations

import asyncio
import json
import ssl
import struct
import zlib

from websockets.asyncio.server import Server, ServerConnection, serve

_STATES = ("PLACED", "COOKING", "READY", "COOKING", "PICKED_UP", "DELIVERED")


def tiny_png(side: int) -> bytes:
    """A real picture: a grey square."""
    rows = b"".join(b"\0" + bytes((row * 255 // side, 128, 200)) * side for row in range(side))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))

    head = struct.pack("!IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 0)) + chunk(b"IEND", b"")


def _update(number: int) -> str:
    order = {
        "id": f"ord_81f{2 + number % 5}",
        "status": _STATES[number % len(_STATES)],
        "total": 12 + number * 7.5,
        "rush": number % 3 == 0,
        "courier": None if number % 2 else {"name": "Mara", "minutes": 6 + number},
        "items": [{"sku": "A-204", "qty": 1 + number % 3}],
    }
    return json.dumps({"id": "7", "type": "next", "payload": {"data": {"orderUpdated": order}}}, separators=(",", ":"))


async def _talk(connection: ServerConnection) -> None:
    async for message in connection:
        kind = json.loads(message).get("type") if isinstance(message, str) else ""
        if kind == "connection_init":
            await connection.send('{"type":"connection_ack"}')
        elif kind == "subscribe":
            for number in range(3):
                await connection.send(_update(number))
                await asyncio.sleep(0.03)
            await (await connection.ping(b"beat"))
            await connection.send(_update(3))
            await connection.send(tiny_png(48))
            await connection.send(_update(4))
        elif kind == "ping":
            await connection.send('{"type":"pong"}')
        elif kind == "more":
            for number in range(json.loads(message)["count"]):
                await connection.send(_update(number))
                await asyncio.sleep(0.002)
        elif kind == "bye":
            await connection.close(1001, "deploy 2411")


async def start(context: ssl.SSLContext | None = None) -> tuple[Server, int]:
    """Listen on a free port of this machine."""
    server = await serve(_talk, "127.0.0.1", 0, ssl=context)
    return server, next(iter(server.sockets)).getsockname()[1]
