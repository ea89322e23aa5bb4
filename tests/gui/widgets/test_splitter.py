"""The splitter has a thin line and a wide grip."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.splitter import Splitter


def test_a_double_click_on_a_splitter_asks_for_its_defaults(look: Look, qtbot: QtBot) -> None:
    splitter = Splitter(look, Qt.Orientation.Horizontal)
    qtbot.addWidget(splitter)
    splitter.addWidget(QWidget())
    splitter.addWidget(QWidget())
    splitter.resize(400, 100)
    splitter.show()
    handle = splitter.handle(1)
    assert handle.width() == 7
    assert handle.contentsRect().width() == 1
    with qtbot.waitSignal(splitter.reset_requested):
        qtbot.mouseDClick(handle, Qt.MouseButton.LeftButton, pos=QPoint(3, 50))
