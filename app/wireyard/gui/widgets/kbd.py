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
        self._keys = _platform_keys(keys)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(" + ".join(keys.replace("↵", self.tr("Enter")).split()))
        look.changed.connect(self._on_look_changed)

    def sizeHint(self) -> QSize:
        widths = self._widths()
        return QSize(sum(widths) + self._look.px(_GAP) * (len(widths) - 1), self._look.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint(painter, self._look, self._keys, 0.0, 0.0)

    def _widths(self) -> list[int]:
        return _widths_of(self._look, self._keys)

    @Slot()
    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()


def paint_keys(painter: QPainter, look: Look, keys: str, right: float, middle: float) -> float:
    """Paint keys that end at ``right``, for rows that paint themselves; answers how wide they are."""
    names = _platform_keys(keys)
    width = sum(_widths_of(look, names)) + look.px(_GAP) * (len(names) - 1)
    _paint(painter, look, names, right - width, middle - look.px(_HEIGHT) / 2)
    return width


def _platform_keys(keys: str) -> list[str]:
    return [_MAC_KEYS.get(key, key) if sys.platform == "darwin" else key for key in keys.split()]


def _widths_of(look: Look, keys: list[str]) -> list[int]:
    metrics = look.metrics("status.medium")
    return [max(look.px(_HEIGHT), round(metrics.horizontalAdvance(key)) + look.px(10)) for key in keys]


def _paint(painter: QPainter, look: Look, keys: list[str], x: float, y: float) -> None:
    painter.setFont(look.font("status.medium"))
    for key, width in zip(keys, _widths_of(look, keys), strict=True):
        box = QRectF(x + 0.5, y + 0.5, width - 1, look.px(_HEIGHT) - 1)
        painter.setPen(QPen(look.color("border.2"), 1))
        painter.setBrush(look.color("bg.app"))
        painter.drawRoundedRect(box, look.px(4), look.px(4))
        painter.setPen(look.color("text.3"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
        x += width + look.px(_GAP)
