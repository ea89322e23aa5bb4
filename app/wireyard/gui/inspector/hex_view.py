"""The painted hex view: offset, sixteen bytes, ASCII. It reads only the rows on screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from wireyard.formats import hexdump
from wireyard.gui.inspector.clipboard import copy_text
from wireyard.gui.inspector.copy_actions import add_actions, open_menu, takes_key
from wireyard.gui.inspector.document import Document
from wireyard.gui.inspector.hex_painter import GAP, HexMeasures, HexScene, measure, paint_row
from wireyard.gui.inspector.navigation import Selection
from wireyard.gui.inspector.scrolling import TallScroll
from wireyard.gui.inspector.search import Hits
from wireyard.gui.jobs import Jobs
from wireyard.gui.theme.look import Look

_AUTOSCROLL_MS = 40


class HexView(QAbstractScrollArea):
    """Shows the bytes of a `Document`. ``caret_moved`` carries the byte's offset."""

    caret_moved = Signal(object)
    noticed = Signal(str)
    copied = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._jobs = Jobs(self, lambda error: self.noticed.emit(str(error)))
        self._document: Document | None = None
        self._selection = Selection()
        self._hits: Hits | None = None
        self._hit = -1
        self._measures = HexMeasures()
        self._tall = TallScroll(self.verticalScrollBar())
        self._drag_at: QPointF | None = None
        self._autoscroll = QTimer(self)
        self._autoscroll.setInterval(_AUTOSCROLL_MS)
        self._autoscroll.timeout.connect(self._on_autoscroll)
        self._set_up()

    @property
    def document(self) -> Document | None:
        return self._document

    @property
    def selection(self) -> Selection:
        """The selected bytes; with nothing selected, both ends are the byte under the caret."""
        return self._selection

    def set_document(self, document: Document | None) -> None:
        """Show other bytes, from their beginning."""
        self._document = document
        self._selection = Selection()
        self._hits, self._hit = None, -1
        self._tall.set_value(0)
        self._measure()
        self.viewport().update()
        self.caret_moved.emit(0)

    def set_hits(self, hits: Hits | None, hit: int = -1) -> None:
        """Mark what a search found; ``hit`` is the current one."""
        self._hits, self._hit = hits, hit
        self.viewport().update()

    def select(self, selection: Selection, *, is_shown: bool = True) -> None:
        """Select bytes; ``is_shown`` brings the caret into view."""
        moved = selection.caret != self._selection.caret
        self._selection = selection
        if is_shown:
            self._show_caret()
        self.viewport().update()
        if moved:
            self.caret_moved.emit(selection.caret)

    def pages_arrived(self) -> None:
        """Draw again what could not be drawn before: the source has got more bytes."""
        self.viewport().update()

    def shut_down(self) -> None:
        """Stop the view's threads."""
        self._jobs.stop()

    @Slot()
    def copy(self) -> None:
        """Copy the selected bytes as hex."""
        self._copy(hexdump.as_hex)

    @Slot()
    def copy_base64(self) -> None:
        self._copy(hexdump.as_base64)

    @Slot()
    def copy_c_array(self) -> None:
        self._copy(hexdump.as_c_array)

    @Slot()
    def select_all(self) -> None:
        self.select(Selection(0, self._size()), is_shown=False)

    # Qt's own events.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        area = self.viewport().rect()
        painter.fillRect(area, self._look.color("bg.surface"))
        if self._document is not None:
            self._paint_rows(painter, area)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        first = self._first_row() * self._measures.per_row
        self._measure()
        self._tall.set_value(first // self._measures.per_row * self._look.px(20))

    def event(self, event: QEvent) -> bool:
        if takes_key(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif not self._on_move_key(event):
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            at = self._offset_at(event.position())
            extends = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._drag_at = event.position()
            self.select(Selection(self._selection.anchor if extends else at, at), is_shown=False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag_at is None:
            return
        self._drag_at = event.position()
        self._drag()
        if self.viewport().rect().contains(event.position().toPoint()):
            self._autoscroll.stop()
        elif not self._autoscroll.isActive():
            self._autoscroll.start()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drag_at = None
        self._autoscroll.stop()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        open_menu(self, event.globalPos())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    @Slot()
    def _on_look_changed(self) -> None:
        self._measure()
        self.viewport().update()

    @Slot()
    def _on_autoscroll(self) -> None:
        if self._drag_at is not None:
            y, height = self._drag_at.y(), self.viewport().height()
            self._tall.set_value(self._tall.value() + round(min(0.0, y) + max(0.0, y - height)))
            self._drag()

    def _on_move_key(self, event: QKeyEvent) -> bool:
        page = max(1, self.viewport().height() // self._look.px(20) - 1) * self._measures.per_row
        row = self._measures.per_row
        at = self._selection.caret
        last = max(0, self._size())
        moves: tuple[tuple[QKeySequence.StandardKey, QKeySequence.StandardKey, int], ...] = (
            (_Key.MoveToNextChar, _Key.SelectNextChar, at + 1),
            (_Key.MoveToPreviousChar, _Key.SelectPreviousChar, at - 1),
            (_Key.MoveToNextLine, _Key.SelectNextLine, at + row),
            (_Key.MoveToPreviousLine, _Key.SelectPreviousLine, at - row),
            (_Key.MoveToNextPage, _Key.SelectNextPage, at + page),
            (_Key.MoveToPreviousPage, _Key.SelectPreviousPage, at - page),
            (_Key.MoveToStartOfLine, _Key.SelectStartOfLine, at - at % row),
            (_Key.MoveToEndOfLine, _Key.SelectEndOfLine, at - at % row + row - 1),
            (_Key.MoveToStartOfDocument, _Key.SelectStartOfDocument, 0),
            (_Key.MoveToEndOfDocument, _Key.SelectEndOfDocument, last),
        )
        for key, selecting_key, target in moves:
            for sequence, extends in ((key, False), (selecting_key, True)):
                if event.matches(sequence):
                    target = max(0, min(target, last))
                    self.select(Selection(self._selection.anchor if extends else target, target))
                    return True
        return False

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("panel", "bg.surface")
        self.setProperty("focusRing", "none")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Payload bytes"))
        add_actions(
            self,
            (self.tr("Copy as hex"), QKeySequence.StandardKey.Copy, self.copy),
            (self.tr("Copy as Base64"), None, self.copy_base64),
            (self.tr("Copy as C array"), None, self.copy_c_array),
            (self.tr("Select all"), QKeySequence.StandardKey.SelectAll, self.select_all),
        )
        self._look.changed.connect(self._on_look_changed)

    def _size(self) -> int:
        return 0 if self._document is None else self._document.source.size()

    def _measure(self) -> None:
        look = self._look
        self._measures = measure(look, self._size(), self.viewport().width())
        rows = -(-self._size() // self._measures.per_row)
        height = rows * look.px(20) + look.px(16)
        self._tall.set_range(height, self.viewport().height(), look.px(20))
        bar = self.horizontalScrollBar()
        bar.setRange(0, max(0, round(self._measures.width) - self.viewport().width()))
        bar.setPageStep(max(1, self.viewport().width()))

    def _first_row(self) -> int:
        return max(0, self._tall.value() - self._look.px(8)) // self._look.px(20)

    def _row_top(self, row: int) -> int:
        return row * self._look.px(20) + self._look.px(8) - self._tall.value()

    def _paint_rows(self, painter: QPainter, area: QRect) -> None:
        if self._document is None:
            return
        measures = self._measures
        line_height = self._look.px(20)
        first = self._first_row()
        count = area.height() // line_height + 2
        start = first * measures.per_row
        end = min(self._size(), start + count * measures.per_row)
        data = self._document.source.read(start, end)
        painter.translate(-self.horizontalScrollBar().value(), 0)
        masked = () if self._document.masked is None else self._document.masked(start, end)
        scene = HexScene(measures, self._selection, self._hits, self._hit, self.hasFocus(), masked)
        for row in range(first, first + -(-(end - start) // measures.per_row)):
            top = self._row_top(row)
            offset = row * measures.per_row
            if offset <= self._selection.caret < offset + measures.per_row:
                width = max(area.width(), round(measures.width))
                painter.fillRect(QRect(0, top, width, line_height), self._look.color("bg.line"))
            part = None if data is None else data[offset - start : offset - start + measures.per_row]
            paint_row(painter, self._look, scene, top, offset, part)

    def _offset_at(self, point: QPointF) -> int:
        measures = self._measures
        x = point.x() + self.horizontalScrollBar().value()
        row = int((point.y() + self._tall.value() - self._look.px(8)) // self._look.px(20))
        if x >= measures.text_left - self._look.px(GAP) / 2:
            column = int((x - measures.text_left) / measures.cell)
        else:
            column = int((x - measures.hex_left) / measures.pitch)
            if column >= 8:
                column = max(8, int((x - measures.hex_left - measures.half_gap) / measures.pitch))
                column = 7 if x < measures.byte_x(8) - 2 else column
        column = max(0, min(column, measures.per_row - 1))
        return max(0, min(max(0, row) * measures.per_row + column, max(0, self._size() - 1)))

    def _drag(self) -> None:
        if self._drag_at is None:
            return
        at = self._offset_at(self._drag_at)
        anchor = self._selection.anchor
        # The byte under the pointer belongs to the selection, whichever way it is dragged.
        self.select(Selection(anchor, at + 1 if at >= anchor else at), is_shown=False)

    def _show_caret(self) -> None:
        line_height, margin = self._look.px(20), self._look.px(8)
        top = min(self._selection.caret, max(0, self._size() - 1)) // self._measures.per_row * line_height
        height = self.viewport().height()
        if top < self._tall.value():
            self._tall.set_value(top)
        elif top + line_height + 2 * margin > self._tall.value() + height:
            self._tall.set_value(top + line_height + 2 * margin - height)

    def _copy(self, shape: Callable[[bytes], str]) -> None:
        if self._document is None:
            return
        selection = self._selection
        start, end = (0, self._size()) if selection.is_empty else (selection.start, selection.end)
        copy_text(self._jobs, self._document.open_worker, start, end, self.noticed.emit, shape)
        self.copied.emit()


_Key = QKeySequence.StandardKey
