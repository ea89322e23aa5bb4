"""A secret is masked while it is typed and shown; a variable in its place is not."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from wireyard.gui.request.secret_setting import SecretSetting
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.variable_source import NoVariables


@pytest.fixture
def field(qtbot: QtBot, look: Look) -> SecretSetting:
    made = SecretSetting(look, "Password")
    qtbot.addWidget(made)
    made.show()
    return made


def type_in(field: SecretSetting, text: str) -> None:
    for char in text:
        focus = field.focusProxy()
        assert focus is not None
        QTest.keyClicks(focus, char)


def test_what_is_typed_is_masked_from_the_first_letter(qtbot: QtBot, field: SecretSetting) -> None:
    heard: list[str] = []
    field.edited.connect(heard.append)
    field.activateWindow()
    field.setFocus()
    type_in(field, "p{w")
    assert heard == ["p", "p{", "p{w"]
    assert field.is_masked
    assert field.masked.displayText() == "•••" or field.masked.displayText() == "●●●"
    assert field.line.text == ""


def test_a_variable_is_readable_and_can_be_completed(field: SecretSetting) -> None:
    type_in(field, "{{token}}")
    assert field.text == "{{token}}"
    assert not field.is_masked
    assert field.line.text == "{{token}}"
    assert field.masked.text() == ""


def test_a_value_that_becomes_a_variable_comes_into_the_open(field: SecretSetting) -> None:
    type_in(field, "x{{y}}")
    assert not field.is_masked
    assert field.text == "x{{y}}"


def test_the_eye_shows_a_value_until_another_one_comes(field: SecretSetting) -> None:
    field.show_text("hush")
    assert field.is_masked
    field.eye.click()
    assert not field.is_masked
    assert field.masked.echoMode() is QLineEdit.EchoMode.Normal
    assert field.eye.accessibleName() == "Hide Password"
    field.show_text("other")
    assert field.is_masked


def test_what_is_shown_tells_nobody(qtbot: QtBot, field: SecretSetting, look: Look) -> None:
    heard: list[str] = []
    field.edited.connect(heard.append)
    for text in ("hush", "{{token}}", "", "again"):
        field.show_text(text)
        field.set_variables(NoVariables())
        look.changed.emit()
        assert field.text == text
    assert heard == []


def test_emptied_it_is_ready_for_a_variable(field: SecretSetting) -> None:
    field.show_text("x")
    field.masked.setFocus()
    QTest.keyClicks(field.masked, "\b")
    assert field.text == ""
    assert not field.is_masked
