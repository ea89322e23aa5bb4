"""The list itself: a table view of one column that keeps its place, follows its end, and answers the keyboard.

Qt's table with a fixed row height and no visible headers costs the same at any number of rows. Nothing here walks over
rows or over selected cells: selections are ranges.
"""

from __future__ import annotations

import html
import time
from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QToolTip, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.timeline.amounts import TimeStyle, time_text
from wireyard.gui.timeline.delegate import RowDelegate
from wireyard.gui.timeline.follow import Follow
from wireyard.gui.timeline.model import Index, TimelineModel
from wireyard.gui.timeline.row_index import RowIndex
from wireyard.gui.timeline.row_metrics import RowMetrics

TIP_CHARS = 1_000
_MOVING_KEYS = frozenset(
    (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End)
)
_CLICKS = (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)


class MessageList(QTableView):
    """Rows of a `TimelineModel`. It never moves its viewport by itself unless it follows its end.

    ``follow_changed`` tells that Follow went on or off, ``unseen_changed`` how many rows came since that are further
    down; ``picked`` names the row that the person chose or moved to (-1: none), ``opened`` one that was double clicked.
    ``painted`` tells how many milliseconds a painting took. Keys that are no movement go on to the parent.
    """

    follow_changed = Signal(bool)
    unseen_changed = Signal(int)
    picked = Signal(int)
    opened = Signal(int)
    ranges_changed = Signal()
    resized = Signal()
    painted = Signal(float)

    def __init__(self, look: Look, model: TimelineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._rows = model
        self._follow = Follow()
        self._unseen = 0
        self._is_adjusting = False
        self._is_restoring = False
        self._has_ring = False
        self._delegate = RowDelegate(look, model, self)
        self._set_up()
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.doubleClicked.connect(self._on_double_clicked)
        model.rows_changed.connect(self._delegate.forget)
        model.rowsInserted.connect(self._on_rows_inserted)
        model.modelReset.connect(self._on_model_reset)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    # ------------------------------------------------------------------------------------------------------ properties

    @property
    def is_following(self) -> bool:
        return self._follow.is_on

    @property
    def rows(self) -> RowIndex:
        """Which records stand in which rows."""
        return self._rows.rows

    @property
    def metrics(self) -> RowMetrics:
        return self._delegate.metrics

    @property
    def current_row(self) -> int:
        return self.currentIndex().row()

    @property
    def visible_rows(self) -> tuple[int, int]:
        """First and last row that are in the viewport at least in part; (0, -1) when there are none."""
        height, count = self.metrics.height, self._rows.rowCount()
        top = self.verticalScrollBar().value()
        return top // height, min(count - 1, (top + max(0, self.viewport().height() - 1)) // height)

    # -------------------------------------------------------------------------------------------------- public methods

    def follow_end(self) -> None:
        """Go to the newest row and keep to it."""
        self._follow.turn_on()
        self._go_to_end()
        self._tell_follow()

    def stop_following(self) -> None:
        """Stay here, whatever comes."""
        if self._follow.is_on:
            self._follow.turn_off(self._rows.rowCount())
            self._tell_follow()

    def ranges(self) -> list[tuple[int, int]]:
        """The selected rows as ranges, both ends included, in ascending order."""
        # The type stubs don't know that a selection is a list of ranges.
        found = cast("Iterable[QItemSelectionRange]", self.selectionModel().selection())
        return sorted((part.top(), part.bottom()) for part in found if part.isValid())

    def go_to(self, row: int) -> None:
        """Make a row the current and only selected one, and show it."""
        self.stop_following()
        index = self._rows.index(row, 0)
        self._is_adjusting = True
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
        self._is_adjusting = False
        self._count_unseen()
        self.picked.emit(row)

    def restore(self, row: int) -> None:
        """Select a row again after a reset, without moving and without telling."""
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self._is_restoring = True
        self.selectionModel().setCurrentIndex(self._rows.index(row, 0), flags)
        self._is_restoring = False

    def clear_selection(self) -> None:
        """Select nothing, and let nothing be current."""
        self.selectionModel().clear()

    def show_at_top(self, row: int) -> None:
        """Bring a row to the top of the viewport; it counts as no move by hand."""
        self._adjust_to(row * self.metrics.height)

    def set_time_style(self, style: TimeStyle) -> None:
        self._delegate.set_time_style(style)
        self.viewport().update()

    def drop_pictures(self) -> None:
        """Draw all rows anew: times are counted from elsewhere now."""
        self._delegate.clear()
        self.viewport().update()

    # ---------------------------------------------------------------------------------------------------- Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        start_s = time.monotonic()
        first, last = self.visible_rows
        self._rows.prepare(first, last)
        super().paintEvent(event)
        if self._has_ring and not self.currentIndex().isValid():
            self._paint_ring()
        self.painted.emit((time.monotonic() - start_s) * 1000)

    def updateGeometries(self) -> None:
        was_adjusting, self._is_adjusting = self._is_adjusting, True
        super().updateGeometries()
        self._is_adjusting = was_adjusting

    def resizeEvent(self, event: QResizeEvent) -> None:
        was_adjusting, self._is_adjusting = self._is_adjusting, True
        super().resizeEvent(event)
        self._is_adjusting = was_adjusting
        if self._follow.is_on:
            self._go_to_end()
        else:
            self._count_unseen()
        self.resized.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event)
        bar = self.verticalScrollBar()
        if event.angleDelta().y() > 0:
            self.stop_following()
        elif event.angleDelta().y() < 0 and bar.value() == bar.maximum():
            self.follow_end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._show_ring(False)
        super().mousePressEvent(event)
        if event.button() in _CLICKS and self.indexAt(event.position().toPoint()).isValid():
            self.stop_following()
            self.picked.emit(self.current_row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        before = self.current_row
        super().mouseMoveEvent(event)
        if event.buttons() and self.current_row != before:
            self.picked.emit(self.current_row)

    def focusInEvent(self, event: QFocusEvent) -> None:
        had_current = self.currentIndex().isValid()
        super().focusInEvent(event)
        if not had_current:
            # Qt makes the very first row current; here a first key begins at what is seen.
            self.selectionModel().clearCurrentIndex()
        self._show_ring(event.reason() not in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_ring(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_End and not modifiers:
            self._pick_last()
        elif key in _MOVING_KEYS:
            self._move(event)
        elif key == Qt.Key.Key_A and modifiers == Qt.KeyboardModifier.ControlModifier:
            self._select_all()
        else:
            # Qt's own search by typing letters would look through every row; the panel takes the other keys.
            event.ignore()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(event)
            return True
        return super().viewportEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.drop_pictures()

    def currentChanged(self, current: Index, previous: Index) -> None:
        # The base class scrolls to whatever becomes current, also when it is restored after a reset.
        auto_scroll = self.hasAutoScroll()
        self.setAutoScroll(auto_scroll and not self._is_restoring)
        super().currentChanged(current, previous)
        self.setAutoScroll(auto_scroll)
        self._place_ring()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.ranges_changed.emit()

    # ------------------------------------------------------------------------------------------------------------ slots

    @Slot(int)
    def _on_scrolled(self, value: int) -> None:
        if self._is_adjusting:
            return
        if value >= self.verticalScrollBar().maximum() and value > 0:
            if not self._follow.is_on:
                self.follow_end()
        else:
            self.stop_following()
        self._count_unseen()

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())

    @Slot()
    def _on_rows_inserted(self) -> None:
        if self._follow.is_on:
            self._go_to_end()
        else:
            self._count_unseen()

    @Slot()
    def _on_model_reset(self) -> None:
        self._follow.restart(self._rows.rowCount())
        self._delegate.focus_row = -1
        self._delegate.clear()
        # Qt would set the range of the scroll bar a turn later, and paint the wrong rows until then.
        self._adjust_to(self.verticalScrollBar().value())
        if self._follow.is_on:
            self._go_to_end()
        self._count_unseen()

    @Slot()
    def _on_look_changed(self) -> None:
        metrics = self._delegate.metrics
        first = self.verticalScrollBar().value() / max(1, self.verticalHeader().defaultSectionSize())
        self.verticalHeader().setMinimumSectionSize(metrics.height)
        self.verticalHeader().setDefaultSectionSize(metrics.height)
        self.verticalScrollBar().setSingleStep(metrics.height)
        self._adjust_to(round(first * metrics.height))
        if self._follow.is_on:
            self._go_to_end()
        self.viewport().update()

    # ------------------------------------------------------------------------------------------------------- internals

    def _set_up(self) -> None:
        self.setAccessibleName(self.tr("Messages"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("focusRing", "none")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setHighlightSections(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.hide()
        columns.setHighlightSections(False)
        columns.setStretchLastSection(True)

    def _show_tip(self, event: QHelpEvent) -> None:
        """Over Δ both times that it lies between; over words that end in … all of them."""
        index = self.indexAt(event.pos())
        row = self._rows.row_at(index.row()) if index.isValid() else None
        metrics = self.metrics
        from_right = self.viewport().width() - event.pos().x()
        text = ""
        if row is not None and from_right <= metrics.size_inset:
            above = self._rows.row_at(index.row() - 1) if index.row() else None
            times = [time_text("iso", one.ts_ns, 0) for one in (above, row) if one is not None and one.ts_ns]
            text = " → ".join(times)
        elif row is not None and event.pos().x() >= metrics.message_x and from_right > metrics.message_inset:
            text = self._rows.note_of(row)
        # Words of a server must not be taken for markup.
        shown = html.escape(text[:TIP_CHARS]).replace("\n", "<br>")
        QToolTip.showText(
            event.globalPos(), f"<qt>{shown}</qt>" if text else "", self.viewport(), self.visualRect(index)
        )

    def _tell_follow(self) -> None:
        self.follow_changed.emit(self._follow.is_on)
        self._count_unseen()

    def _count_unseen(self) -> None:
        """Rows that have come into the viewport since Follow went off are seen."""
        count = self._rows.rowCount()
        if not self._follow.is_on:
            self._follow.look(self.visible_rows[1] + 1)
        unseen = self._follow.unseen(count)
        if unseen != self._unseen:
            self._unseen = unseen
            self.unseen_changed.emit(unseen)

    def _go_to_end(self) -> None:
        self._adjust_to(self._rows.rowCount() * self.metrics.height)

    def _adjust_to(self, top: int) -> None:
        was_adjusting, self._is_adjusting = self._is_adjusting, True
        # The range of the scroll bar follows new rows a turn later; a forced layout lets us go there now.
        self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(min(top, self.verticalScrollBar().maximum()))
        self._is_adjusting = was_adjusting

    def _pick_last(self) -> None:
        last = self._rows.rowCount() - 1
        if last >= 0:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self._rows.index(last, 0), flags)
            self._show_ring(True)
            self.picked.emit(last)
        self.follow_end()

    def _move(self, event: QKeyEvent) -> None:
        self._show_ring(True)
        # A move by hand that starts with nothing current begins at what is seen, not at the first of five million.
        if not self.currentIndex().isValid() and self._rows.rowCount():
            first, last = self.visible_rows
            row = last if self._follow.is_on or event.key() in (Qt.Key.Key_Up, Qt.Key.Key_PageUp) else first
            if event.key() == Qt.Key.Key_Home:
                row = 0
            self.go_to(row)
            return
        self.stop_following()
        # Coming to the last row by selecting is no wish to follow: only End, the pill and scrolling there are.
        self._is_adjusting = True
        super().keyPressEvent(event)
        self._is_adjusting = False
        self._count_unseen()
        self.picked.emit(self.current_row)

    def _select_all(self) -> None:
        if self._rows.rowCount():
            self.stop_following()
            self.selectAll()

    def _show_ring(self, is_shown: bool) -> None:
        if is_shown != self._has_ring:
            self._has_ring = is_shown
            self._place_ring()
            self.viewport().update()

    def _paint_ring(self) -> None:
        """While no row is current the list as a whole wears the keyboard's ring."""
        painter = QPainter(self.viewport())
        painter.setPen(QPen(self._look.color("focus.ring"), 2))
        painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def _place_ring(self) -> None:
        row = self.current_row if self._has_ring else -1
        if row != self._delegate.focus_row:
            self._delegate.focus_row = row
            self.viewport().update()
