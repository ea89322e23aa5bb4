"""The built-in echo server as the window has it: made, and its library loaded, when it is started first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wireyard.servers.echo import EchoServer


class Echo:
    """Starts and stops the server; its facts are empty while it doesn't run."""

    def __init__(self) -> None:
        self._server: EchoServer | None = None

    @property
    def is_running(self) -> bool:
        """Whether it listens."""
        return self._server is not None and self._server.is_running

    @property
    def port(self) -> int:
        """Where it listens; 0 while it does not."""
        return self._server.port if self._server is not None else 0

    @property
    def url(self) -> str:
        """The address to connect to; empty while it does not listen."""
        return self._server.url if self._server is not None else ""

    @property
    def address(self) -> str:
        """Host and port, which ``{{$localServer}}`` stands for; empty while it does not listen."""
        from wireyard.servers.address import HOST

        return f"{HOST}:{self.port}" if self.is_running else ""

    async def start(self, first_port: int) -> None:
        """Listen on the first free port from here up, unless it does already. Raises `EchoError`."""
        from wireyard.servers.echo import EchoServer  # its library takes a third of the time to the first window

        if not self.is_running:
            self._server = EchoServer(first_port=first_port)
            await self._server.start()

    async def stop(self) -> None:
        """Close every connection with 1001 and stop listening."""
        if self._server is not None:
            await self._server.stop()
