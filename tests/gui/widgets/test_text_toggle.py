"""A switch of two letters: pressed by mouse and by keyboard, as large as the zoom wants."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.text_toggle import TextToggle


def test_it_is_switched_by_mouse_and_by_keyboard_and_says_what_it_is(look: Look, window: QWidget, qtbot: QtBot) -> None:
    toggle = TextToggle(look, "Aa", "Match case", window)
    toggle.show()
    qtbot.mouseClick(toggle, Qt.MouseButton.LeftButton)
    assert (toggle.isChecked(), toggle.accessibleName(), toggle.toolTip()) == (True, "Match case", "Match case")
    on = toggle.grab().toImage()
    toggle.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(toggle, Qt.Key.Key_Space)
    assert not toggle.isChecked()
    assert toggle.grab().toImage() != on


def test_it_grows_with_the_zoom(look: Look, window: QWidget) -> None:
    toggle = TextToggle(look, "Aa", "Match case", window)
    before = toggle.size()
    look.set_zoom(200)
    assert toggle.size() == before * 2
