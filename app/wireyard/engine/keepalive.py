"""Pings that keep an idle connection open and find a dead one.

Unlike the library's: its clock stops while reading is paused by back-pressure (the pong waits unread in the socket's
buffer), and any received byte counts as a sign of life, since a pong may be queued behind a message of 100 MB.
"""

from __future__ import annotations

import asyncio
import secrets

from wireyard.engine.connection import Connection


async def keep_alive(
    connection: Connection, interval_s: float, pong_timeout_s: float | None, payload: bytes | None = None
) -> None:
    """Ping ``interval_s`` after the last answer; give the connection up when nothing at all comes in time.

    Without a ``payload`` each ping has four random bytes, so that its pong is told from others.
    """
    while True:
        await asyncio.sleep(interval_s)
        await connection.wait_until_reading()
        if not connection.is_open:
            return
        connection.ping(secrets.token_bytes(4) if payload is None else payload, auto=True)
        if pong_timeout_s is not None and not await _is_alive(connection, pong_timeout_s):
            connection.give_up(pong_timeout_s)
            return


async def _is_alive(connection: Connection, pong_timeout_s: float) -> bool:
    """Wait for a pong or, failing that, any byte; time during which we did not read counts for nothing."""
    while True:
        bytes_before = connection.received_bytes
        try:
            async with asyncio.timeout(pong_timeout_s):
                await connection.wait_for_pong()
            return True
        except TimeoutError:
            if connection.is_paused:
                await connection.wait_until_reading()
                continue
            return not connection.is_open or connection.received_bytes > bytes_before
