"""The field that stands over a row while its name is changed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from wireyard.gui.theme.look import Look


class RenameEdit(QLineEdit):
    """Keeps the window's shortcuts to itself: Del deletes a letter here, not a collection."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setProperty("panel", "bg.raised")
        self.setProperty("focusRing", "none")
        self.setFrame(False)
        self.setFont(look.font("body"))
        self.setTextMargins(look.px(4), 0, look.px(4), 0)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        event.accept()  # a field passes Enter on, and the tree would open what has another name by now

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QPen(self._look.color("focus.ring"), self._look.ring_px))
        painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
