"""The last minute as bars: received upwards in teal, sent downwards in indigo."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.timeline.rates import BARS, STILL, Rates

WIDTH = 88
HEIGHT = 24
_AXIS = 0.72  # of the height: replies outnumber requests


class Sparkline(QWidget):
    """Shows `Rates`; each direction has its own scale, as one is often a hundred times the other."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._bars = STILL.bars
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Traffic in the last minute"))
        look.changed.connect(self._on_look_changed)

    def show_rates(self, rates: Rates) -> None:
        if rates.bars != self._bars:
            self._bars = rates.bars
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(WIDTH), self._look.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        width, height = self.width(), self.height()
        axis = round(height * _AXIS)
        step = width / BARS
        bar = max(1.0, round(step * 0.68))
        most_received = max(1, *(received for received, _ in self._bars))
        most_sent = max(1, *(sent for _, sent in self._bars))
        received_color, sent_color = self._look.tint("recv", 0.75), self._look.tint("sent", 0.86)
        for place, (received, sent) in enumerate(self._bars):
            x = round(place * step)
            if received:
                up = max(1.0, received / most_received * (axis - 1))
                painter.fillRect(QRectF(x, axis - up, bar, up), received_color)
            if sent:
                down = max(1.0, sent / most_sent * (height - axis - 2))
                painter.fillRect(QRectF(x, axis + 1, bar, down), sent_color)
        if not any(received or sent for received, sent in self._bars):
            painter.fillRect(QRectF(0, axis, width, 1), self._look.color("border"))

    @Slot()
    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()
