"""Rows with more than printable ASCII: every part of them is drawn, whatever is coloured, and soon."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QImage, QPainter

from wireyard.gui.inspector.row_layout import Run, ShapedLayout, _laid_over, make_layout
from wireyard.gui.theme.look import Look
from wireyard.gui.theme.tokens import TokenName

HEIGHT = 30


def inked(text: str, look: Look, runs: list[Run]) -> set[int]:
    """The columns of pixels in which something is drawn."""
    layout = make_layout(text, look)
    assert isinstance(layout, ShapedLayout)
    image = QImage(round(layout.width) + 20, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    layout.paint(painter, 10, 20, runs, (0, layout.width))
    painter.end()
    white = image.pixel(0, 0)
    return {x for x in range(image.width()) if any(image.pixel(x, y) != white for y in range(HEIGHT))}


@pytest.mark.parametrize(
    "text",
    [
        '"é": null, "k": 12, "x": "y"',
        "user \u202etxt.exe\u2066 end of it",
        "a\0b\0\0\0 cd \x01 ef gh ij",
        "漢字 und Text danach",
    ],
)
def test_what_is_not_coloured_is_drawn_too(look: Look, text: str) -> None:
    runs = [Run(1, 3, "accent"), Run(5, 6, "err")]
    assert inked(text, look, runs) == inked(text, look, [])


@pytest.mark.parametrize("text", ["\0" * 200, "a\0" * 100], ids=["zeros", "every second"])
def test_a_page_of_what_is_spelled_out_is_drawn_in_a_fraction_of_a_turn(look: Look, text: str) -> None:
    image = QImage(2000, 40, QImage.Format.Format_RGB32)
    begun = time.thread_time()
    painter = QPainter(image)
    for _ in range(40):
        make_layout(text, look).paint(painter, 0, 20, [], (0, 2000))
    painter.end()
    assert time.thread_time() - begun < 0.1


_ROLES: tuple[TokenName, ...] = ("err", "accent", "warn")


@st.composite
def spans(draw: st.DrawFn) -> list[tuple[int, int, TokenName]]:
    """Stretches in order that don't overlap."""
    edges = sorted(draw(st.sets(st.integers(0, 40), max_size=12)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return [(start, end, draw(st.sampled_from(_ROLES))) for start, end in pairs]


@given(spans(), spans())
def test_marks_lie_over_colours(
    colours: list[tuple[int, int, TokenName]], marks: list[tuple[int, int, TokenName]]
) -> None:
    wanted: dict[int, TokenName] = {at: role for start, end, role in (*colours, *marks) for at in range(start, end)}
    laid = _laid_over(colours, marks)
    assert [(at, role) for start, end, role in laid for at in range(start, end)] == sorted(wanted.items())
