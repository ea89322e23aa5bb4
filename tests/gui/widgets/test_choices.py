"""Check boxes, radio buttons and selects by mouse and keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.choices import CheckBox, RadioButton, Select


@pytest.mark.parametrize("kind", [CheckBox, RadioButton])
def test_marks_are_toggled_anywhere_on_their_row(
    look: Look, qtbot: QtBot, kind: type[CheckBox] | type[RadioButton]
) -> None:
    mark = kind(look, "Include handshake rows")
    qtbot.addWidget(mark)
    mark.show()
    qtbot.mouseClick(mark, Qt.MouseButton.LeftButton, pos=QPoint(mark.width() - 4, 4))
    assert mark.isChecked()
    assert mark.sizeHint().height() >= 24


def test_a_select_is_named_and_changed_by_keys(look: Look, qtbot: QtBot) -> None:
    select = Select(look, label="Theme")
    qtbot.addWidget(select)
    select.addItems(["System", "Light"])
    select.show()
    qtbot.keyClick(select, Qt.Key.Key_Down)
    assert select.currentText() == "Light"
    assert select.accessibleName() == "Theme"
