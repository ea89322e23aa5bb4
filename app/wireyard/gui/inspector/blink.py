"""The beat of a text caret, as fast as the desktop wants it, or not at all."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication


class Blink:
    """Calls ``beat`` whenever the caret comes or goes."""

    def __init__(self, parent: QObject, beat: Callable[[], None]) -> None:
        self._timer = QTimer(parent)
        self._timer.timeout.connect(beat)

    def restart(self) -> None:
        """Begin anew, with the caret just shown."""
        flash_ms = QGuiApplication.styleHints().cursorFlashTime()
        if flash_ms > 0:
            self._timer.start(flash_ms // 2)

    def stop(self) -> None:
        self._timer.stop()
