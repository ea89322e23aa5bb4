"""Clients of the built-in server: the library's own, which shares nothing with our engine's dialling."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from wireyard.servers.echo import EchoServer

DEADLINE_S = 10.0


class Playground:
    """A running server, and its clients."""

    def __init__(self, server: EchoServer) -> None:
        self.url = server.url
        self._clients: list[ClientConnection] = []

    async def client(self, target: str) -> ClientConnection:
        """A client of one path."""
        client = await connect(self.url + target, compression=None, proxy=None)
        self._clients.append(client)
        return client

    async def leave(self) -> None:
        """Close what the test left open."""
        for client in self._clients:
            await client.close()


async def said(client: ClientConnection) -> dict[str, Any]:
    """The next message, from JSON."""
    return json.loads(await asyncio.wait_for(client.recv(), DEADLINE_S))


async def end_of(client: ClientConnection) -> tuple[int | None, str | None]:
    """Wait for the end of the connection and give its code and reason."""
    await asyncio.wait_for(client.wait_closed(), DEADLINE_S)
    return client.close_code, client.close_reason
