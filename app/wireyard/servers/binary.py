"""``/binary``: a picture, a MessagePack map and plain bytes, at once and again by name; binary messages come back."""

from __future__ import annotations

import struct
import zlib

import msgspec
from websockets.asyncio.server import ServerConnection

from wireyard.servers.query import Query

_SIDE = 48


async def serve_binary(connection: ServerConnection, query: Query) -> None:
    """Send one frame of each kind, then answer: a kind's name with that kind, and bytes with the same bytes."""
    kinds = {"png": picture(), "msgpack": reading(), "bytes": bytes(range(256))}
    for payload in kinds.values():
        await connection.send(payload)
    async for message in connection:
        if isinstance(message, bytes):
            await connection.send(message)
        else:
            await connection.send(kinds.get(message.strip(), f"Send one of these: {', '.join(kinds)}; or bytes."))


def picture() -> bytes:
    """A small PNG: a round shade of our accent on white."""
    rows = b"".join(b"\0" + b"".join(_pixel(x, y) for x in range(_SIDE)) for y in range(_SIDE))
    header = struct.pack("!IIBBBBB", _SIDE, _SIDE, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def reading() -> bytes:
    """A MessagePack map with a value of each kind."""
    values = [round(20 + step * 0.25, 2) for step in range(8)]
    record = {"kind": "reading", "sensor": 7, "ok": True, "unit": "°C", "values": values, "raw": b"\0\1\2\xff"}
    return msgspec.msgpack.encode(record)


def _pixel(x: int, y: int) -> bytes:
    middle = (_SIDE - 1) / 2
    far = min(1.0, ((x - middle) ** 2 + (y - middle) ** 2) ** 0.5 / middle)
    return bytes(round(shade + (255 - shade) * far) for shade in (79, 70, 229))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))
