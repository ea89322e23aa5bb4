"""One line with variables: a cell editor that stays one line, submits with Enter, and lets Tab go."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.variable_line import VariableLineEdit


@pytest.fixture
def edit(look: Look, window: QWidget, qtbot: QtBot) -> VariableLineEdit:
    edit = VariableLineEdit(look, "Value of X-Token")
    column = window.layout()
    assert isinstance(column, QVBoxLayout)
    column.addWidget(edit)
    column.addWidget(QLineEdit())
    window.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    return edit


def test_it_is_called_what_it_holds(edit: VariableLineEdit) -> None:
    assert edit.accessibleName() == "Value of X-Token"


def test_enter_submits_and_changes_nothing(edit: VariableLineEdit, qtbot: QtBot) -> None:
    qtbot.keyClicks(edit, "abc")
    with qtbot.waitSignal(edit.submitted):
        qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text == "abc"


def test_tab_leaves(edit: VariableLineEdit, qtbot: QtBot) -> None:
    qtbot.keyClick(edit, Qt.Key.Key_Tab)
    assert not edit.hasFocus()


def test_pasted_lines_become_one(edit: VariableLineEdit) -> None:
    data = QMimeData()
    data.setText(" a \r\n b\tc\n")
    edit.insertFromMimeData(data)
    assert edit.text == "ab c"


def test_a_change_can_be_undone_and_a_beginning_can_not(edit: VariableLineEdit) -> None:
    edit.start_with("one")
    edit.set_text("two")
    edit.undo()
    assert edit.text == "one"
    edit.undo()
    assert edit.text == "one"


def test_every_change_is_told(edit: VariableLineEdit, qtbot: QtBot) -> None:
    with qtbot.waitSignal(edit.edited) as told:
        edit.set_text("x")
    assert told.args == ["x"]
