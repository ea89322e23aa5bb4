"""Dragging in tests: what a widget is told while something is dragged over it and dropped."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QMimeData, QPointF, Qt, QVersionNumber
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

ACTIONS = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
_BUTTON = Qt.MouseButton.LeftButton


def drag_over(target: QWidget, data: QMimeData, at: QPointF, *, copies: bool = False) -> QDragMoveEvent:
    """Drag something onto a place; the last event, which says whether it would be taken."""
    keys = Qt.KeyboardModifier.ControlModifier if copies else Qt.KeyboardModifier.NoModifier
    # Qt 6.12 wants the place with fractions and calls the other form deprecated; older ones know only the other.
    place = at if QLibraryInfo.version() >= QVersionNumber(6, 12) else at.toPoint()
    enter = QDragEnterEvent(place, ACTIONS, data, _BUTTON, keys)  # pyright: ignore[reportArgumentType]
    QApplication.sendEvent(target, enter)
    if not enter.isAccepted():
        return enter
    move = QDragMoveEvent(place, ACTIONS, data, _BUTTON, keys)  # pyright: ignore[reportArgumentType]
    QApplication.sendEvent(target, move)
    return move


def drop_on(target: QWidget, data: QMimeData, at: QPointF, *, copies: bool = False) -> None:
    """Drag something onto a place and let it go."""
    drag_over(target, data, at, copies=copies)
    keys = Qt.KeyboardModifier.ControlModifier if copies else Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(target, QDropEvent(at, ACTIONS, data, _BUTTON, keys))
