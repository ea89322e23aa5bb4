"""A ping or pong by hand: its payload, and how long it may be."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.connection.ping_dialog import PingDialog
from wireyard.gui.theme.look import Look


@pytest.fixture
def dialog(look: Look, qtbot: QtBot) -> Iterator[PingDialog]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    dialog = PingDialog(look, window, "pong")
    dialog.open()
    yield dialog
    window.close()


def test_enter_sends_the_payload(dialog: PingDialog, qtbot: QtBot) -> None:
    dialog.payload.setText("hé")
    assert dialog.counter.text() == "3 of 125 bytes"
    with qtbot.waitSignal(dialog.send_chosen) as chosen:
        qtbot.keyClick(dialog.payload, Qt.Key.Key_Return)
    assert chosen.args == ["pong", "hé".encode()]


def test_what_is_too_long_is_not_sent(dialog: PingDialog) -> None:
    dialog.payload.setText("é" * 63)
    assert not dialog.send_button.isEnabled()
    dialog.payload.setText("")
    assert dialog.send_button.isEnabled()
