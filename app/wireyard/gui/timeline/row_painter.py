"""Draws one row of the timeline: exact positions, cached fonts and colours, nothing measured that can be counted."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from wireyard.gui.theme.look import Look
from wireyard.gui.theme.tokens import TokenName
from wireyard.gui.timeline.amounts import delta_text, time_text
from wireyard.gui.timeline.face import Face, face_of
from wireyard.gui.timeline.preview_painter import PreviewPainter
from wireyard.gui.timeline.row_metrics import RowMetrics, TextStyle
from wireyard.gui.timeline.row_parts import NO_PARTS, Parts
from wireyard.recording.kinds import RowKind
from wireyard.recording.row import Row

# So much beyond the room is coloured too, lest a word be cut in two and taken for another.
_TOKEN_ROOM = 16
_FLAG = "flag"


@dataclass(frozen=True, slots=True)
class RowState:
    """How a row stands in the list: chosen, under the mouse, where the keyboard is; a ping whose pong is overdue."""

    is_selected: bool = False
    is_hovered: bool = False
    is_current: bool = False
    is_overdue: bool = False


@dataclass(frozen=True, slots=True)
class RowTimes:
    """A row's times against others: since the row above (None for the first) and since its connection opened."""

    delta_ns: int | None
    since_open_ns: int


