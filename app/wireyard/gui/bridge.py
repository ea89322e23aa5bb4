"""Where coroutines and threads meet Qt: the only place that starts tasks or hands calls to the GUI thread.

qasync's own decorators lose errors or spin nested loops; here every task is kept, its failure is reported, and it ends
with its owner.
"""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

_log = logging.getLogger(__name__)


class Tasks(QObject):
    """Keeps the tasks of one owner, reports those that fail and cancels what is left when told to.

    ``failed`` carries the exception of a task that ended with one.
    """

    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: set[asyncio.Task[Any]] = set()

    def spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Start a coroutine on the running loop and keep it until it ends."""
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._on_done)
        return task

    def cancel_all(self) -> None:
        """Cancel every task that still runs."""
        for task in tuple(self._running):
            task.cancel()

    def _on_done(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if task.cancelled():
            return
        error = task.exception()
        if error is not None:
            _log.error("a task of the window failed: %s", type(error).__name__)
            if isValid(self):
                self.failed.emit(error)
            else:
                task.get_loop().call_exception_handler({"message": "a task outlived its owner", "exception": error})


class _Courier(QObject):
    """Carries the calls of all `GuiCalls`. It is never deleted: a thread that emits a signal of an object which the GUI
    thread deletes meanwhile ends the process.
    """

    posted = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.posted.connect(self._on_posted, Qt.ConnectionType.QueuedConnection)

    @Slot(object, object)
    def _on_posted(self, owner: GuiCalls, call: Callable[[], None]) -> None:
        if isValid(owner):
            call()


@functools.cache
def _courier() -> _Courier:
    return _Courier()


class GuiCalls(QObject):
    """Hands calls from any thread to the GUI thread, in order. After its end they are dropped."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._courier = _courier()

    def post(self, call: Callable[[], None]) -> None:
        """Run ``call`` on the GUI thread in a later turn of its event loop. Safe on any thread, and at any time."""
        self._courier.posted.emit(self, call)
