"""Where secrets go on a machine without a keyring: a plain choice, checked passphrases, and no way around it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.library import Library
from wireyard.gui.secrecy.secret_place import SecretPlaceSheet
from wireyard.gui.theme.look import Look


class Place:
    """The sheet, and what it did."""

    def __init__(self, look: Look, window: QWidget, library: Library) -> None:
        self.chosen = 0
        self.sheet = SecretPlaceSheet(look, window, library.secrets, self._on_chosen)
        self.sheet.open()

    def _on_chosen(self) -> None:
        self.chosen += 1

    def type(self, qtbot: QtBot, first: str, second: str) -> None:
        sheet = self.sheet
        sheet.passphrase.setText(first)
        sheet.again.setText(second)
        qtbot.keyClick(sheet, Qt.Key.Key_Return)


@pytest.fixture
def place(look: Look, window: QWidget, library: Library) -> Place:
    return Place(look, window, library)


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [("short", "short", "at least 8"), ("long enough", "another one", "differ"), ("", "", "at least 8")],
)
def test_a_passphrase_that_will_not_do_is_told(place: Place, qtbot: QtBot, first: str, second: str, words: str) -> None:
    place.type(qtbot, first, second)
    assert words in place.sheet.fault.text()
    assert place.chosen == 0
    place.sheet.reject()


def test_an_encrypted_file_is_made_with_the_passphrase(place: Place, qtbot: QtBot, library: Library) -> None:
    place.type(qtbot, "correct horse battery", "correct horse battery")
    qtbot.waitUntil(lambda: place.chosen == 1, timeout=20_000)
    assert library.secrets.place == "encrypted"


def test_this_session_only_needs_no_passphrase(place: Place, qtbot: QtBot, library: Library) -> None:
    place.sheet.session_choice.setChecked(True)
    assert not place.sheet.passphrase.isEnabled()
    qtbot.keyClick(place.sheet, Qt.Key.Key_Return)
    assert place.chosen == 1
    assert library.secrets.place == "session"


def test_leaving_chooses_nothing(place: Place, qtbot: QtBot, library: Library) -> None:
    qtbot.keyClick(place.sheet, Qt.Key.Key_Escape)
    assert place.chosen == 0
    assert library.secrets.place not in ("session", "encrypted")
