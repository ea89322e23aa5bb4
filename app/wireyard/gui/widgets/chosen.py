"""How what is chosen is marked in painted widgets: by a tint, and in high contrast, which has none, by an outline."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from wireyard.gui.theme.look import Look
from wireyard.gui.theme.tokens import TokenName

OUTLINE_PX = 2


def paint_chosen(painter: QPainter, look: Look, box: QRectF, radius: float) -> None:
    """Paint the ground of something chosen."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("bg.selected"))
    painter.drawRoundedRect(box, radius, radius)
    outline_chosen(painter, look, box, radius)


def outline_chosen(painter: QPainter, look: Look, box: QRectF, radius: float) -> None:
    """In high contrast, draw the outline of something chosen; elsewhere its tint says it."""
    if look.is_contrast:
        outline(painter, look, box, radius, "text.1")


def outline(painter: QPainter, look: Look, box: QRectF, radius: float, role: TokenName) -> None:
    """Draw an outline inside a box: the keyboard's ring, or what says that something is chosen or dropped here."""
    width = look.ring_px if role == "focus.ring" else OUTLINE_PX
    painter.setPen(QPen(look.color(role), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = width / 2
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)


def fill_chosen(painter: QPainter, look: Look, cell: QRectF, *, is_first: bool, is_last: bool) -> None:
    """Fill one cell of a chosen row: in high contrast the cells together have the outline."""
    painter.fillRect(cell, look.color("bg.selected"))
    if not look.is_contrast:
        return
    color, width = look.color("text.1"), OUTLINE_PX
    painter.fillRect(QRectF(cell.x(), cell.y(), cell.width(), width), color)
    painter.fillRect(QRectF(cell.x(), cell.bottom() - width, cell.width(), width), color)
    if is_first:
        painter.fillRect(QRectF(cell.x(), cell.y(), width, cell.height()), color)
    if is_last:
        painter.fillRect(QRectF(cell.right() - width, cell.y(), width, cell.height()), color)
