"""The first lines of a file to come, numbered, and coloured where they are JSON."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
)
from PySide6.QtWidgets import QWidget

from wireyard.formats.json_tokens import json_runs
from wireyard.gui.theme.look import Look
from wireyard.gui.theme.syntax import SYNTAX_TOKENS
from wireyard.gui.widgets.text_box import TextBox

_GUTTER = 36
_MAX_SHOWN_CHARS = 1200


class PreviewBox(TextBox):
    """Shows lines with their numbers beside them; a long line is cut, since it is only a preview."""

    def __init__(self, look: Look, label: str, parent: QWidget | None = None) -> None:
        super().__init__(look, label, style="mono.small", parent=parent)
        self._gutter = _Gutter(self)
        self._colors = _JsonColors(self.document(), look)
        self.verticalScrollBar().valueChanged.connect(self._gutter.update)
        self.document().documentLayout().documentSizeChanged.connect(self._gutter.update)
        look.changed.connect(self._on_colors_changed)
        self._on_colors_changed()

    def show_lines(self, lines: tuple[str, ...], *, is_json: bool) -> None:
        self._colors.is_on = is_json
        cut = (line if len(line) <= _MAX_SHOWN_CHARS else line[:_MAX_SHOWN_CHARS] + "…" for line in lines)
        self.setPlainText("\n".join(cut))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._gutter.setGeometry(0, 0, self._look.px(_GUTTER), self.height())

    def paint_numbers(self, painter: QPainter) -> None:
        """Number each line beside its first row."""
        look = self._look
        painter.setFont(look.font("mono.small"))
        painter.setPen(look.color("text.3"))
        block, offset = self.firstVisibleBlock(), self.contentOffset()
        width = look.px(_GUTTER - 12)
        while block.isValid():
            box = self.blockBoundingGeometry(block).translated(offset)
            if box.top() > self.height():
                break
            top = box.top() + self.viewport().y()
            place = QRectF(0, top, width, look.metrics("mono.small").height())
            painter.drawText(place, Qt.AlignmentFlag.AlignRight, str(block.blockNumber() + 1))
            block = block.next()

    @Slot()
    def _on_colors_changed(self) -> None:
        look = self._look
        self.setViewportMargins(look.px(_GUTTER), look.px(8), look.px(6), look.px(6))
        self._colors.rehighlight()


class _Gutter(QWidget):
    def __init__(self, box: PreviewBox) -> None:
        super().__init__(box)
        self._box = box

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._box.toPlainText():
            self._box.paint_numbers(QPainter(self))


class _JsonColors(QSyntaxHighlighter):
    def __init__(self, document: QTextDocument, look: Look) -> None:
        super().__init__(document)
        self._look = look
        self.is_on = True

    def highlightBlock(self, text: str) -> None:
        if not self.is_on:
            return
        for start, length, role in json_runs(text):
            token = SYNTAX_TOKENS.get(role)
            if token is not None:
                style = QTextCharFormat()
                style.setForeground(self._look.color(token))
                self.setFormat(start, length, style)
