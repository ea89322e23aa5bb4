"""``/slow``: a server that answers late and loses some: each message comes back after a delay, but every third not."""

from __future__ import annotations

import asyncio

from websockets.asyncio.server import ServerConnection

from wireyard.servers.query import Query

_LONGEST_MS = 60_000
_MOST_WAITING = 100
_MESSAGE_BYTES = 256 * 1024

Waiting = asyncio.Queue[tuple[float, str | bytes]]


async def serve_late(connection: ServerConnection, query: Query) -> None:
    """Send each message back ``delay`` milliseconds after it came, in order; of every ``lose`` messages one is lost."""
    delay_s = query.number("delay", 1500, 0, _LONGEST_MS) / 1000
    lose = query.number("lose", 3, 0, 1_000_000)
    # A full queue stops the reading, and TCP makes the client wait.
    waiting: Waiting = asyncio.Queue(_MOST_WAITING)
    async with asyncio.TaskGroup() as tasks:
        work = (
            tasks.create_task(_take(connection, waiting, delay_s, lose)),
            tasks.create_task(_answer(connection, waiting)),
        )
        await connection.wait_closed()
        for each in work:
            each.cancel()


async def _take(connection: ServerConnection, waiting: Waiting, delay_s: float, lose: int) -> None:
    loop = asyncio.get_running_loop()
    number = 0
    async for message in connection:
        number += 1
        if len(message) > _MESSAGE_BYTES:
            await connection.close(1009, f"At most {_MESSAGE_BYTES} bytes here.")
        elif not lose or number % lose:
            await waiting.put((loop.time() + delay_s, message))


async def _answer(connection: ServerConnection, waiting: Waiting) -> None:
    loop = asyncio.get_running_loop()
    while True:
        due, message = await waiting.get()
        await asyncio.sleep(due - loop.time())
        await connection.send(message)
