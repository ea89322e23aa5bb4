"""A server that answers 401, and what somebody above may make of it: another request, or a better word on why not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from wireyard.domain.failure import Answer
from wireyard.domain.request import ConnectRequest
from wireyard.engine.errors import EngineError

UNAUTHORIZED = 401


class Refusal(NamedTuple):
    """The request that was sent, its target as it stood in the request line, and the answer."""

    request: ConnectRequest
    target: str
    answer: Answer


class Another(NamedTuple):
    """The request to send next, on a new connection within the same open timeout; ``note`` says why, for the log."""

    request: ConnectRequest
    note: str


class SignInError(EngineError):
    """Nobody can sign in. ``facts`` are for the wording: ``auth_fault`` names the kind."""

    def __init__(self, facts: dict[str, str], technical: str = "") -> None:
        super().__init__(technical or facts.get("auth_fault", ""))
        self.facts = facts
        self.technical = technical


# None leaves the refusal as it is. Raises `SignInError`. It must come to an end: each answer makes one more round.
OnRefused = Callable[[Refusal], Awaitable[Another | None]]
