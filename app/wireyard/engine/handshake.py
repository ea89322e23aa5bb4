"""The upgrade step (RFC 6455 section 4): send the request, keep every byte of the answer, judge it.

The answer's bytes are kept before the library parses them, so a refusal has its status, headers and body even where
the library gives up on them. The library gets a 101 as one complete header block; what follows it in the same segment
is frames, and goes to the connection only after the opening was reported.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import cast

from websockets.http11 import Response

from wireyard.domain.failure import Answer
from wireyard.engine.answer import MAX_HEAD_BYTES, could_be_http, head_size, read_answer, read_body
from wireyard.engine.errors import EngineError
from wireyard.engine.wire import WireProtocol

BODY_WAIT_S = 2.0
_SWITCHING_PROTOCOLS = 101


class RejectedError(EngineError):
    """The upgrade did not happen. ``answer`` and ``raw`` are what the server sent, ``cause`` what went wrong.

    ``is_lost`` is true when the connection ended before the answer was complete, ``is_head_too_long`` when its headers
    had no end.
    """

    def __init__(
        self,
        answer: Answer | None,
        raw: bytes,
        cause: BaseException | None,
        *,
        is_lost: bool,
        is_head_too_long: bool = False,
    ) -> None:
        super().__init__(str(cause or (answer.status if answer else "")))
        self.answer = answer
        self.raw = raw
        self.cause = cause
        self.is_lost = is_lost
        self.is_head_too_long = is_head_too_long


class Handshake(asyncio.Protocol):
    """Owns the transport from the TLS step until the upgrade is accepted or rejected.

    ``on_accepted(response)`` gives the protocol that takes the transport over; it is called before any frame is read.
    """

    def __init__(self, protocol: WireProtocol, on_accepted: Callable[[Response], asyncio.Protocol]) -> None:
        self._loop = asyncio.get_running_loop()
        self._protocol = protocol
        self._on_accepted = on_accepted
        self._raw = bytearray()
        self._refusal: Answer | None = None
        self._body_timer: asyncio.TimerHandle | None = None
        self._transport: asyncio.Transport | None = None
        self.outcome: asyncio.Future[None] = self._loop.create_future()

    @property
    def is_accepted(self) -> bool:
        """Whether the server switched to WebSocket and the connection is open."""
        return self.outcome.done() and not self.outcome.cancelled() and self.outcome.exception() is None

    @property
    def raw(self) -> bytes:
        """What has come of the answer."""
        return bytes(self._raw)

    def send_request(self) -> None:
        """Write what the protocol has to say, which is the upgrade request."""
        transport = self._transport
        if transport is None or transport.is_closing():
            return  # connection_lost tells
        for data in self._protocol.data_to_send():
            transport.write(data)

    def abandon(self) -> None:
        """Nobody waits for the answer any more."""
        self.outcome.cancel()
        self._reject(None)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport; under TLS this is after its handshake."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Collect the answer until it can be judged."""
        if self.outcome.done():
            return
        self._raw += data
        if self._refusal is not None:
            self._judge_body()
            return
        while not self.outcome.done():
            size = head_size(self._raw)
            if not size:
                if len(self._raw) > MAX_HEAD_BYTES or not could_be_http(self._raw):
                    self._reject(None, is_head_too_long=len(self._raw) > MAX_HEAD_BYTES)
                return
            if size > MAX_HEAD_BYTES:
                self._reject(None, is_head_too_long=True)
                return
            if not self._judge_head(size):
                return

    def eof_received(self) -> None:
        """End of the stream: an answer without a length is now complete."""
        self._end(None)

    def connection_lost(self, exc: Exception | None) -> None:
        """Report the loss, unless it was reported already."""
        self._end(exc)

    def _judge_head(self, size: int) -> bool:
        """Act on a complete header block; true when it was an interim answer and another follows."""
        head = bytes(self._raw[:size])
        answer = read_answer(head)
        if answer is None or answer.status == _SWITCHING_PROTOCOLS:
            self._judge_switch(head, bytes(self._raw[size:]))
            return False
        if answer.status < 200:
            # Interim answers such as 103 Early Hints come before the one that counts (RFC 9110 section 15.2).
            del self._raw[:size]
            return True
        self._refusal = answer
        self._body_timer = self._loop.call_later(BODY_WAIT_S, self._reject, None)
        self._judge_body()
        return False

    def _judge_switch(self, head: bytes, rest: bytes) -> None:
        protocol = self._protocol
        protocol.receive_data(head)
        events = protocol.events_received()
        response = next((event for event in events if isinstance(event, Response)), None)
        if protocol.handshake_exc is not None or response is None:
            self._reject(protocol.handshake_exc)
            return
        transport = self._transport
        assert transport is not None
        successor = self._on_accepted(response)
        transport.set_protocol(successor)
        successor.connection_made(transport)
        self.outcome.set_result(None)
        if rest:
            successor.data_received(rest)

    def _judge_body(self) -> None:
        assert self._refusal is not None
        _, is_complete = read_body(self._refusal, bytes(self._raw[head_size(self._raw) :]))
        if is_complete:
            self._reject(None)

    def _end(self, exc: Exception | None) -> None:
        if not self.outcome.done():
            self._reject(exc, is_lost=self._refusal is None)

    def _reject(self, cause: BaseException | None, *, is_lost: bool = False, is_head_too_long: bool = False) -> None:
        if self._body_timer is not None:
            self._body_timer.cancel()
        if not self.outcome.done():
            raw = bytes(self._raw)
            answer = read_answer(raw)
            rejection = RejectedError(answer, raw, cause, is_lost=is_lost, is_head_too_long=is_head_too_long)
            self.outcome.set_exception(rejection)
            # Looked at, for asyncio: who is cancelled while the transport is made never comes to wait for the outcome.
            self.outcome.exception()
        if self._transport is not None:
            self._transport.abort()
