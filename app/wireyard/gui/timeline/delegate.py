"""The one delegate of the list: gives each row's picture from the cache, or has it drawn."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from wireyard.gui.theme.look import Look
from wireyard.gui.timeline.amounts import TimeStyle
from wireyard.gui.timeline.model import TimelineModel
from wireyard.gui.timeline.pixmap_cache import PixmapCache
from wireyard.gui.timeline.row_metrics import RowMetrics
from wireyard.gui.timeline.row_painter import RowPainter, RowState

_SELECTED = QStyle.StateFlag.State_Selected.value
_HOVERED = QStyle.StateFlag.State_MouseOver.value
# Every state there is, by its four bits: making one for each row of each painting would be felt.
_STATES = tuple(RowState(bool(bits & 1), bool(bits & 2), bool(bits & 4), bool(bits & 8)) for bits in range(16))


class RowDelegate(QStyledItemDelegate):
    """Paints rows of a `TimelineModel`. ``focus_row`` is the row that wears the keyboard's ring, -1 for none."""

    def __init__(self, look: Look, model: TimelineModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.focus_row = -1
        self._look = look
        self._model = model
        self._pictures = PixmapCache()
        self._metrics = RowMetrics(look, "clock")
        self._painter = RowPainter(look, self._metrics)

    @property
    def metrics(self) -> RowMetrics:
        """Where the parts of a row stand now."""
        if self._metrics.generation != self._look.generation:
            self._renew(self._metrics.time_style)
        return self._metrics

    def set_time_style(self, style: TimeStyle) -> None:
        if style != self._metrics.time_style:
            self._renew(style)

    def forget(self, seqs: list[int]) -> None:
        """These records look different now."""
        self._pictures.forget(seqs)

    def clear(self) -> None:
        """Drop all pictures: the records are others now."""
        self._pictures.clear()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        number = index.row()
        row = self._model.row_at(number)
        if row is None:
            return
        metrics = self.metrics
        rect = option.rect
        flags: int = option.state.value
        bits = bool(flags & _SELECTED) | bool(flags & _HOVERED) << 1 | (number == self.focus_row) << 2
        bits |= self._model.is_overdue(row) << 3
        width = rect.width()
        dpr = painter.device().devicePixelRatioF()
        times = self._model.times_of(number, row)
        mark = self._model.marks.get(row.seq)
        stamp = (times, width, dpr, metrics.generation, mark)
        pixmap = self._pictures.get(row.seq, bits, stamp)
        if pixmap is None:
            if not self._pictures.is_drawn_again(row.seq, bits, stamp):
                parts = self._model.parts_of(row)
                self._painter.paint(painter, rect.topLeft(), row, times, _STATES[bits], width, dpr, parts, mark)
                return
            parts = self._model.parts_of(row)
            pixmap = self._painter.pixmap(row, times, _STATES[bits], width, dpr, parts, mark)
            self._pictures.put(row.seq, bits, stamp, pixmap)
        painter.drawPixmap(rect.topLeft(), pixmap)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self._look.px(320), self.metrics.height)

    def _renew(self, time_style: TimeStyle) -> None:
        self._pictures.clear()
        self._metrics = RowMetrics(self._look, time_style)
        self._painter = RowPainter(self._look, self._metrics)
