"""Buttons keep their size, answer to the keyboard, and have names."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button, ButtonKind, IconButton

KINDS: tuple[ButtonKind, ...] = ("primary", "plain", "ghost", "link", "danger", "warn")


@pytest.mark.parametrize("kind", KINDS)
def test_a_button_is_pressed_with_space_and_paints_in_every_state(look: Look, qtbot: QtBot, kind: ButtonKind) -> None:
    button = Button(look, "&Go", kind, icon="send", chevron=True)
    qtbot.addWidget(button)
    button.show()
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Space)
    button.setEnabled(False)
    assert not button.grab().isNull()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_presses_too_and_is_not_taken_with_control(look: Look, qtbot: QtBot, key: Qt.Key) -> None:
    for button in (Button(look, "Go"), IconButton(look, "close", "Close")):
        qtbot.addWidget(button)
        button.show()
        with qtbot.waitSignal(button.clicked):
            qtbot.keyClick(button, key)
        with qtbot.assertNotEmitted(button.clicked):
            qtbot.keyClick(button, key, Qt.KeyboardModifier.ControlModifier)


def test_a_disabled_button_cannot_be_pressed(look: Look, qtbot: QtBot) -> None:
    button = Button(look, "Go")
    qtbot.addWidget(button)
    button.setEnabled(False)
    with qtbot.assertNotEmitted(button.clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_zoom_scales_a_button(look: Look, qtbot: QtBot) -> None:
    button = Button(look, "Go", size="large")
    qtbot.addWidget(button)
    assert button.sizeHint().height() == 36
    look.set_zoom(200)
    assert button.sizeHint().height() == 72


def test_an_icon_button_is_named_and_tells_its_keys(look: Look, qtbot: QtBot) -> None:
    button = IconButton(look, "close", "Close inspector", shortcut="Esc")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Close inspector"
    assert button.toolTip() == "Close inspector (Esc)"
    assert min(button.width(), button.height()) >= 24


def test_targets_stay_large_enough_at_the_smallest_zoom(look: Look, qtbot: QtBot) -> None:
    look.set_zoom(80)
    button = IconButton(look, "close", "Close", size=32)
    qtbot.addWidget(button)
    assert button.width() >= 24


def test_a_toggle_is_drawn_differently_when_it_is_on(look: Look, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    button = IconButton(look, "follow", "Follow newest messages", checkable=True, parent=holder)
    off = button.grab().toImage()
    button.setChecked(True)
    assert button.grab().toImage() != off
