"""Work in small pieces, between what a person does."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer, Slot


class InTurns(QObject):
    """Takes the steps of an iterator, in each turn of the loop as many as fit into ``turn_ms``, one at least."""

    def __init__(self, steps: Iterator[object], turn_ms: float, on_turn: Callable[[], object], parent: QObject) -> None:
        """``on_turn`` is called after each turn."""
        super().__init__(parent)
        self._steps = steps
        self._turn_s = turn_ms / 1000
        self._on_turn = on_turn
        self.is_done = False
        self._timer = QTimer(self)
        self._timer.setInterval(0)  # fires when nothing else waits
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()

    def step(self) -> bool:
        """Take one step now; False when there is none left."""
        if not self.is_done:
            try:
                next(self._steps)
            except StopIteration:
                self.is_done = True
                self._timer.stop()
        return not self.is_done

    @Slot()
    def _on_timeout(self) -> None:
        until = time.perf_counter() + self._turn_s
        while self.step() and time.perf_counter() < until:
            pass
        self._on_turn()
