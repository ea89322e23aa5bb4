"""A line of text with hits in it: where it is cut, and that it stays in its box."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.marked_text import draw_marked, pieces


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("orders", (), [("orders", False)]),
        ("orders", ((0, 3),), [("ord", True), ("ers", False)]),
        ("orders", ((4, 6), (1, 2)), [("o", False), ("r", True), ("de", False), ("rs", True)]),
        ("orders", ((0, 4), (2, 9)), [("orde", True), ("rs", True)]),
        ("", ((0, 1),), []),
    ],
)
def test_a_text_is_cut_at_its_hits(
    text: str, spans: tuple[tuple[int, int], ...], expected: list[tuple[str, bool]]
) -> None:
    assert pieces(text, spans) == expected


def used(look: Look, text: str, width: float) -> tuple[float, QImage]:
    image = QImage(300, 30, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    taken = draw_marked(painter, look, QRectF(0, 0, width, 30), text, ((0, 3),), "body", "text.1")
    painter.end()
    return taken, image


def test_a_short_text_takes_its_own_width(look: Look) -> None:
    taken, _ = used(look, "orders", 200)
    assert taken == pytest.approx(
        look.metrics("body.strong").horizontalAdvance("ord") + look.metrics("body").horizontalAdvance("ers")
    )


def test_a_long_text_stays_in_its_box(look: Look) -> None:
    taken, image = used(look, "orders of every kind that there is", 80)
    assert taken <= 80
    white = image.pixel(299, 0)
    assert all(image.pixel(x, y) == white for x in range(84, 300) for y in range(30))


def test_a_hit_has_the_accents_color(look: Look) -> None:
    _, image = used(look, "ord", 200)
    accent = look.color("accent.text")
    colors = {image.pixelColor(x, y).name() for x in range(60) for y in range(30)}
    assert accent.name() in colors
