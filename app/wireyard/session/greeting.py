"""What is sent after every opening, before anything else: signing in, subscribing, made anew each time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any

from wireyard.session.attempt import Attempt
from wireyard.session.outbox import Messages, OnOpen, Outbox

Spawn = Callable[[Coroutine[Any, Any, None]], object]


class Greeting:
    """Sends it through the outbox, and then what was held while the connection was being opened."""

    def __init__(self, outbox: Outbox, spawn: Spawn, note_secrets: Callable[[Iterable[str]], None]) -> None:
        self._outbox = outbox
        self._spawn = spawn
        self._note_secrets = note_secrets
        self._waited_for: Attempt | None = None

    def is_due(self, attempt: Attempt) -> bool:
        """Whether it is still being made, so that other messages have to wait behind it."""
        return attempt is self._waited_for

    def begin(self, attempt: Attempt, on_open: OnOpen) -> None:
        """The connection is open."""
        made = on_open() if callable(on_open) else on_open
        if isinstance(made, Awaitable):
            self._waited_for = attempt
            self._spawn(self._wait(attempt, made))
        else:
            self._send(attempt, made)

    async def _wait(self, attempt: Attempt, made: Awaitable[Messages]) -> None:
        messages = await made
        if attempt is self._waited_for:
            self._waited_for = None
            self._send(attempt, messages)

    def give_up(self) -> None:
        """The connection ended meanwhile."""
        self._waited_for = None

    def _send(self, attempt: Attempt, messages: Messages) -> None:
        for message in messages:
            self._note_secrets(message.secrets)
            if message.fault:
                self._outbox.refuse(attempt.ear, message.opcode, message.payload, None, message.fault)
            else:
                self._outbox.send(attempt, message.opcode, message.payload, None)
        self._outbox.release(attempt)
