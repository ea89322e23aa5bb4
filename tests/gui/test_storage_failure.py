"""A session that can't be written: the timeline goes on, a lasting warning counts, and another place can be chosen."""

from __future__ import annotations

from pathlib import Path

from tests.helpers.scripted_server import echo, serving
from tests.helpers.window import Desk, windowed

from wireyard.recording.open import open_recording


async def write_and_send(desk: Desk, text: str) -> None:
    desk.press("Ctrl+Shift+1", "Ctrl+A")
    desk.type(text)
    desk.press("Ctrl+Return")


@windowed
async def test_a_folder_that_cannot_be_written_warns_counts_and_is_left_for_another(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    desk.workbench.services.settings.change("recording.folder", str(tmp_path / "file" / "sessions"))
    async with serving(echo) as url:
        await desk.connect(url)
        banner = desk.tab.viewer.banner
        await desk.until(banner.isVisible)
        assert "can't be written" in banner.text
        await write_and_send(desk, "kept")
        await desk.until(lambda: desk.tab.viewer.timeline.row_count == 3)
        await desk.until(lambda: "newest 6 entries are kept in memory." in banner.text)
        desk.click(desk.button("Save elsewhere…", banner))
        (tmp_path / "better").mkdir()
        await desk.choose(tmp_path / "better")
        await desk.until_toast("The session goes on in")
        await desk.until(lambda: not banner.isVisible())
        await write_and_send(desk, "after")
        await desk.until(lambda: desk.tab.viewer.timeline.row_count == 5)
    await desk.leave()
    (path,) = (tmp_path / "better").glob("*.sqlite")
    reader = open_recording(path)
    kept = [reader.payload(row.seq) for row in reader.rows(1, reader.last_seq()) if row.head in (b"kept", b"after")]
    reader.close()
    assert kept == [b"kept", b"kept", b"after", b"after"]


@windowed
async def test_another_place_that_fails_too_is_said_and_nothing_is_lost(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    desk.workbench.services.settings.change("recording.folder", str(tmp_path / "file" / "sessions"))
    async with serving(echo) as url:
        await desk.connect(url)
        await desk.until(desk.tab.viewer.banner.isVisible)
        desk.click(desk.button("Save elsewhere…", desk.tab.viewer.banner))
        await desk.choose(tmp_path / "file" / "again")
        await desk.until(lambda: desk.toasts)
        await write_and_send(desk, "still here")
        await desk.until(lambda: desk.tab.viewer.timeline.row_count == 3)
        assert desk.tab.viewer.banner.isVisible()


@windowed
async def test_the_recording_folder_counts_for_a_tab_that_was_there_before(desk: Desk, tmp_path: Path) -> None:
    async with serving(echo) as url:
        desk.window.open_address(url)
        (tmp_path / "elsewhere").mkdir()
        desk.workbench.services.settings.change("recording.folder", str(tmp_path / "elsewhere"))
        desk.press("F5")
        await desk.until(lambda: list((tmp_path / "elsewhere").glob("*.sqlite")))
