"""The export sheet offers what there is, previews what was chosen, and writes only where it can."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.export.export_sheet import ExportSheet
from wireyard.gui.export.format_card import FormatCard
from wireyard.gui.export.model import ExportChoice, ExportModel, ExportPreview
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.choices import RadioButton

LINES = ('{"kind":"session"}', '{"kind":"message"}')


@pytest.fixture
def window(look: Look, qtbot: QtBot) -> Iterator[QWidget]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1200, 800)
    window.show()
    yield window
    window.close()


def opened(look: Look, window: QWidget, folder: Path, **more: int) -> ExportSheet:
    sheet = ExportSheet(look, window, ExportModel("Echo", 4040, folder=folder, stem="echo", **more))
    sheet.open()
    return sheet


@pytest.mark.parametrize(
    ("more", "scope", "label"),
    [
        ({}, "all", "Export 4,040 messages"),
        ({"filtered_count": 1206}, "filtered", "Export 1,206 messages"),
        ({"filtered_count": 1206, "selected_count": 1}, "filtered", "Export 1,206 messages"),
        ({"filtered_count": 1206, "selected_count": 2}, "selected", "Export 2 messages"),
    ],
)
def test_it_begins_with_what_was_probably_meant(
    look: Look, window: QWidget, tmp_path: Path, more: dict[str, int], scope: str, label: str
) -> None:
    sheet = opened(look, window, tmp_path, **more)
    assert sheet.choice.scope == scope
    assert sheet.export_button.text() == label


def test_scopes_with_nothing_in_them_cannot_be_chosen(look: Look, window: QWidget, tmp_path: Path) -> None:
    sheet = opened(look, window, tmp_path)
    assert [button.isEnabled() for button in sheet.findChildren(RadioButton)] == [True, False, False]


def test_every_choice_asks_for_its_preview(look: Look, window: QWidget, tmp_path: Path, qtbot: QtBot) -> None:
    sheet = opened(look, window, tmp_path)
    with qtbot.waitSignal(sheet.preview_requested) as asked:
        qtbot.mouseClick(sheet.with_events, Qt.MouseButton.LeftButton)
    assert asked.args == [ExportChoice("all", "jsonl", with_events=False)]


def test_a_preview_of_an_earlier_choice_is_ignored(look: Look, window: QWidget, tmp_path: Path) -> None:
    sheet = opened(look, window, tmp_path)
    sheet.show_preview(ExportChoice("all", "text"), ExportPreview(("old",), 1, 3))
    assert sheet.preview.toPlainText() == ""
    sheet.show_preview(sheet.choice, ExportPreview(LINES, 4041, 412_000))
    assert sheet.preview.toPlainText() == "\n".join(LINES)
    assert sheet.extent.text() == "First 2 of 4,041 lines"
    assert sheet.note.text() == "about 402 KB"


def test_what_is_hidden_is_listed_and_what_would_not_be_is_warned_of(
    look: Look, window: QWidget, tmp_path: Path
) -> None:
    sheet = opened(look, window, tmp_path)
    sheet.show_preview(sheet.choice, ExportPreview(LINES, 2, 10, ("Authorization", "Cookie")))
    assert sheet.secrets.text() == "Authorization, Cookie"
    sheet.hide_secrets.setChecked(False)
    sheet.show_preview(sheet.choice, ExportPreview(LINES, 2, 10))
    assert "as they were sent" in sheet.secrets.text()


def test_the_format_changes_the_ending_of_the_file(look: Look, window: QWidget, tmp_path: Path, qtbot: QtBot) -> None:
    sheet = opened(look, window, tmp_path)
    qtbot.mouseClick(sheet.findChildren(FormatCard)[1], Qt.MouseButton.LeftButton)
    assert sheet.file == tmp_path / "echo.txt"


@pytest.mark.parametrize(("path", "words"), [("", "Choose a file"), ("/nowhere/x/a.jsonl", "no such folder")])
def test_a_place_that_cannot_be_written_is_explained(
    look: Look, window: QWidget, tmp_path: Path, path: str, words: str
) -> None:
    sheet = opened(look, window, tmp_path)
    sheet.path.setText(path)
    assert words in sheet.note.text()
    assert not sheet.export_button.isEnabled()


def test_a_file_that_will_be_replaced_is_said_so(look: Look, window: QWidget, tmp_path: Path) -> None:
    (tmp_path / "echo.jsonl").write_text("")
    sheet = opened(look, window, tmp_path)
    sheet.show_preview(sheet.choice, ExportPreview(LINES, 2, 10))
    assert "replaces a file" in sheet.note.text()


def test_enter_exports_and_done_closes(look: Look, window: QWidget, tmp_path: Path, qtbot: QtBot) -> None:
    sheet = opened(look, window, tmp_path)
    with qtbot.waitSignal(sheet.export_requested) as asked:
        qtbot.keyClick(sheet.path, Qt.Key.Key_Return)
    assert asked.args == [ExportChoice("all", "jsonl"), tmp_path / "echo.jsonl"]
    sheet.show_progress(100, 4040)
    assert sheet.progress.isVisible()
    with qtbot.waitSignal(sheet.accepted):
        sheet.show_done()


def test_escape_while_writing_cancels_the_writing_first(
    look: Look, window: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    sheet = opened(look, window, tmp_path)
    qtbot.mouseClick(sheet.export_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(sheet.cancel_requested), qtbot.assertNotEmitted(sheet.rejected):
        qtbot.keyClick(sheet.cancel_button, Qt.Key.Key_Escape)
    sheet.show_fault("Cancelled")
    with qtbot.waitSignal(sheet.rejected):
        qtbot.keyClick(sheet.export_button, Qt.Key.Key_Escape)


def test_tab_walks_through_the_whole_sheet_and_stays_in_it(
    look: Look, window: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    outside = RadioButton(look, "outside", window)
    outside.show()
    sheet = opened(look, window, tmp_path)
    seen: set[str] = set()
    for _ in range(20):
        focus = sheet.focusWidget()
        assert focus is not None
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
        now = sheet.focusWidget()
        assert now is not None
        seen.add(now.accessibleName() or (now.text() if isinstance(now, QAbstractButton) else ""))
    assert {"Whole session, 4,040 messages", "JSON Lines", "Hide secrets", "Save to", "Browse", "Cancel"} <= seen
    assert not outside.hasFocus()


def test_progress_that_comes_late_does_not_hide_how_it_ended(
    look: Look, window: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    sheet = opened(look, window, tmp_path)
    qtbot.mouseClick(sheet.export_button, Qt.MouseButton.LeftButton)
    sheet.show_fault("Cancelled. Nothing was written.")
    sheet.show_progress(5000, 20_000)
    assert sheet.note.text() == "Cancelled. Nothing was written."
