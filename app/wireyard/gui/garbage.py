"""Python's garbage collector, kept on the GUI thread and out of busy moments.

Automatic collection runs on whichever thread happens to allocate. On another than the GUI's it may find widgets and
timers in cycles, and Qt objects must not be deleted there: the window's thread crashes later, in its next turn. And a
collection of everything in the middle of a flood is a visible pause. So the program switches it off before there is
anything of Qt (`bootstrap`), and never on again.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY_MS = 1000
# Ordinary thresholds, of which only the second half of the work is ours to time.
_YOUNG, _MIDDLE, _OLD = 2000, 10, 60


class Garbage(QObject):
    """Collects on a timer of the GUI thread while it lives. `stop` leaves automatic collection as it was found."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_automatic = gc.isenabled()
        gc.collect()
        gc.freeze()  # what the start has made stays: no collection need look at it again
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()

    def stop(self) -> None:
        """Collect a last time; Python goes on by itself only if it did so before."""
        self._timer.stop()
        gc.collect()  # while this is the GUI thread: what is left of the window is in cycles
        if self._was_automatic:
            gc.enable()

    @Slot()
    def _on_timeout(self) -> None:
        young, middle, old = gc.get_count()
        if old > _OLD:
            gc.collect(2)
        elif middle > _MIDDLE:
            gc.collect(1)
        elif young > _YOUNG:
            gc.collect(0)
