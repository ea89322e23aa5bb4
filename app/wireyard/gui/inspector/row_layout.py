"""Where the columns of one row are on screen, and how the row is drawn.

Plain rows (printable ASCII, nearly all of them) are arithmetic. Anything else goes through Qt's text layout once: wide
characters, marks, emoji and escapes have widths that only the fonts know.
"""

from __future__ import annotations

import bisect
import functools
from collections.abc import Sequence
from typing import NamedTuple, Protocol, cast

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QTextCharFormat, QTextLayout, QTextOption

from wireyard.gui.inspector.shown import Mark, is_plain, show
from wireyard.gui.theme import glyphs
from wireyard.gui.theme.look import Look
from wireyard.gui.theme.tokens import TokenName

_Span = tuple[int, int, TokenName]


class Run(NamedTuple):
    """Columns ``start`` up to ``end`` of a row in one colour."""

    start: int
    end: int
    role: TokenName


class RowLayout(Protocol):
    """The columns of one row."""

    width: float

    def x_of(self, column: int) -> float: ...

    def column_at(self, x: float) -> int: ...

    def next_column(self, column: int) -> int: ...

    def previous_column(self, column: int) -> int: ...

    def paint(
        self, painter: QPainter, x: float, baseline: float, runs: Sequence[Run], seen: tuple[float, float]
    ) -> None:
        """Draw with column 0 at ``x``; only what lies between ``seen`` (in the row's own x) has to be there."""
        ...


def make_layout(text: str, look: Look) -> RowLayout:
    """The layout of a row at the present look."""
    return PlainLayout(text, look) if is_plain(text) else ShapedLayout(text, look)


class PlainLayout:
    """One cell a character."""

    def __init__(self, text: str, look: Look) -> None:
        self._text = text
        self._look = look
        self._cell = cell_width(look)
        self.width = len(text) * self._cell

    def x_of(self, column: int) -> float:
        return column * self._cell

    def column_at(self, x: float) -> int:
        return max(0, min(len(self._text), round(x / self._cell)))

    def next_column(self, column: int) -> int:
        return min(column + 1, len(self._text))

    def previous_column(self, column: int) -> int:
        return max(column - 1, 0)

    def paint(
        self, painter: QPainter, x: float, baseline: float, runs: Sequence[Run], seen: tuple[float, float]
    ) -> None:
        cell = self._cell
        first, last = int(seen[0] / cell), int(seen[1] / cell) + 1
        at = first
        plain = self._look.color("text.1")
        for run in runs:
            if run.end <= first or run.start >= last:
                continue
            start, end = max(run.start, first), min(run.end, last)
            if start > at:
                painter.setPen(plain)
                painter.drawText(QPointF(x + at * cell, baseline), self._text[at:start])
            painter.setPen(self._look.color(run.role))
            painter.drawText(QPointF(x + start * cell, baseline), self._text[start:end])
            at = end
        rest = self._text[at:last]
        if rest and not rest.isspace():
            painter.setPen(plain)
            painter.drawText(QPointF(x + at * cell, baseline), rest)


