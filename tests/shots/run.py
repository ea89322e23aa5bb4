"""Draws pictures of the real window in real states: ``./dev shots [DIR]``, 1440×900, light and dark.

Everything in them happened: the connections are live, to servers that this script starts on loopback, and nothing is
painted in. Without DIR those that a document shows go to docs/pictures.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import certificates
import collections_shots
import connecting_shots
import orders
import palette
import stubborn
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from wireyard.domain.frame import Opcode
from wireyard.gui.bootstrap import make_application
from wireyard.gui.composer.draft import Draft
from wireyard.gui.loop import WindowLoop
from wireyard.gui.tabs.request_tab import RequestTab
from wireyard.gui.widgets.sheet import Sheet
from wireyard.gui.workbench import Workbench
from wireyard.session import states
from wireyard.settings.profile import Profile

ROOT = Path(__file__).parents[2]
THEMES = ("light", "dark")
SUBSCRIBE = """{
  "id": "7",
  "type": "subscribe",
  "payload": {
    "query": "subscription($s: ID!) { orderUpdated(store: $s) { id status total } }",
    "variables": { "s": "berlin-04" }
  }
}"""


async def until(is_so: Callable[[], bool], timeout_s: float = 15.0) -> None:
    """Wait for a condition."""
    deadline = time.monotonic() + timeout_s
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError
        await asyncio.sleep(0.01)


async def settled(seconds: float = 0.4) -> None:
    """Let fades, debounces and the status bar come to rest."""
    await asyncio.sleep(seconds)


def press(tab: RequestTab, *keys: Qt.Key) -> None:
    """Press keys in the list, as a person would."""
    tab.viewer.timeline.focus_list()
    for key in keys:
        QTest.keyClick(tab.viewer.timeline.list_widget, key)


class Studio:
    """The window and the folder for the pictures."""

    def __init__(self, workbench: Workbench, paths: Callable[[str], Path | None], theme: str) -> None:
        self.workbench = workbench
        self.window = workbench.window
        self._paths = paths
        self._theme = theme

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Save a picture of the window, or of another widget."""
        self.keep(name, (widget or self.window).grab().toImage())

    def keep(self, name: str, image: QImage) -> None:
        """Save a picture that was taken."""
        path = self._paths(f"{name}-{self._theme}.png")
        if path is not None:
            palette.save(image, path)
            print(path.name, flush=True)

    async def connect(self, url: str) -> RequestTab:
        tab = self.window.open_address(url, connect=True)
        await until(lambda: isinstance(tab.conversation.state, states.Open))
        return tab


async def first_run(studio: Studio) -> None:
    await until(lambda: studio.workbench.services.echo.is_running)
    await settled()
    studio.take("empty")


async def main_view(studio: Studio, port: int) -> RequestTab:
    """Two tabs, the second behind, a conversation in front with one row in the inspector."""
    await studio.connect(studio.workbench.services.echo.url + "echo")
    tab = await studio.connect(f"ws://127.0.0.1:{port}/v2/stream?store=berlin-04")
    talk = tab.conversation
    talk.send(Opcode.TEXT, b'{"type":"connection_init","payload":{"locale":"en","build":"2411"}}')
    await until(lambda: talk.received_count >= 1)
    tab.panes.composer.set_draft(Draft("json", SUBSCRIBE, Opcode.TEXT))
    studio.window.run("send")
    await until(lambda: talk.received_count >= 7)
    talk.send(Opcode.TEXT, b'{"type":"ping"}')
    await until(lambda: talk.received_count >= 8)
    await until(lambda: tab.viewer.timeline.total_rows >= 13)
    await settled()
    press(tab, Qt.Key.Key_End, *[Qt.Key.Key_Up] * 4)
    await settled(0.8)
    studio.take("main")
    return tab


async def other_panes(studio: Studio, tab: RequestTab) -> None:
    """The inspector on a picture and on the handshake; the filter; a list that is scrolled up in a flood."""
    press(tab, Qt.Key.Key_Down)
    await settled()
    studio.take("inspector-binary", tab.viewer)
    press(tab, *[Qt.Key.Key_Up] * 12)
    await settled()
    studio.take("inspector-handshake", tab.viewer)
    tab.conversation.send(Opcode.TEXT, b'{"type":"more","count":300}')
    await until(lambda: tab.conversation.received_count >= 308)
    await settled()
    studio.take("timeline-scrolled-up", tab.viewer)


async def export_sheet(studio: Studio) -> None:
    studio.window.run("export")
    await settled(0.8)
    studio.take("export")
    _close_sheets(studio.window)
    await settled(0.2)


async def closed_by_server(studio: Studio, tab: RequestTab) -> None:
    tab.conversation.send(Opcode.TEXT, b'{"type":"bye"}')
    await until(lambda: isinstance(tab.conversation.state, states.Closed))
    tab.viewer.timeline.follow()
    await settled()
    studio.take("closed")


