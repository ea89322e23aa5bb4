"""Draws the coloured preview of a payload: counted, not measured, and one call for each colour."""

from __future__ import annotations

import re

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QTextCharFormat, QTextLayout, QTextOption

from wireyard.formats import visible
from wireyard.gui.theme.look import Look
from wireyard.gui.theme.tokens import TokenName
from wireyard.gui.timeline.preview_runs import Runs
from wireyard.gui.timeline.row_metrics import RowMetrics, TextStyle

ELLIPSIS = "…"
_PICTURE = re.compile("[\u2400-\u2421]")


class PreviewPainter:
    """Draws texts of the mono font; where one has no room it ends in …"""

    def __init__(self, look: Look, metrics: RowMetrics) -> None:
        self._look = look
        self._style = metrics.mono
        self._formats: dict[TokenName, QTextCharFormat] = {}

    def draw(self, painter: QPainter, text: str, runs: Runs, tone: TokenName, x: float, right: float) -> float:
        """Draw from ``x`` to ``right`` at most; answer where the text ends."""
        style = self._style
        if not text.isascii() and _PICTURE.search(text):
            text, runs = _with_escapes(text, runs, style)
        room = int((right - x) / style.char)
        if room < 1:
            return right
        if not style.is_even(text):
            return self._draw_uneven(painter, text, runs, tone, x, right)
        painter.setFont(style.font)
        is_cut = len(text) > room or text.endswith(ELLIPSIS)
        if is_cut:
            text = text[: min(room, len(text)) - 1]
        # Run by run would cost three times as much, and a full window of new rows has to be drawn 30 times a second.
        for role, start, layer in _layers(text, runs, tone):
            painter.setPen(self._look.color(role))
            painter.drawText(QPointF(x + start * style.char, style.baseline), layer)
        x += len(text) * style.char
        if is_cut:
            painter.setPen(self._look.color("text.3"))
            painter.drawText(QPointF(x, style.baseline), ELLIPSIS)
            x += style.char
        return x

    def _draw_uneven(self, painter: QPainter, text: str, runs: Runs, tone: TokenName, x: float, right: float) -> float:
        """Draw text that holds wide, joined or right-to-left characters, which only a real layout gets right."""
        layout, width = self._lay_out(text, runs, tone)
        if width > right - x:
            end = _python_index(text, layout.lineAt(0).xToCursor(right - x - self._style.char))
            layout, width = self._lay_out(text[:end] + ELLIPSIS, runs, tone)
        # Signs of a fallback font may be taller than ours; the baseline stays where all other rows have it.
        layout.draw(painter, QPointF(x, self._style.baseline - layout.lineAt(0).ascent()))
        return x + width

    def _lay_out(self, text: str, runs: Runs, tone: TokenName) -> tuple[QTextLayout, float]:
        layout = QTextLayout(text, self._style.font)
        option = QTextOption()
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        formats = [self._part(0, _utf16_len(text), tone)]
        for start, length, role in runs:
            before = _utf16_len(text[:start])
            formats.append(self._part(before, _utf16_len(text[start : start + length]), role))
        layout.setFormats(formats)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(1e6)
        layout.endLayout()
        return layout, line.naturalTextWidth()

    def _part(self, start: int, length: int, role: TokenName) -> QTextLayout.FormatRange:
        part = QTextLayout.FormatRange()
        part.start, part.length, part.format = start, length, self._format(role)
        return part

    def _format(self, role: TokenName) -> QTextCharFormat:
        found = self._formats.get(role)
        if found is None:
            found = self._formats[role] = QTextCharFormat()
            found.setForeground(self._look.color(role))
        return found


def _layers(text: str, runs: Runs, tone: TokenName) -> list[tuple[TokenName, int, str]]:
    """For each colour where it begins, and its text with blanks where other colours stand."""
    # Four bytes for each character: stretches are cut and pasted without a loop over characters.
    data = text.encode("utf-32-le")
    blank = bytearray(" ".encode("utf-32-le") * len(text))
    layers: dict[TokenName, bytearray] = {tone: bytearray(data)}
    plain = layers[tone]
    for start, length, role in runs:
        begin, end = 4 * start, min(4 * (start + length), len(data))
        if begin >= end:
            break
        if role != tone:
            layer = layers.get(role)
            if layer is None:
                layer = layers[role] = bytearray(blank)
            layer[begin:end] = data[begin:end]
            plain[begin:end] = blank[begin:end]
    found: list[tuple[TokenName, int, str]] = []
    for role, layer in layers.items():
        shown = layer.decode("utf-32-le").rstrip()
        stripped = shown.lstrip()
        if stripped:
            found.append((role, len(shown) - len(stripped), stripped))
    return found


def _with_escapes(text: str, runs: Runs, style: TextStyle) -> tuple[str, Runs]:
    """Write pictures of control characters that no font here has as escapes."""
    parts: list[str] = []
    shown: list[tuple[int, int, TokenName]] = []
    done = position = 0
    for start, length, role in runs:
        parts.append(text[done:start])
        position += start - done
        run = text[start : start + length]
        if role == "text.3":
            run = _PICTURE.sub(lambda match: _escape(match[0], style), run)
        parts.append(run)
        shown.append((position, len(run), role))
        position += len(run)
        done = start + length
    parts.append(text[done:])
    return "".join(parts), tuple(shown)


def _escape(picture: str, style: TextStyle) -> str:
    if style.has_glyph(picture):
        return picture
    code = ord(picture) - 0x2400
    return visible.spelled(chr(0x7F if code == 0x21 else code))


def _utf16_len(text: str) -> int:
    """The length of a text as Qt counts it."""
    return len(text) + sum(char > "\uffff" for char in text)


def _python_index(text: str, utf16_index: int) -> int:
    """Where in a text Qt's position ``utf16_index`` is."""
    return len(text.encode("utf-16-le")[: 2 * utf16_index].decode("utf-16-le", "ignore"))
