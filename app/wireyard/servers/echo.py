"""The built-in server on loopback: it sends back what it is sent, and on some paths does what `endpoints` says."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import socket

from websockets.asyncio.server import Server, serve

from wireyard.servers.address import FIRST_PORT, HOST
from wireyard.servers.endpoints import Endpoints

_PORTS_TRIED = 100
_MESSAGE_BYTES = 1024 * 1024 * 1024
_CLOSE_TIMEOUT_S = 1.0
_HANDSHAKE_TIMEOUT_S = 1.0
_TAKEN = {errno.EADDRINUSE, errno.EACCES, getattr(errno, "WSAEADDRINUSE", 10048), getattr(errno, "WSAEACCES", 10013)}

# The library logs every connection and its headers: it gets a logger that says nothing to anybody.
_SILENT = logging.getLogger("wireyard.servers.echo")
_SILENT.setLevel(logging.CRITICAL + 1)
_SILENT.propagate = False
_SILENT.disabled = True


class EchoError(Exception):
    """The server can't listen; the text says why, in words for a person."""


class EchoServer:
    """Listens on ``port``, or without one on the first free one of the hundred from ``first_port``; 0 takes any.

    A ``listener`` is a socket that is bound already, for who has to know the port before the server runs.
    """

    def __init__(
        self, port: int | None = None, *, first_port: int = FIRST_PORT, listener: socket.socket | None = None
    ) -> None:
        self._listener = listener
        self._wanted_port = port
        self._first_port = first_port
        self._server: Server | None = None

    @property
    def is_running(self) -> bool:
        """Whether it listens."""
        return self._server is not None

    @property
    def port(self) -> int:
        """Where it listens; 0 while it does not."""
        if self._server is None:
            return 0
        return int(next(iter(self._server.sockets)).getsockname()[1])

    @property
    def url(self) -> str:
        """The address to connect to; empty while it does not listen."""
        return f"ws://{HOST}:{self.port}/" if self.is_running else ""

    async def start(self) -> None:
        """Listen, unless it does already. Raises `EchoError`."""
        if self._server is not None:
            return
        if self._listener is not None:
            try:
                self._server = await _listen_or_leave_nothing(0, self._listener)
            except OSError as error:
                raise EchoError(f"Can't listen on the port that was taken: {error.strerror}.") from error
            return
        last_port = min(self._first_port + _PORTS_TRIED - 1, 65535)
        ports = range(self._first_port, last_port + 1) if self._wanted_port is None else [self._wanted_port]
        for port in ports:
            try:
                self._server = await _listen_or_leave_nothing(port)
            except OSError as error:
                if error.errno not in _TAKEN:
                    raise EchoError(f"Can't listen on port {port}: {error.strerror}.") from error
            except OverflowError as error:
                raise EchoError(f"Port {port} is too high: the highest is 65535.") from error
            else:
                return
        if self._wanted_port is not None:
            raise EchoError(f"Port {self._wanted_port} is in use by another program.")
        raise EchoError(f"All ports from {self._first_port} to {last_port} are in use.")

    async def stop(self) -> None:
        """Close every connection with 1001 and stop listening; takes a second at most."""
        server, self._server = self._server, None
        if server is None:
            return
        server.close()
        await server.wait_closed()


async def _listen_or_leave_nothing(port: int, listener: socket.socket | None = None) -> Server:
    """Listen; when this is cancelled meanwhile, the port is free again."""
    listening = asyncio.ensure_future(_listen(port, listener))
    try:
        return await asyncio.shield(listening)
    except asyncio.CancelledError:
        # asyncio forgets a server whose start is cancelled: its socket would stay open.
        with contextlib.suppress(OSError):
            (await listening).close()
        raise


async def _listen(port: int, listener: socket.socket | None) -> Server:
    # Only programs of this machine reach it: hardly a limit on sizes, and no pings that nobody asked for.
    return await serve(
        Endpoints().serve,
        None if listener is not None else HOST,
        None if listener is not None else port,
        sock=listener,
        max_size=_MESSAGE_BYTES,
        ping_interval=None,
        # A client that connects and says nothing would otherwise hold up the stop for ten seconds.
        open_timeout=_HANDSHAKE_TIMEOUT_S,
        close_timeout=_CLOSE_TIMEOUT_S,
        logger=_SILENT,
        start_serving=True,
    )
