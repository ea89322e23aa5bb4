"""Which path of the built-in server does what; every other one sends back what it gets."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from wireyard.servers.binary import serve_binary
from wireyard.servers.chat import Rooms
from wireyard.servers.closing import serve_close
from wireyard.servers.query import Query, QueryError
from wireyard.servers.slow import serve_late
from wireyard.servers.ticker import serve_ticks

Endpoint = Callable[[ServerConnection, Query], Awaitable[None]]


class Endpoints:
    """The endpoints of one server, which is what the clients of a chat room have in common."""

    def __init__(self) -> None:
        self._by_path: dict[str, Endpoint] = {
            "ticker": serve_ticks,
            "binary": serve_binary,
            "chat": Rooms().serve,
            "slow": serve_late,
            "close": serve_close,
        }

    async def serve(self, connection: ServerConnection) -> None:
        """Talk to one client until it leaves, or the endpoint has done what it does."""
        query = Query(connection.request.path if connection.request is not None else "/")
        longest = 2 if query.path[:1] == ("close",) else 1
        serve = self._by_path.get(query.path[0], _echo) if 1 <= len(query.path) <= longest else _echo
        with contextlib.suppress(ConnectionClosed, asyncio.IncompleteReadError):
            try:
                await serve(connection, query)
            except QueryError as error:
                await connection.close(1008, str(error))
            except ExceptionGroup as errors:
                # The client left while an answer was on its way; anything else is ours.
                if errors.split(ConnectionClosed)[1] is not None:
                    raise


async def _echo(connection: ServerConnection, query: Query) -> None:
    async for message in connection:
        await connection.send(message)
