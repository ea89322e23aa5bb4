"""Sinks that keep events in a list, for tests of what gives them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

from wireyard.domain.event import Closed, Control, Event, Failed, Message, MessageRun, Opened, Step
from wireyard.domain.failure import Failure
from wireyard.domain.frame import Direction, Opcode

E = TypeVar("E")
DEADLINE_S = 10.0


class ListSink:
    """Keeps everything; `fill` and `drain` play a disk that can't keep up."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.full_after: int | None = None
        self.drain_callbacks: list[Callable[[], None]] = []

    def put(self, event: Event) -> None:
        self.events.append(event)

    def is_full(self) -> bool:
        return self.full_after is not None and len(self.events) >= self.full_after

    def on_drained(self, callback: Callable[[], None]) -> None:
        self.drain_callbacks.append(callback)

    def drain(self) -> None:
        self.full_after = None
        callbacks, self.drain_callbacks = self.drain_callbacks, []
        for callback in callbacks:
            callback()

    def all(self, kind: type[E]) -> list[E]:
        return [event for event in self.events if isinstance(event, kind)]

    def one(self, kind: type[E]) -> E:
        found = self.all(kind)
        assert len(found) == 1, f"{len(found)} of {kind.__name__}: {self.events}"
        return found[0]

    @property
    def messages(self) -> list[Message]:
        """Every message, those of runs one by one."""
        found: list[Message] = []
        for event in self.events:
            if isinstance(event, Message):
                found.append(event)
            elif isinstance(event, MessageRun):
                found.extend(event)
        return found

    @property
    def received(self) -> list[bytes]:
        return [message.payload for message in self.messages if message.direction is Direction.RECEIVED]

    @property
    def failure(self) -> Failure:
        return self.one(Failed).failure

    @property
    def closed(self) -> Closed:
        return self.one(Closed)

    @property
    def opened(self) -> Opened:
        return self.one(Opened)

    @property
    def steps(self) -> list[tuple[str, bool]]:
        return [(step.name, step.ok) for step in self.all(Step)]

    def controls(self, opcode: Opcode, direction: Direction) -> list[Control]:
        return [one for one in self.all(Control) if one.opcode is opcode and one.direction is direction]

    async def until(self, condition: Callable[[ListSink], bool]) -> None:
        """Wait until a condition over this sink holds."""
        await until(lambda: condition(self), lambda: f"{self.events!r:.4000}")


async def until(condition: Callable[[], bool], describe: Callable[[], str] = str) -> None:
    """Wait until a condition holds, and fail when it does not in time."""
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < deadline, f"never came: {describe()}"
        await asyncio.sleep(0.002)
