"""The sheet that asks for a folder."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.sidebar.move_sheet import MoveSheet, folders
from wireyard.gui.theme.look import Look
from wireyard.workspace.tree import Item, Tree

TREE = Tree(
    name="T",
    items=(
        Item(
            id="A",
            kind="collection",
            name="Orders",
            children=(
                Item(id="A/x", kind="folder", name="Live", children=(Item(id="A/x/y", kind="folder", name="Old"),)),
                Item(id="A/r.ws.yaml", kind="request", name="r"),
            ),
        ),
        Item(id="B", kind="collection", name="Market"),
    ),
)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(900, 700)
    qtbot.addWidget(window)
    window.show()
    return window


def sheet(look: Look, window: QWidget, moved: list[tuple[list[str], str]]) -> MoveSheet:
    made = MoveSheet(look, window, TREE, ["A/r.ws.yaml"], lambda ids, parent: moved.append((ids, parent)))
    made.open()
    return made


def test_lists_folders_with_their_paths_but_not_those_that_are_moved() -> None:
    assert [path for _, path in folders(TREE.items, ["A/x"])] == ["Orders", "Market"]
    assert [path for _, path in folders(TREE.items, [])] == ["Orders", "Orders / Live", "Orders / Live / Old", "Market"]


def test_a_folder_is_found_by_typing_and_taken_by_enter(look: Look, window: QWidget) -> None:
    moved: list[tuple[list[str], str]] = []
    asked = sheet(look, window, moved)
    QTest.keyClicks(asked.search.edit, "old")
    QTest.keyClick(asked.search.edit, Qt.Key.Key_Return)
    assert moved == [(["A/r.ws.yaml"], "A/x/y")]


def test_escape_moves_nothing(look: Look, window: QWidget) -> None:
    moved: list[tuple[list[str], str]] = []
    asked = sheet(look, window, moved)
    QTest.keyClick(asked.list, Qt.Key.Key_Escape)
    assert not asked.isVisible()
    assert moved == []
