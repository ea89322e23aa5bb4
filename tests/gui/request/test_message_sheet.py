"""What a saved message is called."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.request.message_sheet import MessageSheet
from wireyard.gui.theme.look import Look


def test_a_message_needs_a_name(qtbot: QtBot, look: Look, window: QWidget) -> None:
    sheet = MessageSheet(look, window, "Save message", "ping", "", "", ["Talk"])
    sheet.open()
    sheet.name.setText(" ")
    assert not sheet.save_button.isEnabled()
    sheet.name.setText("pong")
    sheet.group.setText("Talk")
    with qtbot.waitSignal(sheet.chosen) as chosen:
        qtbot.mouseClick(sheet.save_button, Qt.MouseButton.LeftButton)
    assert chosen.args == ["pong", "Talk", ""]
