"""The painted text view: any text, 10 MB on one line or on many, drawn row by row from a row index.

Only rows on screen are decoded, laid out and coloured. The text is read-only, yet has a caret, so that everything can
be reached, selected and copied with the keyboard alone. Places are byte offsets: they survive wrapping and growing.
"""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
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

from wireyard.formats import visible
from wireyard.gui.inspector import code_painter
from wireyard.gui.inspector.blink import Blink
from wireyard.gui.inspector.caret_keys import CaretKeys
from wireyard.gui.inspector.clipboard import copy_text
from wireyard.gui.inspector.code_painter import ViewState
from wireyard.gui.inspector.copy_actions import add_actions, open_menu, takes_key
from wireyard.gui.inspector.document import Document, feed_rows
from wireyard.gui.inspector.mouse_selection import MouseSelection
from wireyard.gui.inspector.navigation import Selection
from wireyard.gui.inspector.row_layout import cell_width
from wireyard.gui.inspector.rows import MAX_COLUMNS, RowIndex
from wireyard.gui.inspector.scrolling import TallScroll, WideScroll
from wireyard.gui.inspector.search import Hits
from wireyard.gui.inspector.text_rows import Highlight, TextRows
from wireyard.gui.jobs import Job, Jobs
from wireyard.gui.theme.look import Look

_REWRAP_MS = 80
_SPOKEN_CHARS = 160


