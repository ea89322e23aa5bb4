"""What one room asks of another, so that neither has to know who answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from wireyard.domain.event import Event


class EventSink(Protocol):
    """Takes events in order, from one thread at a time, and never blocks.

    When `is_full` turns true the giver stops reading its socket until the callback given to `on_drained` is called
    (on any thread). A full sink still takes what is given: nothing is dropped.
    """

    def put(self, event: Event) -> None: ...

    def is_full(self) -> bool: ...

    def on_drained(self, callback: Callable[[], None]) -> None: ...
