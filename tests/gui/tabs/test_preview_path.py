"""The preview path belongs to the request: saved in its file, kept over a restart, chosen from wherever it shows."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit
from tests.helpers.scripted_server import echo, serving
from tests.helpers.window import Desk, windowed
from tests.helpers.workspaces import open_workspace

from wireyard.domain.frame import Opcode
from wireyard.gui.timeline.path_chip import PathChip

ONE = "Orders/One.ws.yaml"
FILES = {
    "Orders/collection.yaml": "wireyard: 1\n",
    ONE: "wireyard: 1\n# by hand\nurl: ws://127.0.0.1:1/chat\npreview_path: $.text\n",
}


def file_of(root: Path) -> str:
    return (root / ONE).read_text(encoding="utf-8")


def chip(desk: Desk) -> PathChip:
    return desk.shown.viewer.timeline.findChildren(PathChip)[0]


@windowed
async def test_it_is_the_requests_and_changing_it_can_be_saved(desk: Desk) -> None:
    root = await open_workspace(desk, FILES)
    tab = desk.window.open_request(ONE)
    assert chip(desk).text() == "$.text"
    assert not tab.is_dirty
    desk.window.run("edit_preview_path")
    desk.type("$.payload[0]")
    desk.press("Return")
    assert chip(desk).text() == "$.payload[0]"
    assert tab.is_dirty
    desk.press("Ctrl+S")
    await desk.until(lambda: "preview_path: $.payload[0]\n" in file_of(root))
    assert "# by hand" in file_of(root)
    assert not tab.is_dirty
    desk.window.run("clear_preview_path")
    assert chip(desk).isHidden()
    desk.press("Ctrl+S")
    await desk.until(lambda: "preview_path" not in file_of(root))


@windowed
async def test_a_change_in_the_file_is_shown(desk: Desk) -> None:
    root = await open_workspace(desk, FILES)
    desk.window.open_request(ONE)
    (root / ONE).write_text(file_of(root).replace("$.text", "$.other"), encoding="utf-8")
    await desk.until(lambda: chip(desk).text() == "$.other")


@windowed
async def test_it_comes_back_after_a_restart_without_a_file(desk: Desk) -> None:
    desk.press("Ctrl+T")
    desk.type("ws://127.0.0.1:1/x")
    desk.tab.viewer.timeline.preview.choose("$.a")
    await desk.restart()
    assert desk.tab.bar.address == "ws://127.0.0.1:1/x"
    assert desk.tab.viewer.timeline.preview.path == "$.a"


@windowed
async def test_the_palette_opens_the_box_and_the_keyboard_stays_in_it(desk: Desk) -> None:
    desk.press("Ctrl+T")
    desk.press("Ctrl+Shift+K")
    desk.type("preview path: show")
    desk.press("Return")
    await desk.until(lambda: isinstance(desk.focus, QLineEdit) and desk.focus.text() == "$.", "the box")
    desk.type("payload")
    desk.press("Return")
    assert desk.tab.viewer.timeline.preview.path == "$.payload"


@windowed
async def test_what_the_caret_is_on_can_be_shown_in_the_list(desk: Desk) -> None:
    async with serving(echo) as url:
        await desk.connect(url)
        desk.tab.talk.send_raw(Opcode.TEXT, b'{"payload":{"data":[{"id":"ord_81f2","status":"PLACED","total":48.5}]}}')
        viewer = desk.tab.viewer
        await desk.until(lambda: viewer.timeline.row_count == 3)
        viewer.timeline.focus_list()
        desk.press("End", "Return")
        await desk.until(viewer.inspector.pretty_view.hasFocus)
        desk.press("Down", "Down")
        await desk.until(
            lambda: "$.payload.data" in viewer.inspector.foot.place.accessibleName(), "the path under the caret"
        )
        desk.click(desk.button("Show this in the list"))
        assert viewer.timeline.preview.path.startswith("$.payload.data")
        assert desk.tab.document.draft.edited.preview_path == viewer.timeline.preview.path
