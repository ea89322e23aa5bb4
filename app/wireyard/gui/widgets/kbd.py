"""Keys as they are printed on a keyboard."""

from __future__ import annotations

import sys

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from wireyard.gui.theme.look import Look

_HEIGHT = 20
_GAP = 4
_MAC_KEYS = {"Ctrl": "⌘", "Alt": "⌥", "Shift": "⇧"}


class Kbd(QWidget):
    """One key combination, its keys separated by blanks: ``Ctrl Shift F``."""

    def __init__(self, look: Look, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._keys = [_MAC_KEYS.get(key, key) if sys.platform == "darwin" else key for key in keys.split()]
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(" + ".join(keys.replace("↵", self.tr("Enter")).split()))
        look.changed.connect(self._on_look_changed)

    def sizeHint(self) -> QSize:
        widths = self._widths()
        return QSize(sum(widths) + self._look.px(_GAP) * (len(widths) - 1), self._look.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font("status.medium"))
        x = 0.0
        for key, width in zip(self._keys, self._widths(), strict=True):
            box = QRectF(x + 0.5, 0.5, width - 1, self.height() - 1)
            painter.setPen(QPen(look.color("border.2"), 1))
            painter.setBrush(look.color("bg.app"))
            painter.drawRoundedRect(box, look.px(4), look.px(4))
            painter.setPen(look.color("text.3"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
            x += width + look.px(_GAP)

    def _widths(self) -> list[int]:
        metrics, look = self._look.metrics("status.medium"), self._look
        return [max(look.px(_HEIGHT), round(metrics.horizontalAdvance(key)) + look.px(10)) for key in self._keys]

    @Slot()
    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()
