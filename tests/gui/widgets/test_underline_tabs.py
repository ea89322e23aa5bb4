"""Underlined tabs by keyboard, with their counts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.underline_tabs import UnderlineTabs


def test_underline_tabs_move_with_arrows_and_tell_their_counts(look: Look, qtbot: QtBot) -> None:
    tabs = UnderlineTabs(look, ("Message", "Headers"), label="Request")
    qtbot.addWidget(tabs)
    tabs.set_badge(1, "4")
    width = tabs.tabRect(1).width()
    tabs.set_badge(1, "")
    assert tabs.tabRect(1).width() < width
    tabs.show()
    qtbot.keyClick(tabs, Qt.Key.Key_Right)
    assert tabs.currentIndex() == 1