class RowPainter:
    """Draws rows for one `Look`. Give it `RowMetrics` of the look's present generation."""

    def __init__(self, look: Look, metrics: RowMetrics) -> None:
        self._look = look
        self._metrics = metrics
        self._text = PreviewPainter(look, metrics)
        self._tiles: dict[tuple[str, TokenName, TokenName, float], QPixmap] = {}

    def pixmap(
        self,
        row: Row,
        times: RowTimes,
        state: RowState,
        width: int,
        dpr: float,
        parts: Parts = NO_PARTS,
        mark: str | None = None,
    ) -> QPixmap:
        """A picture of the row, ``width`` wide at a device pixel ratio of ``dpr``. ``mark`` is a marked row's note."""
        height = self._metrics.height
        pixmap = QPixmap(round(width * dpr), round(height * dpr))
        pixmap.setDevicePixelRatio(dpr)
        painter = QPainter(pixmap)
        self.paint(painter, QPoint(), row, times, state, width, dpr, parts, mark)
        painter.end()
        return pixmap

    def paint(
        self,
        painter: QPainter,
        spot: QPoint,
        row: Row,
        times: RowTimes,
        state: RowState,
        width: int,
        dpr: float,
        parts: Parts = NO_PARTS,
        mark: str | None = None,
    ) -> None:
        """Draw the row with its upper left corner at ``spot``."""
        metrics = self._metrics
        room = int(max(0, width - metrics.message_inset - metrics.message_x_in(width)) / metrics.mono.char)
        face = face_of(row, is_overdue=state.is_overdue, max_chars=room + _TOKEN_ROOM, parts=parts, mark=mark)
        painter.save()
        painter.translate(spot)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter, face, row, times, state, width, dpr, mark)
        painter.restore()

    def _draw(
        self,
        painter: QPainter,
        face: Face,
        row: Row,
        times: RowTimes,
        state: RowState,
        width: int,
        dpr: float,
        mark: str | None,
    ) -> None:
        m, color = self._metrics, self._look.color
        self._draw_ground(painter, face, state, width)
        painter.drawPixmap(QPointF(m.margin, m.tile_top), self._tile(face, dpr))
        painter.setFont(m.mono_small.font)
        painter.setPen(color("text.3"))
        baseline = m.mono_small.baseline
        if row.kind != RowKind.LOST:
            painter.drawText(QPointF(m.time_x, baseline), time_text(m.style_in(width), row.ts_ns, times.since_open_ns))
        if times.delta_ns is not None:
            self._draw_right(painter, delta_text(times.delta_ns), width - m.delta_inset)
        painter.setPen(color("text.2"))
        self._draw_right(painter, face.size, width - m.size_inset)
        x: float = m.message_x_in(width)
        if mark is not None:
            painter.fillRect(
                QRect(m.margin, m.height - m.mark_line, width - 2 * m.margin, m.mark_line), color("accent")
            )
            if not face.is_mark:
                x = self._draw_mark(painter, mark, x, width - m.message_inset, dpr) + m.gap
        self._draw_message(painter, face, x, width - m.message_inset)
        if state.is_current:
            self._draw_outline(painter, "focus.ring", width)

    def _draw_ground(self, painter: QPainter, face: Face, state: RowState, width: int) -> None:
        m, color = self._metrics, self._look.color
        ground: TokenName = "bg.surface"
        if state.is_selected:
            ground = "bg.selected"
        elif face.is_alarm:
            ground = "err.bg"
        elif state.is_hovered:
            ground = "bg.line"
        painter.fillRect(QRect(0, 0, width, m.height), color(ground))
        if state.is_selected:
            painter.fillRect(QRect(0, 0, m.bar, m.height), color("accent"))
            if self._look.is_contrast:
                self._draw_outline(painter, "text.1", width)
        else:
            painter.fillRect(QRect(m.margin, m.height - 1, width - 2 * m.margin, 1), color("bg.hover"))
        if face.is_divider:
            painter.fillRect(QRect(0, 0, width, m.divider_line), color("border.control"))

    def _draw_outline(self, painter: QPainter, role: TokenName, width: int) -> None:
        line = self._look.ring_px if role == "focus.ring" else 2
        painter.setPen(QPen(self._look.color(role), line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = line / 2
        painter.drawRoundedRect(QRectF(inset, inset, width - line, self._metrics.height - line), 4, 4)

    def _draw_right(self, painter: QPainter, text: str, right: float) -> None:
        style = self._metrics.mono_small
        painter.drawText(QPointF(right - len(text) * style.char, style.baseline), text)

    def _draw_message(self, painter: QPainter, face: Face, x: float, right: float) -> None:
        """Tag, title, preview and note, as many of them as there are, each cut where the room ends."""
        m = self._metrics
        if face.tag:
            x = self._draw_tag(painter, face.tag, x) + m.gap
        if face.title and x < right:
            painter.setPen(self._look.color(face.title_tone or _title_tone(face.tone)))
            x = self._draw_words(painter, face.title, m.title, x, right) + m.gap
        if face.text and x < right:
            x = self._text.draw(painter, face.text, face.runs, face.text_tone, x, right) + m.gap
        if face.note and x < right:
            painter.setPen(self._look.color("text.2"))
            self._draw_words(painter, face.note, m.note, x, right)

    def _draw_mark(self, painter: QPainter, note: str, x: float, right: float, dpr: float) -> float:
        """The flag before a marked row's message, with its note as far as half of the room goes."""
        m = self._metrics
        text, width = "", 0.0
        if note:
            most = max(0.0, (right - x) / 2 - m.icon - 3 * m.tag_pad)
            text = m.note.metrics.elidedText(note[:400], Qt.TextElideMode.ElideRight, most)
            text = "" if text == "…" else text
            width = m.note.metrics.horizontalAdvance(text) + m.tag_pad if text else 0.0
        box = QRectF(x, (m.height - m.tag_height) / 2, m.icon + 2 * m.tag_pad + width, m.tag_height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("accent.bg"))
        painter.drawRoundedRect(box, m.tile_radius, m.tile_radius)
        flag = self._look.pixmap(_FLAG, "accent.text", 14, dpr)
        painter.drawPixmap(QPointF(round(x + m.tag_pad), round((m.height - m.icon) / 2)), flag)
        if text:
            painter.setFont(m.note.font)
            painter.setPen(self._look.color("accent.text"))
            painter.drawText(QPointF(x + m.icon + 2 * m.tag_pad, m.note.baseline), text)
        return box.right()

    def _draw_tag(self, painter: QPainter, tag: str, x: float) -> float:
        m = self._metrics
        width = m.tag.metrics.horizontalAdvance(tag) + 2 * m.tag_pad
        box = QRectF(x, (m.height - m.tag_height) / 2, width, m.tag_height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("bg.hover"))
        painter.drawRoundedRect(box, m.tile_radius, m.tile_radius)
        painter.setFont(m.tag.font)
        painter.setPen(self._look.color("text.2"))
        painter.drawText(QPointF(x + m.tag_pad, m.tag.baseline), tag)
        return x + width

    def _draw_words(self, painter: QPainter, text: str, style: TextStyle, x: float, right: float) -> float:
        painter.setFont(style.font)
        # One word too many is cut off; measuring a text of a foreign server's length would be as slow as it is long.
        width = style.metrics.horizontalAdvance(text[:400])
        if width > right - x:
            text = style.metrics.elidedText(text[:400], Qt.TextElideMode.ElideRight, right - x)
            width = right - x
        painter.drawText(QPointF(x, style.baseline), text)
        return x + width

    def _tile(self, face: Face, dpr: float) -> QPixmap:
        """Icon and its ground in one picture; there are some twenty of them."""
        key = (face.icon, face.tone, face.tone_bg, dpr)
        pixmap = self._tiles.get(key)
        if pixmap is None:
            m = self._metrics
            pixmap = QPixmap(round(m.tile * dpr), round(m.tile * dpr))
            pixmap.setDevicePixelRatio(dpr)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.color(face.tone_bg))
            painter.drawRoundedRect(QRectF(0, 0, m.tile, m.tile), m.tile_radius, m.tile_radius)
            inner = round((m.tile - m.icon) / 2)
            painter.drawPixmap(QPointF(inner, inner), self._look.pixmap(face.icon, face.tone, 14, dpr, 1.6))
            painter.end()
            self._tiles[key] = pixmap
        return pixmap


def _title_tone(tone: TokenName) -> TokenName:
    return "text.2" if tone == "text.3" else tone
