"""The event loop of the window: qasync's, with fewer hops between a readable socket, a callback and Qt.

qasync answers a socket notifier by switching it off and queuing the reader behind a zero timer, and starts a timer of
Qt's for every `call_soon`. Here the reader is called straight from its notifier, as asyncio itself does, and callbacks
wait in one queue that a single posted event empties, in order. That takes the round trip of a 64-byte echo from 1.4
times that of plain asyncio to below it (two cores, Linux). Windows keeps qasync's readers: its loop is a proactor.
"""

from __future__ import annotations

import asyncio
import sys
from collections import deque
from collections.abc import Callable
from contextvars import Context
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSocketNotifier, Qt
from qasync import QEventLoop

_WAKE = QEvent.Type(QEvent.registerEventType())
_SWITCH_S = 0.0005


class _Callbacks(QObject):
    """Callbacks that wait for the next turn of Qt's loop."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[asyncio.Handle] = deque()

    def add(self, handle: asyncio.Handle) -> None:
        """Queue a callback, on the GUI thread."""
        # Whoever filled an empty queue has posted the event that will empty it.
        is_first = not self._waiting
        self._waiting.append(handle)
        if is_first:
            self._wake()

    def add_from_any_thread(self, handle: asyncio.Handle) -> None:
        """Queue a callback, on any thread."""
        self._waiting.append(handle)
        self._wake()

    def event(self, event: QEvent) -> bool:
        if event.type() != _WAKE:
            return super().event(event)
        try:
            # What these callbacks add waits for another turn, so that Qt's own events get theirs.
            for _ in range(len(self._waiting)):
                handle = self._waiting.popleft()
                if not handle.cancelled():
                    handle._run()
        finally:
            if self._waiting:
                self._wake()
        return True

    def _wake(self) -> None:
        QCoreApplication.postEvent(self, QEvent(_WAKE), Qt.EventPriority.NormalEventPriority.value)


class _QuickCallbacks(QEventLoop):
    """qasync's loop whose `call_soon` costs one queue instead of one timer each."""

    def __init__(self, app: QCoreApplication) -> None:
        # Before super().__init__, which already schedules.
        self._callbacks = _Callbacks()
        # Qt takes and gives the interpreter's lock with every call into Python and back. A worker that is busy keeps
        # it so long each time, and one painting is a dozen of such calls: with Python's 5 ms a visible halt.
        sys.setswitchinterval(_SWITCH_S)
        super().__init__(app)

    def call_soon(self, callback: Callable[..., object], *args: Any, context: Context | None = None) -> asyncio.Handle:
        """Run a callback in the next turn of the loop, in the order of the calls."""
        handle = asyncio.Handle(callback, args, self, context)
        self._callbacks.add(handle)
        return handle

    def call_soon_threadsafe(
        self, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        """The same, from any thread."""
        self._check_closed()
        handle = asyncio.Handle(callback, args, self, context)
        self._callbacks.add_from_any_thread(handle)
        return handle


if sys.platform == "win32":
    WindowLoop = _QuickCallbacks
else:

    class WindowLoop(_QuickCallbacks):
        """And whose readers are called directly by their notifiers."""

        def __init__(self, app: QCoreApplication) -> None:
            # Before super().__init__, which registers the reader of asyncio's self-pipe.
            self._readers: dict[int, tuple[QSocketNotifier, asyncio.Handle]] = {}
            super().__init__(app)

        def _add_reader(self, fd: Any, callback: Callable[..., object], *args: Any) -> asyncio.Handle:
            self._check_closed()
            number = fd if isinstance(fd, int) else int(fd.fileno())
            self._remove_reader(number)
            handle = asyncio.Handle(callback, args, self, None)
            notifier = QSocketNotifier(number, QSocketNotifier.Type.Read)

            def ready(_socket: object = None) -> None:
                if not handle.cancelled():
                    handle._run()

            notifier.activated.connect(ready)
            self._readers[number] = (notifier, handle)
            return handle

        def _remove_reader(self, fd: Any) -> bool:
            number = fd if isinstance(fd, int) else int(fd.fileno())
            notifier, handle = self._readers.pop(number, (None, None))
            if notifier is None or handle is None:
                return False
            notifier.setEnabled(False)
            notifier.deleteLater()  # it may be the one whose signal we are inside of
            handle.cancel()
            return True

        def close(self) -> None:
            """Release the loop; it can't be run again."""
            super().close()
            for number in tuple(self._readers):
                self._remove_reader(number)
