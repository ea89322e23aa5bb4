"""The ring shows where the keyboard is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.focus_ring import FocusRing


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


def test_a_field_with_a_box_has_no_second_ring(look: Look, window: QWidget, qtbot: QtBot) -> None:
    ring = FocusRing(look, window)
    field = QLineEdit(window)
    field.setProperty("boxed", "1")
    field.show()
    field.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(field.hasFocus)
    QApplication.processEvents()
    assert not ring.isVisible()
