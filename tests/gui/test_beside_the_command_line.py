"""The command line writes into the workspace that the window shows: it appears at once, and no draft is lost."""

from __future__ import annotations

from pathlib import Path

from tests.helpers.command_line import CommandLine
from tests.helpers.window import Desk, windowed
from tests.helpers.workspaces import open_workspace

from wireyard.gui.environments.editor_sheet import EnvironmentsSheet

ONE = "Orders/One.ws.yaml"
FILES = {
    "Orders/collection.yaml": "wireyard: 1\n",
    ONE: "url: ws://127.0.0.1:1/one\n",
    "environments/Staging.yaml": "variables:\n  host: a\n",
}


def names(desk: Desk) -> list[str]:
    tree = desk.workbench.services.library.tree
    return [item.name for item in tree.walk()] if tree is not None else []


@windowed
async def test_what_commands_make_and_set_is_in_the_window_at_once(desk: Desk, tmp_path: Path) -> None:
    wireyard = CommandLine(tmp_path / "other-profile")
    root = await open_workspace(desk, FILES)
    where = ("--workspace", str(root))
    tab = desk.window.open_request(ONE)
    desk.press("Ctrl+L", "End")
    desk.type("/draft")
    desk.press("Ctrl+Shift+V")
    await desk.until(lambda: desk.sheet(EnvironmentsSheet))
    sheet = desk.sheet(EnvironmentsSheet)
    assert sheet is not None

    assert (await wireyard.run("new", "Orders/Fresh", "ws://h/", *where)).code == 0
    assert (await wireyard.run("env", "set", "Staging", "host", "from outside", *where)).code == 0
    assert (await wireyard.run("env", "set", "Prod", "host", "p", "--create", *where)).code == 0

    await desk.until(lambda: "Fresh" in names(desk), "the new request")
    await desk.until(lambda: [row.shared for row in sheet.model.rows] == ["from outside"], "the new value")
    library = desk.workbench.services.library
    await desk.until(lambda: [line.name for line in library.environments] == ["Prod", "Staging"])
    assert (tab.is_dirty, tab.bar.address) == (True, "ws://127.0.0.1:1/one/draft")
    sheet.accept()


@windowed
async def test_commands_see_what_is_saved_and_not_what_is_a_draft(desk: Desk, tmp_path: Path) -> None:
    wireyard = CommandLine(tmp_path / "other-profile")
    root = await open_workspace(desk, FILES)
    desk.window.open_request(ONE)
    desk.press("Ctrl+L", "End")
    desk.type("/saved")
    desk.press("Ctrl+S")
    desk.type("/draft")
    shown = await wireyard.run("show", "Orders/One", "--workspace", str(root))
    assert b"ws://127.0.0.1:1/one/saved\n" in shown.stdout
    assert b"draft" not in shown.stdout