async def connect_states(studio: Studio, port: int) -> None:
    """The connect bar in its six states, one below the other."""
    pictures: list[QImage] = []
    tab = studio.window.open_address(f"ws://127.0.0.1:{port}/never")
    talk = tab.conversation

    async def take(after_s: float = 0.4) -> None:
        tab.viewer.timeline.focus_list()
        await settled(after_s)
        pictures.append(tab.bar.grab().toImage())

    await take()
    tab.bar.activate()
    await take(1.3)
    tab.bar.activate()
    await until(lambda: isinstance(talk.state, states.Idle))
    await settled()
    tab.connect_to(f"ws://127.0.0.1:{port}/open")
    await until(lambda: isinstance(talk.state, states.Open))
    await take(2.2)
    tab.bar.activate()
    await take(2.5)
    tab.bar.activate()
    await until(lambda: isinstance(talk.state, states.Closed))
    await settled()
    tab.connect_to(studio.workbench.services.echo.url)
    await until(lambda: isinstance(talk.state, states.Open))
    await settled()
    tab.bar.activate()
    await until(lambda: isinstance(talk.state, states.Closed))
    await take()
    tab.connect_to("ws://127.0.0.1:1/agent")
    await until(lambda: isinstance(talk.state, states.Failed))
    await take()
    studio.keep("states", _stacked(pictures))
    studio.window.close_tab()
    await settled(0.2)


def _stacked(pictures: list[QImage]) -> QImage:
    whole = QImage(pictures[0].width(), sum(each.height() for each in pictures), QImage.Format.Format_RGB32)
    painter = QPainter(whole)
    top = 0
    for each in pictures:
        painter.drawImage(0, top, each)
        top += each.height()
    painter.end()
    return whole


async def windows_and_sheets(studio: Studio) -> None:
    studio.window.run("show_keys")
    await settled()
    studio.take("keys")
    _close_sheets(studio.window)
    studio.window.run("open_settings")
    await settled()
    for widget in QApplication.topLevelWidgets():
        if widget.isVisible() and widget is not studio.window and widget.windowTitle():
            studio.take("settings", widget)
            widget.close()


def _close_sheets(window: QWidget) -> None:
    for sheet in window.findChildren(Sheet):
        sheet.reject()


async def narrow(studio: Studio, tab: RequestTab) -> None:
    """The smallest window, with the inspector below the list."""
    studio.window.tabs.select(list(studio.window.tabs).index(tab))
    studio.window.resize(960, 600)
    await settled()
    studio.take("narrow")
    studio.window.resize(1440, 900)


async def draw(app: QApplication, paths: Callable[[str], Path | None], theme: str, scratch: Path) -> None:
    """All pictures in one theme."""
    profile = Profile.at(scratch / theme)
    profile.prepare()
    workbench = Workbench(app, profile)
    workbench.services.settings.change("appearance.scheme", theme)
    workbench.open([], connect=False)
    plain, port = await orders.start()
    secure, tls_port = await orders.start(certificates.server_context(scratch))
    silent, silent_port = await stubborn.start()
    studio = Studio(workbench, paths, theme)
    try:
        await first_run(studio)
        tab = await main_view(studio, port)
        await other_panes(studio, tab)
        await export_sheet(studio)
        await closed_by_server(studio, tab)
        await connect_states(studio, silent_port)
        await connecting_shots.take_failures(studio.window, studio.take, tls_port=tls_port, odd_port=silent_port)
        await connecting_shots.take_panes(studio.window, studio.take, odd_port=silent_port)
        await windows_and_sheets(studio)
        await narrow(studio, tab)
        await collections_shots.Collections(workbench, studio.keep).take_all(scratch / f"Delivery-{theme}", port)
    finally:
        await workbench.leave()
        for server in (plain, secure, silent):
            server.close()
            await server.wait_closed()


def destinations() -> Callable[[str], Path | None]:
    """Where each picture goes, if anywhere: all of them into DIR, or those that documents show beside these."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    shown = {name for page in pages for name in re.findall(r"pictures/([\w-]+\.png)", page.read_text(encoding="utf-8"))}
    return lambda name: folder / name if len(sys.argv) > 1 or name in shown else None


def main() -> None:
    paths = destinations()
    with tempfile.TemporaryDirectory(prefix="w-") as scratch:
        # Trusted for this run only, so that what fails is the name in the certificate and nothing else.
        os.environ["SSL_CERT_FILE"] = str(certificates.make(Path(scratch)))
        # So that no picture shows where somebody's own documents are.
        os.environ["HOME"] = scratch
        app = make_application()
        app.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
        for theme in THEMES:
            with asyncio.Runner(loop_factory=lambda: WindowLoop(app)) as runner:
                runner.run(draw(app, paths, theme, Path(scratch)))


if __name__ == "__main__":
    main()
