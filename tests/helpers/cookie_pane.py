"""Cookies in tests of the window: a server that sets some, and what the pane of the tab in front shows."""

from __future__ import annotations

from tests.helpers.raw_server import Peer, RawServer
from tests.helpers.window import Desk

from wireyard.gui.request.cookies_model import DOMAIN, NAME, PATH, VALUE
from wireyard.gui.request.cookies_pane import CookiesPane
from wireyard.gui.widgets.state import ConnectionState


async def log_in(peer: Peer) -> None:
    await peer.accept("Set-Cookie: sid=hush; Path=/; Max-Age=86400", "Set-Cookie: x=1; Domain=other.example")
    await peer.read_to_end()


def cookie_lines(server: RawServer) -> list[list[bytes]]:
    return [
        [line for line in request.split(b"\r\n") if line.lower().startswith(b"cookie:")] for request in server.requests
    ]


def pane(desk: Desk) -> CookiesPane:
    found = desk.tab.panes.pane("cookies")
    assert isinstance(found, CookiesPane)
    return found


def texts(desk: Desk, row: int) -> list[str]:
    model = pane(desk).model
    return [str(model.index(row, column).data()) for column in (NAME, VALUE, DOMAIN, PATH)]


def names(desk: Desk) -> list[str]:
    return [cookie.name for cookie in pane(desk).model.cookies]


async def settle(desk: Desk) -> None:
    """Wait for the workspace, whose jar it is."""
    await desk.until(lambda: desk.workbench.services.library.root is not None)


async def connect_and_leave(desk: Desk) -> None:
    """Open the connection of the tab in front with its key, and end it."""
    desk.press("Ctrl+F5")
    await desk.until_state(ConnectionState.OPEN)
    desk.talk.drop()
    await desk.until_state(ConnectionState.CLOSED)
