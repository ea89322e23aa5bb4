"""Saved messages beside the composer: by mouse, by keyboard, dragged."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from wireyard.gui.request.messages_column import MessagesColumn
from wireyard.gui.request.messages_model import MIME, dropped_message
from wireyard.gui.theme.look import Look
from wireyard.workspace.model import SavedMessage

MESSAGES = (
    SavedMessage(name="a", body="1", note="why"),
    SavedMessage(name="b", group="G"),
    SavedMessage(name="c", group="G", send_as="binary"),
)


@pytest.fixture
def column(qtbot: QtBot, look: Look) -> MessagesColumn:
    made = MessagesColumn(look)
    qtbot.addWidget(made)
    QAbstractItemModelTester(made.model, QAbstractItemModelTester.FailureReportingMode.QtTest, made)
    made.show_messages("Orders/One.ws.yaml", MESSAGES, 0)
    made.resize(248, 300)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.list.setFocus()
    made.list.setCurrentIndex(made.model.index(2))
    return made


def spot(column: MessagesColumn, number: int, x: int) -> QPoint:
    rect = column.list.visualRect(column.model.index(column.model.row_of(number)))
    return QPoint(x, rect.center().y())


def test_groups_have_headings(column: MessagesColumn) -> None:
    shown = [column.model.index(row).data() for row in range(column.model.rowCount())]
    assert shown == ["a", "G", "b", "c"]
    spoken = column.model.index(3).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "c, G, Alt+3"


def test_a_click_loads_and_one_at_the_front_sends(qtbot: QtBot, column: MessagesColumn) -> None:
    with qtbot.waitSignal(column.load_asked) as loaded:
        qtbot.mouseClick(column.list.viewport(), Qt.MouseButton.LeftButton, pos=spot(column, 1, 100))
    assert loaded.args == [1]
    with qtbot.waitSignal(column.send_asked) as sent:
        qtbot.mouseClick(column.list.viewport(), Qt.MouseButton.LeftButton, pos=spot(column, 2, 20))
    assert sent.args == [2]


@pytest.mark.parametrize(
    ("key", "modifiers", "signal"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "load_asked"),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, "send_asked"),
        (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier, "edit_asked"),
        (Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier, "duplicate_asked"),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, "delete_asked"),
    ],
)
def test_keys_act_on_the_row(
    qtbot: QtBot, column: MessagesColumn, key: Qt.Key, modifiers: Qt.KeyboardModifier, signal: str
) -> None:
    with qtbot.waitSignal(getattr(column, signal)) as asked:
        qtbot.keyClick(column.list, key, modifiers)
    assert asked.args == [1]


def test_keys_move_a_row_and_into_another_group(qtbot: QtBot, column: MessagesColumn) -> None:
    keys = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    with qtbot.waitSignal(column.move_asked) as moved:
        qtbot.keyClick(column.list, Qt.Key.Key_Down, keys)
    assert moved.args == [1, 3, "G"]
    column.list.setCurrentIndex(column.model.index(0))
    with qtbot.waitSignal(column.move_asked) as moved:
        qtbot.keyClick(column.list, Qt.Key.Key_Down, keys)
    assert moved.args == [0, 0, "G"]


def test_a_message_is_dragged_to_another_place(qtbot: QtBot, column: MessagesColumn) -> None:
    data = column.model.mimeData([column.model.index(3)])
    assert dropped_message(data.data(MIME).data()) == ("Orders/One.ws.yaml", 2)
    with qtbot.waitSignal(column.move_asked) as moved:
        column.model.dropMimeData(data, Qt.DropAction.MoveAction, 2, 0, QModelIndex())
    assert moved.args == [2, 1, "G"]


@pytest.mark.parametrize("data", [b"", b"[]", b'{"request": 1}', b"\xff"])
def test_what_was_not_dragged_here_is_passed_over(data: bytes) -> None:
    assert dropped_message(data) is None


def test_the_menu_has_all_there_is_to_do(column: MessagesColumn) -> None:
    menu = column.list.menu_for(1)
    words = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert words == ["Send", "Put into the composer", "Name, group, note…", "Duplicate", "Delete"]
    menu.deleteLater()


def test_the_keyboard_stays_on_a_message_that_moved_and_in_the_place_of_one_that_went(column: MessagesColumn) -> None:
    column.list.setCurrentIndex(column.model.index(column.model.row_of(2)))
    column.show_messages("Orders/One.ws.yaml", (MESSAGES[0], MESSAGES[2], MESSAGES[1]), 0)
    assert column.list.current_message() == (1, MESSAGES[2])
    column.show_messages("Orders/One.ws.yaml", (MESSAGES[0], MESSAGES[1]), 0)
    assert column.list.current_message() == (1, MESSAGES[1])
    column.show_messages("Orders/One.ws.yaml", (), -1)
    assert column.add_button.hasFocus()


def test_the_keyboard_comes_to_the_message_in_the_composer(qtbot: QtBot, column: MessagesColumn) -> None:
    column.add_button.setFocus()
    column.list.setCurrentIndex(QModelIndex())
    column.show_messages("Orders/One.ws.yaml", MESSAGES, 1)
    column.take_keyboard()
    assert column.list.current_message() == (1, MESSAGES[1])


def test_the_release_that_ends_a_drag_loads_nothing(qtbot: QtBot, column: MessagesColumn) -> None:
    loaded: list[int] = []
    column.load_asked.connect(loaded.append)
    qtbot.mousePress(column.list.viewport(), Qt.MouseButton.LeftButton, pos=spot(column, 1, 100))
    qtbot.mouseRelease(column.list.viewport(), Qt.MouseButton.LeftButton, pos=spot(column, 2, 100))
    assert loaded == []


def test_arrows_pass_over_headings(column: MessagesColumn) -> None:
    press = QTest.keyClick
    column.list.setCurrentIndex(column.model.index(0))
    press(column.list, Qt.Key.Key_Down)
    assert column.list.current_message()[0] == 1
    press(column.list, Qt.Key.Key_Up)
    assert column.list.current_message()[0] == 0
    press(column.list, Qt.Key.Key_End)
    press(column.list, Qt.Key.Key_Home)
    assert column.list.current_message()[0] == 0
