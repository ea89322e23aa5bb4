"""Exporting from the real window: scopes, forms, secrets, cancelling, copying, and leaving in the middle of it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication
from tests.helpers.recordings import closed, message, opened, ping, pong, record
from tests.helpers.window import Desk, windowed

from wireyard.domain.event import Event
from wireyard.domain.session import SessionInfo
from wireyard.gui.export.export_sheet import ExportSheet
from wireyard.gui.window import exporting
from wireyard.recording.recording import Recording

SECRET = "hush-hush"
INFO = SessionInfo(id="01kexp", url="ws://h.example/", created_ts_ns=1_767_323_045_000_000_000)


def session(rows: int) -> list[Event]:
    """A handshake with a secret, so many messages, and a goodbye."""
    shake = replace(
        opened(),
        url=f"ws://h.example/?token={SECRET}",
        request_headers=(("Host", "h.example"), ("Authorization", f"Bearer {SECRET}")),
    )
    return [shake, *(message(f'{{"n":{number}}}', ms=number) for number in range(rows)), ping(), pong(), closed(rows)]


async def open_sheet(desk: Desk, folder: Path, rows: int = 5) -> ExportSheet:
    """Show a log of so many messages and the sheet over it."""
    await desk.open_log(record(folder, session(rows)))
    return await sheet_of(desk)


async def sheet_of(desk: Desk) -> ExportSheet:
    desk.press("Ctrl+Shift+E")
    await desk.until(lambda: desk.sheet(ExportSheet))
    sheet = desk.sheet(ExportSheet)
    assert sheet is not None
    await desk.until(sheet.preview.toPlainText)
    return sheet


def left_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".out")]


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@windowed
async def test_the_file_is_called_after_the_session_and_not_after_its_recordings_form(
    desk: Desk, tmp_path: Path
) -> None:
    sheet = await open_sheet(desk, tmp_path)
    title = desk.shown.title
    assert title.startswith("Trades · ")
    assert Path(sheet.path.text()).name == re.sub(r"\W+", "-", title) + ".jsonl"
    sheet.reject()


@windowed
async def test_the_whole_session_goes_to_a_file_without_its_secrets(desk: Desk, tmp_path: Path) -> None:
    sheet = await open_sheet(desk, tmp_path)
    assert "Authorization" in sheet.secrets.text()
    target = tmp_path / "out.jsonl"
    sheet.path.setText(str(target))
    desk.press("Return")
    await desk.until_toast("Exported to out.jsonl")
    assert desk.sheet(ExportSheet) is None
    records = lines_of(target)
    assert [record["text"] for record in records if record["kind"] == "message"] == [f'{{"n":{n}}}' for n in range(5)]
    assert SECRET not in target.read_text(encoding="utf-8")
    assert {"open", "control", "close"} <= {record["kind"] for record in records}


@windowed
async def test_secrets_go_out_only_when_the_box_says_so(desk: Desk, tmp_path: Path) -> None:
    sheet = await open_sheet(desk, tmp_path)
    sheet.hide_secrets.setChecked(False)
    sheet.path.setText(str(tmp_path / "out.jsonl"))
    sheet.export_button.click()
    await desk.until_toast("Exported")
    assert SECRET in (tmp_path / "out.jsonl").read_text(encoding="utf-8")


@windowed
async def test_the_values_of_secret_variables_are_hidden_in_payloads(desk: Desk, tmp_path: Path) -> None:
    recording = Recording.create(tmp_path, INFO)
    recording.note_secrets(["hunter2"])
    for event in (opened(), message('{"token":"hunter2"}'), closed()):
        recording.put(event)
    recording.close()
    await desk.open_log(recording.path)
    sheet = await sheet_of(desk)
    assert "hunter2" not in sheet.preview.toPlainText()
    assert "values of secret variables" in sheet.secrets.text()
    sheet.path.setText(str(tmp_path / "out.jsonl"))
    sheet.export_button.click()
    await desk.until_toast("Exported")
    assert [r["text"] for r in lines_of(tmp_path / "out.jsonl") if r["kind"] == "message"] == ['{"token":"(hidden)"}']


@windowed
async def test_messages_alone_as_plain_text(desk: Desk, tmp_path: Path) -> None:
    sheet = await open_sheet(desk, tmp_path)
    desk.button("Plain text", sheet).click()
    sheet.with_events.setChecked(False)
    sheet.path.setText(str(tmp_path / "out.txt"))
    sheet.export_button.click()
    await desk.until_toast("Exported")
    text = (tmp_path / "out.txt").read_text(encoding="utf-8")
    assert text.count('{"n":') == 5
    assert "Host" not in text


@windowed
async def test_what_the_filter_shows(desk: Desk, tmp_path: Path) -> None:
    sheet = await open_sheet(desk, tmp_path, rows=20)
    sheet.reject()
    desk.press("Ctrl+F")
    desk.type('"n":1')
    await desk.until(lambda: desk.shown.viewer.timeline.row_count == 11)
    sheet = await sheet_of(desk)
    assert sheet.choice.scope == "filtered"
    assert sheet.export_button.text() == "Export 11 messages"
    sheet.path.setText(str(tmp_path / "out.jsonl"))
    sheet.export_button.click()
    await desk.until_toast("Exported")
    assert len([r for r in lines_of(tmp_path / "out.jsonl") if r["kind"] == "message"]) == 11


@windowed
async def test_selected_rows(desk: Desk, tmp_path: Path) -> None:
    sheet = await open_sheet(desk, tmp_path, rows=20)
    sheet.reject()
    desk.shown.viewer.timeline.list_widget.setFocus()
    desk.press("Home", "Down", "Shift+Down", "Shift+Down")
    sheet = await sheet_of(desk)
    assert sheet.choice.scope == "selected"
    sheet.path.setText(str(tmp_path / "out.jsonl"))
    sheet.export_button.click()
    await desk.until_toast("Exported")
    assert [r["text"] for r in lines_of(tmp_path / "out.jsonl") if r["kind"] == "message"] == [
        '{"n":0}',
        '{"n":1}',
        '{"n":2}',
    ]


@windowed
async def test_secrets_that_are_not_in_the_selection_are_not_listed(desk: Desk, tmp_path: Path) -> None:
    sheet = await open_sheet(desk, tmp_path, rows=20)
    sheet.reject()
    desk.shown.viewer.timeline.list_widget.setFocus()
    desk.press("Home", "Down", "Shift+Down")
    sheet = await sheet_of(desk)
    assert "Authorization" not in sheet.secrets.text()


@windowed
async def test_cancelling_leaves_nothing_and_the_sheet_goes_on(desk: Desk, tmp_path: Path) -> None:
    sheet = await open_sheet(desk, tmp_path, rows=20_000)
    (tmp_path / "out").mkdir()
    sheet.path.setText(str(tmp_path / "out" / "log.jsonl"))
    sheet.export_button.click()
    desk.press("Escape")
    await desk.until(lambda: "Nothing was written" in sheet.note.text())
    assert list((tmp_path / "out").iterdir()) == []
    desk.press("Return")
    await desk.until_toast("Exported")
    assert len(lines_of(tmp_path / "out" / "log.jsonl")) > 20_000


@windowed
async def test_an_older_file_is_kept_when_the_export_fails(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    sheet = await open_sheet(desk, tmp_path)
    target = tmp_path / "out.jsonl"
    target.write_text("older")
    monkeypatch.setattr(exporting, "export_session", full)
    sheet.path.setText(str(target))
    sheet.export_button.click()
    await desk.until(lambda: sheet.note.text() == "Nothing was written: No space left on device.")
    assert target.read_text() == "older"
    assert left_in(tmp_path) == []


@windowed
async def test_copy_puts_the_log_on_the_clipboard(desk: Desk, tmp_path: Path) -> None:
    sheet = await open_sheet(desk, tmp_path)
    sheet.copy_button.click()
    await desk.until_toast("Copied")
    assert json.loads(QApplication.clipboard().text().splitlines()[0])["kind"] == "session"
    assert "Writing" not in sheet.note.text()


@windowed
async def test_too_much_for_the_clipboard_is_refused(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MAX_COPIED_BYTES", 100)
    sheet = await open_sheet(desk, tmp_path)
    sheet.copy_button.click()
    await desk.until(lambda: "export it to a file instead" in sheet.note.text())


@windowed
async def test_the_sheet_may_go_while_it_looks_ahead(desk: Desk, tmp_path: Path) -> None:
    sheet = await open_sheet(desk, tmp_path, rows=2000)
    sheet.reject()
    for _ in range(5):
        desk.press("Ctrl+Shift+E")
        await desk.until(lambda: desk.sheet(ExportSheet))
        shown = desk.sheet(ExportSheet)
        assert shown is not None
        shown.preview_requested.emit(shown.choice)
        shown.copy_requested.emit(shown.choice)
        desk.press("Escape")
        shown.preview_requested.emit(shown.choice)
        await desk.until(lambda: not desk.is_sheet_open)


@windowed
async def test_leaving_in_the_middle_of_an_export_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    sheet = await open_sheet(desk, tmp_path, rows=50_000)
    (tmp_path / "out").mkdir()
    sheet.path.setText(str(tmp_path / "out" / "log.jsonl"))
    sheet.export_button.click()
    await desk.until(lambda: list((tmp_path / "out").iterdir()))
    assert await desk.leave() < 2
    await desk.until(lambda: list((tmp_path / "out").iterdir()) == [])


@windowed
async def test_the_preview_of_large_messages_is_cut(desk: Desk, tmp_path: Path) -> None:
    await desk.open_log(record(tmp_path, [opened(), *(message("x" * 3_000_000, ms=n) for n in range(3)), closed()]))
    sheet = await sheet_of(desk)
    assert len(sheet.preview.toPlainText()) < 100_000
    assert sheet.extent.text().startswith("First")
