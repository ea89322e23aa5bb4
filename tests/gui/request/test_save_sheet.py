"""Where a new request is saved, and under which name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.request.save_sheet import SaveSheet
from wireyard.gui.theme.look import Look
from wireyard.workspace.tree import Item, Tree


def test_a_request_is_saved_into_a_folder(qtbot: QtBot, look: Look, window: QWidget) -> None:
    folder = Item(id="Orders/Live", kind="folder", name="Live")
    request = Item(id="Orders/One.ws.yaml", kind="request", name="One")
    tree = Tree(name="T", items=(Item(id="Orders", kind="collection", name="Orders", children=(folder, request)),))
    sheet = SaveSheet(look, window, tree, "stream")
    sheet.open()
    assert [sheet.folder.itemText(row) for row in range(sheet.folder.count())] == [
        "Orders",
        "Orders › Live",
        "New collection…",
    ]
    sheet.folder.setCurrentIndex(1)
    sheet.name.setText("")
    assert not sheet.save_button.isEnabled()
    sheet.name.setText("Mine")
    with qtbot.waitSignal(sheet.chosen) as chosen:
        qtbot.mouseClick(sheet.save_button, Qt.MouseButton.LeftButton)
    assert chosen.args == ["Orders/Live", "Mine", "My requests"]


def test_the_first_request_makes_a_collection(qtbot: QtBot, look: Look, window: QWidget) -> None:
    sheet = SaveSheet(look, window, None, "stream")
    sheet.open()
    assert sheet.collection.isVisible()
    with qtbot.waitSignal(sheet.chosen) as chosen:
        qtbot.mouseClick(sheet.save_button, Qt.MouseButton.LeftButton)
    assert chosen.args == ["", "stream", "My requests"]
