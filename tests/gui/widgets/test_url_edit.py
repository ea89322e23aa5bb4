"""The address field: one line whatever is pasted, Enter to go, and addresses used before on offer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication, QListView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.url_edit import UrlEdit, flatten

RECENT = ("wss://one.example/ws", "ws://127.0.0.1:8080/echo", "wss://two.example/feed")


@pytest.fixture
def edit(look: Look, qtbot: QtBot) -> Iterator[UrlEdit]:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    edit = UrlEdit(look)
    edit.set_recent(RECENT)
    column.addWidget(edit)
    window.resize(400, 100)
    with qtbot.waitExposed(window):
        window.show()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    yield edit
    window.close()


def popups() -> list[QListView]:
    return [view for view in QApplication.topLevelWidgets() if isinstance(view, QListView) and view.isVisible()]


def is_offering() -> bool:
    return bool(popups())


def offered() -> list[str]:
    model = popups()[0].model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_enter_submits_and_enter_with_a_modifier_does_not(edit: UrlEdit, qtbot: QtBot) -> None:
    edit.start_with("ws://h")
    with qtbot.waitSignal(edit.submitted):
        qtbot.keyClick(edit, Qt.Key.Key_Return)
    with qtbot.assertNotEmitted(edit.submitted):
        qtbot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert edit.text == "ws://h"


@pytest.mark.parametrize(
    ("pasted", "line"),
    [
        ("  ws://h/a \n", "ws://h/a"),
        ("ws://h/\r\n  ?a=1\n&b=2", "ws://h/?a=1&b=2"),
        ("ws://h/a\tb", "ws://h/a b"),
        ("ws://h/ä?q=%20", "ws://h/ä?q=%20"),
        ("\n", ""),
    ],
)
def test_what_is_pasted_becomes_one_line(edit: UrlEdit, pasted: str, line: str) -> None:
    assert flatten(pasted) == line
    data = QMimeData()
    data.setText(pasted)
    edit.insertFromMimeData(data)
    assert edit.text == line
    assert edit.document().blockCount() == 1


def test_a_change_by_program_can_be_undone_and_a_new_beginning_cannot(edit: UrlEdit) -> None:
    edit.start_with("ws://first")
    assert not edit.document().isUndoAvailable()
    edit.set_text("ws://second")
    edit.undo()
    assert edit.text == "ws://first"


def test_every_change_is_told(edit: UrlEdit, qtbot: QtBot) -> None:
    told: list[str] = []
    edit.edited.connect(told.append)
    qtbot.keyClicks(edit, "ws")
    edit.set_text("wss://h")
    assert told[:2] == ["w", "ws"]
    assert told[-1] == "wss://h"


def test_typing_offers_what_contains_it_and_escape_takes_the_offer_away(edit: UrlEdit, qtbot: QtBot) -> None:
    qtbot.keyClicks(edit, "EXAMPLE")
    qtbot.waitUntil(is_offering)
    assert offered() == [RECENT[0], RECENT[2]]
    qtbot.keyClick(popups()[0], Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not is_offering())
    assert edit.text == "EXAMPLE"


def test_down_offers_everything_and_enter_takes_the_chosen_one(edit: UrlEdit, qtbot: QtBot) -> None:
    edit.start_with("x")
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    qtbot.waitUntil(is_offering)
    assert offered() == list(RECENT)
    (popup,) = popups()
    with qtbot.assertNotEmitted(edit.submitted):
        qtbot.keyClick(popup, Qt.Key.Key_Down)
        qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert edit.text == RECENT[0]
    assert not is_offering()


def test_nothing_is_offered_for_what_is_there_already(edit: UrlEdit, qtbot: QtBot) -> None:
    edit.start_with(RECENT[0][:-1])
    qtbot.keyClicks(edit, RECENT[0][-1])
    assert edit.text == RECENT[0]
    assert not is_offering()


@pytest.mark.parametrize(("position", "caret"), [(-5, 0), (3, 3), (99, 6)])
def test_the_caret_goes_to_the_fault(edit: UrlEdit, qtbot: QtBot, position: int, caret: int) -> None:
    edit.start_with("ws://h")
    edit.clearFocus()
    edit.place_caret(position)
    qtbot.waitUntil(edit.hasFocus)
    assert edit.textCursor().position() == caret


def test_coming_by_tab_selects_all_and_leaving_lets_go(edit: UrlEdit, qtbot: QtBot) -> None:
    edit.start_with("ws://h")
    edit.clearFocus()
    edit.setFocus(Qt.FocusReason.TabFocusReason)
    assert edit.textCursor().selectedText() == "ws://h"
    edit.clearFocus()
    assert not edit.textCursor().hasSelection()
