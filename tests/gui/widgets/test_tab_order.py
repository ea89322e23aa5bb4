"""Tab goes through a late part where it stands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.widgets.tab_order import come_after


def test_a_late_part_comes_after_what_it_follows(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    first, last, part = QPushButton("first"), QPushButton("last"), QWidget()
    column.addWidget(first)
    column.addWidget(last)
    column.addWidget(part)
    row = QVBoxLayout(part)
    for name in ("one", "two"):
        row.addWidget(QPushButton(name))
    come_after(first, part)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    first.setFocus()
    seen: list[str] = []
    for _ in range(4):
        QTest.keyClick(window, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert isinstance(focus, QPushButton)
        seen.append(focus.text())
    assert seen == ["one", "two", "last", "first"]
