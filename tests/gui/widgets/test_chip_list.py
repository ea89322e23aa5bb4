"""Chips: typed, moved, changed and removed, by keyboard alone or by mouse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.chip_list import Chip, ChipList

ALT = Qt.KeyboardModifier.AltModifier


def make(typed: str) -> Chip | str:
    return "No blanks." if " " in typed else Chip(typed, typed, typed)


@pytest.fixture
def told() -> dict[str, list[Any]]:
    return {"edited": [], "faulted": []}


@pytest.fixture
def chips(qtbot: QtBot, look: Look, told: dict[str, list[Any]]) -> Iterator[ChipList]:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    chips = ChipList(look, "Protocols", "v1", make, splits=True)
    column.addWidget(chips)
    column.addWidget(QLineEdit())
    chips.edited.connect(told["edited"].append)
    chips.faulted.connect(told["faulted"].append)
    window.show()
    window.activateWindow()
    chips.edit.setFocus()
    yield chips
    window.close()


def type_in(chips: ChipList, text: str) -> None:
    QTest.keyClicks(chips.edit, text)


def press(*keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key, modifier)


def test_enter_and_comma_make_a_chip(chips: ChipList, told: dict[str, list[Any]]) -> None:
    type_in(chips, "v2,v1")
    press(Qt.Key.Key_Return)
    assert chips.texts == ["v2", "v1"]
    assert told["edited"] == [("v2",), ("v2", "v1")]
    assert chips.edit.text == ""
    assert [each.accessibleName() for each in chips.buttons] == ["v2, 1 of 2", "v1, 2 of 2"]


def test_what_is_typed_counts_too_when_the_keyboard_leaves(chips: ChipList) -> None:
    type_in(chips, "v2")
    press(Qt.Key.Key_Tab)
    assert chips.texts == ["v2"]


def test_a_whole_list_can_be_pasted(chips: ChipList) -> None:
    QApplication.clipboard().setText("v3, v2 ,v1,")
    chips.edit.paste()
    assert chips.texts == ["v3", "v2", "v1"]


def test_what_can_t_be_one_is_told_and_stays_in_the_field(chips: ChipList, told: dict[str, list[Any]]) -> None:
    type_in(chips, "v1,v1")
    press(Qt.Key.Key_Return)
    assert told["faulted"][-1] == "“v1” is in the list already."
    chips.edit.set_text("a b")
    press(Qt.Key.Key_Return)
    assert told["faulted"][-1] == "No blanks."
    assert (chips.texts, chips.edit.text) == (["v1"], "a b")
    chips.edit.set_text("")
    assert told["faulted"][-1] == ""


def test_they_are_moved_and_removed_by_keyboard_alone(chips: ChipList, told: dict[str, list[Any]]) -> None:
    type_in(chips, "a,b,c,")
    press(Qt.Key.Key_Tab)
    assert chips.buttons[0].hasFocus()
    press(Qt.Key.Key_Right, modifier=ALT)
    assert (chips.texts, chips.buttons[1].hasFocus()) == (["b", "a", "c"], True)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Left, Qt.Key.Key_Left, modifier=ALT)
    press(Qt.Key.Key_Left, modifier=ALT)  # there is no further
    assert chips.texts == ["c", "b", "a"]
    press(Qt.Key.Key_Right, Qt.Key.Key_Delete)
    assert (chips.texts, chips.buttons[1].hasFocus()) == (["c", "a"], True)
    press(Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
    assert chips.edit.hasFocus()
    assert told["edited"][-1] == ()


def test_the_keyboard_goes_through_them_in_their_order(chips: ChipList, qtbot: QtBot) -> None:
    type_in(chips, "a,b,")
    press(Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    assert chips.buttons[1].hasFocus()
    press(Qt.Key.Key_Tab)
    assert isinstance(QApplication.focusWidget(), QLineEdit)


def test_one_is_changed_in_its_place(chips: ChipList) -> None:
    type_in(chips, "a,b,c,")
    chips.buttons[1].setFocus()
    press(Qt.Key.Key_F2)
    assert chips.edit.text == "b"
    type_in(chips, "B")
    press(Qt.Key.Key_Return)
    assert chips.texts == ["a", "B", "c"]
    chips.buttons[0].setFocus()
    press(Qt.Key.Key_Return, Qt.Key.Key_Escape)
    assert (chips.texts, chips.edit.text) == (["a", "B", "c"], "")


def test_backspace_in_the_empty_field_goes_to_the_last_one(chips: ChipList) -> None:
    type_in(chips, "a,b,")
    press(Qt.Key.Key_Backspace)
    assert chips.buttons[1].hasFocus()


def test_the_cross_removes_and_a_click_beside_it_does_not(chips: ChipList) -> None:
    type_in(chips, "first,second,")
    first = chips.buttons[0]
    QTest.mouseClick(first, Qt.MouseButton.LeftButton, pos=QPoint(8, 10))
    assert chips.texts == ["first", "second"]
    QTest.mouseClick(first, Qt.MouseButton.LeftButton, pos=QPoint(first.width() - 8, 10))
    assert chips.texts == ["second"]


def test_they_are_dragged_to_another_place(chips: ChipList, told: dict[str, list[Any]]) -> None:
    type_in(chips, "a,b,c,")
    held, last = chips.buttons[0], chips.buttons[2]
    QTest.mousePress(held, Qt.MouseButton.LeftButton, pos=QPoint(6, 10))
    QTest.mouseMove(held, QPoint(20, 10))
    QTest.mouseMove(held, held.mapFrom(chips, last.geometry().center()))
    QTest.mouseRelease(held, Qt.MouseButton.LeftButton, pos=QPoint(6, 10))
    assert chips.texts == ["b", "c", "a"]
    assert chips.buttons[2] is held
    assert told["edited"][-1] == ("b", "c", "a")


def test_many_go_on_in_the_next_line_and_nothing_is_wider(chips: ChipList, look: Look) -> None:
    chips.show_chips([Chip(n, f"a-protocol-{n}", "") for n in range(5)] + [Chip(9, "x" * 200, "")])
    for zoom in (100, 200):
        look.set_zoom(zoom)
        assert all(each.geometry().right() < chips.width() for each in chips.buttons)
        assert chips.height() >= chips.buttons[-1].geometry().bottom()


def test_a_button_can_stand_beside_the_field(chips: ChipList) -> None:
    button = QPushButton("More")
    chips.put_beside(button)
    button.show()
    chips.add(Chip(1, "one"))
    assert chips.texts == ["one"]
    assert button.geometry().left() > chips.edit.mapTo(chips, chips.edit.rect().topRight()).x()
    press(Qt.Key.Key_Tab)
    assert button.hasFocus()
    press(Qt.Key.Key_Tab)
    assert chips.buttons[0].hasFocus()
    press(Qt.Key.Key_F2)
    assert chips.edit.text == ""  # it was not typed
