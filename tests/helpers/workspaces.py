"""A workspace for tests of the window: written as files, opened in the window."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.helpers.window import Desk


def write(root: Path, files: dict[str, str]) -> None:
    """Write files of a workspace; ``wireyard.yaml`` is there without being named."""
    for name, text in ({"wireyard.yaml": "wireyard: 1\nname: Test\n"} | files).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


async def come_back(desk: Desk) -> None:
    """Make the window active again after a list popped up, as a window manager does."""
    for _ in range(3):  # that the list has gone may still be on its way, and makes it inactive once more
        desk.window.activateWindow()
        await desk.until(desk.window.isActiveWindow)
        await asyncio.sleep(0)


async def open_workspace(desk: Desk, files: dict[str, str]) -> Path:
    """Write a workspace and wait until the window has read all of it."""
    root = desk.folder / "workspace"
    write(root, files)
    desk.window.open_workspace(root)
    library = desk.workbench.services.library
    requests = sum(name.endswith(".ws.yaml") for name in files)
    environments = sum(name.startswith("environments/") and ".local." not in name for name in files)

    def is_read() -> bool:
        tree = library.tree
        if library.root != root or tree is None or len(tree.environments) != environments:
            return False
        return sum(item.kind == "request" and item.is_loaded for item in tree.walk()) == requests

    await desk.until(is_read, "the workspace")
    return root
