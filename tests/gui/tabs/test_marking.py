"""Marks in the real window: a moment, a row, a note, the way between them, past sessions, restart and export."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt
from tests.helpers.scripted_server import echo, serving
from tests.helpers.window import Desk, windowed

from wireyard.domain.event import Note
from wireyard.exchange.redact import Redaction
from wireyard.gui.timeline.mark_sheet import MarkSheet
from wireyard.recording.open import open_recording
from wireyard.session.archive import all_events, export_session, import_log


def marks_of(path: Path) -> dict[int, str]:
    reader = open_recording(path)
    try:
        return reader.marks()
    finally:
        reader.close()


async def talk(desk: Desk, url: str, *texts: str) -> None:
    await desk.connect(url)
    await desk.until(lambda: desk.tab.viewer.timeline.row_count == 1, "the row of the handshake")
    desk.press("Ctrl+Shift+1")
    for text in texts:
        before = desk.tab.viewer.timeline.row_count
        desk.press("Ctrl+A")
        desk.type(text)
        desk.press("Ctrl+Return")
        await desk.until(lambda before=before: desk.tab.viewer.timeline.row_count == before + 2)


async def note(desk: Desk, text: str) -> None:
    await desk.until(lambda: desk.sheet(MarkSheet))
    desk.type(text)
    desk.press("Return")
    await desk.until(lambda: not desk.is_sheet_open)


def spoken(desk: Desk, row: int) -> str:
    model = desk.shown.viewer.timeline._list.model()
    return str(model.data(model.index(row, 0), Qt.ItemDataRole.AccessibleTextRole))


@windowed
async def test_a_moment_is_marked_from_the_composer_and_a_row_from_the_list(desk: Desk) -> None:
    async with serving(echo) as url:
        await talk(desk, url, "one")
        timeline = desk.tab.viewer.timeline
        desk.press("Ctrl+M")
        await note(desk, "login begins")
        await desk.until(lambda: timeline.row_count == 4)
        assert timeline.is_following
        last = desk.events()[-1]
        assert isinstance(last, Note)
        assert last.topic == "mark"
        await desk.until(lambda: spoken(desk, 3).startswith("Mark login begins, "))
        timeline.list_widget.setFocus()
        desk.press("Home", "Down", "Ctrl+M")
        await note(desk, "")
        await desk.until(lambda: ", marked, " in spoken(desk, 1))
        recording = desk.talk.recording
        assert recording is not None
        path = recording.path
        desk.press("Alt+PgDown")
        await desk.until(lambda: timeline.selected_seq == recording_seq(desk))
        desk.press("Alt+PgDown")
        await desk.until_toast("No further mark")
        desk.press("Alt+PgUp")
        await desk.until(lambda: spoken(desk, 1).startswith("Sent"))
        desk.press("Ctrl+M")
        await desk.until(lambda: desk.sheet(MarkSheet))
        desk.click(desk.button("Remove mark"))
        await desk.until(lambda: "marked" not in spoken(desk, 1))
    await desk.leave()
    assert list(marks_of(path).values()) == ["login begins"]


def recording_seq(desk: Desk) -> int:
    open_reader = desk.shown.viewer.open_reader
    assert open_reader is not None
    reader = open_reader()
    try:
        return max(reader.marks())
    finally:
        reader.close()


@windowed
async def test_a_past_session_is_marked_in_its_file(desk: Desk, tmp_path: Path) -> None:
    async with serving(echo) as url:
        await talk(desk, url, "one", "two")
        recording = desk.talk.recording
        assert recording is not None
        path = recording.path
    await desk.restart()
    tab = await desk.open_log(path)
    desk.press("Ctrl+M")
    await desk.until_toast("Go to the row that is to be marked")
    tab.viewer.timeline.list_widget.setFocus()
    desk.press("Home", "Down", "Down", "Ctrl+M")
    await note(desk, "the answer")
    await desk.until(lambda: "marked: the answer" in spoken(desk, 2))
    assert list(marks_of(path).values()) == ["the answer"]
    log = tmp_path / "log.jsonl"
    reader = open_recording(path)
    with log.open("wb") as sink:
        export_session(reader.info, all_events(reader), sink, redaction=Redaction(), marks=reader.marks())
    reader.close()
    assert [json.loads(line).get("mark") for line in log.read_text().splitlines()].count("the answer") == 1
    imported, _ = import_log(log, tmp_path / "more")
    assert marks_of(imported) == marks_of(path)
    desk.drop(log)
    await desk.until(lambda: desk.shown is not tab)
    desk.shown.viewer.timeline.list_widget.setFocus()
    desk.press("Home", "Ctrl+M")
    await desk.until_toast("export it to keep its marks")
    await note(desk, "")


@windowed
async def test_before_anything_is_recorded_there_is_nothing_to_mark(desk: Desk) -> None:
    desk.window.open_address("ws://127.0.0.1:1/")
    desk.press("Ctrl+M")
    await desk.until_toast("Nothing is recorded yet")
