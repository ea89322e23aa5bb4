"""Toasts, sheets and the focus ring: they come, stay out of the way, and go."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.focus_ring import FocusRing
from wireyard.gui.widgets.sheet import Sheet
from wireyard.gui.widgets.toasts import MAX_TOASTS, Toasts


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    column = QVBoxLayout(window)
    column.addStretch(1)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.close()


def test_at_most_three_toasts_are_shown_and_the_oldest_goes_first(look: Look, window: QWidget) -> None:
    toasts = Toasts(look, window)
    for number in range(5):
        toasts.show_toast(f"Toast {number}")
    assert [toast.text for toast in toasts.shown] == ["Toast 2", "Toast 3", "Toast 4"]
    assert len(toasts.shown) == MAX_TOASTS


def test_toasts_stand_above_one_another_at_the_bottom_right(look: Look, window: QWidget) -> None:
    toasts = Toasts(look, window)
    first, second = toasts.show_toast("One"), toasts.show_toast("Two")
    assert first.geometry().bottom() < second.geometry().top()
    assert second.geometry().right() == window.width() - 16 - 1


def test_the_action_of_a_toast_is_done_and_the_toast_goes(look: Look, window: QWidget, qtbot: QtBot) -> None:
    done: list[bool] = []
    toasts = Toasts(look, window)
    toast = toasts.show_toast("Cleared", "Undo", lambda: done.append(True))
    undo = next(button for button in toast.findChildren(Button))
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert done == [True]
    assert toasts.shown == ()


def test_the_time_of_a_toast_stands_still_while_it_has_the_keyboard(look: Look, window: QWidget, qtbot: QtBot) -> None:
    elsewhere = Button(look, "Elsewhere", parent=window)
    elsewhere.show()
    toast = Toasts(look, window).show_toast("Cleared", "Undo")
    assert toast.is_waiting
    toast.findChildren(Button)[0].setFocus()
    qtbot.waitUntil(lambda: not toast.is_waiting)
    elsewhere.setFocus()
    qtbot.waitUntil(lambda: toast.is_waiting)


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


def test_the_ring_follows_the_keyboard_and_not_the_mouse(look: Look, window: QWidget, qtbot: QtBot) -> None:
    ring = FocusRing(look, window)
    button = Button(look, "Send", parent=window)
    button.move(100, 100)
    button.show()
    qtbot.mousePress(button, Qt.MouseButton.LeftButton)
    assert not ring.isVisible()
    qtbot.mouseRelease(button, Qt.MouseButton.LeftButton)
    button.clearFocus()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(ring.isVisible)
    assert ring.geometry().contains(button.geometry())
    button.move(200, 200)
    qtbot.waitUntil(lambda: ring.geometry().contains(button.geometry()))
    button.deleteLater()
    qtbot.waitUntil(lambda: not ring.isVisible())
