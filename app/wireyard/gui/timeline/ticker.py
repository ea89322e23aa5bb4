"""The timeline's clock: gathers any number of wake-ups, from any thread, into at most 30 ticks a second.

Nothing runs while nothing happens: the timer is started by a wake-up and stops by itself. In a flood every tick draws
a windowful of new rows, on the thread that also receives them: then ticks come as far apart as keeps their share small.
"""

from __future__ import annotations

import threading
import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

FOREGROUND_INTERVAL_MS = 33
BACKGROUND_INTERVAL_MS = 250
LONGEST_INTERVAL_MS = 100
# A tick and its painting may take one part in so many of the thread's time.
SHARE = 10


class Ticker(QObject):
    """Emits ``ticked`` on its own thread after `wake`: 30 times a second at most, 4 in the background."""

    ticked = Signal()
    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._is_awake = False
        self._is_closed = False
        self._interval_ms = FOREGROUND_INTERVAL_MS
        self._last_tick_s = 0.0
        self._spent_ms = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timeout)
        self._woken.connect(self._on_woken, Qt.ConnectionType.QueuedConnection)

    def wake(self) -> None:
        """Ask for a tick. Safe on any thread, cheap when one is asked for already, nothing after `close`."""
        # Emitting under the lock keeps close() on the GUI thread from letting the object go in between.
        with self._lock:
            if self._is_awake or self._is_closed:
                return
            self._is_awake = True
            self._woken.emit()

    def set_background(self, is_background: bool) -> None:
        """Slow down while nobody can see the timeline. Coming back ticks at once if a tick is due."""
        self._interval_ms = BACKGROUND_INTERVAL_MS if is_background else FOREGROUND_INTERVAL_MS
        if self._timer.isActive():
            self._start()

    def charge(self, spent_ms: float) -> None:
        """Say what showing the last tick has cost so far: its own work, and the painting that followed."""
        self._spent_ms += spent_ms

    def close(self) -> None:
        """Tick no more."""
        with self._lock:
            self._is_closed = True
        self._timer.stop()

    @Slot()
    def _on_woken(self) -> None:
        if not self._is_closed and not self._timer.isActive():
            self._start()

    @Slot()
    def _on_timeout(self) -> None:
        self._last_tick_s = time.monotonic()
        self._spent_ms = 0.0
        with self._lock:
            self._is_awake = False
        self.ticked.emit()
        self.charge((time.monotonic() - self._last_tick_s) * 1000)

    def _start(self) -> None:
        interval_ms = max(self._interval_ms, min(LONGEST_INTERVAL_MS, self._spent_ms * SHARE))
        passed_ms = (time.monotonic() - self._last_tick_s) * 1000
        self._timer.start(max(0, round(interval_ms - passed_ms)))
