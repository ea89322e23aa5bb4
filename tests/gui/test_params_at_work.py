"""Parameters of the query in the window, by keyboard and mouse, as the server gets them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from tests.helpers.raw_server import Peer, raw_server
from tests.helpers.window import Desk, windowed
from tests.helpers.workspaces import come_back

from wireyard.gui.request.grid_model import NOTE, ON
from wireyard.gui.request.params_pane import ParamsPane
from wireyard.gui.widgets.state import ConnectionState


async def accept(peer: Peer) -> None:
    await peer.accept()
    await peer.read_to_end()


def pane(desk: Desk) -> ParamsPane:
    found = desk.tab.panes.pane("params")
    assert isinstance(found, ParamsPane)
    return found


def target(request: bytes) -> bytes:
    return request.split(b" ")[1]


def click_box(desk: Desk, row: int) -> None:
    rect = pane(desk).view.visualRect(pane(desk).model.index(row, ON))
    box = QPoint(rect.left() + 32, rect.center().y())
    QTest.mouseClick(pane(desk).view.viewport(), Qt.MouseButton.LeftButton, pos=box)


async def connect_and_leave(desk: Desk) -> None:
    desk.press("Ctrl+F5")
    await desk.until_state(ConnectionState.OPEN)
    desk.talk.drop()
    await desk.until_state(ConnectionState.CLOSED)


@windowed
async def test_rows_are_switched_moved_noted_and_doubled_and_the_address_follows(desk: Desk) -> None:
    async with raw_server(accept) as server:
        base = f"{server.url}feed"
        desk.window.open_address(f"{base}?a=1&b=2&a=3&flag", connect=False)
        desk.press("Ctrl+Shift+2")
        click_box(desk, 1)
        assert desk.tab.bar.address == f"{base}?a=1&a=3&flag"
        pane(desk).view.setCurrentIndex(pane(desk).model.index(0, NOTE))
        for char in "why":
            desk.type(char)
        desk.press("Return")
        await come_back(desk)
        desk.press("Escape")
        pane(desk).view.setCurrentIndex(pane(desk).model.index(0, NOTE))
        desk.press("Alt+Down", "Alt+Down")
        assert [(row.name, row.value, row.off, row.note) for row in pane(desk).rows] == [
            ("b", "2", True, ""),
            ("a", "3", False, ""),
            ("a", "1", False, "why"),
            ("", "flag", False, ""),
        ]
        await connect_and_leave(desk)
        pane(desk).view.setFocus()
        desk.press("Ctrl+Z", "Ctrl+Z")
        assert desk.tab.bar.address == f"{base}?a=1&a=3&flag"
        click_box(desk, 1)
        await connect_and_leave(desk)
    assert [target(request) for request in server.requests] == [b"/feed?a=3&a=1&flag", b"/feed?a=1&b=2&a=3&flag"]


@windowed
async def test_text_and_table_are_the_same_rows(desk: Desk) -> None:
    async with raw_server(accept) as server:
        desk.window.open_address(f"{server.url}?a=1", connect=False)
        desk.press("Ctrl+Shift+2")
        desk.click(pane(desk).bulk_button)
        desk.press("Ctrl+End", "Return")
        for char in "a=2":
            desk.type(char)
        desk.press("Return")
        for char in "# b=x y":
            desk.type(char)
        desk.press("Return")
        for char in "c=%20&":
            desk.type(char)
        await connect_and_leave(desk)
        desk.click(pane(desk).bulk_button)
        assert [row.off for row in pane(desk).rows] == [False, False, True, False]
        fault = pane(desk).model.fault(3)
        assert fault is not None
        assert "%26" in fault.words
    assert target(server.requests[0]) == b"/?a=1&a=2&c=%20%26"
