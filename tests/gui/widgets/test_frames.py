"""Plain surfaces wear the colours of the look."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame
from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.theme.tokens import TokenName
from wireyard.gui.widgets.frames import Card, Hairline, Panel, Well


@pytest.mark.parametrize("ground", ["bg.surface", "bg.sunken", "bg.app"])
def test_a_panel_has_its_ground_and_a_hairline_on_one_side(look: Look, qtbot: QtBot, ground: TokenName) -> None:
    panel = Panel(ground, "bottom")
    qtbot.addWidget(panel)
    panel.resize(60, 40)
    image = panel.grab().toImage()
    assert image.pixelColor(30, 20) == look.color(ground)
    assert image.pixelColor(30, 0) == look.color(ground)
    assert image.pixelColor(30, 39) == look.color("border")


@pytest.mark.parametrize("kind", [Card, Well])
def test_boxes_have_a_border_that_differs_from_their_ground(
    look: Look, qtbot: QtBot, kind: type[Card] | type[Well]
) -> None:
    box: QFrame = kind()
    qtbot.addWidget(box)
    box.resize(80, 60)
    image = box.grab().toImage()
    assert image.pixelColor(40, 0) != image.pixelColor(40, 30)


def test_a_hairline_is_one_pixel_of_border(look: Look, qtbot: QtBot) -> None:
    lying, standing = Hairline(), Hairline(Qt.Orientation.Vertical)
    for line in (lying, standing):
        qtbot.addWidget(line)
        line.resize(50, 50)
    assert lying.height() == 1
    assert standing.width() == 1
    assert lying.grab().toImage().pixelColor(20, 0) == look.color("border")
