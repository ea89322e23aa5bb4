"""The ground of a selected row in a table, drawn cell by cell."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from wireyard.gui.theme.look import Look

_LINE_PX = 2


def fill_selected(painter: QPainter, look: Look, cell: QRectF) -> None:
    """Fill a cell of a selected row. In high contrast, where the tint hardly shows, lines run above and below it."""
    painter.fillRect(cell, look.color("bg.selected"))
    if look.name.startswith("contrast"):
        for y in (cell.top(), cell.bottom() - 1 - _LINE_PX):  # the last pixel is the line between rows
            painter.fillRect(QRectF(cell.x(), y, cell.width(), _LINE_PX), look.color("text.1"))
