"""Draws one row of the timeline: exact positions, cached fonts and colours, nothing measured that can be counted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QTextCharFormat, QTextLayout, QTextOption

from wireyard.gui.theme.look import Look
from wireyard.gui.theme.tokens import TokenName
from wireyard.gui.timeline.amounts import delta_text, time_text
from wireyard.gui.timeline.face import Face, face_of
from wireyard.gui.timeline.preview_runs import Runs
from wireyard.gui.timeline.row_metrics import RowMetrics, TextStyle
from wireyard.recording.row import Row

ELLIPSIS = "…"
_PICTURE = re.compile("[\u2400-\u2421]")
_ESCAPES = {0: "\\0", 9: "\\t", 10: "\\n", 13: "\\r"}


@dataclass(frozen=True, slots=True)
class RowState:
    """How a row stands in the list: chosen, under the mouse, where the keyboard is."""

    is_selected: bool = False
    is_hovered: bool = False
    is_current: bool = False


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
        self._formats: dict[TokenName, QTextCharFormat] = {}

    def pixmap(self, row: Row, times: RowTimes, state: RowState, width: int, dpr: float) -> QPixmap:
        """A picture of the row, ``width`` wide at a device pixel ratio of ``dpr``."""
        height = self._metrics.height
        pixmap = QPixmap(round(width * dpr), round(height * dpr))
        pixmap.setDevicePixelRatio(dpr)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter, face_of(row), row, times, state, width, dpr)
        painter.end()
        return pixmap

    def _draw(
        self, painter: QPainter, face: Face, row: Row, times: RowTimes, state: RowState, width: int, dpr: float
    ) -> None:
        m, color = self._metrics, self._look.color
        self._draw_ground(painter, face, state, width)
        tile = QRectF(m.margin, m.tile_top, m.tile, m.tile)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(face.tone_bg))
        painter.drawRoundedRect(tile, m.tile_radius, m.tile_radius)
        inner = round((m.tile - m.icon) / 2)
        painter.drawPixmap(
            QPointF(m.margin + inner, m.tile_top + inner), self._look.pixmap(face.icon, face.tone, 14, dpr, 1.6)
        )
        painter.setFont(m.mono_small.font)
        painter.setPen(color("text.3"))
        baseline = m.mono_small.baseline
        painter.drawText(QPointF(m.time_x, baseline), time_text(m.time_style, row.ts_ns, times.since_open_ns))
        if times.delta_ns is not None:
            self._draw_right(painter, delta_text(times.delta_ns), width - m.delta_inset)
        painter.setPen(color("text.2"))
        self._draw_right(painter, face.size, width - m.size_inset)
        self._draw_message(painter, face, m.message_x, width - m.message_inset)
        if state.is_current:
            self._draw_ring(painter, width)

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
        else:
            painter.fillRect(QRect(m.margin, m.height - 1, width - 2 * m.margin, 1), color("bg.hover"))

    def _draw_ring(self, painter: QPainter, width: int) -> None:
        painter.setPen(QPen(self._look.color("focus.ring"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(1, 1, width - 2, self._metrics.height - 2), 4, 4)

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
        if face.runs and x < right:
            x = self._draw_runs(painter, face.runs, x, right) + m.gap
        if face.note and x < right:
            painter.setPen(self._look.color("text.2"))
            self._draw_words(painter, face.note, m.note, x, right)

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

    def _draw_runs(self, painter: QPainter, runs: Runs, x: float, right: float) -> float:
        style = self._metrics.mono
        text = "".join(run for run, _ in runs)
        if _PICTURE.search(text):
            runs = tuple((_with_escapes(run, style) if role == "text.3" else run, role) for run, role in runs)
            text = "".join(run for run, _ in runs)
        if not style.is_even(text):
            return self._draw_uneven(painter, text, runs, x, right)
        room = int((right - x) / style.char)
        if room < 1:
            return right
        if len(text) > room:
            runs = (*_cut(runs, room - 1), (ELLIPSIS, "text.3"))
        painter.setFont(style.font)
        # One call for each colour: all its runs in one string, blanks where other colours stand. Drawing run by run
        # costs three times as much, and a full window of new rows has to be drawn 30 times a second.
        for role, (start, layer) in _layers(runs).items():
            painter.setPen(self._look.color(role))
            painter.drawText(QPointF(x + start * style.char, style.baseline), layer)
        return x + min(len(text), room) * style.char

    def _draw_uneven(self, painter: QPainter, text: str, runs: Runs, x: float, right: float) -> float:
        """Draw text that holds wide, joined or right-to-left characters, which only a real layout gets right."""
        style = self._metrics.mono
        layout, width = self._lay_out(text, runs)
        if width > right - x:
            room = right - x - style.char
            end = _python_index(text, layout.lineAt(0).xToCursor(room))
            runs = (*_cut(runs, end), (ELLIPSIS, "text.3"))
            layout, width = self._lay_out(text[:end] + ELLIPSIS, runs)
        # Signs of a fallback font may be taller than ours; the baseline stays where all other rows have it.
        layout.draw(painter, QPointF(x, style.baseline - layout.lineAt(0).ascent()))
        return x + width

    def _lay_out(self, text: str, runs: Runs) -> tuple[QTextLayout, float]:
        layout = QTextLayout(text, self._metrics.mono.font)
        option = QTextOption()
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        formats: list[QTextLayout.FormatRange] = []
        start = 0
        for run, role in runs:
            part = QTextLayout.FormatRange()
            part.start, part.length, part.format = start, _utf16_len(run), self._format(role)
            formats.append(part)
            start += part.length
        layout.setFormats(formats)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(1e6)
        layout.endLayout()
        return layout, line.naturalTextWidth()

    def _format(self, role: TokenName) -> QTextCharFormat:
        found = self._formats.get(role)
        if found is None:
            found = self._formats[role] = QTextCharFormat()
            found.setForeground(self._look.color(role))
        return found


def _with_escapes(text: str, style: TextStyle) -> str:
    """Write pictures of control characters that no font here has as escapes."""

    def escape(match: re.Match[str]) -> str:
        code = ord(match[0]) - 0x2400
        code = 0x7F if code == 0x21 else code
        return match[0] if style.has_glyph(match[0]) else _ESCAPES.get(code, f"\\x{code:02X}")

    return _PICTURE.sub(escape, text)


def _title_tone(tone: TokenName) -> TokenName:
    return "text.2" if tone == "text.3" else tone


def _cut(runs: Runs, chars: int) -> list[tuple[str, TokenName]]:
    kept: list[tuple[str, TokenName]] = []
    for text, role in runs:
        if chars <= 0:
            break
        kept.append((text[:chars], role))
        chars -= len(text)
    return kept


def _layers(runs: Runs) -> dict[TokenName, tuple[int, str]]:
    """For each colour where it begins, and its text with blanks where other colours stand."""
    parts: dict[TokenName, tuple[int, list[str], int]] = {}
    position = 0
    for text, role in runs:
        start, pieces, end = parts.get(role, (position, [], position))
        pieces.append(" " * (position - end))
        pieces.append(text)
        position += len(text)
        parts[role] = (start, pieces, position)
    return {role: (start, "".join(pieces)) for role, (start, pieces, _) in parts.items()}


def _utf16_len(text: str) -> int:
    """The length of a text as Qt counts it."""
    return len(text) + sum(char > "\uffff" for char in text)


def _python_index(text: str, utf16_index: int) -> int:
    """Where in a text Qt's position ``utf16_index`` is."""
    return len(text.encode("utf-16-le")[: 2 * utf16_index].decode("utf-16-le", "ignore"))
