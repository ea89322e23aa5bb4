"""Variables in an edited text: where they stand, the chips painted under them, and what is said when one is pointed at.

Positions are in UTF-16 units, as Qt counts.
"""

from __future__ import annotations

import functools
import html
from collections.abc import Iterator
from typing import NamedTuple, cast

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QTextBlock, QTextLayout
from PySide6.QtWidgets import QPlainTextEdit

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.variable_source import VariableSource, shown_value
from wireyard.workspace.variables.template import references

_CHIP_HEIGHT = 18
_RADIUS = 4
_OVERHANG = 1
_MOST_CHARS = 4000
_NONE: frozenset[int] = frozenset()


class Chip(NamedTuple):
    """One variable in a line of text."""

    name: str
    start: int
    end: int


@functools.lru_cache(maxsize=400)
def chips_of(text: str) -> tuple[Chip, ...]:
    """The variables of one line; of a very long one those at its start, so that no line makes painting slow."""
    if "{{" not in text:
        return ()
    text = text[:_MOST_CHARS]
    found = references(text)
    if text.isascii():
        return tuple(Chip(each.name, each.start, each.end) for each in found)
    return tuple(Chip(each.name, _units(text[: each.start]), _units(text[: each.end])) for each in found)


def undefined_in(text: str, source: VariableSource) -> frozenset[int]:
    """Where the variables of a line begin that have no value."""
    chips = chips_of(text)
    return frozenset(chip.start for chip in chips if source.lookup(chip.name) is None) if chips else _NONE


def paint_chips(
    painter: QPainter, look: Look, layout: QTextLayout, text: str, at: QPointF, undefined: frozenset[int]
) -> None:
    """Paint the chips of one laid out line; the text goes on top of them. ``undefined`` is from `undefined_in`."""
    chips = chips_of(text)
    if not chips:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for chip in chips:
        is_defined = chip.start not in undefined
        for box in chip_boxes(look, layout, chip):
            _paint_chip(painter, look, box.translated(at), is_defined=is_defined)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def chip_boxes(look: Look, layout: QTextLayout, chip: Chip) -> Iterator[QRectF]:
    """Where a chip stands, relative to its line's origin: a box for each row over which it is wrapped."""
    height = look.px(_CHIP_HEIGHT)
    begin = chip.start
    while begin < chip.end:
        line = layout.lineForTextPosition(begin)
        if not line.isValid():
            return
        end = min(chip.end, max(begin + 1, line.textStart() + line.textLength()))
        # The stubs call the answer an object; it is the x and the place that it is for.
        left = cast("tuple[float, int]", line.cursorToX(begin))[0]
        right = cast("tuple[float, int]", line.cursorToX(end))[0]
        top = line.y() + (line.height() - height) / 2
        yield QRectF(min(left, right) - _OVERHANG, top, abs(right - left) + 2 * _OVERHANG, height)
        begin = end


def chip_at(edit: QPlainTextEdit, look: Look, point: QPoint) -> tuple[Chip, QRectF] | None:
    """The chip under a point of the editor's viewport, and its box there."""
    block = edit.cursorForPosition(point).block()
    origin = _origin(edit, block)
    for chip in chips_of(block.text()):
        for box in chip_boxes(look, block.layout(), chip):
            placed = box.translated(origin)
            if placed.contains(QPointF(point)):
                return chip, placed
    return None


def chip_at_caret(edit: QPlainTextEdit) -> Chip | None:
    """The chip in which the caret stands, or which it touches."""
    cursor = edit.textCursor()
    at = cursor.positionInBlock()
    return next((chip for chip in chips_of(cursor.block().text()) if chip.start <= at <= chip.end), None)


def tip_of(name: str, source: VariableSource) -> str:
    """What is said about a variable: its value and where that comes from. Markup, for a tool tip."""
    value = source.lookup(name)
    if value is None:
        words = _tr("{0} has no value").format(name)
        return f"<p style='white-space:pre-wrap'>{html.escape(words)}</p>"
    if name.startswith("$"):
        return _built_in_tip(name, value.text)
    # A server's text must not become markup, and a path must not be broken at its blanks.
    shown = html.escape(shown_value(value) or _tr("(empty)"))
    return f"<p style='white-space:pre-wrap'><b>{shown}</b><br>{html.escape(value.source)}</p>"


def _built_in_tip(name: str, example: str) -> str:
    from wireyard.workspace.variables.dynamic import BY_NAME  # its values need modules that a start doesn't

    known = BY_NAME.get(name)
    words = [known.help] if known is not None else []
    words.append(_tr("For example {0}").format(example))
    return "<p style='white-space:pre-wrap'>" + "<br>".join(map(html.escape, words)) + "</p>"


def _paint_chip(painter: QPainter, look: Look, box: QRectF, *, is_defined: bool) -> None:
    radius = look.px(_RADIUS)
    if look.is_contrast:
        # There the tint is the ground's own colour.
        painter.setPen(QPen(look.color("var" if is_defined else "err"), 1))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("var.bg" if is_defined else "err.bg"))
    painter.drawRoundedRect(box, radius, radius)
    if not is_defined:
        painter.setPen(QPen(look.color("err"), max(1.0, look.px(10) / 8), Qt.PenStyle.DotLine))
        painter.drawLine(box.bottomLeft() + QPointF(2, -1.5), box.bottomRight() + QPointF(-2, -1.5))


def _origin(edit: QPlainTextEdit, block: QTextBlock) -> QPointF:
    return edit.blockBoundingGeometry(block).translated(edit.contentOffset()).topLeft()


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _tr(text: str) -> str:
    return QCoreApplication.translate("Variables", text)
