"""Segments by keyboard, mouse and program."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.segments import Segments


def test_segments_are_chosen_with_arrows(look: Look, qtbot: QtBot) -> None:
    segments = Segments(look, ("All", "↑ Sent", "↓ Received"), label="Direction")
    qtbot.addWidget(segments)
    segments.show()
    chosen: list[int] = []
    segments.chosen.connect(chosen.append)
    segments.activateWindow()
    first = segments.findChildren(QWidget)[0]
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert chosen == [1]
    assert segments.index == 1


def test_a_segment_clicked_tells_once(look: Look, qtbot: QtBot) -> None:
    segments = Segments(look, ("All", "Sent"), label="Direction")
    qtbot.addWidget(segments)
    segments.show()
    chosen: list[int] = []
    segments.chosen.connect(chosen.append)
    qtbot.mouseClick(segments.findChildren(QWidget)[1], Qt.MouseButton.LeftButton)
    assert chosen == [1]


def test_choosing_a_segment_by_program_is_silent(look: Look, qtbot: QtBot) -> None:
    segments = Segments(look, ("All", "Sent"), label="Direction")
    qtbot.addWidget(segments)
    with qtbot.assertNotEmitted(segments.chosen):
        segments.choose(1)
    assert segments.index == 1
