"""The eye is there where something is secret, and says what pressing it does."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui import commands
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.reveal_button import REVEAL_KEYS, RevealButton


def test_it_is_there_only_where_something_is_secret(look: Look, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    eye = RevealButton(look, holder)
    assert eye.isHidden()
    eye.show_state(has_secrets=True, is_revealed=False)
    assert not eye.isHidden()
    assert (eye.accessibleName(), eye.isChecked()) == ("Show secrets", False)
    eye.show_state(has_secrets=True, is_revealed=True)
    assert (eye.accessibleName(), eye.isChecked()) == ("Hide secrets", True)
    eye.show_state(has_secrets=False, is_revealed=True)
    assert eye.isHidden()


def test_its_keys_are_those_of_the_command() -> None:
    (command,) = (each for each in commands.COMMANDS if each.name == "toggle_secrets")
    assert command.keys == (REVEAL_KEYS,)
