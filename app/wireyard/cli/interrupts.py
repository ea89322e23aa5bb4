"""Ctrl+C and SIGTERM as calls on the event loop, so that goodbyes can be said."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Generator
from contextlib import contextmanager


@contextmanager
def on_interrupt(call: Callable[[], None]) -> Generator[None]:
    """Have ``call`` called on the running loop for each Ctrl+C, SIGTERM, or hang-up of the terminal."""
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in _numbers()}
    for number in before:
        _handle(loop, number, call)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _numbers() -> list[signal.Signals]:
    numbers = [signal.SIGINT, signal.SIGTERM]
    hang_up = getattr(signal, "SIGHUP", None)
    if hang_up is not None and signal.getsignal(hang_up) is signal.SIG_DFL:  # not under nohup
        numbers.append(hang_up)
    return numbers


def _handle(loop: asyncio.AbstractEventLoop, number: signal.Signals, call: Callable[[], None]) -> None:
    try:
        loop.add_signal_handler(number, call)
    except NotImplementedError:  # Windows, whose loop wakes up for Python's own handlers
        signal.signal(number, lambda _number, _frame: loop.call_soon_threadsafe(call))
