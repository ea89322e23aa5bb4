"""The search field lets go of its text before anything else hears Escape."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.search_field import SearchField


def test_escape_clears_a_search_field_before_it_goes_on(look: Look, qtbot: QtBot) -> None:
    field = SearchField(look, "Filter messages")
    qtbot.addWidget(field)
    field.show()
    qtbot.keyClicks(field.edit, "abc")
    qtbot.keyClick(field.edit, Qt.Key.Key_Escape)
    assert field.text == ""
