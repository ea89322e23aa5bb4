"""Draws one row of the hex view, and says where its three columns are."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from wireyard.gui.inspector.code_painter import SELECTION_ALPHA
from wireyard.gui.inspector.navigation import Selection
from wireyard.gui.inspector.search import Hits
from wireyard.gui.inspector.source import Places
from wireyard.gui.theme.look import Look

# From loosest to tightest; the first that fits the view's width is used: bytes a row, cells a byte.
_FITS = ((16, 3.0), (16, 2.6), (16, 2.35), (8, 3.0), (8, 2.4))
_MARGIN = 16
GAP = 12

_MASKED_PAIR = "••"
_PAIRS = tuple(f"{byte:02X}" for byte in range(256))
_PRINTABLE = bytes(range(0x20, 0x7F))
_SEEN = bytes(byte if 0x20 <= byte < 0x7F else 0x20 for byte in range(256))
_DOTS = bytes(0x20 if 0x20 <= byte < 0x7F else 0x2E for byte in range(256))


@dataclass(frozen=True, slots=True)
class HexMeasures:
    """Where the three columns are, in pixels."""

    per_row: int = 16
    pitch: float = 20.0
    cell: float = 7.0
    digits: int = 4
    hex_left: float = 0.0
    half_gap: float = 0.0
    text_left: float = 0.0
    width: float = 0.0

    def byte_x(self, column: int) -> float:
        return self.hex_left + column * self.pitch + (self.half_gap if column >= 8 else 0.0)


@dataclass(frozen=True, slots=True)
class HexScene:
    """What is drawn besides the bytes themselves."""

    measures: HexMeasures
    selection: Selection
    hits: Hits | None
    hit: int
    has_focus: bool
    masked: Places = ()


def measure(look: Look, size_bytes: int, room: int) -> HexMeasures:
    """The columns of a payload of some size in a view of some width."""
    cell = look.metrics("mono.small").horizontalAdvance("0" * 64) / 64
    digits = max(4, (len(f"{max(0, size_bytes - 1):x}") + 1) // 2 * 2)
    hex_left = look.px(_MARGIN) + digits * cell + look.px(GAP)
    measures = HexMeasures()
    for per_row, cells in _FITS:
        pitch = cells * cell
        half_gap = cell if per_row == 16 else 0.0
        text_left = hex_left + per_row * pitch + half_gap + look.px(GAP) - (cells - 2) * cell
        width = text_left + per_row * cell + look.px(8)
        measures = HexMeasures(per_row, pitch, cell, digits, hex_left, half_gap, text_left, width)
        if width <= room:
            break
    return measures


def paint_row(painter: QPainter, look: Look, scene: HexScene, top: int, offset: int, data: bytes | None) -> None:
    """Draw the row that begins at ``offset``; without ``data`` only its offset, until its bytes are here."""
    measures = scene.measures
    metrics = look.metrics("mono.small")
    base = top + (look.px(20) - metrics.height()) / 2 + metrics.ascent()
    painter.setFont(look.font("mono.small"))
    painter.setPen(look.color("text.3"))
    painter.drawText(QPointF(look.px(_MARGIN), base), f"{offset:0{measures.digits}X}")
    if data is None:
        return
    if scene.hits is not None:
        for number, start, end in scene.hits.between(offset, offset + len(data)):
            span = max(start - offset, 0), min(end - offset, len(data))
            _paint_span(painter, look, measures, top, span, is_hit=True, is_current=number == scene.hit)
    selection = scene.selection
    if not selection.is_empty:
        span = max(selection.start - offset, 0), min(selection.end - offset, len(data))
        _paint_span(painter, look, measures, top, span)
    if scene.has_focus and 0 <= selection.caret - offset < len(data):
        _paint_caret(painter, look, measures, top, selection.caret - offset)
    _paint_bytes(painter, look, measures, base, data, _masked_columns(scene.masked, offset, len(data)))


def _masked_columns(places: Places, offset: int, count: int) -> frozenset[int]:
    """The columns of a row whose bytes are masked."""
    return frozenset(
        column for start, end in places for column in range(max(start - offset, 0), min(end - offset, count))
    )


def _paint_bytes(
    painter: QPainter, look: Look, measures: HexMeasures, base: float, data: bytes, masked: frozenset[int]
) -> None:
    bright, dim = look.color("text.1"), look.color("text.3")
    painter.setPen(bright)
    for column, byte in enumerate(data):
        is_dim = byte == 0 or column in masked
        if is_dim:
            painter.setPen(dim)
        painter.drawText(QPointF(measures.byte_x(column), base), _MASKED_PAIR if column in masked else _PAIRS[byte])
        if is_dim:
            painter.setPen(bright)
    painter.setPen(look.color("syn.string"))
    painter.drawText(QPointF(measures.text_left, base), data.translate(_SEEN).decode("latin-1"))
    if data.translate(None, _PRINTABLE):
        painter.setPen(dim)
        painter.drawText(QPointF(measures.text_left, base), data.translate(_DOTS).decode("latin-1"))


def _paint_span(
    painter: QPainter,
    look: Look,
    measures: HexMeasures,
    top: int,
    span: tuple[int, int],
    *,
    is_hit: bool = False,
    is_current: bool = False,
) -> None:
    first, last = span
    if last <= first:
        return
    color = look.color("warn.bg") if is_hit else look.tint("accent", SELECTION_ALPHA)
    left = measures.byte_x(first) - 2
    right = measures.byte_x(last - 1) + 2 * measures.cell + 2
    line_height = look.px(20)
    for box in (
        QRectF(left, top, right - left, line_height),
        QRectF(measures.text_left + first * measures.cell, top, (last - first) * measures.cell, line_height),
    ):
        painter.fillRect(box, color)
        if is_current:
            painter.setPen(look.color("warn.dot"))
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))


def _paint_caret(painter: QPainter, look: Look, measures: HexMeasures, top: int, column: int) -> None:
    painter.setPen(look.color("focus.ring"))
    box = QRectF(measures.byte_x(column) - 2.5, top + 1.5, 2 * measures.cell + 4, look.px(20) - 3)
    painter.drawRect(box)
