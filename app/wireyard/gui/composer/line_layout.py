"""Gives Qt's plain text editor lines of a fixed height.

`QPlainTextEdit` ignores a block's line height, and `QTextEdit`, which heeds it, takes 50 ms a key with 1 MB in it. The
plain editor asks its document's layout how large a block is; this one puts the lines of the block where they should
be and answers accordingly.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTextBlock, QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout


class LineLayout(QPlainTextDocumentLayout):
    """Lays a plain document out in lines of ``line_height``."""

    def __init__(self, document: QTextDocument, line_height: int) -> None:
        super().__init__(document)
        self._line_height = line_height

    def set_line_height(self, line_height: int) -> None:
        self._line_height = line_height
        self.requestUpdate()

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        rect = super().blockBoundingRect(block)
        layout = block.layout()
        height = self._line_height
        count = layout.lineCount()
        for number in range(count):
            line = layout.lineAt(number)
            top = number * height + (height - line.height()) / 2
            if line.y() != top:
                line.setPosition(QPointF(line.x(), top))
        rect.setHeight(max(1, count) * height if block.isVisible() else 0)
        return rect
