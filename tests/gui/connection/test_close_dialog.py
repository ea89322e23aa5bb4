"""Closing with a code: what may be sent, what may not and why, and how long a reason may be."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.connection.close_dialog import CloseDialog, code_fault
from wireyard.gui.theme.look import Look


@pytest.fixture
def dialog(look: Look, qtbot: QtBot) -> Iterator[CloseDialog]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    dialog = CloseDialog(look, window)
    dialog.open()
    yield dialog
    window.close()


@pytest.mark.parametrize("code", ["1000", "3000", "4999", "3500"])
def test_codes_of_applications_may_be_sent(code: str) -> None:
    assert code_fault(code) == ""


@pytest.mark.parametrize("code", ["", "0", "999", "1001", "1004", "1005", "1006", "1012", "1015", "2999", "5000"])
def test_other_codes_are_barred_with_a_reason(code: str) -> None:
    assert code_fault(code)


def test_a_reserved_code_bars_the_button_and_says_why(dialog: CloseDialog) -> None:
    dialog.code.setText("1006")
    assert not dialog.close_button.isEnabled()
    assert "no close frame" in dialog.code_words.text()


def test_the_reason_is_counted_in_bytes(dialog: CloseDialog) -> None:
    dialog.reason.setText("é" * 61)
    assert dialog.counter.text() == "122 of 123 bytes"
    assert dialog.close_button.isEnabled()
    dialog.reason.setText("é" * 62)
    assert not dialog.close_button.isEnabled()


def test_enter_closes_with_code_and_reason(dialog: CloseDialog, qtbot: QtBot) -> None:
    dialog.code.setText("4001")
    dialog.reason.setText("done")
    with qtbot.waitSignal(dialog.close_chosen) as chosen:
        qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    assert chosen.args == [4001, "done"]


def test_escape_leaves_the_connection_alone(dialog: CloseDialog, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(dialog.close_chosen), qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog.code, Qt.Key.Key_Escape)


def test_tab_stays_inside_the_sheet(dialog: CloseDialog, qtbot: QtBot) -> None:
    for _ in range(12):
        focus = dialog.focusWidget()
        assert focus is not None
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
        now = dialog.focusWidget()
        assert now is not None
        assert dialog.isAncestorOf(now)
