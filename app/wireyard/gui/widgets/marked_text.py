"""One line of text with the hits of a search in it, bold and in the accent's colour."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from wireyard.gui.theme.fonts import FontStyle
from wireyard.gui.theme.look import Look
from wireyard.gui.theme.tokens import TokenName

Spans = Iterable[tuple[int, int]]

_BOLD: dict[FontStyle, FontStyle] = {"body": "body.strong", "body.medium": "body.strong", "small": "small.strong"}


def draw_marked(
    painter: QPainter, look: Look, box: QRectF, text: str, spans: Spans, style: FontStyle, role: TokenName
) -> float:
    """Draw a text into a box, with … where it doesn't fit; the width that it took."""
    bold = _BOLD.get(style, style)
    x, end = box.x(), box.right()
    for piece, is_hit in pieces(text, spans):
        font: FontStyle = bold if is_hit else style
        metrics = look.metrics(font)
        painter.setFont(look.font(font))
        painter.setPen(look.color("accent.text" if is_hit else role))
        width = metrics.horizontalAdvance(piece)
        shown = piece if x + width <= end else metrics.elidedText(piece, Qt.TextElideMode.ElideRight, max(0, end - x))
        painter.drawText(QRectF(x, box.y(), end - x + 1, box.height()), Qt.AlignmentFlag.AlignVCenter, shown)
        if shown != piece:
            return end - box.x()
        x += width
    return x - box.x()


def pieces(text: str, spans: Spans) -> list[tuple[str, bool]]:
    """A text cut at its hits; each piece with whether it is one. Hits that overlap are one."""
    cut: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted(spans):
        start, end = max(start, at), min(end, len(text))
        if end <= start:
            continue
        if start > at:
            cut.append((text[at:start], False))
        cut.append((text[start:end], True))
        at = end
    if at < len(text):
        cut.append((text[at:], False))
    return cut
