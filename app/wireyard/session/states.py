"""What a conversation is doing now. Frozen values: a front end keeps the one it was told and draws from it."""

from __future__ import annotations

from typing import Literal

import msgspec

from wireyard.domain import event
from wireyard.domain.clock import Moment
from wireyard.domain.failure import Failure


class Idle(msgspec.Struct, frozen=True):
    """Nothing is going on: not connected yet, or the attempt was cancelled."""


class Connecting(msgspec.Struct, frozen=True, kw_only=True):
    """An attempt runs. ``step`` is the one being waited for, None before the first.

    ``attempt`` is 0 for one that a person began; ``of`` is None where there is no limit.
    """

    since: Moment
    step: event.StepName | None = None
    attempt: int = 0
    of: int | None = None


class Open(msgspec.Struct, frozen=True, kw_only=True):
    """Connected: messages go both ways."""

    since: Moment
    opened: event.Opened


class Closing(msgspec.Struct, frozen=True, kw_only=True):
    """A close frame went one way; ``by`` says whose was first. After two seconds a front end offers to drop."""

    since: Moment
    opened: event.Opened
    by: Literal["us", "server"]


class Closed(msgspec.Struct, frozen=True, kw_only=True):
    """It was open and is no more.

    ``failure`` is there when it was no goodbye: a rule was broken, or the connection was lost.
    """

    event: event.Closed
    failure: Failure | None = None


class Failed(msgspec.Struct, frozen=True, kw_only=True):
    """The attempt did not get as far as open; ``steps`` are those that were taken, the failed one last."""

    failure: Failure
    steps: tuple[event.Step, ...] = ()


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """The connection is gone, as ``after`` tells, and will be tried again at ``until``, for the ``attempt``-th time."""

    since: Moment
    until: Moment
    attempt: int
    of: int | None
    after: Closed | Failed


State = Idle | Connecting | Open | Closing | Closed | Failed | Waiting


def may_connect(state: State) -> bool:
    """Whether a new attempt can begin."""
    return isinstance(state, Idle | Closed | Failed | Waiting)
