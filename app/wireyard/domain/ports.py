"""What one room asks of another, so that neither has to know who answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from wireyard.domain.cookie import CookieOutcome
from wireyard.domain.event import Event


class EventSink(Protocol):
    """Takes events in order, from one thread at a time, and never blocks.

    When `is_full` turns true the giver stops reading its socket until the callback given to `on_drained` is called
    (on any thread). A full sink still takes what is given: nothing is dropped.
    """

    def put(self, event: Event) -> None: ...

    def is_full(self) -> bool: ...

    def on_drained(self, callback: Callable[[], None]) -> None: ...


class CookieJar(Protocol):
    """Keeps the cookies that servers set, and gives each address its own. May be asked on any thread, and never waits.

    ``host`` is ASCII and without brackets; ``target`` is the request's path and query.
    """

    def cookies_for(self, *, secure: bool, host: str, target: str) -> Sequence[tuple[str, str]]: ...

    def take(self, lines: Sequence[str], *, secure: bool, host: str, target: str) -> tuple[CookieOutcome, ...]: ...
