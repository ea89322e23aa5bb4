"""A server that dies and comes back on the same port, for what connects again."""

from __future__ import annotations

from tests.helpers.raw_server import unused_port
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed


class Mortal:
    """A server on one port that can be killed, so that its connections are reset, and started again."""

    def __init__(self) -> None:
        self.port = unused_port()
        self.open = 0
        self.most_open = 0
        self.openings = 0
        self.got: list[str | bytes] = []
        self._server: Server | None = None

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/"

    async def start(self) -> None:
        self._server = await serve(self._talk, "127.0.0.1", self.port, ping_interval=None)

    async def kill(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            for connection in list(server.connections):
                connection.transport.abort()
            server.close()
            await server.wait_closed()

    async def _talk(self, connection: ServerConnection) -> None:
        self.open += 1
        self.openings += 1
        self.most_open = max(self.most_open, self.open)
        try:
            await connection.send(f"welcome {self.openings}")
            async for message in connection:
                self.got.append(message)
                await connection.send(message)
        except ConnectionClosed:
            pass
        finally:
            self.open -= 1
