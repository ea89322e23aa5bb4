"""A sheet takes the keyboard, stays inside its window, and gives the keyboard back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button, IconButton
from wireyard.gui.widgets.sheet import Sheet
from wireyard.gui.window.questions import SaveQuestion


def test_shortcuts_of_the_window_rest_while_a_sheet_is_open(look: Look, window: QWidget, qtbot: QtBot) -> None:
    pressed: list[bool] = []
    QShortcut(QKeySequence("Ctrl+W"), window).activated.connect(lambda: pressed.append(True))
    qtbot.keyClick(window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert pressed == [True]
    sheet = Sheet(look, window, "Title", QSize(300, 200))
    sheet.open()
    focus = sheet.focusWidget() or sheet
    qtbot.keyClick(focus, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert pressed == [True]


def test_a_closed_sheet_gives_the_keyboard_back(look: Look, window: QWidget, qtbot: QtBot) -> None:
    button = Button(look, "Export", parent=window)
    button.show()
    button.setFocus()
    sheet = Sheet(look, window, "Title", QSize(300, 200))
    sheet.open()
    assert not button.hasFocus()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert button.hasFocus()


def test_a_sheet_stays_inside_a_small_window(look: Look, window: QWidget, qtbot: QtBot) -> None:
    sheet = Sheet(look, window, "Title", QSize(2000, 2000))
    sheet.open()
    assert sheet.width() < window.width()
    window.resize(500, 400)
    qtbot.waitUntil(lambda: sheet.width() < 500 and sheet.height() < 400)


def test_a_sheet_that_changes_its_size_leaves_no_shadow_behind(look: Look, window: QWidget, qtbot: QtBot) -> None:
    sheet = Sheet(look, window, "Title", QSize(300, 200))
    sheet.open()
    scrim = sheet.parentWidget()
    assert scrim is not None
    painted: list[QRect] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if isinstance(event, QPaintEvent):
                painted.append(event.rect())
            return False

    watch = Watch()
    scrim.installEventFilter(watch)
    sheet.resize(300, 100)
    qtbot.waitUntil(lambda: scrim.rect() in painted)


def test_where_the_keyboard_came_from_has_gone_it_stays_near(look: Look, window: QWidget, qtbot: QtBot) -> None:
    first = Button(look, "Menu", parent=window)
    page = QWidget(window)
    field, button = QLineEdit(page), Button(look, "Define", parent=page)
    for part in (first, page, field, button):
        part.show()
    button.setFocus()
    sheet = Sheet(look, window, "Title", QSize(300, 200))
    sheet.open()
    button.hide()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert field.hasFocus()


def test_a_sheet_that_is_done_does_not_follow_the_look_any_more(look: Look, window: QWidget, qtbot: QtBot) -> None:
    fitted: list[bool] = []

    class Fitted(Sheet):
        def _fit(self) -> None:
            fitted.append(True)
            super()._fit()

    sheet = Fitted(look, window, "Title", QSize(300, 200))
    sheet.open()
    sheet.reject()
    fitted.clear()
    look.set_zoom(120)
    assert fitted == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
@pytest.mark.parametrize("wanted", ["Save", "Don't save", "Cancel", "×"])
def test_the_button_with_the_keyboard_is_pressed_and_not_the_default_one(
    look: Look, window: QWidget, qtbot: QtBot, wanted: str, key: Qt.Key
) -> None:
    question = SaveQuestion(look, window, "Save?", "Changes")
    done: list[str] = []
    question.save_chosen.connect(lambda: done.append("Save"))
    question.discard_chosen.connect(lambda: done.append("Don't save"))
    question.rejected.connect(lambda: done.append("left"))
    question.open()
    button: QAbstractButton
    if wanted == "×":
        (button,) = question.findChildren(IconButton)
    else:
        (button,) = [each for each in question.findChildren(Button) if each.text() == wanted]
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(button.hasFocus)
    qtbot.keyClick(button, key)
    assert done == [wanted if wanted.endswith("ave") else "left"]
