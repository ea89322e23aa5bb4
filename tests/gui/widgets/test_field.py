"""The box around a field is part of the field: it shows the keyboard and passes clicks on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.field import FieldBox


def boxed(look: Look, qtbot: QtBot) -> tuple[FieldBox, QLineEdit]:
    box = FieldBox(look)
    qtbot.addWidget(box)
    box.resize(200, 40)
    edit = QLineEdit(box)
    edit.setGeometry(20, 10, 100, 20)
    box.set_editor(edit)
    with qtbot.waitExposed(box):
        box.show()
    box.setFocus()
    edit.clearFocus()
    return box, edit


def border(box: FieldBox) -> QColor:
    return box.grab().toImage().pixelColor(box.width() // 2, 0)


def test_a_click_beside_the_editor_goes_to_it(look: Look, qtbot: QtBot) -> None:
    box, edit = boxed(look, qtbot)
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(edit.hasFocus)


def test_the_border_shows_the_keyboard_and_before_that_a_fault(look: Look, qtbot: QtBot) -> None:
    box, edit = boxed(look, qtbot)
    assert border(box) == look.color("border.2")
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    assert border(box) == look.color("focus.ring")
    box.set_faulty(True)
    assert border(box) == look.color("err.dot")
    box.set_faulty(False)
    assert border(box) == look.color("focus.ring")
