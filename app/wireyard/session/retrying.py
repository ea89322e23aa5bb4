"""What a conversation does between two of its connections: whether it tries again, and the wait until then."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from typing import Any

from wireyard.domain.request import Reconnect
from wireyard.session import states
from wireyard.session.reconnecting import Reconnecting, Retry

Spawn = Callable[[Coroutine[Any, Any, None]], asyncio.Task[None]]


class Retrying:
    """Tries again as the policy of `begin` says, until a person wants no more of it. ``spawn`` keeps a task."""

    def __init__(self, spawn: Spawn) -> None:
        self._spawn = spawn
        self._counting: Reconnecting | None = None
        self._hurry = asyncio.Event()

    def begin(self, policy: Reconnect) -> None:
        """A person connects: attempts are counted anew."""
        self._counting = Reconnecting(policy)

    def end(self) -> None:
        """A person wants no further attempt."""
        self._counting = None

    def after(self, end: states.State) -> Retry | None:
        """What is to follow this end: another attempt, or nothing."""
        return self._counting.after(end) if self._counting is not None else None

    @property
    def used_up(self) -> int:
        """How many attempts there were, where none is left; else 0."""
        counting = self._counting
        return (counting.limit or 0) if counting is not None and counting.is_used_up else 0

    def wait(self, retry: Retry, then: Callable[[Retry], None]) -> asyncio.Task[None]:
        """Sit out the wait, unless `hurry` ends it, and go on with ``then``."""
        self._hurry = asyncio.Event()
        return self._spawn(self._sit_out(retry, then))

    def hurry(self) -> None:
        """Wait no longer."""
        self._hurry.set()

    async def _sit_out(self, retry: Retry, then: Callable[[Retry], None]) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(retry.delay_s):
                await self._hurry.wait()
        then(retry)
