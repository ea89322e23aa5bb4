"""Draws a laid out line of the editor in its colours.

Qt's own ranges are drawn over the whole line once more: a halo, or, with that line made transparent, runs that are
missing. So each run is drawn by itself.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import cast

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QTextLayout, QTextLine

from wireyard.formats.runs import Run
from wireyard.gui.theme.look import Look
from wireyard.gui.theme.syntax import SYNTAX_TOKENS
from wireyard.gui.theme.tokens import TokenName


def paint_runs(
    painter: QPainter,
    look: Look,
    layout: QTextLayout,
    text: str,
    runs: Sequence[Run],
    at: QPointF,
    faulty: Container[int] = (),
) -> None:
    """Draw runs, which are in Qt's units and in order. Those that begin at a ``faulty`` place are red."""
    # Ordinary text is cut as it is; what has characters of two units is cut in Qt's.
    units = None if text.isascii() else text.encode("utf-16-le", "surrogatepass")
    painter.setFont(look.font("mono"))
    pen: TokenName | None = None
    for line, begin, end, run in _pieces(layout, runs):
        part = text[begin:end] if units is None else units[2 * begin : 2 * end].decode("utf-16-le", "surrogatepass")
        if part.isspace():
            continue
        token: TokenName = "err" if run[0] in faulty else SYNTAX_TOKENS[run[2]]
        if token != pen:
            pen = token
            painter.setPen(look.color(token))
        # The stubs call the answer an object; it is the x and the place that it is for.
        x = cast("tuple[float, int]", line.cursorToX(begin))[0]
        painter.drawText(QPointF(at.x() + x, at.y() + line.y() + line.ascent()), part)


def _pieces(layout: QTextLayout, runs: Sequence[Run]) -> Iterator[tuple[QTextLine, int, int, Run]]:
    """The part of each run in each row of the line, in one pass over both."""
    count = layout.lineCount()
    number = 0
    line = layout.lineAt(0)
    first, last = line.textStart(), line.textStart() + line.textLength()
    for run in runs:
        start, end = run[0], run[0] + run[1]
        while True:
            if start < last and end > first:
                yield line, max(start, first), min(end, last), run
            if end <= last or number + 1 >= count:
                break
            number += 1
            line = layout.lineAt(number)
            first, last = line.textStart(), line.textStart() + line.textLength()
