"""Draws the rows of the history: a day's caption, or a session on two lines."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from wireyard.gui.sidebar.history_model import HistoryModel
from wireyard.gui.sidebar.history_rows import HistoryRow, facts_of
from wireyard.gui.theme.look import Look
from wireyard.gui.theme.tokens import TokenName
from wireyard.gui.widgets.chosen import outline
from wireyard.gui.widgets.marked_text import draw_marked
from wireyard.gui.widgets.state import DOT_ROLES, SHAPES, ConnectionState, paint_shape

ROW = 44
CAPTION = 32
_SELECTED = QStyle.StateFlag.State_Selected.value


class HistoryDelegate(QStyledItemDelegate):
    """``hovered`` is the row under the mouse, -1 for none; ``shows_keyboard`` whether the row in use is outlined."""

    def __init__(self, look: Look, model: HistoryModel, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._look = look
        self._model = model
        self._view = view
        self.hovered = -1
        self.shows_keyboard = False

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self._look.px(120), self._look.px(ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = self._model.row_at(index)
        if row is None:
            return
        flags: int = option.state.value
        rect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, self._look.color("bg.app"))  # over the table's own ground of a selected row
        if row.session is None:
            self._draw_caption(painter, rect, row.title)
        else:
            has_keyboard = self.shows_keyboard and index == self._view.currentIndex()
            self._draw_ground(painter, rect, bool(flags & _SELECTED), index.row() == self.hovered, has_keyboard)
            self._draw_session(painter, rect, row)
        painter.restore()

    def _draw_caption(self, painter: QPainter, rect: QRect, text: str) -> None:
        look = self._look
        painter.setFont(look.font("caption"))
        painter.setPen(look.color("text.3"))
        box = QRectF(rect).adjusted(look.px(16), 0, -look.px(12), -look.px(6))
        painter.drawText(box, Qt.AlignmentFlag.AlignBottom, text)

    def _draw_ground(
        self, painter: QPainter, rect: QRect, is_selected: bool, is_hovered: bool, has_keyboard: bool
    ) -> None:
        look = self._look
        box = QRectF(rect).adjusted(look.px(6), 0, -look.px(6), 0)
        role: TokenName | None = "bg.selected" if is_selected else "bg.hover" if is_hovered else None
        painter.setPen(Qt.PenStyle.NoPen)
        if role is not None:
            painter.setBrush(look.color(role))
            painter.drawRoundedRect(box, look.px(6), look.px(6))
        if has_keyboard or (is_selected and look.is_contrast):
            outline(painter, look, box, look.px(6), "focus.ring" if has_keyboard else "text.1")

    def _draw_session(self, painter: QPainter, rect: QRect, row: HistoryRow) -> None:
        look, dpr = self._look, painter.device().devicePixelRatioF()
        left, right = rect.x() + look.px(34), rect.right() + 1 - look.px(14)
        upper = QRectF(left, rect.y() + look.px(4), right - left, look.px(18))
        lower = QRectF(left, rect.y() + look.px(22), right - left, look.px(16))
        state = self._state_of(row)
        center = QPointF(rect.x() + look.px(20), upper.center().y())
        paint_shape(painter, look, center, SHAPES[state], DOT_ROLES[state], look.px(8))
        width = look.metrics("status").horizontalAdvance(row.clock)
        painter.setFont(look.font("status"))
        painter.setPen(look.color("text.3"))
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, row.clock)
        room = upper.adjusted(0, 0, -width - look.px(8), 0)
        if row.session is not None and row.session.kept:
            side = look.px(14)
            pin = look.pixmap("pin", "accent.text", 14, dpr)
            painter.drawPixmap(QPointF(round(room.right() - side), round(room.center().y() - side / 2)), pin)
            room.adjust(0, 0, -side - look.px(4), 0)
        draw_marked(painter, look, room, row.title, row.spans, "body", "text.1")
        painter.setFont(look.font("status"))
        painter.setPen(look.color("err" if row.is_bad else "text.3"))
        words = facts_of(row.session, is_live=self._model.is_live(row)) if row.session is not None else ""
        facts = look.metrics("status").elidedText(words, Qt.TextElideMode.ElideRight, lower.width())
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, facts)

    def _state_of(self, row: HistoryRow) -> ConnectionState:
        if self._model.is_live(row):
            return ConnectionState.OPEN
        return ConnectionState.ERROR if row.is_bad else ConnectionState.CLOSED
