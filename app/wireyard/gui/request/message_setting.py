"""A setting that is a message of a few lines, with variables."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.field import FieldBox
from wireyard.gui.widgets.variable_chips import chips_of, paint_chips, undefined_in
from wireyard.gui.widgets.variable_completion import VariableAssistant
from wireyard.gui.widgets.variable_line import LineColors
from wireyard.gui.widgets.variable_source import VariableSource

_WIDTH_PX = 420
_HEIGHT_PX = 120


class MessageSetting(QWidget):
    """``edited`` carries the text after every change by hand."""

    edited = Signal(str)

    def __init__(self, look: Look, label: str, placeholder: str = "") -> None:
        super().__init__()
        self._look = look
        self._shown = ""
        self.edit = _MessageEdit(look, label)
        self.edit.setPlaceholderText(placeholder)
        self.setAccessibleName(label)
        self.setFocusProxy(self.edit)
        self._box = FieldBox(look, radius=7)
        self._box.set_editor(self.edit)
        self._inside = QHBoxLayout(self._box)
        self._inside.addWidget(self.edit)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._box)
        self.edit.textChanged.connect(self._on_changed)
        look.changed.connect(self._fit)
        self._fit()

    @property
    def text(self) -> str:
        return self.edit.toPlainText()

    def show_text(self, text: str) -> None:
        """Show a text, without a signal."""
        self._shown = text
        if text != self.text:
            self.edit.setPlainText(text)

    def set_variables(self, source: VariableSource) -> None:
        """Say what has a value here."""
        self.edit.set_variables(source)

    @Slot()
    def _on_changed(self) -> None:
        if self.text != self._shown:
            self._shown = self.text
            self.edited.emit(self._shown)

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self.setFixedSize(look.px(_WIDTH_PX), look.px(_HEIGHT_PX))
        self._inside.setContentsMargins(look.px(9), look.px(6), look.px(4), look.px(6))


class _MessageEdit(QPlainTextEdit):
    def __init__(self, look: Look, label: str) -> None:
        super().__init__()
        self._look = look
        self._assistant = VariableAssistant(look, self)
        self._colors = LineColors(self.document(), look, self._assistant)
        self.setAccessibleName(label)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        look.changed.connect(self._fit)
        self._fit()

    def set_variables(self, source: VariableSource) -> None:
        self._assistant.source = source
        self._colors.rehighlight()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        block = self.firstVisibleBlock()
        while block.isValid():
            area = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if area.top() > event.rect().bottom():
                break
            if chips_of(block.text()):
                undefined = undefined_in(block.text(), self._assistant.source)
                paint_chips(painter, self._look, block.layout(), block.text(), area.topLeft(), undefined)
            block = block.next()
        painter.end()
        super().paintEvent(event)

    @Slot()
    def _fit(self) -> None:
        font = self._look.font("mono")
        self.setFont(font)
        self.document().setDefaultFont(font)
        self._colors.rehighlight()
