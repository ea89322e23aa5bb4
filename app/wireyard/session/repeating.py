"""One message sent again and again over a connection: every so many milliseconds, so often or until it is stopped.

Messages are due on a grid that begins with the first, so no delay adds up. What is a little late is caught up with;
while the connection takes nothing, the next message waits for room, and what would have been due meanwhile is left
out: a peer that has stalled is not flooded when it reads again. A repeat ends with its connection and never goes on
with the next one.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from wireyard.session import notes, states
from wireyard.session.conversation import Conversation
from wireyard.session.outbox import Outgoing
from wireyard.workspace.errors import WorkspaceError

# So late a message may be and still be sent; more is left out.
CATCH_UP_S = 0.1
# So long the connection may take nothing before that is told.
WAIT_TOLD_S = 1.0

Ending = Literal["done", "stopped", "closed", "failed"]
MakeMessage = Callable[[], Awaitable[Outgoing]]


class Cadence(msgspec.Struct, frozen=True, kw_only=True):
    """How a message is repeated: every ``interval_ms``, ``count`` times or (None) until it is stopped.

    Each message is up to ``jitter_percent`` of the interval earlier or later than the grid says.
    """

    interval_ms: Annotated[int, Meta(ge=1, le=86_400_000)] = 1000
    count: Annotated[int, Meta(ge=1)] | None = None
    jitter_percent: Annotated[int, Meta(ge=0, le=100)] = 0


class Repeating:
    """Begins at once, or as soon as the attempt that runs has opened. Belongs to the loop of its conversation.

    ``make`` is called for each message, so that variables have the values of that moment; it may raise
    `WorkspaceError`, which ends the repeat. ``on_change`` is called at the end, and when `is_waiting` changes: never
    for each message.
    """

    def __init__(
        self,
        conversation: Conversation,
        make: MakeMessage,
        cadence: Cadence,
        on_change: Callable[[], None],
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._conversation = conversation
        self._make = make
        self._cadence = cadence
        self._on_change = on_change
        self._chance = chance
        self._loop = asyncio.get_running_loop()
        self._changed = asyncio.Event()
        self._opened = asyncio.Event()
        self._told_wait: asyncio.TimerHandle | None = None
        self._is_sending = False
        self._is_over = False
        self.sent = 0
        self.left_out = 0
        self.is_waiting = False
        self.ending: Ending | None = None
        self.error: WorkspaceError | None = None
        self._unfollow = conversation.follow(self._on_state)
        self._task = self._loop.create_task(self._run(), name="repeat")
        self._task.add_done_callback(self._on_done)
        # Not now: whoever is told of the end has to know this repeat first.
        self._loop.call_soon(lambda: self._on_state(conversation.state))

    @property
    def cadence(self) -> Cadence:
        """How it is repeated now."""
        return self._cadence

    @property
    def is_running(self) -> bool:
        """Whether there is more to come."""
        return self.ending is None

    def change(self, cadence: Cadence) -> None:
        """Go on in another way, counted from the last message."""
        if cadence != self._cadence:
            self._cadence = cadence
            self._changed.set()

    def stop(self) -> None:
        """Send no more."""
        self._end("stopped")

    # Internals

    def _on_state(self, state: states.State) -> None:
        if isinstance(state, states.Open):
            self._opened.set()
        elif not isinstance(state, states.Connecting):
            self._is_over = True
            # A message that is on its way counts if it went out, which is about to be known.
            if not self._is_sending:
                self._end("closed")

    async def _run(self) -> None:
        await self._opened.wait()
        due_s = self._loop.time()
        while not self._is_done():
            due_s = await self._sleep_until(due_s)
            if self._is_done():
                break
            begun_s = self._loop.time()
            if not await self._send_one() or self._is_over:
                self._end("closed")
                return
            due_s = self._next(due_s, begun_s)
        self._end("done")

    def _is_done(self) -> bool:
        count = self._cadence.count
        return self.ending is not None or (count is not None and self.sent >= count)

    async def _sleep_until(self, due_s: float) -> float:
        """Wait for the moment; answer the place on the grid, which moves when the cadence is changed meanwhile."""
        while True:
            interval_s = self._cadence.interval_ms / 1000
            jitter_s = interval_s * self._cadence.jitter_percent / 100 * (2 * self._chance() - 1) if self.sent else 0.0
            left_s = due_s + jitter_s - self._loop.time()
            if left_s <= 0:
                return due_s
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(left_s):
                    await self._changed.wait()
            if not self._changed.is_set():
                return due_s
            self._changed.clear()
            due_s += self._cadence.interval_ms / 1000 - interval_s
            if self._is_done():
                return due_s

    def _next(self, due_s: float, begun_s: float) -> float:
        """The next place on the grid. What can't be caught up with is left out."""
        now_s, interval_s = self._loop.time(), self._cadence.interval_ms / 1000
        due_s += interval_s
        late_s = now_s - due_s
        if late_s > CATCH_UP_S:
            missed = int(late_s / interval_s)
            self.left_out += missed
            due_s += missed * interval_s
        if now_s - begun_s >= WAIT_TOLD_S and (recording := self._conversation.recording) is not None:
            recording.put(notes.repeat_waited(now_s - begun_s, max(0, int(late_s / interval_s))))
        return due_s

    async def _send_one(self) -> bool:
        message = await self._make()
        self._told_wait = self._loop.call_later(WAIT_TOLD_S, self._tell_waiting)
        self._is_sending = True
        try:
            was_sent = await self._conversation.send(message.opcode, message.payload, message.secrets)
        finally:
            self._is_sending = False
            self._told_wait.cancel()
        self.sent += was_sent
        if self.is_waiting:
            self.is_waiting = False
            self._on_change()
        return was_sent

    def _tell_waiting(self) -> None:
        self.is_waiting = True
        self._on_change()

    def _end(self, ending: Ending) -> None:
        if self.ending is not None:
            return
        self.ending = ending
        self.is_waiting = False
        self._unfollow()
        if not self._task.done() and asyncio.current_task() is not self._task:
            self._task.cancel()
        recording = self._conversation.recording
        if ending == "closed" and self.sent and recording is not None:
            recording.put(notes.repeat_ended(self._count()))
        self._on_change()

    def _count(self) -> str:
        of = "" if self._cadence.count is None else f" of {self._cadence.count:,}"
        return f"{self.sent:,}{of} " + ("message" if self.sent == 1 and not of else "messages")

    def _on_done(self, task: asyncio.Task[None]) -> None:
        if task.cancelled():
            self._end("stopped")
            return
        error = task.exception()
        if isinstance(error, WorkspaceError):
            self.error = error
        elif error is not None:
            details = {"message": "a repeat failed", "exception": error, "task": task}
            self._loop.call_exception_handler(details)
        if error is not None:
            self._end("failed")
