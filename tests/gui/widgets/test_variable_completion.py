"""Completion of variables by keyboard: when the list opens, what takes a row, what leaves it, and what is put in."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from tests.helpers.variables import staging

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.variable_chips import chips_of
from wireyard.gui.widgets.variable_line import VariableLineEdit

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def edit(look: Look, window: QWidget, qtbot: QtBot) -> VariableLineEdit:
    edit = VariableLineEdit(look, "Value")
    edit.set_variables(staging())
    column = window.layout()
    assert isinstance(column, QVBoxLayout)
    column.addWidget(edit)
    column.addWidget(QLineEdit())
    window.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    return edit


def press(edit: VariableLineEdit, qtbot: QtBot, key: Qt.Key) -> None:
    """While the list is open the window system gives the keys to it."""
    target = edit.variables.popup if edit.variables.is_offering else edit
    qtbot.keyClick(target, key)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_enter_and_tab_take_the_first_and_close_the_braces(edit: VariableLineEdit, qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClicks(edit, "wss://{{ho")
    assert edit.variables.offered[0] == "host"
    press(edit, qtbot, key)
    assert edit.text == "wss://{{host}}"
    assert not edit.variables.is_offering
    assert edit.hasFocus()


def test_down_goes_to_the_next(edit: VariableLineEdit, qtbot: QtBot) -> None:
    qtbot.keyClicks(edit, "{{t")
    press(edit, qtbot, Qt.Key.Key_Down)
    press(edit, qtbot, Qt.Key.Key_Return)
    assert edit.text == "{{token}}"


def test_escape_closes_the_list_and_leaves_the_text(edit: VariableLineEdit, qtbot: QtBot) -> None:
    qtbot.keyClicks(edit, "{{ho")
    press(edit, qtbot, Qt.Key.Key_Escape)
    assert not edit.variables.is_offering
    assert edit.text == "{{ho"


def test_going_on_typing_narrows_the_list_and_closing_the_braces_ends_it(edit: VariableLineEdit, qtbot: QtBot) -> None:
    qtbot.keyClicks(edit, "{{")
    everything = len(edit.variables.offered)
    qtbot.keyClicks(edit.variables.popup, "po")
    assert edit.variables.offered[0] == "port"
    assert len(edit.variables.offered) < everything
    qtbot.keyClicks(edit.variables.popup, "rt}}")
    assert not edit.variables.is_offering
    assert edit.text == "{{port}}"


def test_braces_that_are_escaped_offer_nothing(edit: VariableLineEdit, qtbot: QtBot) -> None:
    qtbot.keyClicks(edit, r"\{{ho")
    assert not edit.variables.is_offering


def test_control_space_offers_everything_and_puts_the_braces_in_too(edit: VariableLineEdit, qtbot: QtBot) -> None:
    qtbot.keyClicks(edit, "a")
    qtbot.keyClick(edit, Qt.Key.Key_Space, CONTROL)
    assert edit.variables.offered[0] == "base"
    press(edit, qtbot, Qt.Key.Key_Return)
    assert edit.text == "a{{base}}"


def test_within_a_variable_the_rest_of_its_name_is_replaced(edit: VariableLineEdit, qtbot: QtBot) -> None:
    edit.start_with("{{host}}/x")
    edit.moveCursor(QTextCursor.MoveOperation.Start)
    for _ in range(2):
        qtbot.keyClick(edit, Qt.Key.Key_Right)
    qtbot.keyClick(edit, Qt.Key.Key_Space, CONTROL)
    press(edit, qtbot, Qt.Key.Key_Return)
    assert edit.text == "{{base}}/x"


def test_taking_one_is_one_step_of_undo(edit: VariableLineEdit, qtbot: QtBot) -> None:
    qtbot.keyClicks(edit, "{{ho")
    press(edit, qtbot, Qt.Key.Key_Return)
    edit.undo()
    assert edit.text == "{{ho"


def test_text_that_is_put_in_opens_no_list(edit: VariableLineEdit) -> None:
    edit.set_text("{{ho")
    assert not edit.variables.is_offering


def test_read_only_text_is_not_completed(edit: VariableLineEdit, qtbot: QtBot) -> None:
    edit.start_with("{{ho")
    edit.setReadOnly(True)
    qtbot.keyClick(edit, Qt.Key.Key_Space, CONTROL)
    assert not edit.variables.is_offering


@pytest.mark.parametrize(("text", "words"), [("{{nobody}}", "Define {{nobody}}…"), ("{{host}}", "Edit {{host}}…")])
def test_the_menu_leads_to_the_definition(edit: VariableLineEdit, qtbot: QtBot, text: str, words: str) -> None:
    edit.start_with(text)
    menu = edit.variables.menu_for(chips_of(text)[0])
    assert menu.actions()[0].text() == words
    with qtbot.waitSignal(edit.define_requested) as asked:
        menu.actions()[0].trigger()
    assert asked.args == [text.strip("{}")]
    menu.close()


def test_the_list_leaves_the_caret_in_sight(edit: VariableLineEdit, qtbot: QtBot) -> None:
    qtbot.keyClicks(edit, "{{")
    caret = edit.cursorRect()
    caret.moveTo(edit.viewport().mapToGlobal(caret.topLeft()))
    assert not edit.variables.popup.frameGeometry().intersects(caret)
    assert edit.variables.popup.accessibleName() == "Variables"
