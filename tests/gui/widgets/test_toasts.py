"""Toasts come, stay out of the way, and go."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.toasts import MAX_TOASTS, Toasts


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


def test_the_newest_offer_is_taken(look: Look, window: QWidget) -> None:
    done: list[str] = []
    toasts = Toasts(look, window)
    toasts.show_toast("One", "Undo", lambda: done.append("one"))
    toasts.show_toast("Two", "Undo", lambda: done.append("two"))
    toasts.show_toast("Three")
    toasts.take_offer()
    assert done == ["two"]
    assert [toast.text for toast in toasts.shown] == ["One", "Three"]
