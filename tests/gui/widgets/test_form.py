"""A row of a form names its control, says what is wrong, and offers the default only where it differs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.form import FormRow


@pytest.fixture
def row(look: Look, qtbot: QtBot) -> FormRow:
    row = FormRow(look, "Open timeout", "In seconds", QLineEdit())
    qtbot.addWidget(row)
    row.show()
    return row


def test_the_control_is_named_and_described(row: FormRow) -> None:
    assert row.control.accessibleName() == "Open timeout"
    assert row.control.accessibleDescription() == "In seconds"


def test_a_name_of_its_own_is_kept(look: Look, qtbot: QtBot) -> None:
    control = QLineEdit()
    control.setAccessibleName("Seconds")
    row = FormRow(look, "Open timeout", "", control)
    qtbot.addWidget(row)
    assert control.accessibleName() == "Seconds"


def test_the_default_is_offered_while_the_value_differs(row: FormRow, qtbot: QtBot) -> None:
    (reset,) = row.findChildren(Button)
    control_x = row.control.x()
    assert not reset.isVisible()
    row.set_changed(True)
    assert reset.accessibleName() == "Reset Open timeout to default"
    assert row.control.x() == control_x
    with qtbot.waitSignal(row.reset_requested):
        qtbot.mouseClick(reset, Qt.MouseButton.LeftButton)
    row.set_changed(False)
    assert not reset.isVisible()


def test_a_fault_is_said_until_it_is_mended(row: FormRow) -> None:
    row.set_fault("A number from 1 to 600")
    assert "A number from 1 to 600" in [label.text() for label in row.findChildren(QLabel) if label.isVisible()]
    row.set_fault("")
    assert {label.text() for label in row.findChildren(QLabel) if label.isVisible()} == {"Open timeout", "In seconds"}
