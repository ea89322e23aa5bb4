"""How a line of the palette looks: icon or badge, title with what was typed marked, and at the right its keys."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from wireyard.gui.palette.matching import Match
from wireyard.gui.palette.model import PaletteModel
from wireyard.gui.theme.fonts import FontStyle
from wireyard.gui.theme.look import Look
from wireyard.gui.theme.tokens import TokenName
from wireyard.gui.widgets.chosen import paint_chosen
from wireyard.gui.widgets.kbd import paint_keys

ROW_PX = 40
CAPTION_PX = 32
_LEFT, _TITLE, _RIGHT = 12, 52, 12
_GAP = 12
_Index = QModelIndex | QPersistentModelIndex


class PalettePainter(QStyledItemDelegate):
    """Paints rows 40 high and captions 32."""

    def __init__(self, look: Look, model: PaletteModel) -> None:
        super().__init__(model)
        self._look = look
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        is_caption = self._model.found(index.row()) is None
        return QSize(self._look.px(100), self._look.px(CAPTION_PX if is_caption else ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect, match = QRectF(option.rect), self._model.found(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if match is None:
            self._paint_caption(painter, rect, str(index.data() or ""))
        else:
            self._paint_row(painter, rect, match, is_current=bool(option.state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def _paint_caption(self, painter: QPainter, rect: QRectF, text: str) -> None:
        look = self._look
        painter.setFont(look.font("caption"))
        painter.setPen(look.color("text.3"))
        painter.drawText(rect.adjusted(look.px(_LEFT), look.px(4), 0, 0), Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_row(self, painter: QPainter, rect: QRectF, match: Match, *, is_current: bool) -> None:
        look, entry = self._look, match.entry
        if is_current:
            paint_chosen(painter, look, rect.adjusted(1, 1, -1, -1), look.px(7))
        self._paint_mark(painter, rect, match)
        right = rect.right() - look.px(_RIGHT)
        if is_current and not entry.keys and not entry.reason:
            right -= paint_keys(painter, look, "↵", right, rect.center().y()) + look.px(8)
        if entry.keys:
            right -= paint_keys(painter, look, entry.keys, right, rect.center().y()) + look.px(8)
        if entry.pill:
            right -= self._paint_pill(painter, right, rect.center().y(), entry.pill) + look.px(8)
        if entry.reason:
            right = self._paint_reason(painter, rect, right, entry.reason)
        left = self._paint_title(painter, rect, match, right)
        room = right - left - look.px(_GAP)
        if entry.detail and room > look.px(40):
            area = QRectF(left + look.px(_GAP), rect.y(), room, rect.height())
            self._draw(painter, area, entry.detail, "small", "text.2" if not entry.reason else "text.3")

    def _paint_mark(self, painter: QPainter, rect: QRectF, match: Match) -> None:
        look, entry = self._look, match.entry
        middle = rect.x() + look.px(_LEFT) + look.px(14)
        if entry.badge:
            painter.setFont(look.font("tag"))
            painter.setPen(look.color("accent.text" if entry.badge == "WSS" else "text.2"))
            area = QRectF(middle - look.px(20), rect.y(), look.px(40), rect.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, entry.badge)
        elif entry.icon:
            side = look.px(16)
            role: TokenName = "text.off" if entry.reason else "text.2"
            at = QPointF(middle - side / 2, rect.center().y() - side / 2)
            painter.drawPixmap(at, look.pixmap(entry.icon, role, 16, painter.device().devicePixelRatioF()))

    def _paint_title(self, painter: QPainter, rect: QRectF, match: Match, right: float) -> float:
        """Draw the title, with hits in bold accent; answers where it ends."""
        look, entry = self._look, match.entry
        x = rect.x() + look.px(_TITLE)
        room = right - x
        title = look.metrics("body.strong").elidedText(entry.title, Qt.TextElideMode.ElideRight, room)
        done = 0
        tone: TokenName = "text.3" if entry.reason else "text.1"
        for start, end in (*match.spans, (len(title), len(title))):
            x += self._run(painter, x, rect, title[done:start], "body", tone)
            x += self._run(painter, x, rect, title[start:end], "body.strong", "accent.text")
            done = max(done, end)
        return x

    def _run(self, painter: QPainter, x: float, rect: QRectF, text: str, style: FontStyle, tone: TokenName) -> float:
        if not text:
            return 0.0
        width: float = self._look.metrics(style).horizontalAdvance(text)
        painter.setFont(self._look.font(style))
        painter.setPen(self._look.color(tone))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(QRectF(x, rect.y(), width + 2, rect.height()), flags, text)
        return width

    def _paint_pill(self, painter: QPainter, right: float, middle: float, text: str) -> float:
        look = self._look
        width = look.metrics("status.medium").horizontalAdvance(text) + look.px(30)
        box = QRectF(right - width, middle - look.px(11), width, look.px(22))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("ok.bg"))
        painter.drawRoundedRect(box, look.px(6), look.px(6))
        painter.setBrush(look.color("ok.dot"))
        painter.drawEllipse(QPointF(box.x() + look.px(12), middle), look.px(3.5), look.px(3.5))
        painter.setFont(look.font("status.medium"))
        painter.setPen(look.color("ok"))
        painter.drawText(box.adjusted(look.px(20), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)
        return width

    def _paint_reason(self, painter: QPainter, rect: QRectF, right: float, text: str) -> float:
        room = (right - rect.x()) * 0.5
        width = min(room, self._look.metrics("small").horizontalAdvance(text) + 1)
        area = QRectF(right - width, rect.y(), width, rect.height())
        self._draw(painter, area, text, "small", "text.3")
        return right - width - self._look.px(8)

    def _draw(self, painter: QPainter, area: QRectF, text: str, style: FontStyle, tone: TokenName) -> None:
        look = self._look
        painter.setFont(look.font(style))
        painter.setPen(look.color(tone))
        shown = look.metrics(style).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
