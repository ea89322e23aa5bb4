"""The sheet of a mark."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.timeline.mark_sheet import MarkSheet


def test_gives_the_note_without_blanks_around_it_or_takes_the_mark_away(look: Look, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    said: list[str] = []
    sheet = MarkSheet(look, window, "before")
    sheet.chosen.connect(said.append)
    assert sheet.note.selectedText() == "before"
    sheet.note.setText("  after ")
    sheet.keep_button.click()
    other = MarkSheet(look, window, "before")
    other.removed.connect(lambda: said.append("removed"))
    other.remove_button.click()
    assert said == ["after", "removed"]
