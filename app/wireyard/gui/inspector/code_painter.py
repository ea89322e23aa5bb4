"""Draws the rows of the text view that are on screen: bands, marks, guides, text, caret and line numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from wireyard.gui.inspector.navigation import Selection
from wireyard.gui.inspector.row_layout import RowLayout
from wireyard.gui.inspector.rows import Row
from wireyard.gui.inspector.search import Hits
from wireyard.gui.inspector.text_rows import TextRows
from wireyard.gui.theme.look import Look

# Lengths of the design at 100 %: numbers end 30 px from the left with two digits, text begins 22 px after them.
_NUMBERS_LEFT = 16
_NUMBERS_TO_TEXT = 23
_INDENT_COLUMNS = 2
SELECTION_ALPHA = 0.20


@dataclass(slots=True)
class ViewState:
    """What is drawn besides the rows themselves. ``top`` is the first row's y, ``left`` the x of column 0."""

    selection: Selection = field(default_factory=Selection)
    hits: Hits | None = None
    hit: int = -1
    is_caret_on: bool = False
    has_focus: bool = False
    has_guides: bool = False
    gutter: int = 0
    left: float = 0.0
    top: int = 0
    first_row: int = 0
    line_height: int = 20


def gutter_width(look: Look, digits: int) -> int:
    """How much room line numbers of so many digits take, with the gap to the text."""
    return round(look.px(_NUMBERS_LEFT + _NUMBERS_TO_TEXT) + digits * look.metrics("mono.small").horizontalAdvance("0"))


def paint(painter: QPainter, area: QRect, look: Look, rows: TextRows, state: ViewState) -> None:
    """Draw every row that meets ``area``."""
    place = rows.place(state.selection.caret)
    caret_row = -1 if place is None else place.row
    painter.setFont(look.font("mono"))
    y = state.top
    shown: list[tuple[Row, int]] = []
    number = state.first_row
    while y < area.bottom() and number < rows.index.row_count:
        row = rows.row(number)
        if number == caret_row:
            painter.fillRect(QRect(0, y, area.width(), state.line_height), look.color("bg.line"))
        if row is not None:
            shown.append((row, y))
        number += 1
        y += state.line_height
    painter.save()
    painter.setClipRect(area.adjusted(state.gutter - look.px(6), 0, 0, 0))
    for row, top in shown:
        _paint_row(painter, area, look, rows, state, row, top)
    if place is not None and state.is_caret_on:
        painter.fillRect(caret_area(look, rows, state), look.color("text.1"))
    painter.restore()
    _paint_numbers(painter, look, state, shown, caret_row)


def caret_area(look: Look, rows: TextRows | None, state: ViewState) -> QRect:
    """Where the caret is drawn; empty when it is not on screen."""
    place = None if rows is None else rows.place(state.selection.caret)
    row = None if rows is None or place is None else rows.row(place.row)
    if rows is None or place is None or row is None:
        return QRect()
    x = state.left + rows.layout(row).x_of(place.column)
    y = state.top + (place.row - state.first_row) * state.line_height
    inset = look.px(2)
    return QRect(round(x), y + inset, max(1, look.px(1.5)), state.line_height - 2 * inset)


def baseline(look: Look, line_height: int) -> float:
    """Where text stands in a row, from the row's top."""
    metrics = look.metrics("mono")
    return (line_height - metrics.height()) / 2 + metrics.ascent()


def _paint_row(painter: QPainter, area: QRect, look: Look, rows: TextRows, state: ViewState, row: Row, y: int) -> None:
    layout = rows.layout(row)
    if state.hits is not None:
        _paint_hits(painter, look, rows, state, row, layout, y)
    _paint_selection(painter, area, look, rows, state, row, layout, y)
    if state.has_guides and row.is_first:
        _paint_guides(painter, look, state, row, y)
    seen = (max(0.0, state.gutter - state.left), area.width() - state.left)
    layout.paint(painter, state.left, y + baseline(look, state.line_height), rows.runs(row), seen)


def _paint_selection(
    painter: QPainter, area: QRect, look: Look, rows: TextRows, state: ViewState, row: Row, layout: RowLayout, y: int
) -> None:
    selection = state.selection
    if selection.is_empty or selection.end <= row.start or selection.start > row.end:
        return
    left = layout.x_of(rows.column(row, selection.start)) if selection.start > row.start else 0.0
    if selection.end <= row.end:
        right = layout.x_of(rows.column(row, selection.end))
    else:
        right = layout.width + look.metrics("mono").horizontalAdvance(" ")
    painter.fillRect(
        QRectF(state.left + left, y, right - left, state.line_height), look.tint("accent", SELECTION_ALPHA)
    )


def _paint_hits(
    painter: QPainter, look: Look, rows: TextRows, state: ViewState, row: Row, layout: RowLayout, y: int
) -> None:
    if state.hits is None:
        return
    for number, start, end in state.hits.between(row.start, row.end):
        left = layout.x_of(rows.column(row, max(start, row.start)))
        right = layout.x_of(rows.column(row, min(end, row.end)))
        box = QRectF(state.left + left - 0.5, y + 1.5, right - left + 1, state.line_height - 3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(look.color("warn.bg"))
        painter.setPen(QPen(look.color("warn.dot"), 1.5) if number == state.hit else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box, 2, 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _paint_guides(painter: QPainter, look: Look, state: ViewState, row: Row, y: int) -> None:
    indent = len(row.text) - len(row.text.lstrip(" "))
    if indent <= _INDENT_COLUMNS:
        return
    cell = look.metrics("mono").horizontalAdvance("0" * 64) / 64
    color = look.color("border")
    for column in range(_INDENT_COLUMNS, indent, _INDENT_COLUMNS):
        painter.fillRect(QRectF(int(state.left + column * cell), y, 1, state.line_height), color)


def _paint_numbers(
    painter: QPainter, look: Look, state: ViewState, shown: list[tuple[Row, int]], caret_row: int
) -> None:
    painter.setFont(look.font("mono.small"))
    width = state.gutter - look.px(_NUMBERS_TO_TEXT)
    base = baseline(look, state.line_height)
    metrics = look.metrics("mono.small")
    caret_y = state.top + (caret_row - state.first_row) * state.line_height
    for row, y in shown:
        if not row.is_first:
            continue
        text = str(row.line + 1)
        painter.setPen(look.color("text.1" if y == caret_y else "text.3"))
        painter.drawText(QPointF(width - metrics.horizontalAdvance(text), y + base), text)
