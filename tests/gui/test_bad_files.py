"""Files that are not what they should be, in the window: told with file and line, left alone, and in nobody's way."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.e2e.test_cli_bad_workspace import BAD
from tests.helpers.window import Desk, windowed
from tests.helpers.workspaces import write

GOOD, BROKEN = "Shop/Good.ws.yaml", "Shop/Bad.ws.yaml"
FILES = {"Shop/collection.yaml": "wireyard: 1\n", GOOD: "url: ws://good.invalid/\n"}


async def shown(desk: Desk, root: Path, count: int) -> None:
    desk.window.open_workspace(root)
    library = desk.workbench.services.library

    def is_read() -> bool:
        items = list(library.tree.walk()) if library.root == root and library.tree is not None else []
        return len(items) == count and all(item.is_loaded or item.problem is not None for item in items)

    await desk.until(is_read, "the workspace")


@pytest.mark.parametrize("what", BAD)
@windowed
async def test_it_is_told_and_left_alone_and_the_rest_works(desk: Desk, what: str) -> None:
    text, line = BAD[what]
    data = text if isinstance(text, bytes) else text.encode()
    root = desk.folder / "team"
    write(root, FILES)
    (root / BROKEN).write_bytes(data)
    await shown(desk, root, 3)
    desk.press("Alt+Shift+C")
    tree = desk.focus
    desk.press("Home", "Down", "Return")
    said = await desk.until_toast(BROKEN)
    assert said.startswith(f"{BROKEN}, line {line}: " if line else BROKEN)
    assert not [tab for tab in desk.window.tabs if tab.request_id]
    tree.setFocus()
    desk.press("Down", "Return")
    await desk.until(lambda: desk.tab.request_id == GOOD, "the good one")
    desk.press("Ctrl+L", "End")
    desk.type("edited")
    desk.press("Ctrl+S")
    await desk.until(lambda: not desk.tab.is_dirty, "the saved good one")
    assert (root / GOOD).read_text() == "url: ws://good.invalid/edited\n"
    assert (root / BROKEN).read_bytes() == data


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
@windowed
async def test_links_that_lead_out_or_in_a_circle_are_told_and_the_rest_works(desk: Desk) -> None:
    root = desk.folder / "team"
    write(root, FILES)
    (desk.folder / "outside.yaml").write_text("url: ws://outside.invalid/\n")
    (root / "Shop" / "Circle.ws.yaml").symlink_to("Circle.ws.yaml")
    (root / "Shop" / "Out.ws.yaml").symlink_to(desk.folder / "outside.yaml")
    await shown(desk, root, 4)
    desk.press("Alt+Shift+C")
    tree = desk.focus
    desk.press("Home", "Down", "Return")
    assert (
        await desk.until_toast("Circle") == "Shop/Circle.ws.yaml: This file can't be read: the link leads in a circle."
    )
    tree.setFocus()
    desk.press("End", "Return")
    await desk.until_toast("Shop/Out.ws.yaml: This is a link that leads out of the workspace. It is not followed.")
    assert "outside.invalid" not in desk.all_text()
    tree.setFocus()
    desk.press("Up", "Return")
    await desk.until(lambda: desk.tab.request_id == GOOD, "the good one")
