"""One line of text with variables in it: chips under them, completion after ``{{``, values on pointing at one."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QMimeData, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from wireyard.gui.theme.fonts import FontStyle
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.variable_chips import chips_of, paint_chips, undefined_in
from wireyard.gui.widgets.variable_completion import VariableAssistant
from wireyard.gui.widgets.variable_source import VariableSource

_BREAKS = re.compile(r"\s*[\r\n\u2028\u2029]+\s*")


class VariableLineEdit(QPlainTextEdit):
    """``submitted`` follows Enter; ``edited`` every change by hand or program; ``define_requested`` carries a name.

    Tab leaves, so it can edit a cell of a grid. Where a height is given, it is a length of the design.
    """

    submitted = Signal()
    edited = Signal(str)
    define_requested = Signal(str)

    def __init__(
        self,
        look: Look,
        label: str,
        *,
        height: int | None = 28,
        style: FontStyle = "mono",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._height = height
        self._style: FontStyle = style
        self._assistant = VariableAssistant(look, self)
        self._colors = LineColors(self.document(), look, self._assistant)
        self.setAccessibleName(label)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self._on_text_changed)
        self._assistant.define_requested.connect(self.define_requested)
        look.changed.connect(self._fit)
        self._fit()

    @property
    def text(self) -> str:
        return self.toPlainText()

    @property
    def variables(self) -> VariableAssistant:
        """What offers and explains variables here."""
        return self._assistant

    def set_variables(self, source: VariableSource) -> None:
        """Say what has a value here; again, whenever that is something else."""
        self._assistant.source = source
        self._colors.rehighlight()
        self.viewport().update()

    def set_text(self, text: str) -> None:
        """Replace all of it, as one step that can be undone."""
        if text == self.text:
            return
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(flatten(text))

    def start_with(self, text: str) -> None:
        """Begin anew with this text: nothing to undo."""
        self.setPlainText(flatten(text))
        self.moveCursor(QTextCursor.MoveOperation.End)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                event.ignore()
            else:
                self.submitted.emit()
            return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(flatten(source.text()))

    def paintEvent(self, event: QPaintEvent) -> None:
        block = self.document().firstBlock()
        if chips_of(block.text()):
            painter = QPainter(self.viewport())
            origin: QPointF = self.blockBoundingGeometry(block).translated(self.contentOffset()).topLeft()
            undefined = undefined_in(block.text(), self._assistant.source)
            paint_chips(painter, self._look, block.layout(), block.text(), origin, undefined)
            painter.end()
        super().paintEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._center()
        self.ensureCursorVisible()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._colors.rehighlight()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(120), self._look.px(self._height or 28))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(40), self._look.px(20))

    @Slot()
    def _on_text_changed(self) -> None:
        self.edited.emit(self.text)

    @Slot()
    def _fit(self) -> None:
        look = self._look
        font = look.font(self._style)
        self.setFont(font)
        self.document().setDefaultFont(font)
        if self._height is not None:
            self.setFixedHeight(look.px(self._height))
        self._center()
        self._colors.rehighlight()

    def _center(self) -> None:
        height = self._look.px(self._height) if self._height is not None else self.height()
        above = max(0, int((height - self._look.metrics(self._style).height()) / 2))
        if self.viewportMargins().top() != above:
            self.setViewportMargins(0, above, 0, 0)


class LineColors(QSyntaxHighlighter):
    """Colours the variables of a line, and what ``grey`` matches."""

    def __init__(self, document: QTextDocument, look: Look, assistant: VariableAssistant) -> None:
        super().__init__(document)
        self._look = look
        self._assistant = assistant
        self.grey: re.Pattern[str] | None = None

    def highlightBlock(self, text: str) -> None:
        look = self._look
        if self.grey is not None:
            grey = QTextCharFormat()
            grey.setForeground(look.color("text.3"))
            for found in self.grey.finditer(text):
                self.setFormat(found.start(), len(found[0]), grey)
        for chip in chips_of(text):
            colored = QTextCharFormat()
            is_defined = self._assistant.source.lookup(chip.name) is not None
            colored.setForeground(look.color("var" if is_defined else "err"))
            self.setFormat(chip.start, chip.end - chip.start, colored)


def flatten(text: str) -> str:
    """One line of what was pasted: ends trimmed, lines joined, nothing encoded."""
    return _BREAKS.sub("", text.strip()).replace("\t", " ")
