"""Several rows at once, and names that no file could have: everything as it was after Undo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from tests.gui.sidebar.conftest import AGENT, COURIER, LIVE, MARKET, TRADES, UPDATES
from tests.gui.sidebar.test_collections_view import click, focus, press

from wireyard.gui.library import Library
from wireyard.gui.sidebar.collections_view import CollectionsView
from wireyard.workspace.model import RequestFile

CONTROL = Qt.KeyboardModifier.ControlModifier
EXTRA = ("Alpha", "Beta", "Gamma", "Omega")


@pytest.fixture
def extra(view: CollectionsView, library: Library, qtbot: QtBot) -> list[str]:
    """More requests in one folder, which is open."""
    ids = [library.create_request(LIVE, name, RequestFile(url="ws://h/")) for name in EXTRA]
    qtbot.waitUntil(lambda: all(view.model.index_of(id_).isValid() for id_ in ids))
    view.tree.expand(view.model.index_of(LIVE))
    return ids


def names_in(view: CollectionsView, folder: str) -> list[str]:
    index = view.model.index_of(folder)
    rows = [view.model.row_at(view.model.index(number, 0, index)) for number in range(view.model.rowCount(index))]
    return [row.name for row in rows if row is not None]


def files_of(root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*.yaml")}


def undo_of(told: Any) -> Any:
    assert told.args is not None
    return told.args[1]


def select(view: CollectionsView, ids: list[str]) -> None:
    click(view, ids[0])
    for id_ in ids[1:]:
        click(view, id_, CONTROL)
    assert [row.id for row in view.tree.selected_rows()] == ids


@pytest.mark.parametrize("chosen", [[0, 1, 2], [0, 2], [1, 2, 3], [0, 3]])
def test_several_that_were_moved_are_back_in_their_order(
    view: CollectionsView, extra: list[str], library: Library, qtbot: QtBot, root: Path, chosen: list[int]
) -> None:
    before, files = names_in(view, LIVE), files_of(root)
    moving = [extra[number] for number in chosen]
    select(view, moving)
    with qtbot.waitSignal(library.undo_offered) as told:
        view.actions_.move_to(moving, MARKET)
    assert told.args is not None
    assert told.args[0] == f"Moved {len(moving)} items to “Market”."
    qtbot.waitUntil(lambda: names_in(view, MARKET) == ["Trades", *(EXTRA[number] for number in chosen)])
    undo_of(told)()
    qtbot.waitUntil(lambda: names_in(view, LIVE) == before and names_in(view, MARKET) == ["Trades"])
    requests = {path: text for path, text in files.items() if path.endswith(".ws.yaml")}
    assert {path: text for path, text in files_of(root).items() if path.endswith(".ws.yaml")} == requests


def test_several_from_two_folders_are_moved_and_come_back(
    view: CollectionsView, extra: list[str], library: Library, qtbot: QtBot
) -> None:
    live, chat = names_in(view, LIVE), names_in(view, "Orders/Chat")
    with qtbot.waitSignal(library.undo_offered) as told:
        view.actions_.move_to([extra[0], extra[1], AGENT], MARKET)
    qtbot.waitUntil(lambda: len(names_in(view, MARKET)) == 4)
    undo_of(told)()
    qtbot.waitUntil(lambda: (names_in(view, LIVE), names_in(view, "Orders/Chat")) == (live, chat))


def test_several_that_were_deleted_are_back_in_their_order(
    view: CollectionsView, extra: list[str], library: Library, qtbot: QtBot, root: Path
) -> None:
    before, files = names_in(view, LIVE), files_of(root)
    select(view, extra[:3])
    with qtbot.waitSignal(library.undo_offered) as told:
        press(view, "Del")
    qtbot.waitUntil(lambda: names_in(view, LIVE) == ["Courier", "Omega", "Updates"])
    undo_of(told)()
    qtbot.waitUntil(lambda: names_in(view, LIVE) == before)
    assert files_of(root) == files


def test_several_are_duplicated_each_below_itself(view: CollectionsView, extra: list[str], qtbot: QtBot) -> None:
    select(view, extra[:2])
    press(view, "Ctrl+D")
    wanted = ["Alpha", "Alpha copy", "Beta", "Beta copy", "Courier", "Gamma", "Omega", "Updates"]
    qtbot.waitUntil(lambda: names_in(view, LIVE) == wanted)
    qtbot.waitUntil(lambda: [row.name for row in view.tree.selected_rows()] == ["Alpha copy", "Beta copy"])


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("a/b", "a-b"),
        ("..", "_"),
        ("COURIER", "COURIER 2"),
        ("🎉 party", "🎉 party"),
        ("x" * 300, "x" * 200),
        ("é" * 150, "é" * 100),
        ("Cafe\u0301", "Caf\u00e9"),
    ],
)
def test_a_request_can_be_called_what_no_file_can(
    view: CollectionsView, qtbot: QtBot, root: Path, name: str, file: str
) -> None:
    focus(view, UPDATES)
    press(view, "F2")
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.setText(name)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    id_ = f"{LIVE}/{file}.ws.yaml"
    qtbot.waitUntil(lambda: view.model.index_of(id_).isValid())
    row = view.model.row_of(id_)
    assert row is not None
    shown = "Caf\u00e9" if name == "Cafe\u0301" else name
    qtbot.waitUntil(lambda: shown in names_in(view, LIVE))
    assert (root / id_).is_file()
    assert not (root / UPDATES).exists()
    assert "Courier" in names_in(view, LIVE)


def test_only_the_case_of_a_name_can_be_changed(view: CollectionsView, qtbot: QtBot, root: Path) -> None:
    focus(view, TRADES)
    press(view, "F2")
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.setText("TRADES")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names_in(view, MARKET) == ["TRADES"])
    assert [path.name for path in (root / MARKET).glob("*.ws.yaml")] == ["TRADES.ws.yaml"]


@pytest.mark.parametrize("name", ["", "   "])
def test_a_name_of_nothing_leaves_the_old_one(view: CollectionsView, qtbot: QtBot, root: Path, name: str) -> None:
    focus(view, COURIER)
    press(view, "F2")
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.setText(name)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not view.tree.findChildren(QLineEdit))
    assert (root / COURIER).is_file()
    assert "Courier" in names_in(view, LIVE)