class ShapedLayout:
    """Columns measured by Qt, for rows with anything but printable ASCII."""

    def __init__(self, text: str, look: Look) -> None:
        self._look = look
        font = look.font("mono")
        self._shown = show(text, functools.partial(glyphs.has_glyph, font))
        self._layout = QTextLayout(self._shown.text, font)
        option = QTextOption()
        # A payload reads from the left whatever its script; each run of Arabic or Hebrew still reads its own way.
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        self._layout.setTextOption(option)
        self._colored: tuple[Run, ...] | None = None
        self._lay_out()
        self.width = self._line.naturalTextWidth()

    def x_of(self, column: int) -> float:
        # The stubs call the answer an object; it is the x and the place that it is for.
        answer = cast(
            "tuple[float, int]", self._line.cursorToX(self._shown.columns[min(column, len(self._shown.columns) - 1)])
        )
        return answer[0]

    def column_at(self, x: float) -> int:
        place = self._line.xToCursor(x)
        column = bisect.bisect_left(self._shown.columns, place)
        return min(column, len(self._shown.columns) - 1)

    def next_column(self, column: int) -> int:
        place = self._layout.nextCursorPosition(self._shown.columns[column])
        return min(max(column + 1, bisect.bisect_left(self._shown.columns, place)), len(self._shown.columns) - 1)

    def previous_column(self, column: int) -> int:
        place = self._layout.previousCursorPosition(self._shown.columns[column])
        return max(0, min(column - 1, bisect.bisect_right(self._shown.columns, place) - 1))

    def paint(
        self, painter: QPainter, x: float, baseline: float, runs: Sequence[Run], seen: tuple[float, float]
    ) -> None:
        if self._colored != tuple(runs):
            # As formats of the layout each stretch is drawn once; handed to `draw` each would draw the whole line.
            self._colored = tuple(runs)
            self._layout.setFormats(self._make_ranges(runs))
            self._lay_out()
        self._layout.draw(painter, QPointF(x, baseline - self._line.ascent()))

    def _lay_out(self) -> None:
        self._layout.beginLayout()
        self._line = self._layout.createLine()
        self._line.setLineWidth(float(1 << 24))
        self._line.setPosition(QPointF(0.0, 0.0))
        self._layout.endLayout()

    def _make_ranges(self, runs: Sequence[Run]) -> list[QTextLayout.FormatRange]:
        columns = self._shown.columns
        spans: list[_Span] = [(columns[run.start], columns[min(run.end, len(columns) - 1)], run.role) for run in runs]
        return _covering(self._look, _laid_over(spans, _joined(self._shown.marks)), columns[-1])


def cell_width(look: Look) -> float:
    """The width of one cell of the payload font."""
    return look.metrics("mono").horizontalAdvance("0" * 64) / 64


def _joined(marks: Sequence[Mark]) -> list[_Span]:
    """Marks that touch as one: a row of zero bytes is one stretch."""
    joined: list[_Span] = []
    for mark in marks:
        if joined and joined[-1][1:] == (mark.start, mark.role):
            joined[-1] = (joined[-1][0], mark.end, mark.role)
        else:
            joined.append((mark.start, mark.end, mark.role))
    return joined


def _laid_over(spans: Sequence[_Span], marks: Sequence[_Span]) -> list[_Span]:
    """The spans with the marks laid over them; both are in order."""
    cut: list[_Span] = list(marks)
    first = 0
    for start, end, role in spans:
        at = start
        while first < len(marks) and marks[first][1] <= start:
            first += 1
        for mark_start, mark_end, _ in marks[first:]:
            if mark_start >= end:
                break
            if at < mark_start:
                cut.append((at, mark_start, role))
            at = max(at, mark_end)
        if at < end:
            cut.append((at, end, role))
    return sorted(cut)


def _covering(look: Look, spans: list[_Span], end: int) -> list[QTextLayout.FormatRange]:
    """Ranges for the spans and for all that lies between them."""
    ranges: list[QTextLayout.FormatRange] = []
    styles: dict[TokenName, QTextCharFormat] = {}
    done = 0
    rest: _Span = (end, end, "text.1")
    for start, stop, role in (*spans, rest):
        if start > done:
            ranges.append(_range(look, done, start, "text.1", styles))
        if stop > start:
            ranges.append(_range(look, start, stop, role, styles))
        done = max(done, stop)
    return ranges


def _range(
    look: Look, start: int, end: int, role: TokenName, styles: dict[TokenName, QTextCharFormat]
) -> QTextLayout.FormatRange:
    if role not in styles:
        styles[role] = QTextCharFormat()
        styles[role].setForeground(look.color(role))
    span = QTextLayout.FormatRange()
    span.start, span.length, span.format = start, end - start, styles[role]
    return span
