"""The sheets of a request: where it is saved, what a message is called, which version is kept."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.request.conflict_sheet import ConflictSheet, differences
from wireyard.gui.request.message_sheet import MessageSheet
from wireyard.gui.request.save_sheet import SaveSheet
from wireyard.gui.theme.look import Look
from wireyard.workspace.model import Field, RequestFile, TlsSettings
from wireyard.workspace.tree import Item, Tree


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    return made


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


def test_a_message_needs_a_name(qtbot: QtBot, look: Look, window: QWidget) -> None:
    sheet = MessageSheet(look, window, "Save message", "ping", "", "", ["Talk"])
    sheet.open()
    sheet.name.setText(" ")
    assert not sheet.save_button.isEnabled()
    sheet.name.setText("pong")
    sheet.group.setText("Talk")
    with qtbot.waitSignal(sheet.chosen) as chosen:
        qtbot.mouseClick(sheet.save_button, Qt.MouseButton.LeftButton)
    assert chosen.args == ["pong", "Talk", ""]


def test_only_what_differs_is_shown_and_no_passphrase() -> None:
    mine = RequestFile(url="ws://a", notes="same", tls=TlsSettings(client_key_password="hush"))
    theirs = RequestFile(url="ws://b", notes="same", headers=(Field(name="A", value="1"),))
    found = differences(mine, theirs)
    assert [label for label, _, _ in found] == ["Address", "Headers", "Settings"]
    assert "hush" not in str(found)


@pytest.mark.parametrize("choice", ["mine", "theirs", "copy"])
def test_a_version_is_chosen(qtbot: QtBot, look: Look, window: QWidget, choice: str) -> None:
    sheet = ConflictSheet(look, window, "One", RequestFile(url="ws://a"), RequestFile(url="ws://b"))
    sheet.open()
    with qtbot.waitSignal(getattr(sheet, f"{choice}_chosen")):
        qtbot.mouseClick(getattr(sheet, choice), Qt.MouseButton.LeftButton)
    assert not sheet.isVisible()
