"""A list whose rows are put into another order: dragged, or with Alt+Up and Alt+Down."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QListWidget

from wireyard.gui.theme.look import Look

_Modifier = Qt.KeyboardModifier
_GO_IN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right)


class ReorderList(QListWidget):
    """``moved`` carries a row and the gap it goes to (the number of rows above that); the list itself moves nothing.
    ``key_pressed`` carries F2, Del, or D for Ctrl+D; ``go_in_wanted`` that Enter or Right was pressed on a row."""

    key_pressed = Signal(int)
    moved = Signal(int, int)
    go_in_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._pressed: QPoint | None = None
        self._dragged: int | None = None
        self._gap: int | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, keys = self.currentRow(), event.modifiers() & ~_Modifier.KeypadModifier
        is_copy = event.key() == Qt.Key.Key_D and keys == _Modifier.ControlModifier
        is_plain = event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Delete) and not keys
        steps = (
            {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 2}.get(Qt.Key(event.key())) if keys == _Modifier.AltModifier else None
        )
        if row >= 0 and (is_copy or is_plain):
            self.key_pressed.emit(event.key())
        elif row >= 0 and steps is not None:
            if 0 <= row + steps <= self.count():
                self.moved.emit(row, row + steps)
        elif row >= 0 and not keys and event.key() in _GO_IN:
            self.go_in_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape and self._dragged is not None:
            self._let_go()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.itemAt(event.position().toPoint()) is not None:
            self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self._pressed is None:
            super().mouseMoveEvent(event)
            return
        # Qt's own handling would select whatever the pointer comes over.
        far = (place - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if self._dragged is None and far:
            self._dragged = self.currentRow()
        if self._dragged is not None:
            self._gap = self._gap_at(place)
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        row, gap = self._dragged, self._gap
        self._let_go()
        if row is not None and gap is not None and gap not in (row, row + 1):
            self.moved.emit(row, gap)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._gap is None:
            return
        last = self.visualItemRect(self.item(self.count() - 1)).bottom() + 1
        y = self.visualItemRect(self.item(self._gap)).top() if self._gap < self.count() else last
        painter = QPainter(self.viewport())
        painter.fillRect(0, max(0, y - 1), self.viewport().width(), self._look.px(2), self._look.color("accent"))

    def _let_go(self) -> None:
        self._pressed = self._dragged = self._gap = None
        self.viewport().update()

    def _gap_at(self, place: QPoint) -> int:
        """The number of rows whose middle is above a place."""
        rects = (self.visualItemRect(self.item(row)) for row in range(self.count()))
        return sum(rect.center().y() < place.y() for rect in rects)
