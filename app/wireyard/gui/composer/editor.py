"""The message editor: Qt's plain text editor, painted by us, with line numbers, colours, brackets and faults.

Painting is our own, so colours are never written into the document: nothing to undo, nothing laid out again, and only
lines on screen are coloured.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QMimeData, QPointF, QRect, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from wireyard.gui.composer import indenting
from wireyard.gui.composer.brackets import partner
from wireyard.gui.composer.coloring import colored_runs, is_right_to_left
from wireyard.gui.composer.gutter import Gutter
from wireyard.gui.composer.line_layout import LineLayout
from wireyard.gui.composer.line_pictures import LinePictures
from wireyard.gui.composer.run_painter import paint_runs
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.variable_chips import paint_chips, undefined_in
from wireyard.gui.widgets.variable_completion import VariableAssistant
from wireyard.gui.widgets.variable_source import VariableSource

# Beyond these Qt's editor makes a person wait: a key in a line of 64,000 characters takes 16 ms.
MOST_CHARS = 1024 * 1024
MOST_LINE_CHARS = 64 * 1024
_SELECTION_ALPHA = 0.20
# A longer line would be a picture larger than the window.
_MOST_DRAWN_CHARS = 2000


def is_editable(text: str) -> bool:
    """Whether a text is small enough to be edited."""
    return len(text) <= MOST_CHARS and (
        len(text) <= MOST_LINE_CHARS or max(map(len, text.split("\n"))) <= MOST_LINE_CHARS
    )


class MessageEditor(QPlainTextEdit):
    """Edits one message. ``too_large`` carries a text that was pasted and is too large to be edited here."""

    too_large = Signal(str)
    older_requested = Signal()
    newer_requested = Signal()
    define_requested = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._is_json = False
        self._fault: tuple[int, str] | None = None
        self._pair: tuple[int, int] | None = None
        self._tab_leaves = False
        self._is_caret_on = False
        self._pictures = LinePictures()
        self._layout = LineLayout(self.document(), look.px(20))
        self.document().setDocumentLayout(self._layout)
        self._gutter = Gutter(look, self, self)
        self.variables = VariableAssistant(look, self)
        self._blink = QTimer(self)
        self._blink.timeout.connect(self._on_blink)
        self._set_up()

    @property
    def text(self) -> str:
        """The text, exactly: unlike Qt's own answer, a no-break space stays one."""
        return self.document().toRawText().replace("\u2029", "\n")

    def set_text(self, text: str) -> None:
        """Put in another text. What was there can't be brought back with Undo."""
        self.setPlainText(text)

    def replace_text(self, text: str) -> None:
        """Put in another text as one step of Undo."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.setPosition(0)
        self.setTextCursor(cursor)

    def set_json(self, is_json: bool) -> None:
        """Colour the text as JSON, or not at all."""
        if is_json != self._is_json:
            self._is_json = is_json
            self._on_cursor_moved()
            self.viewport().update()

    def set_variables(self, source: VariableSource) -> None:
        """Say what has a value here; again, whenever that is something else."""
        self.variables.source = source
        self.viewport().update()

    def set_fault(self, position: int | None, message: str = "") -> None:
        """Underline what is wrong at a position, with a tool tip; ``None`` for nothing."""
        fault = None if position is None else (position, message)
        if fault != self._fault:
            self._fault = fault
            self.viewport().setToolTip(message)
            self.viewport().update()

    def go_to(self, position: int) -> None:
        """Put the caret somewhere and give it the keyboard."""
        cursor = self.textCursor()
        cursor.setPosition(max(0, min(position, self.document().characterCount() - 1)))
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # What Qt asks of an editor.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        area = self.viewport().rect()
        painter.fillRect(area, self._look.color("bg.surface"))
        if self.document().isEmpty() and self.placeholderText():
            self._paint_placeholder(painter)
        for block, top in self.visible_blocks():
            self._paint_block(painter, block, QPointF(self.contentOffset().x(), top))
        if self._is_caret_on:
            caret = self.cursorRect()
            middle, height = caret.center().y(), self._look.px(16)
            width = max(1, self._look.px(1.5))
            painter.fillRect(QRect(caret.x(), middle - height // 2, width, height), self._look.color("text.1"))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._on_own_key(event):
            event.accept()
            return
        if event.key() not in (Qt.Key.Key_Shift, Qt.Key.Key_Escape):
            self._tab_leaves = False
        super().keyPressEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        # Tab indents; after Esc it leaves, so that nobody is caught in here.
        self.setTabChangesFocus(self._tab_leaves)
        return super().focusNextPrevChild(is_next)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if not source.hasText():
            return
        pasted = source.text().replace("\r\n", "\n").replace("\r", "\n")
        if is_editable(pasted) and len(pasted) + self.document().characterCount() <= MOST_CHARS:
            self.textCursor().insertText(pasted)
            self.ensureCursorVisible()
            return
        cursor, text = self.textCursor(), self.text
        self.too_large.emit(text[: cursor.selectionStart()] + pasted + text[cursor.selectionEnd() :])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_gutter()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tab_leaves = False
        self._restart_blink()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._blink.stop()
        self._is_caret_on = False
        self.viewport().update()

    # What the gutter asks.

    def visible_blocks(self) -> list[tuple[QTextBlock, float]]:
        """The lines on screen, each with its top in the viewport."""
        found: list[tuple[QTextBlock, float]] = []
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        bottom = self.viewport().height()
        while block.isValid() and top <= bottom:
            found.append((block, top))
            top += self.blockBoundingRect(block).height()
            block = block.next()
        return found

    @Slot()
    def _on_cursor_moved(self) -> None:
        self._restart_blink()
        self._pair = None
        if self._is_json and self._may_pair():
            text = self.text
            # Positions count UTF-16 units; with characters beyond them no pair is better than a wrong one.
            if len(text) + 1 == self.document().characterCount():
                self._pair = partner(text, self.textCursor().position())
        self.viewport().update()
        self._gutter.update()

    @Slot()
    def _on_blink(self) -> None:
        self._is_caret_on = not self._is_caret_on
        self.viewport().update(self.cursorRect().adjusted(-2, -4, 4, 4))

    @Slot()
    def _on_look_changed(self) -> None:
        look = self._look
        font = look.font("mono")
        self.setFont(font)
        self.document().setDefaultFont(font)
        self._layout.set_line_height(look.px(20))
        self.setTabStopDistance(4 * look.metrics("mono").horizontalAdvance(" "))
        self._place_gutter()
        self.viewport().update()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("focusRing", "none")
        self.setProperty("panel", "bg.surface")
        self.setAccessibleName(self.tr("Message"))
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCursorWidth(0)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self.cursorPositionChanged.connect(self._on_cursor_moved)
        self.selectionChanged.connect(self.viewport().update)
        self.updateRequest.connect(self._gutter.follow)
        self.variables.define_requested.connect(self.define_requested)
        self.blockCountChanged.connect(self._place_gutter)
        self._look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    @Slot()
    def _place_gutter(self) -> None:
        look = self._look
        width = self._gutter.width_for(self.blockCount())
        self.setViewportMargins(width, look.px(8), look.px(8), look.px(4))
        self._gutter.setGeometry(0, 0, width, self.height())

    def _may_pair(self) -> bool:
        """Whether there is a bracket at the caret, before the whole text is looked at."""
        cursor = self.textCursor()
        at = cursor.positionInBlock()
        return any(char in "[]{}()" for char in cursor.block().text()[max(0, at - 1) : at + 1])

    def _on_own_key(self, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers()
        plain = modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if key == Qt.Key.Key_Escape:
            self._tab_leaves = True
            return True
        moves: dict[int, Callable[[QTextCursor], None]] = {}
        if plain:
            moves = {
                Qt.Key.Key_Tab: indenting.indent,
                Qt.Key.Key_Return: indenting.break_line,
                Qt.Key.Key_Enter: indenting.break_line,
            }
        elif key == Qt.Key.Key_Backtab:
            moves = {Qt.Key.Key_Backtab: indenting.outdent}
        move = moves.get(key)
        if move is None:
            return False
        cursor = self.textCursor()
        cursor.beginEditBlock()
        move(cursor)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        return True

    def _restart_blink(self) -> None:
        self._is_caret_on = self.hasFocus()
        flash_ms = QGuiApplication.styleHints().cursorFlashTime()
        if self.hasFocus() and flash_ms > 0:
            self._blink.start(flash_ms // 2)

    def _paint_placeholder(self, painter: QPainter) -> None:
        painter.setFont(self._look.font("mono"))
        painter.setPen(self._look.color("text.3"))
        area = QRectF(self.contentOffset().x(), 0, self.viewport().width(), self._look.px(20))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self.placeholderText())

    def _paint_block(self, painter: QPainter, block: QTextBlock, at: QPointF) -> None:
        layout = block.layout()
        if layout.lineCount() == 0:
            return
        text = block.text()
        undefined = undefined_in(text, self.variables.source)
        is_plain = len(text) <= _MOST_DRAWN_CHARS and not layout.preeditAreaText()
        if not is_plain or self._has_ground(block):
            self._paint_selection(painter, block, layout, at)
            self._paint_pair(painter, block, layout, at)
            self._paint_line(painter, layout, text, at, undefined)
        else:
            painter.drawPixmap(QPointF(0, at.y()), self._picture(layout, text, at.x(), undefined))
        self._paint_fault(painter, block, layout, at)

    def _has_ground(self, block: QTextBlock) -> bool:
        """Whether something is painted under the text of a line."""
        cursor, first = self.textCursor(), block.position()
        last = first + block.length() - 1
        if cursor.hasSelection() and cursor.selectionStart() <= last and cursor.selectionEnd() >= first:
            return True
        return self.hasFocus() and any(first <= place <= last for place in self._pair or ())

    def _picture(self, layout: QTextLayout, text: str, x: float, undefined: frozenset[int]) -> QPixmap:
        look, dpr = self._look, self.viewport().devicePixelRatioF()
        width, height = self.viewport().width(), layout.lineCount() * look.px(20)
        key = (text, self._is_json, undefined, width, height, x, dpr, look.generation)

        def draw(painter: QPainter) -> None:
            self._paint_line(painter, layout, text, QPointF(x, 0), undefined)

        return self._pictures.get(key, width, height, dpr, look.color("bg.surface"), draw)

    def _paint_line(
        self, painter: QPainter, layout: QTextLayout, text: str, at: QPointF, undefined: frozenset[int]
    ) -> None:
        if self._is_json:
            self._paint_guides(painter, text, at)
        paint_chips(painter, self._look, layout, text, at, undefined)
        is_colored = self._is_json or "{{" in text
        if is_colored and not layout.preeditAreaText() and not is_right_to_left(text):
            runs = colored_runs(text, is_json=self._is_json)
            paint_runs(painter, self._look, layout, text, runs, at, undefined)
        else:
            painter.setPen(self._look.color("text.1"))
            layout.draw(painter, at)

    def _paint_selection(self, painter: QPainter, block: QTextBlock, layout: QTextLayout, at: QPointF) -> None:
        cursor = self.textCursor()
        start, end = cursor.selectionStart() - block.position(), cursor.selectionEnd() - block.position()
        if start == end or start >= block.length() or end <= 0:
            return
        height = self._look.px(20)
        color = self._look.tint("accent", _SELECTION_ALPHA)
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            first, last = line.textStart(), line.textStart() + line.textLength()
            if start > last or end < first or (start == last and number + 1 < layout.lineCount()):
                continue
            left = _x(line, max(start, first))
            right = _x(line, min(end, last))
            if end > last and number + 1 == layout.lineCount():
                right += self._look.metrics("mono").horizontalAdvance(" ")
            painter.fillRect(QRectF(at.x() + left, at.y() + number * height, right - left, height), color)

    def _paint_guides(self, painter: QPainter, text: str, at: QPointF) -> None:
        blanks = len(text) - len(text.lstrip(" "))
        cell = self._look.metrics("mono").horizontalAdvance("0" * 64) / 64
        for column in range(2, blanks, 2):
            box = QRectF(int(at.x() + column * cell), at.y(), 1, self._look.px(20))
            painter.fillRect(box, self._look.color("border"))

    def _paint_pair(self, painter: QPainter, block: QTextBlock, layout: QTextLayout, at: QPointF) -> None:
        for place in (self._pair or ()) if self.hasFocus() else ():
            within = place - block.position()
            if 0 <= within < block.length() - 1:
                box = self._char_box(layout, within, at)
                painter.fillRect(box.adjusted(-0.5, 2, 0.5, -2), self._look.tint("accent", _SELECTION_ALPHA))

    def _paint_fault(self, painter: QPainter, block: QTextBlock, layout: QTextLayout, at: QPointF) -> None:
        if self._fault is None:
            return
        within = self._fault[0] - block.position()
        if not 0 <= within < block.length():
            return
        box = self._char_box(layout, within, at)
        wave, y, x = self._look.px(2), box.bottom() - self._look.px(4), box.left()
        points: list[QPointF] = []
        while x <= max(box.right(), box.left() + self._look.px(7)):
            points.append(QPointF(x, y + (wave if len(points) % 2 else 0)))
            x += wave
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.color("err.dot"), 1.2))
        painter.drawPolyline(QPolygonF(points))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _char_box(self, layout: QTextLayout, within: int, at: QPointF) -> QRectF:
        line = layout.lineForTextPosition(within)
        height = self._look.px(20)
        left, right = _x(line, within), _x(line, within + 1)
        return QRectF(at.x() + left, at.y() + line.lineNumber() * height, right - left, height)


def _x(line: QTextLine, position: int) -> float:
    # The stubs call the answer an object; it is the x and the place that it is for.
    return cast("tuple[float, int]", line.cursorToX(position))[0]