class CodeView(QAbstractScrollArea):
    """Shows a `Document`.

    ``caret_moved`` carries the caret's byte offset, ``grown`` tells that more rows are known, ``noticed`` has a
    sentence for the person (such as why something was not copied).
    """

    caret_moved = Signal(object)
    grown = Signal()
    noticed = Signal(str)
    copied = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._jobs = Jobs(self, lambda error: self.noticed.emit(str(error)))
        self._index_job: Job | None = None
        self._document: Document | None = None
        self._rows: TextRows | None = None
        self._state = ViewState()
        self._is_wrapped = False
        self._return_to: int | None = None
        self._keys = CaretKeys(self)
        self._mouse = MouseSelection(self, self)
        self._tall = TallScroll(self.verticalScrollBar())
        self._wide = WideScroll(self.horizontalScrollBar())
        self._blink = Blink(self, self._on_blink)
        self._rewrap = QTimer(self)
        self._rewrap.setSingleShot(True)
        self._rewrap.setInterval(_REWRAP_MS)
        self._rewrap.timeout.connect(self._reindex)
        self._set_up()

    @property
    def document(self) -> Document | None:
        return self._document

    @property
    def rows(self) -> TextRows | None:
        """The rows of the present document."""
        return self._rows

    @property
    def selection(self) -> Selection:
        return self._state.selection

    @property
    def is_wrapped(self) -> bool:
        return self._is_wrapped

    @property
    def line_count(self) -> int:
        """How many lines are known."""
        return 0 if self._rows is None else self._rows.index.line_count

    @property
    def is_indexed(self) -> bool:
        """Whether all rows are known."""
        return self._rows is not None and self._rows.index.is_complete

    def set_document(self, document: Document | None) -> None:
        """Show another text, from its beginning."""
        self._document = document
        state = self._state
        state.selection, state.hits, state.hit = Selection(), None, -1
        state.has_guides = document is not None and document.has_guides
        self._return_to = None
        self._rows = None
        self._tall.set_value(0)
        self.horizontalScrollBar().setValue(0)
        self._reindex()
        self.caret_moved.emit(0)

    def set_highlight(self, highlight: Highlight) -> None:
        """Colour the text that is shown."""
        if self._document is not None and self._rows is not None:
            self._document = dataclasses.replace(self._document, highlight=highlight)
            self._rows.set_highlight(highlight)
            self.viewport().update()

    def set_wrapped(self, is_wrapped: bool) -> None:
        """Break rows at the view's width, or let them run on to the right."""
        if is_wrapped != self._is_wrapped:
            self._is_wrapped = is_wrapped
            self.horizontalScrollBar().setValue(0)
            self._reindex()

    def set_hits(self, hits: Hits | None, hit: int = -1) -> None:
        """Mark what a search found; ``hit`` is the current one."""
        self._state.hits, self._state.hit = hits, hit
        self.viewport().update()

    def select(self, selection: Selection, *, is_shown: bool = True) -> None:
        """Select bytes; ``is_shown`` brings the caret into view."""
        moved = selection.caret != self._state.selection.caret
        self._state.selection = selection
        if is_shown:
            self._show_caret()
        self._restart_blink()
        self.viewport().update()
        if moved:
            self.caret_moved.emit(selection.caret)
            if QAccessible.isActive():
                self._describe_caret()

    def offset_at(self, point: QPointF) -> int:
        """The byte nearest to a point of the viewport."""
        if self._rows is None or not self._rows.index.row_count:
            return 0
        self._place_rows()
        state = self._state
        number = state.first_row + int((point.y() - state.top) // state.line_height)
        number = max(0, min(number, self._rows.index.row_count - 1))
        row = self._rows.row(number)
        if row is None:
            return state.selection.caret
        offset = self._rows.offset(row, self._rows.layout(row).column_at(point.x() - state.left))
        return offset if offset < row.end else max(row.start, self._rows.end_of(number, row))

    def page_rows(self) -> int:
        return max(1, self.viewport().height() // self._state.line_height - 1)

    def scroll_rows(self, count: int) -> None:
        self._tall.set_value(self._tall.value() + count * self._state.line_height)

    def scroll_px(self, right: int, down: int) -> None:
        self._tall.set_value(self._tall.value() + down)
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() + right)

    def text_area(self) -> QRect:
        return self.viewport().rect().adjusted(self._state.gutter, 0, 0, 0)

    def pages_arrived(self) -> None:
        """Draw again what could not be drawn before: the source has got more bytes."""
        self._follow_return()
        self.viewport().update()

    def shut_down(self) -> None:
        """Stop the view's threads."""
        self._jobs.stop()

    @Slot()
    def copy(self) -> None:
        """Put the selection on the clipboard; with none, the whole text."""
        if self._document is None:
            return
        selection = self._state.selection
        start, end = (0, self._document.source.size()) if selection.is_empty else (selection.start, selection.end)
        copy_text(self._jobs, self._document.open_worker, start, end, self.noticed.emit)
        self.copied.emit()

    @Slot()
    def select_all(self) -> None:
        if self._document is not None:
            self.select(Selection(0, self._document.source.size()), is_shown=False)

    # Qt's own events.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        area = self.viewport().rect()
        painter.fillRect(area, self._look.color("bg.surface"))
        if self._rows is not None:
            self._place_rows()
            code_painter.paint(painter, area, self._look, self._rows, self._state)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()
        if self._is_wrapped and self._rows is not None and self._columns() != self._rows.index.columns:
            if self._document is not None and self._document.is_small:
                self._reindex()
            else:
                self._rewrap.start()

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
        elif not self._keys.press(event):
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._keys.forget_column()
            self._mouse.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._mouse.double_click(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._mouse.release()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._state.has_focus = True
        self._restart_blink()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._state.has_focus = self._state.is_caret_on = False
        self._blink.stop()
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        open_menu(self, event.globalPos())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    @Slot()
    def _on_look_changed(self) -> None:
        self._state.line_height = self._look.px(20)
        self._reindex()

    @Slot()
    def _on_blink(self) -> None:
        self._state.is_caret_on = not self._state.is_caret_on
        self.viewport().update(code_painter.caret_area(self._look, self._rows, self._state))

    def _on_grown(self) -> None:
        self._measure()
        self._follow_return()
        self.viewport().update()
        self.grown.emit()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("panel", "bg.surface")
        self.setProperty("focusRing", "none")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Payload text"))
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        add_actions(
            self,
            (self.tr("Copy"), QKeySequence.StandardKey.Copy, self.copy),
            (self.tr("Select all"), QKeySequence.StandardKey.SelectAll, self.select_all),
        )
        self._look.changed.connect(self._on_look_changed)
        self._measure()

    def _columns(self) -> int:
        if not self._is_wrapped:
            return MAX_COLUMNS
        room = self.viewport().width() - self._state.gutter - self._look.px(12)
        return max(8, min(MAX_COLUMNS, int(room / cell_width(self._look))))

    @Slot()
    def _reindex(self) -> None:
        """Cut the rows anew: at once for a small text, else on a worker while the first rows already show."""
        if self._index_job is not None:
            self._index_job.cancel()
            self._index_job = None
        self._rewrap.stop()
        document = self._document
        if document is None:
            self._rows = None
            self._on_grown()
            return
        if self._rows is not None and self._return_to is None:
            self._place_rows()
            row = self._rows.row(self._state.first_row)
            self._return_to = row.start if row is not None else None
        if document.is_small:
            data = document.source.read(0, document.source.size()) or b""
            self._set_digits(len(str(data.count(b"\n") + 1)))
            index = RowIndex(self._columns())
            self._rows = TextRows(self._look, document.source, index, document.highlight)
            index.feed(data, last=True)
            self._on_grown()
            return
        self._set_digits(max(4, len(str(self.line_count))))
        index = RowIndex(self._columns())
        self._rows = TextRows(self._look, document.source, index, document.highlight)
        self._index_job = self._jobs.start(
            "rows", lambda job: feed_rows(job, document, index), lambda _: self._on_grown(), self._on_grown
        )

    def _set_digits(self, digits: int) -> None:
        self._state.gutter = code_painter.gutter_width(self._look, max(2, digits))

    def _follow_return(self) -> None:
        """Go back to where the view was before its rows were cut anew, once they are known that far."""
        if self._return_to is None or self._rows is None:
            return
        index = self._rows.index
        if index.indexed_bytes <= self._return_to and not index.is_complete:
            return
        number = index.row_at(self._return_to, self._rows.source)
        if number is not None:
            self._return_to = None
            self._tall.set_value(number * self._state.line_height)

    def _measure(self) -> None:
        look, state, rows = self._look, self._state, self._rows
        state.line_height = look.px(20)
        if rows is not None:
            digits = len(str(rows.index.line_count))
            state.gutter = max(state.gutter, code_painter.gutter_width(look, max(2, digits)))
        height = (0 if rows is None else rows.index.row_count) * state.line_height + look.px(16)
        self._tall.set_range(height, self.viewport().height(), state.line_height)
        widest = 0.0 if rows is None or self._is_wrapped else (rows.index.widest + 1) * cell_width(look)
        self._wide.set_range(widest, self.viewport().width() - state.gutter - look.px(8), look.px(20))

    def _place_rows(self) -> None:
        state = self._state
        top = self._tall.value() - self._look.px(8)
        state.first_row = max(0, top // state.line_height)
        state.top = state.first_row * state.line_height - top
        state.left = state.gutter - self.horizontalScrollBar().value()

    def _show_caret(self) -> None:
        if self._rows is None:
            return
        caret = self._state.selection.caret
        place = self._rows.place(caret)
        if place is None:
            # Its bytes are on their way: go near, and to the very row once it can be told.
            self._return_to = caret
            self._tall.set_value(self._rows.index.nearest_row(caret) * self._state.line_height)
            return
        margin, line_height = self._look.px(8), self._state.line_height
        self._tall.show(place.row * line_height + margin, line_height, margin, self.viewport().height())
        row = self._rows.row(place.row)
        if row is not None:
            room = self.viewport().width() - self._state.gutter - self._look.px(16)
            self._wide.show(self._rows.layout(row).x_of(place.column), room, self._look.px(40))

    def _describe_caret(self) -> None:
        """Have a screen reader say the line that the caret is on."""
        row = None if self._rows is None else self._rows.row_with(self._state.selection.caret)
        if row is not None:
            line = self.tr("Line {0}: {1}").format(row.line + 1, visible.show(row.text[:_SPOKEN_CHARS]))
            self.setAccessibleDescription(line)

    def _restart_blink(self) -> None:
        self._state.is_caret_on = self._state.has_focus
        if self._state.has_focus:
            self._blink.restart()
