"""Keys are said in words."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.kbd import Kbd


def test_keys_are_read_out_in_words(look: Look, qtbot: QtBot) -> None:
    keys = Kbd(look, "Ctrl ↵")
    qtbot.addWidget(keys)
    assert keys.accessibleName() == "Ctrl + Enter"
