"""What a conversation sends: in the order of the calls, held while it connects, and told where it could not go out."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any, NamedTuple

from wireyard.domain.clock import now
from wireyard.domain.event import Message
from wireyard.domain.frame import Opcode
from wireyard.domain.ports import EventSink
from wireyard.engine.errors import SendError
from wireyard.engine.host import EngineHost
from wireyard.session import states
from wireyard.session.attempt import Attempt

Spawn = Callable[[Coroutine[Any, Any, None]], object]


class Outgoing(NamedTuple):
    """A message to be sent after every opening; ``secrets`` are values in it that every export hides.

    Where ``fault`` says why it can't be sent, a row says so instead, with the payload as it was written.
    """

    opcode: Opcode
    payload: bytes
    secrets: tuple[str, ...] = ()
    fault: str = ""


Messages = Iterable[Outgoing]
# Made anew at each opening where it is a callable: time stamps, fresh tokens. It does not raise; it may have to wait.
OnOpen = Callable[[], Messages | Awaitable[Messages]] | Messages


def why_not_sent(state: states.State) -> str:
    """Why nothing can be sent now, for the row that says so."""
    if isinstance(state, states.Closing):
        return "The connection was closing."
    if isinstance(state, states.Closed):
        return "The connection was closed."
    if isinstance(state, states.Waiting):
        return "The connection was lost; the next attempt had not begun."
    return "There was no connection."


class Outbox:
    """Sends through attempts. ``spawn`` keeps a coroutine's task and reports its failure."""

    def __init__(self, host: EngineHost, spawn: Spawn) -> None:
        self._host = host
        self._spawn = spawn
        self._held: list[tuple[Opcode, bytes, asyncio.Future[bool]]] = []

    def hold(self, opcode: Opcode, payload: bytes, outcome: asyncio.Future[bool]) -> None:
        """Keep a message until the connection is open."""
        self._held.append((opcode, payload, outcome))

    def send(self, attempt: Attempt, opcode: Opcode, payload: bytes, outcome: asyncio.Future[bool] | None) -> None:
        """Begin to send a message."""
        self._spawn(self._send(attempt, opcode, payload, outcome))

    def release(self, attempt: Attempt) -> None:
        """Send what was held: the connection is open."""
        held, self._held = self._held, []
        for opcode, payload, outcome in held:
            self.send(attempt, opcode, payload, outcome)

    def give_up(self, sink: EventSink | None, why: str) -> None:
        """What was held will not be sent."""
        held, self._held = self._held, []
        for opcode, payload, outcome in held:
            self.refuse(sink, opcode, payload, outcome, why)

    def refuse(
        self, sink: EventSink | None, opcode: Opcode, payload: bytes, outcome: asyncio.Future[bool] | None, why: str
    ) -> None:
        """Put the row that says "Not sent", and why."""
        if sink is not None:
            sink.put(Message.not_sent(now(), opcode, payload, why))
        if outcome is not None and not outcome.done():
            outcome.set_result(False)

    def ping(self, attempt: Attempt, payload: bytes) -> None:
        """Begin to send a ping."""
        self._spawn(self._control(lambda: attempt.ping(payload)))

    def pong(self, attempt: Attempt, payload: bytes) -> None:
        """Begin to send a pong that nobody asked for, or that answers by hand."""
        self._spawn(self._control(lambda: attempt.pong(payload)))

    async def _send(
        self, attempt: Attempt, opcode: Opcode, payload: bytes, outcome: asyncio.Future[bool] | None
    ) -> None:
        was_sent = False
        try:
            await self._host.run(lambda: attempt.send(opcode, payload))
            was_sent = True
        except SendError:
            pass  # the engine has put the row that says why
        finally:
            if outcome is not None and not outcome.done():
                outcome.set_result(was_sent)

    async def _control(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        with contextlib.suppress(SendError):
            await self._host.run(work)
