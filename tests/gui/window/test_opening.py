"""Logs opened read-only: recordings and JSON Lines, by Ctrl+O and by drop; and files that are no such thing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog
from tests.helpers.recordings import INFO, closed, message, opened, record
from tests.helpers.window import Desk, windowed

from wireyard.exchange.exporters.jsonl import jsonl_chunks
from wireyard.gui.tabs.tab import Tab
from wireyard.gui.tabs.welcome_tab import WelcomeTab

TALK = [opened(), message("hello", 1), message("world", 2), closed(3)]


def name_of(tab: Tab) -> str:
    return tab.tab_facts().tip.partition("\n")[0]


def jsonl(path: Path) -> Path:
    path.write_bytes(b"".join(jsonl_chunks(INFO, enumerate(TALK, start=1))))
    return path


@windowed
async def test_a_recording_by_its_path(desk: Desk, tmp_path: Path) -> None:
    path = record(tmp_path, TALK)
    desk.press("Ctrl+O")
    await desk.until(desk.dialogs)
    (dialog,) = desk.dialogs()
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFile
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    await desk.until(lambda: desk.window.windowTitle().startswith("Trades · "))
    tip = desk.shown.tab_facts().tip
    assert tip.startswith(f"{path.name}\nwss://")
    assert "pw" not in tip
    await desk.until(lambda: desk.shown.viewer.timeline.row_count == 4)
    assert not isinstance(desk.window.tabs.current, WelcomeTab)


@windowed
async def test_json_lines_by_drop_shows_the_same_and_nothing_can_be_sent(desk: Desk, tmp_path: Path) -> None:
    tab = await desk.open_log(jsonl(tmp_path / "talk.jsonl"))
    await desk.until(lambda: tab.viewer.timeline.row_count == 4)
    assert tab.conversation is None
    tab.viewer.timeline.list_widget.setFocus()
    desk.press("Home", "Down")
    await desk.until(tab.viewer.inspector.isVisible)
    desk.press("F5", "R", "Ctrl+Return")
    assert "Log" in desk.texts()
    assert "hush" not in " ".join(desk.texts())


@windowed
async def test_several_files_at_once(desk: Desk, tmp_path: Path) -> None:
    for name in ("one.jsonl", "two.jsonl"):
        desk.drop(jsonl(tmp_path / name))
    await desk.until(lambda: sorted(name_of(tab) for tab in desk.window.tabs) == ["one.jsonl", "two.jsonl"])


@windowed
async def test_the_recording_of_a_live_tab_can_be_looked_at_meanwhile(desk: Desk) -> None:
    await desk.until(lambda: desk.workbench.services.echo.is_running)
    await desk.connect(desk.workbench.services.echo.url)
    recording = desk.talk.recording
    assert recording is not None
    recording.flush(5)
    await desk.open_log(recording.path)
    desk.press("Ctrl+W")
    assert desk.state.value == "open"


@windowed
async def test_junk_is_said_in_words_and_the_window_stays(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "junk.bin").write_bytes(bytes(range(256)) * 100)
    desk.drop(tmp_path / "junk.bin")
    said = await desk.until_toast("junk.bin")
    assert "Traceback" not in said
    assert isinstance(desk.window.tabs.current, WelcomeTab)


@windowed
async def test_a_truncated_recording_is_said_in_words(desk: Desk, tmp_path: Path) -> None:
    path = record(tmp_path, [opened(), *(message("x" * 1000, ms) for ms in range(500)), closed(501)])
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    desk.drop(path)
    await desk.until(lambda: desk.toasts or not isinstance(desk.window.tabs.current, WelcomeTab))
    if desk.toasts:
        assert path.name in desk.toasts[0]
    desk.press("Ctrl+T")
    assert desk.window.isVisible()


@windowed
async def test_a_recording_overwritten_with_junk_is_said_in_words(desk: Desk, tmp_path: Path) -> None:
    path = record(tmp_path, [opened(), *(message("x" * 1000, ms) for ms in range(500)), closed(501)])
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 4 : len(whole) // 2] = b"\xa5" * (len(whole) // 2 - len(whole) // 4)
    path.write_bytes(whole)
    desk.drop(path)
    await desk.until(lambda: desk.toasts or not isinstance(desk.window.tabs.current, WelcomeTab))
    if not isinstance(desk.window.tabs.current, WelcomeTab):
        desk.shown.viewer.timeline.list_widget.setFocus()
        desk.press("Home", "PgDown", "End")
        desk.shown.viewer.timeline.set_filter(None)
    desk.press("Ctrl+T")
    assert desk.window.isVisible()


@windowed
async def test_a_recording_that_stops_in_its_head_is_refused(desk: Desk, tmp_path: Path) -> None:
    path = record(tmp_path, TALK)
    path.write_bytes(path.read_bytes()[:100] + b"junk" * 50)
    desk.drop(path)
    await desk.until_toast(path.name)


@windowed
async def test_half_a_line_of_json_is_said_and_the_rest_is_shown(desk: Desk, tmp_path: Path) -> None:
    path = jsonl(tmp_path / "cut.jsonl")
    path.write_bytes(path.read_bytes()[:-20])
    desk.drop(path)
    await desk.until(lambda: desk.toasts)
    assert "cut.jsonl" in " ".join(desk.toasts) or name_of(desk.shown) == "cut.jsonl"


@windowed
async def test_folders_and_missing_files_are_said_in_words(desk: Desk, tmp_path: Path) -> None:
    desk.drop(tmp_path)
    await desk.until_toast(f"{tmp_path.name} can't be opened: Is a directory.")
    desk.drop(tmp_path / "gone.jsonl")
    await desk.until_toast("gone.jsonl can't be opened: No such file or directory.")


@windowed
async def test_what_was_made_to_be_shown_is_gone_after_the_end(desk: Desk, tmp_path: Path) -> None:
    tab = await desk.open_log(jsonl(tmp_path / "talk.jsonl"))
    reader = tab.open_reader()
    made = Path(reader.facts()["path"]) if "path" in reader.facts() else None
    reader.close()
    await desk.leave()
    assert made is None or not made.exists()
