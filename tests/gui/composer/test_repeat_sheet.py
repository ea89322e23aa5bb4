"""The sheet that asks how a message is repeated."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.composer.repeat_sheet import RepeatSheet
from wireyard.gui.theme.look import Look
from wireyard.session.repeating import Cadence


@pytest.fixture
def sheet(look: Look, qtbot: QtBot) -> Iterator[RepeatSheet]:
    window = QWidget()
    window.resize(900, 700)
    qtbot.addWidget(window)
    window.show()
    yield RepeatSheet(look, window, Cadence(interval_ms=250), is_running=False)
    window.close()


def test_gives_what_its_fields_say(sheet: RepeatSheet) -> None:
    chosen: list[Cadence] = []
    sheet.chosen.connect(chosen.append)
    sheet.count.setText("1,000")
    sheet.jitter.setText("10")
    sheet.start_button.click()
    assert chosen == [Cadence(interval_ms=250, count=1000, jitter_percent=10)]


@pytest.mark.parametrize(
    ("name", "text", "part"),
    [
        ("interval", "0", "interval"),
        ("interval", "", "interval"),
        ("interval", "1.5", "interval"),
        ("interval", "86400001", "interval"),
        ("count", "-3", "How often"),
        ("count", "0", "How often"),
        ("jitter", "101", "jitter"),
    ],
)
def test_a_field_that_can_not_be_used_is_told(sheet: RepeatSheet, name: str, text: str, part: str) -> None:
    getattr(sheet, name).setText(text)
    assert part in sheet.fault.text()
    assert sheet.cadence is None
    assert not sheet.start_button.isEnabled()


def test_nothing_for_how_often_is_until_stopped(sheet: RepeatSheet) -> None:
    sheet.count.setText(" ")
    assert sheet.cadence == Cadence(interval_ms=250)
