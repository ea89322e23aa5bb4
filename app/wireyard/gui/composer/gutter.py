"""The line numbers beside the message editor."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QTextBlock, QTextCursor
from PySide6.QtWidgets import QWidget

from wireyard.gui.theme.look import Look


class Numbered(Protocol):
    """What the gutter needs to know of its editor."""

    def visible_blocks(self) -> list[tuple[QTextBlock, float]]: ...

    def textCursor(self) -> QTextCursor: ...

    def hasFocus(self) -> bool: ...


class Gutter(QWidget):
    """Line numbers."""

    def __init__(self, look: Look, editor: Numbered, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._editor = editor
        self.setAccessibleName("")

    def width_for(self, lines: int) -> int:
        digits = max(2, len(str(lines)))
        return round(self._look.px(16 + 23) + digits * self._look.metrics("mono.small").horizontalAdvance("0"))

    @Slot()
    def follow(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, editor = self._look, self._editor
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.color("bg.surface"))
        painter.setFont(look.font("mono.small"))
        caret = editor.textCursor().blockNumber()
        right = self.width() - look.px(23)
        for block, top in editor.visible_blocks():
            painter.setPen(look.color("text.1" if block.blockNumber() == caret and editor.hasFocus() else "text.3"))
            area = QRectF(0, top + look.px(8), right, look.px(20))
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(area, flags, str(block.blockNumber() + 1))
