"""The built-in server for one run: its port is taken when somebody asks for it, and it serves while the run lasts."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping

from wireyard.cli.resolving import LOCAL_SERVER
from wireyard.servers.address import HOST
from wireyard.servers.echo import EchoServer


class LocalServer(Mapping[str, str]):
    """The facts of the built-in values: asking for ``$localServer`` takes a free port.

    ``address`` is that of another server, which is used instead.
    """

    def __init__(self, address: str = "") -> None:
        self._address = address
        self._listener: socket.socket | None = None
        self._server: EchoServer | None = None

    def __getitem__(self, name: str) -> str:
        if name != LOCAL_SERVER:
            raise KeyError(name)
        if not self._address:
            self._listener = socket.socket()
            self._listener.bind((HOST, 0))
            self._address = f"{HOST}:{self._listener.getsockname()[1]}"
        return self._address

    def __iter__(self) -> Iterator[str]:
        return iter((LOCAL_SERVER,))

    def __len__(self) -> int:
        return 1

    async def start(self) -> None:
        """Serve, if anybody asked for the port. Raises `EchoError`."""
        if self._listener is not None:
            self._server = EchoServer(listener=self._listener)
            await self._server.start()

    async def stop(self) -> None:
        """Stop, and give the port back."""
        if self._server is not None:
            await self._server.stop()
        self.give_up()

    def give_up(self) -> None:
        """Give the port back before anything was served."""
        if self._listener is not None:
            self._listener.close()
