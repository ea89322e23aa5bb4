"""The list itself: a table view of one column that keeps its place, follows its end, and answers the keyboard."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
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
from PySide6.QtWidgets import QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.timeline.amounts import TimeStyle
from wireyard.gui.timeline.delegate import RowDelegate
from wireyard.gui.timeline.follow import Follow
from wireyard.gui.timeline.model import Index, TimelineModel
from wireyard.gui.timeline.row_index import RowIndex
from wireyard.gui.timeline.row_metrics import RowMetrics
from wireyard.gui.timeline.row_table import RowTable
from wireyard.gui.timeline.row_tip import show_tip

_MOVING_KEYS = frozenset(
    (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End)
)
_CLICKS = (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)


class MessageList(RowTable):
    """Rows of a `TimelineModel`. It never moves its viewport by itself unless it follows its end.

    ``follow_changed`` tells that Follow went on or off, ``unseen_changed`` how many rows came since that are further
    down; ``picked`` names the row that the person chose or moved to (-1: none), ``opened`` one that was double clicked.
    ``painted`` tells how many milliseconds a painting took. Keys that are no movement go on to the parent.
    """

    follow_changed = Signal(bool)
    unseen_changed = Signal(int)
    picked = Signal(int)
    opened = Signal(int)
    resized = Signal()
    painted = Signal(float)

    def __init__(self, look: Look, model: TimelineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._rows = model
        self._follow = Follow()
        self._unseen = 0
        self._has_ring = False
        self._delegate = RowDelegate(look, model, self)
        self.setAccessibleName(self.tr("Messages"))
        self.setProperty("focusRing", "none")
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
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

    def go_to(self, row: int) -> None:
        """Make a row the current and only selected one, and show it."""
        self.stop_following()
        with self.adjusting():
            self.make_current(row)
            self.scrollTo(self.currentIndex())
        self._count_unseen()
        self.picked.emit(row)

    def show_at_top(self, row: int) -> None:
        """Bring a row to the top of the viewport; it counts as no move by hand."""
        self.adjust_to(row * self.metrics.height)

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
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
            show_tip(event, self, self._rows, self.metrics)
            return True
        return super().viewportEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.drop_pictures()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._place_ring()

    # ------------------------------------------------------------------------------------------------------------ slots

    @Slot(int)
    def _on_scrolled(self, value: int) -> None:
        if self.is_adjusting:
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
        self.adjust_to(self.verticalScrollBar().value())
        if self._follow.is_on:
            self._go_to_end()
        self._count_unseen()

    @Slot()
    def _on_look_changed(self) -> None:
        self.set_row_height(self.metrics.height)
        if self._follow.is_on:
            self._go_to_end()
        self.viewport().update()

    # ------------------------------------------------------------------------------------------------------- internals

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
        self.adjust_to(self._rows.rowCount() * self.metrics.height)

    def _pick_last(self) -> None:
        last = self._rows.rowCount() - 1
        if last >= 0:
            self.make_current(last)
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
        with self.adjusting():
            super().keyPressEvent(event)
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
        painter.setPen(QPen(self._look.color("focus.ring"), self._look.ring_px))
        painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def _place_ring(self) -> None:
        row = self.current_row if self._has_ring else -1
        if row != self._delegate.focus_row:
            self._delegate.focus_row = row
            self.viewport().update()
