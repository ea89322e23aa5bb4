"""An open connection as the rest of the program holds it."""

from __future__ import annotations

import asyncio
import enum

from wireyard.domain.event import Closed, Opened
from wireyard.domain.frame import MAX_CONTROL_BYTES, Opcode, close_fault
from wireyard.domain.request import Network
from wireyard.engine.connection import Connection
from wireyard.engine.errors import SendError
from wireyard.engine.keepalive import keep_alive
from wireyard.engine.tap import Tap


class LinkState(enum.Enum):
    """How far a connection is on its way from open to over."""

    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"


class Link:
    """One open WebSocket connection.

    Everything that crosses the wire goes to the sink that was given to `dial`, in wire order, and at the end exactly
    one `Closed`. All methods belong to the event loop that dialled; an `EngineHost` brings calls there.
    """

    def __init__(self, connection: Connection, tap: Tap, opened: Opened, network: Network) -> None:
        self._connection = connection
        self._tap = tap
        self._opened = opened
        self._network = network
        self._keepalive: asyncio.Task[None] | None = None

    @property
    def opened(self) -> Opened:
        """The handshake's facts, as they were given to the sink."""
        return self._opened

    @property
    def state(self) -> LinkState:
        """Open, closing or closed."""
        if self._connection.is_closed:
            return LinkState.CLOSED
        return LinkState.OPEN if self._connection.is_open else LinkState.CLOSING

    @property
    def is_paused(self) -> bool:
        """Whether the socket is not being read because the sink is full."""
        return self._connection.is_paused

    async def send(self, opcode: Opcode, payload: bytes) -> None:
        """Send one message, unfragmented; return when the transport has room for the next.

        Messages go out in the order of the calls. Raises `SendError` when nothing was sent; the sink then has the
        message with state ``failed``.
        """
        if opcode not in (Opcode.TEXT, Opcode.BINARY):
            raise SendError(f"Opcode {int(opcode)} is no message.")
        self._check_open(opcode, payload)
        self._connection.send(opcode, payload)
        await self._connection.drained()

    async def ping(self, payload: bytes = b"") -> None:
        """Send a ping and do not wait: its pong is seen by the sink. Raises `SendError`."""
        await self._send_control(Opcode.PING, payload)

    async def pong(self, payload: bytes = b"") -> None:
        """Send a pong that answers by hand, or that nobody asked for. Raises `SendError`."""
        await self._send_control(Opcode.PONG, payload)

    async def close(self, code: int | None = 1000, reason: str = "", *, timeout_s: float | None = None) -> Closed:
        """Close with this code and reason, and wait for the end: at most the close timeout, or ``timeout_s`` instead.

        Reading goes on to the end even when the sink is full. Raises `SendError` for a code or reason that may not be
        sent. Closing a connection that is closing already waits for it.
        """
        if fault := close_fault(code, reason):
            raise SendError(fault)
        self._connection.close(code, reason, timeout_s)
        return await self.wait_closed()

    def drop(self) -> None:
        """Cut the connection at once without a close frame, as a crash or a pulled cable would."""
        self._connection.drop()

    async def wait_closed(self) -> Closed:
        """Return when the connection is over, with the event that says how."""
        return await asyncio.shield(self._connection.closed)

    def start_keepalive(self) -> None:
        """Begin to ping, if the request asks for it; `dial` has called this."""
        interval_s = self._network.ping_interval_s
        if interval_s is None or self._connection.is_closed:
            return
        keepalive = asyncio.get_running_loop().create_task(
            keep_alive(self._connection, interval_s, self._network.pong_timeout_s, self._network.ping_payload),
            name="keepalive",
        )
        self._keepalive = keepalive
        self._connection.closed.add_done_callback(lambda _: keepalive.cancel())

    async def _send_control(self, opcode: Opcode, payload: bytes) -> None:
        name = opcode.name.capitalize()
        if len(payload) > MAX_CONTROL_BYTES:
            raise SendError(f"A {name.lower()} holds at most {MAX_CONTROL_BYTES} bytes: this has {len(payload):,}.")
        if self.state is not LinkState.OPEN:
            self._tap.note(f"{name} not sent: {self._why_not()}")
            raise SendError(self._why_not())
        if opcode is Opcode.PING:
            self._connection.ping(payload, auto=False)
        else:
            self._connection.pong(payload)
        await self._connection.drained()

    def _check_open(self, opcode: Opcode, payload: bytes) -> None:
        if self.state is not LinkState.OPEN:
            self._tap.not_sent(opcode, payload, self._why_not())
            raise SendError(self._why_not())

    def _why_not(self) -> str:
        closing = self.state is LinkState.CLOSING
        return "The connection was closing." if closing else "The connection was closed."
