"""The keyboard goes back to where it was when the part that has it goes away."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.request.notices import Notices, Remedy
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.toasts import Toasts


@pytest.fixture
def field(window: QWidget, qtbot: QtBot) -> QLineEdit:
    first = QLineEdit(window)
    made = QLineEdit(window)
    for each in (first, made):
        each.show()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def test_after_a_notice_the_keyboard_is_where_it_was(
    look: Look, window: QWidget, field: QLineEdit, qtbot: QtBot
) -> None:
    notices = Notices(look, window)
    notices.say("file", "It is gone.", remedies=[Remedy("Save", lambda: notices.unsay("file"))])
    button = notices.findChild(Button)
    assert button is not None
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert field.hasFocus()


def test_after_a_toast_the_keyboard_is_where_it_was(
    look: Look, window: QWidget, field: QLineEdit, qtbot: QtBot
) -> None:
    toast = Toasts(look, window).show_toast("Deleted.", "Undo", lambda: None)
    button = toast.findChild(Button)
    assert button is not None
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert field.hasFocus()


def test_a_notice_that_does_not_have_the_keyboard_leaves_it_alone(
    look: Look, window: QWidget, field: QLineEdit, qtbot: QtBot
) -> None:
    notices = Notices(look, window)
    notices.say("file", "It is gone.", remedies=[Remedy("Save", lambda: None)])
    notices.unsay("file")
    assert field.hasFocus()
