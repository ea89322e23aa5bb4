"""Both versions of a request, and which is kept."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.request.conflict_sheet import ConflictSheet, differences
from wireyard.gui.theme.look import Look
from wireyard.workspace.model import Field, RequestFile, TlsSettings


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
