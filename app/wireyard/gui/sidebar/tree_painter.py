"""Draws one row of the tree."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from wireyard.gui.sidebar.tree_metrics import TreeMetrics
from wireyard.gui.sidebar.tree_rows import Spans, TreeRow, badge_of
from wireyard.gui.theme.fonts import FontStyle
from wireyard.gui.theme.look import Look
from wireyard.gui.theme.tokens import TokenName
from wireyard.gui.widgets.chosen import outline
from wireyard.gui.widgets.marked_text import draw_marked
from wireyard.gui.widgets.state import paint_shape


@dataclass(frozen=True, slots=True)
class RowLook:
    """How a row stands in the tree. ``pointer`` is where the mouse is, for the buttons of the row under it."""

    depth: int = 0
    has_chevron: bool = False
    is_open: bool = False
    is_selected: bool = False
    is_hovered: bool = False
    has_keyboard: bool = False
    is_drop: bool = False
    is_live: bool = False
    is_dirty: bool = False
    pointer: QPoint | None = None


def buttons_of(row: TreeRow) -> tuple[str, ...]:
    """The icons that a row shows under the mouse, from the right."""
    if row.is_broken or row.holds_items:
        return ("more",)
    return ("more", "send") if row.kind == "message" else ("more", "play")


class TreePainter:
    """Draws rows for one `Look`. Give it `TreeMetrics` of the look's present generation."""

    def __init__(self, look: Look, metrics: TreeMetrics) -> None:
        self._look = look
        self._m = metrics

    def paint(self, painter: QPainter, rect: QRect, row: TreeRow, state: RowLook, dpr: float) -> None:
        """Draw a row into its place."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, rect, state)
        right = self._draw_end(painter, rect, row, state, dpr)
        x = self._draw_front(painter, rect, row, state, dpr)
        self._draw_text(painter, QRect(x, rect.y(), max(0, right - x), rect.height()), row)
        painter.restore()

    def _draw_ground(self, painter: QPainter, rect: QRect, state: RowLook) -> None:
        look, m = self._look, self._m
        box = QRectF(rect).adjusted(m.margin, 0, -m.margin, 0)
        role: TokenName | None = "bg.selected" if state.is_selected else "bg.hover" if state.is_hovered else None
        if role is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color(role))
            painter.drawRoundedRect(box, m.radius, m.radius)
        edge = _edge_of(state, has_contrast=look.is_contrast)
        if edge is not None:
            outline(painter, look, box, m.radius, edge)

    def _draw_front(self, painter: QPainter, rect: QRect, row: TreeRow, state: RowLook, dpr: float) -> int:
        """Chevron and icon or badge; where the text begins."""
        look, m = self._look, self._m
        x, middle = rect.x() + m.start(state.depth), rect.y() + rect.height() / 2
        if state.has_chevron:
            sign = "chevron-down" if state.is_open else "chevron-right"
            self._icon(painter, sign, "text.3", 14, x, middle, dpr)
        if row.kind == "request":
            return self._draw_badge(painter, rect, x + m.icon_x, row)
        if row.kind == "message":
            self._icon(painter, "message", "text.2", 14, x + m.icon_x + look.px(1), middle, dpr)
        else:
            self._icon(painter, "folder", "text.2", 16, x + m.icon_x, middle, dpr)
        return x + m.text_x

    def _draw_badge(self, painter: QPainter, rect: QRect, x: int, row: TreeRow) -> int:
        look, m = self._look, self._m
        badge = badge_of(row.item.url)
        width = round(look.metrics("tag").horizontalAdvance("WSS"))
        painter.setFont(look.font("tag"))
        painter.setPen(look.color("accent.text" if badge == "WSS" else "text.2"))
        box = QRectF(x, rect.y(), width + 2, rect.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, badge)
        return x + width + m.badge_gap

    def _draw_end(self, painter: QPainter, rect: QRect, row: TreeRow, state: RowLook, dpr: float) -> int:
        """Buttons under the mouse, else count and marks; where the text has to end."""
        look, m = self._look, self._m
        if state.pointer is not None:
            return self._draw_buttons(painter, rect, row, state.pointer, dpr)
        right = rect.right() + 1 - m.right
        middle = rect.y() + rect.height() / 2
        if row.is_broken and row.kind != "message":
            right -= m.icon
            self._icon(painter, "alert", "warn", 14, right + look.px(1), middle, dpr)
            return right - m.gap
        if row.holds_items:
            text = str(row.count)
            width = round(look.metrics("status.medium").horizontalAdvance(text))
            painter.setFont(look.font("status.medium"))
            painter.setPen(look.color("text.3"))
            box = QRectF(right - width - 2, rect.y(), width + 2, rect.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
            return right - width - m.gap
        if state.is_live:
            paint_shape(painter, look, QPointF(right - m.dot / 2, middle), "disc", "ok.dot", m.dot)
            right -= m.dot + m.gap
        if state.is_dirty:
            paint_shape(painter, look, QPointF(right - m.dot / 2, middle), "disc", "text.2", look.px(6))
            right -= m.dot + m.gap
        return right

    def _draw_buttons(self, painter: QPainter, rect: QRect, row: TreeRow, pointer: QPoint, dpr: float) -> int:
        look, m = self._look, self._m
        icons = buttons_of(row)
        boxes = m.buttons(rect, len(icons))
        for icon, box in zip(icons, boxes, strict=True):
            if box.contains(pointer):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.color("bg.pressed"))
                painter.drawRoundedRect(QRectF(box), look.px(5), look.px(5))
            side = look.px(14)
            self._icon(painter, icon, "text.2", 14, box.x() + (box.width() - side) // 2, box.center().y() + 1, dpr)
        return boxes[-1].x() - m.gap

    def _draw_text(self, painter: QPainter, box: QRect, row: TreeRow) -> None:
        look = self._look
        style: FontStyle = "body"
        role: TokenName = "text.1"
        if row.kind == "collection":
            style = "body.strong"
        elif row.kind == "message":
            style, role = "small", "text.2"
        found = row.found
        spans: Spans = found.name_spans if found is not None else ()
        room = QRectF(box)
        if found is not None and found.text and not spans:
            room.setWidth(room.width() * 0.6)  # the hit behind it is what was searched for
        used = draw_marked(painter, look, room, row.name, spans, style, role)
        if found is None or not found.text:
            return
        rest = QRectF(box).adjusted(used + self._m.gap, 0, 0, 0)
        if rest.width() > look.px(24):
            draw_marked(painter, look, rest, found.text, found.text_spans, "small", "text.3")

    def _icon(
        self, painter: QPainter, name: str, role: TokenName, size: int, x: float, middle: float, dpr: float
    ) -> None:
        pixmap = self._look.pixmap(name, role, size, dpr)
        painter.drawPixmap(QPointF(round(x), round(middle - self._look.px(size) / 2)), pixmap)


def _edge_of(state: RowLook, *, has_contrast: bool) -> TokenName | None:
    """What a row is outlined in: the keyboard's ring, the place of a drop, and in high contrast the selection."""
    if state.has_keyboard:
        return "focus.ring"
    if state.is_drop:
        return "accent"
    return "text.1" if has_contrast and state.is_selected else None
