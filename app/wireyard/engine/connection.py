"""One open connection on its transport: bytes in to `Inbound`, frames out, back-pressure, and how it ended.

Our own `asyncio.Protocol` over the library's sans-I/O core, rather than a subclass of its asyncio connection: that one
owns a queue we must not fill, waits for the close in `send`, logs, and can't pause its keepalive.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from typing import cast

from websockets.protocol import CLOSED, CLOSING, OPEN

from wireyard.domain.event import Closed, ClosedBy, Failed
from wireyard.domain.failure import Failure
from wireyard.domain.frame import Opcode
from wireyard.domain.request import Network
from wireyard.engine.inbound import Inbound
from wireyard.engine.pressure import Pressure
from wireyard.engine.tap import Tap
from wireyard.engine.wire import WireProtocol

WRITE_BUFFER_BYTES = 256 * 1024
# How long the server may take to close TCP once a close frame went each way (RFC 6455 section 7.1.1).
TCP_CLOSE_WAIT_S = 1.0
_KEEPALIVE_LOST = 1011


class Connection(asyncio.Protocol):
    """Drives a `WireProtocol` whose handshake is done. ``closed`` resolves with the one `Closed` event."""

    def __init__(self, protocol: WireProtocol, tap: Tap, network: Network) -> None:
        self._loop = asyncio.get_running_loop()
        self._protocol = protocol
        self._tap = tap
        self._close_timeout_s = network.close_timeout_s
        self._answers_pings = network.auto_pong
        self._inbound = Inbound(protocol, tap, self._put_failure)
        self._transport: asyncio.Transport | None = None
        self._pressure: Pressure | None = None
        self._opened_mono_ns = tap.moment.mono_ns
        self._drains: set[asyncio.Future[None]] = set()
        self._is_write_paused = False
        self._close_timer: asyncio.TimerHandle | None = None
        self._cause = ""
        self._is_dropped = False
        self._is_tcp_close_expected = False
        self._pong = asyncio.Event()
        self.received_bytes = 0
        self.closed: asyncio.Future[Closed] = self._loop.create_future()

    @property
    def is_open(self) -> bool:
        """Whether messages can be sent."""
        return self._protocol.state is OPEN and not self._is_dropped

    @property
    def is_closed(self) -> bool:
        """Whether the connection is over."""
        return self.closed.done()

    @property
    def is_paused(self) -> bool:
        """Whether reading is paused because the sink is full."""
        return self._pressure is not None and self._pressure.is_paused

    async def wait_until_reading(self) -> None:
        """Return once reading is not paused."""
        if self._pressure is not None:
            await self._pressure.wait_until_reading()

    async def wait_for_pong(self) -> None:
        """Return once a pong has come after the last ping."""
        await self._pong.wait()

    def send(self, opcode: Opcode, payload: bytes) -> None:
        """Put one message on the wire; the caller checked that the connection is open."""
        if opcode is Opcode.TEXT:
            self._protocol.send_text(payload)
        else:
            self._protocol.send_binary(payload)
        self._flush()

    def ping(self, payload: bytes, *, auto: bool) -> None:
        """Put a ping on the wire. ``auto`` marks those of the keepalive."""
        self._pong.clear()
        self._protocol.sends_auto = auto
        try:
            self._protocol.send_ping(payload)
        finally:
            self._protocol.sends_auto = True
        self._flush()

    def pong(self, payload: bytes) -> None:
        """Put a pong on the wire that a person wanted."""
        self._protocol.sends_auto = False
        try:
            self._protocol.send_pong(payload)
        finally:
            self._protocol.sends_auto = True
        self._flush()

    async def drained(self) -> None:
        """Wait until the transport has taken most of what was written, or the connection is over."""
        if self._is_write_paused and not self.closed.done():
            waiter = self._loop.create_future()
            self._drains.add(waiter)
            try:
                await waiter
            finally:
                self._drains.discard(waiter)

    def close(self, code: int | None, reason: str, timeout_s: float | None = None) -> None:
        """Begin the closing handshake, unless it has begun; read on to its end, whatever the sink says."""
        if timeout_s is not None:
            self._close_timeout_s = timeout_s
            self._restart_close_timer()
        if self._pressure is not None:
            self._pressure.release()
        if not self.is_open:
            return
        self._protocol.sends_auto = False
        try:
            self._protocol.send_close(code, reason)
        finally:
            self._protocol.sends_auto = True
        self._flush()
        self._expect_close()

    def drop(self) -> None:
        """Cut the connection without a close frame, so that the other side sees a reset."""
        transport = self._transport
        if transport is None or self.closed.done():
            return
        self._is_dropped = True
        self._cause = self._cause or "Dropped without closing."
        sock = cast("socket.socket | None", transport.get_extra_info("socket"))
        if sock is not None:
            with contextlib.suppress(OSError):
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack(_LINGER, 1, 0))
        transport.abort()

    def give_up(self, timeout_s: float) -> None:
        """End a connection that answers no ping."""
        self._cause = f"No pong within {timeout_s:g} s."
        self._put_failure(self._lost({"pong_timeout": f"{timeout_s:g}"}, self._cause))
        self._protocol.give_up(_KEEPALIVE_LOST, "keepalive ping timeout")
        self._flush()
        self._expect_close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the transport over from the handshake."""
        self._transport = cast(asyncio.Transport, transport)
        self._transport.set_write_buffer_limits(WRITE_BUFFER_BYTES)
        self._pressure = Pressure(self._loop, self._transport, self._tap)

    def data_received(self, data: bytes) -> None:
        """Turn one read of the socket into events, and send what the library answers."""
        self.received_bytes += len(data)
        moment = self._tap.begin_read()
        try:
            self._inbound.receive(data)
        finally:
            self._tap.end_read()
        if self._tap.last_pong_mono_ns == moment.mono_ns:
            self._pong.set()
        if self._protocol.writes:
            self._flush()
        if self._protocol.state is not OPEN:
            self._expect_close()
        elif self._tap.sink.is_full() and self._pressure is not None:
            self._pressure.pause()

    def eof_received(self) -> None:
        """The other side sends no more; the transport closes once our last bytes are out."""
        self._inbound.receive_eof()
        self._flush()
        self._expect_close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Report how it ended."""
        if self._close_timer is not None:
            self._close_timer.cancel()
        if self._pressure is not None:
            self._pressure.stop()
        if self._is_write_paused:
            self._tap.note("The connection ended before everything that was sent had left this computer.")
        self._inbound.receive_eof()
        self._protocol.data_to_send()
        closed = self._how_it_ended(exc)
        self._tap.sink.put(closed)
        for waiter in self._drains:
            if not waiter.done():
                waiter.set_result(None)
        self.closed.set_result(closed)

    def pause_writing(self) -> None:
        """The transport's buffer is full: senders wait."""
        self._is_write_paused = True

    def resume_writing(self) -> None:
        """There is room again."""
        self._is_write_paused = False
        for waiter in self._drains:
            if not waiter.done():
                waiter.set_result(None)

    def _flush(self) -> None:
        transport = self._transport
        assert transport is not None
        for data in self._protocol.data_to_send():
            if data:
                if not transport.is_closing():
                    transport.write(data)
            elif transport.can_write_eof():
                with contextlib.suppress(OSError, RuntimeError):
                    transport.write_eof()
            else:
                transport.close()

    def _expect_close(self) -> None:
        """Bound the time until the connection is over."""
        if self._pressure is not None:
            self._pressure.release()
        if self._protocol.state is CLOSING or self._protocol.state is CLOSED:
            if self._close_timer is None:
                self._restart_close_timer()
            if self._is_handshake_done and not self._is_tcp_close_expected:
                self._is_tcp_close_expected = True
                self._restart_close_timer()

    @property
    def _is_handshake_done(self) -> bool:
        return self._protocol.close_rcvd is not None and self._protocol.close_sent is not None

    def _restart_close_timer(self) -> None:
        if self._close_timer is not None:
            self._close_timer.cancel()
        if self._transport is None or self.closed.done():
            return
        wait_s = self._close_timeout_s
        if self._is_handshake_done:
            wait_s = min(wait_s, TCP_CLOSE_WAIT_S)
        self._close_timer = self._loop.call_later(wait_s, self._on_close_timeout)

    def _on_close_timeout(self) -> None:
        transport = self._transport
        assert transport is not None
        if not self._is_handshake_done:
            self._cause = self._cause or f"The server did not answer the close within {self._close_timeout_s:g} s."
        transport.abort()

    def _put_failure(self, failure: Failure) -> None:
        moment = self._tap.moment
        self._tap.sink.put(Failed(ts_ns=moment.ts_ns, mono_ns=moment.mono_ns, failure=failure))

    def _how_it_ended(self, exc: Exception | None) -> Closed:
        protocol = self._protocol
        moment = self._tap.moment
        open_s = (moment.mono_ns - self._opened_mono_ns) / 1e9
        received, sent = protocol.close_rcvd, protocol.close_sent
        by: ClosedBy = "nobody"
        code, reason = 1006, ""
        if received is not None and (sent is None or protocol.close_rcvd_then_sent):
            by, code, reason = "server", int(received.code), received.reason
        elif sent is not None:
            by, code, reason = "us", int(sent.code), sent.reason
            if received is None:
                self._cause = self._cause or "The server ended the connection without answering the close."
        elif self._is_dropped:
            by = "us"
        else:
            self._cause = self._cause or _loss(exc)
            facts = {"cause": "reset" if isinstance(exc, ConnectionResetError) else "error" if exc else "eof"}
            self._put_failure(self._lost(facts, str(exc or "end of stream")))
        return Closed(
            ts_ns=moment.ts_ns,
            mono_ns=moment.mono_ns,
            by=by,
            code=code,
            reason=reason,
            clean=received is not None and sent is not None,
            open_s=open_s,
            cause=self._cause,
        )

    def _lost(self, facts: dict[str, str], technical: str) -> Failure:
        """Facts ``last_message`` and ``last_pong``: seconds since, left out when there was none; ``auto_pong`` off."""
        now_ns = self._tap.moment.mono_ns
        facts["open"] = f"{(now_ns - self._opened_mono_ns) / 1e9:.1f}"
        for name, then_ns in (
            ("last_message", self._tap.last_message_mono_ns),
            ("last_pong", self._tap.last_pong_mono_ns),
        ):
            if then_ns:
                facts[name] = f"{(now_ns - then_ns) / 1e9:.1f}"
        if not self._answers_pings:
            facts["auto_pong"] = "off"
        return Failure(code="lost", step="open", technical=technical, facts=facts)


# struct linger: two ints, except on Windows, where they are two unsigned shorts.
_LINGER = "HH" if hasattr(socket, "SIO_RCVALL") else "ii"


def _loss(exc: Exception | None) -> str:
    if exc is None:
        return "The server ended the connection without a close frame."
    if isinstance(exc, ConnectionResetError):
        return "The connection was reset."
    return "The connection failed."
