"""The window's loop: callbacks in order, also from threads; sockets; and nothing left when it closes."""

from __future__ import annotations

import asyncio
import gc
import socket
import threading
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from wireyard.gui.loop import WindowLoop

Run = Callable[[Coroutine[Any, Any, None]], None]


@pytest.fixture
def run(qapp: QApplication) -> Run:
    def run_on_window_loop(work: Coroutine[Any, Any, None]) -> None:
        with asyncio.Runner(loop_factory=lambda: WindowLoop(qapp)) as runner:
            runner.run(asyncio.wait_for(work, 20))
        gc.collect()  # here, so that no thread of a later test has to: the loop holds timers of Qt's in cycles

    return run_on_window_loop


def test_callbacks_run_in_the_order_of_the_calls(run: Run) -> None:
    async def work() -> None:
        loop, seen = asyncio.get_running_loop(), list[int]()
        for number in range(100):
            loop.call_soon(seen.append, number)
        await asyncio.sleep(0)
        assert seen == list(range(100))

    run(work())


def test_a_callback_that_was_cancelled_does_not_run(run: Run) -> None:
    async def work() -> None:
        seen: list[str] = []
        asyncio.get_running_loop().call_soon(seen.append, "cancelled").cancel()
        await asyncio.sleep(0)
        assert seen == []

    run(work())


def test_calls_from_threads_all_arrive_in_each_threads_order(run: Run) -> None:
    async def work() -> None:
        loop, seen, done = asyncio.get_running_loop(), list[tuple[int, int]](), asyncio.Event()

        def call(thread: int) -> None:
            for number in range(2000):
                loop.call_soon_threadsafe(seen.append, (thread, number))
            if thread == 0:
                loop.call_soon_threadsafe(lambda: None)

        threads = [threading.Thread(target=call, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        await asyncio.to_thread(lambda: [thread.join() for thread in threads])
        loop.call_soon(done.set)
        await done.wait()
        for number in range(4):
            assert [value for thread, value in seen if thread == number] == list(range(2000))

    run(work())


def test_an_endless_chain_of_callbacks_leaves_qt_its_turn(run: Run) -> None:
    async def work() -> None:
        loop, ticked = asyncio.get_running_loop(), asyncio.Event()

        def again() -> None:
            if not ticked.is_set():
                loop.call_soon(again)

        again()
        QTimer.singleShot(0, ticked.set)
        await ticked.wait()

    run(work())


def test_a_callback_that_fails_stops_none_after_it(run: Run) -> None:
    async def work() -> None:
        loop, seen, failures = asyncio.get_running_loop(), list[str](), list[object]()
        loop.set_exception_handler(lambda _, context: failures.append(context["exception"]))

        def fail() -> None:
            raise ValueError("on purpose")

        loop.call_soon(fail)
        loop.call_soon(seen.append, "after it")
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert seen == ["after it"]
        assert isinstance(failures[0], ValueError)

    run(work())


def test_sockets_are_read_and_a_reader_may_be_taken_away_from_inside(run: Run) -> None:
    async def work() -> None:
        loop = asyncio.get_running_loop()
        ours, theirs = socket.socketpair()
        with ours, theirs:
            ours.setblocking(False)
            got: asyncio.Future[bytes] = loop.create_future()

            def read() -> None:
                loop.remove_reader(ours)
                got.set_result(ours.recv(10))

            loop.add_reader(ours, read)
            theirs.send(b"hello")
            assert await got == b"hello"
            assert not loop.remove_reader(ours)

    run(work())
