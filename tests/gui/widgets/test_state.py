"""The dot of a connection's state: told apart by shape, not by colour alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.state import SHAPES, ConnectionState, StateDot


def test_states_that_differ_have_shapes_that_differ() -> None:
    shapes = {SHAPES[state] for state in (ConnectionState.OPEN, ConnectionState.CONNECTING, ConnectionState.ERROR)}
    assert len(shapes) == 3


@pytest.mark.parametrize("state", list(ConnectionState))
def test_every_state_is_drawn(look: Look, qtbot: QtBot, state: ConnectionState) -> None:
    dot = StateDot(look, state)
    qtbot.addWidget(dot)
    dot.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
    image = dot.grab().toImage()
    colors = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
    assert len(colors) > 1
