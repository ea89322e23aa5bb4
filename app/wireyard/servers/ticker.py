"""``/ticker``: JSON messages at a steady pace, like the feed of a market. ``{"every": 200}`` changes the pace."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
from datetime import UTC, datetime

import msgspec
from websockets.asyncio.server import ServerConnection

from wireyard.servers.query import Query

_SLOWEST_MS = 3_600_000
_MOST = 1_000_000
_FIRST_PRICE = 100.0


class _Asked(msgspec.Struct):
    every: int


async def serve_ticks(connection: ServerConnection, query: Query) -> None:
    """Send a tick now and then one ``every`` so many milliseconds; with a ``count`` close after that many."""
    every_ms = query.number("every", 1000, 1, _SLOWEST_MS)
    count = query.number("count", 0, 0, _MOST)
    loop = asyncio.get_running_loop()
    prices = random.Random(1)  # the same feed each time, so that a test can know it
    price, number, last = _FIRST_PRICE, 0, loop.time() - every_ms / 1000
    while not count or number < count:
        try:
            async with asyncio.timeout_at(last + every_ms / 1000):
                every_ms = _pace(await connection.recv(), every_ms)
        except TimeoutError:
            number, last = number + 1, loop.time()
            change = round(prices.uniform(-1, 1), 2)
            price = round(max(1.0, price + change), 2)
            await connection.send(_tick(number, price, change))
    await connection.close(1000, f"{count} ticks sent")


def _tick(number: int, price: float, change: float) -> str:
    at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    quote = {"symbol": "WIRE", "price": price, "change": change}
    return json.dumps({"type": "tick", "number": number, "at": at, "quote": quote})


def _pace(message: str | bytes, every_ms: int) -> int:
    """The pace that a client asked for; what it sends besides is passed over."""
    with contextlib.suppress(msgspec.DecodeError):
        asked = msgspec.json.decode(message, type=_Asked).every
        if 1 <= asked <= _SLOWEST_MS:
            return asked
    return every_ms
