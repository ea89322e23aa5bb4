"""What turns while something is under way: 900 ms a turn, and still where motion is to be reduced."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QPointF, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.theme.tokens import TokenName
from wireyard.gui.widgets.state import paint_shape

_TURN_MS = 900
_FRAME_MS = 40


class Turning(QObject):
    """The clock of one turning thing: repaints its widget while it runs."""

    def __init__(self, look: Look, widget: QWidget) -> None:
        super().__init__(widget)
        self._look = look
        self._widget = widget
        self._since = QElapsedTimer()
        self._frames = QTimer(self)
        self._frames.setInterval(_FRAME_MS)
        self._frames.timeout.connect(widget.update)
        self._wanted = False
        look.changed.connect(self._on_look_changed)

    @property
    def turn(self) -> float:
        """How far round it is, 0 to 1."""
        if not self._frames.isActive():
            return 0.0
        return self._since.elapsed() % _TURN_MS / _TURN_MS

    def run(self, wanted: bool) -> None:
        """Turn, or stand still."""
        self._wanted = wanted
        should = wanted and not self._look.reduce_motion
        if should and not self._frames.isActive():
            self._since.start()
            self._frames.start()
        elif not should:
            self._frames.stop()

    @Slot()
    def _on_look_changed(self) -> None:
        self.run(self._wanted)


class Spinner(QWidget):
    """A small turning arc that runs while it is shown; "…" with reduced motion."""

    def __init__(
        self, look: Look, name: str, *, size: int = 14, role: TokenName = "text.2", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._size = size
        self._role: TokenName = role
        self._turning = Turning(look, self)
        self.setAccessibleName(name)
        look.changed.connect(self._fit)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        self._turning.run(True)

    def hideEvent(self, event: QHideEvent) -> None:
        self._turning.run(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._look.reduce_motion:
            painter.setPen(self._look.color(self._role))
            painter.setFont(self._look.font("body.strong"))
            painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, "…")
            return
        center = QPointF(self.width() / 2, self.height() / 2)
        paint_shape(painter, self._look, center, "arc", self._role, self.width() * 0.8, self._turning.turn)

    @Slot()
    def _fit(self) -> None:
        self.setFixedSize(self._look.icon_size(self._size))
