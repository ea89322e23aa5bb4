"""The controls of settings."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.editors import Editor, make_editor
from wireyard.settings.rows import Row, Value

NUMBER = Row(
    key="x.n", title="Limit", help="How many", kind="number", default=5.0, minimum=0, maximum=10, off_label="Off"
)


@pytest.fixture
def editor(qtbot: QtBot, look: Look) -> Editor:
    made = make_editor(look, NUMBER)
    qtbot.addWidget(made)
    made.show()
    return made


def typed(editor: Editor, text: str) -> None:
    field = editor.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.setText(text)
    field.editingFinished.emit()


@pytest.mark.parametrize(("text", "value"), [("7", 7.0), ("off", 0.0), ("", 0.0), ("2.5", 2.5)])
def test_a_number_is_taken(qtbot: QtBot, editor: Editor, text: str, value: Value) -> None:
    editor.show_value(5.0)
    with qtbot.waitSignal(editor.edited) as edited:
        typed(editor, text)
    assert edited.args == [value]


@pytest.mark.parametrize("text", ["11", "-1", "x", "nan", "inf"])
def test_what_is_none_is_told(qtbot: QtBot, editor: Editor, text: str) -> None:
    editor.show_value(5.0)
    with qtbot.waitSignal(editor.faulted) as faulted, qtbot.assertNotEmitted(editor.edited):
        typed(editor, text)
    assert faulted.args == ["A number from 0 to 10. Zero means “Off”."]


def test_up_and_down_step_within_the_limits(qtbot: QtBot, editor: Editor) -> None:
    editor.show_value(10.0)
    field = editor.findChild(QLineEdit)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field is not None
    assert field.text() == "9"
    assert field.accessibleName() == "Limit"
