"""The pictures of collections: the tree, a saved request's panes, environments, a conflict, the palette, history."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import demo_workspace
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from wireyard.gui.palette.palette import Palette
from wireyard.gui.tabs.request_tab import RequestTab
from wireyard.gui.widgets.sheet import Sheet
from wireyard.gui.workbench import Workbench
from wireyard.session import states

Keep = Callable[[str, QImage], None]
_REST_S = 0.5


async def until(is_so: Callable[[], bool], timeout_s: float = 15.0) -> None:
    """Wait for a condition."""
    deadline = time.monotonic() + timeout_s
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError
        await asyncio.sleep(0.01)


class Collections:
    """Takes the pictures in the window of ``workbench``."""

    def __init__(self, workbench: Workbench, keep: Keep) -> None:
        self._workbench = workbench
        self._window = workbench.window
        self._library = workbench.services.library
        self._keep = keep

    async def take_all(self, folder: Path, port: int) -> None:
        """Make a workspace in ``folder``, open it, and take every picture."""
        demo_workspace.make(folder, port)
        self._library.open(folder)
        await until(lambda: self._library.tree is not None and len(self._library.environments) == 4)
        self._library.choose_environment("Staging")
        self._library.secrets.use_session()
        for environment in ("Local", "Staging", "Production"):
            self._library.secrets.keep(environment, "token", f"{environment.lower()}-secret", lambda _: None)
        await until(lambda: len(self._library.secrets.values()) == 3)
        tab = await self._talk()
        await self._take("collections")
        for command, name in (
            ("show_params", "params"),
            ("show_headers", "headers"),
            ("show_settings", "request-settings"),
            ("show_variables", "variables"),
        ):
            self._window.run(command)
            await self._take(name)
        self._window.run("focus_message")
        await self._sheets()
        await self._conflict(tab, folder)
        self._window.run("show_history")
        await asyncio.sleep(_REST_S)
        await self._take("history")
        self._window.run("show_collections")

    async def _talk(self) -> RequestTab:
        tab = self._window.open_request(demo_workspace.ORDER_UPDATES, "connect")
        await until(lambda: isinstance(tab.conversation.state, states.Open))
        tab.send_saved(1)
        await until(lambda: tab.conversation.received_count >= 1)
        tab.send_saved(0)
        await until(lambda: tab.conversation.received_count >= 7)
        tab.open_message(0)
        tab.viewer.timeline.focus_list()
        for key in (Qt.Key.Key_End, *[Qt.Key.Key_Up] * 2):
            QTest.keyClick(tab.viewer.timeline.list_widget, key)
        return tab

    async def _sheets(self) -> None:
        self._window.run("edit_environments")
        await self._take("environments")
        _close_sheets(self._window)
        self._window.run("open_palette")
        await until(lambda: bool(self._window.findChildren(Palette)))
        palette = self._window.findChildren(Palette)[0]
        QTest.keyClicks(palette.findChildren(QLineEdit)[0], "ord")
        await self._take("palette")
        _close_sheets(self._window)
        await asyncio.sleep(0.2)

    async def _conflict(self, tab: RequestTab, folder: Path) -> None:
        """Somebody else changes the file while a draft is open; then it is saved."""
        tab.bar.change_address("ws://{{host}}/v3/stream?store={{store_id}}&token={{token}}")
        file = folder / demo_workspace.ORDER_UPDATES
        theirs = file.read_text(encoding="utf-8").replace("/v2/stream", "/v2/stream/all")
        file.write_text(theirs, encoding="utf-8")
        self._window.run("save")
        await self._take("conflict")
        _close_sheets(self._window)
        opened = self._library.request(demo_workspace.ORDER_UPDATES)
        self._library.save(opened, replace(opened.value, url="ws://{{host}}/v2/stream"))
        await asyncio.sleep(_REST_S)

    async def _take(self, name: str, widget: QWidget | None = None) -> None:
        await asyncio.sleep(_REST_S)
        self._keep(name, (widget or self._window).grab().toImage())


def _close_sheets(window: QWidget) -> None:
    for sheet in window.findChildren(Sheet):
        sheet.reject()
