"""What is chosen has a tint; in high contrast, where grounds are plain, an outline of two pixels."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from wireyard.gui.theme.look import Look, Scheme
from wireyard.gui.widgets.chosen import fill_chosen, outline, paint_chosen

BOX = QRectF(0, 0, 60, 20)


@pytest.fixture(params=["contrast-light", "contrast-dark"])
def strong(qapp: QApplication, request: pytest.FixtureRequest) -> Look:
    """A look of high contrast."""
    scheme: Scheme = request.param
    return Look(scheme)


def blank(look: Look) -> QImage:
    image = QImage(60, 20, QImage.Format.Format_RGB32)
    image.fill(look.color("bg.surface"))
    return image


def column(image: QImage, x: int) -> list[str]:
    return [image.pixelColor(x, y).name() for y in range(image.height())]


def test_an_outline_of_two_pixels_around_a_plain_ground(strong: Look) -> None:
    image = blank(strong)
    painter = QPainter(image)
    paint_chosen(painter, strong, BOX, 4)
    painter.end()
    text, ground = strong.hex("text.1"), strong.hex("bg.surface")
    assert column(image, 30) == [text] * 2 + [ground] * 16 + [text] * 2


def test_the_keyboard_has_three_pixels_of_its_own_color(strong: Look) -> None:
    image = blank(strong)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline(painter, strong, BOX, 4, "focus.ring")
    painter.end()
    ring, ground = strong.hex("focus.ring"), strong.hex("bg.surface")
    assert column(image, 30) == [ring] * 3 + [ground] * 14 + [ring] * 3
    assert strong.ring_px == 3


def test_the_cells_of_a_row_have_one_outline_together(strong: Look) -> None:
    image = blank(strong)
    painter = QPainter(image)
    fill_chosen(painter, strong, QRectF(0, 0, 30, 20), is_first=True, is_last=False)
    fill_chosen(painter, strong, QRectF(30, 0, 30, 20), is_first=False, is_last=True)
    painter.end()
    text, ground = strong.hex("text.1"), strong.hex("bg.surface")
    row = [image.pixelColor(x, 10).name() for x in range(60)]
    assert row == [text] * 2 + [ground] * 56 + [text] * 2
    assert column(image, 30) == [text] * 2 + [ground] * 16 + [text] * 2


def test_elsewhere_a_tint_says_it_and_the_ring_has_two_pixels(look: Look) -> None:
    image = blank(look)
    painter = QPainter(image)
    paint_chosen(painter, look, BOX, 4)
    painter.end()
    assert set(column(image, 30)) == {look.hex("bg.selected")}
    assert look.ring_px == 2
