"""Where the engine runs: on the caller's own event loop, or on a network thread with a loop of its own.

The session calls the engine only through a host, so sockets can move to a thread without anybody noticing. A sink's
callbacks may come on either thread.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class EngineHost(Protocol):
    """Runs engine work, in the order in which it was asked for."""

    async def run(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Run a coroutine where the sockets live and give its result; cancelling this cancels it there."""
        ...

    def post(self, work: Callable[[], None]) -> None:
        """Call something where the sockets live, without waiting."""
        ...

    def close(self) -> None:
        """Stop; what still runs is cancelled."""
        ...


class SameLoopHost:
    """The sockets live on the loop of whoever calls."""

    async def run(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Await the coroutine here."""
        return await work()

    def post(self, work: Callable[[], None]) -> None:
        """Call it now."""
        work()

    def close(self) -> None:
        """Nothing to stop."""


class ThreadHost:
    """The sockets live on a daemon thread with a plain asyncio loop."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run_loop, name="wireyard-network", daemon=True)
        self._thread.start()

    async def run(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Run the coroutine on the network thread and wait for it without holding this loop up.

        A cancelled caller leaves only once the work has ended there, with its last events in the sink.
        """
        caller = asyncio.get_running_loop()
        outcome: asyncio.Future[T] = caller.create_future()
        started: list[asyncio.Task[T]] = []

        def start() -> None:
            task = self._loop.create_task(_started(work))
            started.append(task)
            task.add_done_callback(lambda done: caller.call_soon_threadsafe(_copy, done, outcome))

        def stop() -> None:
            started[0].cancel()

        self._loop.call_soon_threadsafe(start)
        try:
            return await asyncio.shield(outcome)
        except asyncio.CancelledError:
            if not outcome.done():
                self._loop.call_soon_threadsafe(stop)
                await asyncio.wait([outcome])
            if not outcome.cancelled():
                outcome.exception()  # looked at: the caller's cancellation is what counts
            raise

    def post(self, work: Callable[[], None]) -> None:
        """Call it on the network thread."""
        self._loop.call_soon_threadsafe(work)

    def close(self) -> None:
        """Cancel what runs, end the loop and its thread."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()

    def _run_loop(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
        finally:
            running = asyncio.all_tasks(self._loop)
            for task in running:
                task.cancel()
            self._loop.run_until_complete(asyncio.gather(*running, return_exceptions=True))
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()


async def _started(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Call ``work`` on the loop that awaits it, so that it may ask for the running loop."""
    return await work()


def _copy(done: asyncio.Task[T], outcome: asyncio.Future[T]) -> None:
    if outcome.done():
        return
    if done.cancelled():
        outcome.cancel()
    elif (error := done.exception()) is not None:
        outcome.set_exception(error)
    else:
        outcome.set_result(done.result())
