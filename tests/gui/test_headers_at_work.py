"""Headers in the window, by keyboard, as the server gets them: byte by byte."""

from __future__ import annotations

from tests.helpers.raw_server import Peer, raw_server
from tests.helpers.window import Desk, windowed
from tests.helpers.workspaces import come_back

from wireyard.gui.request.headers_pane import HeadersPane
from wireyard.gui.widgets.state import ConnectionState
from wireyard.workspace.model import Field


async def accept(peer: Peer) -> None:
    await peer.accept()
    await peer.read_to_end()


def write(desk: Desk, text: str) -> None:
    """Type wherever the keyboard is, character by character: a cell becomes an editor with the first."""
    for char in text:
        desk.type(char)


def pane(desk: Desk) -> HeadersPane:
    found = desk.tab.panes.pane("headers")
    assert isinstance(found, HeadersPane)
    return found


def go_to(desk: Desk, name: str) -> None:
    """Walk down to the row of the app's that has this name."""
    for _ in range(30):
        line = pane(desk).model.line(pane(desk).view.currentIndex().row())
        if getattr(line, "name", "") == name:
            return
        desk.press("Down")
    raise LookupError(name)


@windowed
async def test_rows_go_out_in_order_switched_and_removed_as_they_stand(desk: Desk) -> None:
    async with raw_server(accept) as server:
        desk.window.open_address(server.url, connect=False)
        desk.press("Ctrl+Shift+3")
        for text in ("X-B", "2", "", "X-A", "1", "note", "X-B", "1", ""):
            write(desk, text)
            await come_back(desk)
            desk.press("Tab")
        desk.press("Escape")
        pane(desk).view.setCurrentIndex(pane(desk).model.index(1, 1))
        desk.press("Alt+Down")
        assert [row.name for row in pane(desk).rows] == ["X-B", "X-B", "X-A"]
        go_to(desk, "User-Agent")
        desk.press("Space")
        desk.press("Ctrl+F5")
        await desk.until_state(ConnectionState.OPEN)
        desk.talk.drop()
        await desk.until_state(ConnectionState.CLOSED)
        desk.press("Ctrl+Shift+3")
        pane(desk).view.setCurrentIndex(pane(desk).model.index(0, 1))
        desk.press("Space")
        go_to(desk, "Host")
        desk.press("Return", "Ctrl+A")
        write(desk, "virtual.example")
        desk.press("Return")
        await come_back(desk)
        desk.press("Escape")
        go_to(desk, "User-Agent")
        desk.press("Space")
        desk.press("Ctrl+F5")
        await desk.until_state(ConnectionState.OPEN)
        desk.talk.drop()
        await desk.until_state(ConnectionState.CLOSED)
        host = f"Host: 127.0.0.1:{server.port}".encode()
    first, second = (request.split(b"\r\n")[1:-2] for request in server.requests)
    assert [first[0], *first[-3:]] == [host, b"X-B: 2", b"X-B: 1", b"X-A: 1"]
    assert not any(line.startswith(b"User-Agent") for line in first)
    assert [second[0], *second[-2:]] == [b"Host: virtual.example", b"X-B: 1", b"X-A: 1"]
    assert [line for line in second if line.lower().startswith(b"host")] == [b"Host: virtual.example"]
    assert any(line.startswith(b"User-Agent: Wireyard/") for line in second)


@windowed
async def test_a_line_break_is_pointed_at_in_its_row_and_nothing_is_dialled(desk: Desk) -> None:
    async with raw_server(accept) as server:
        desk.window.open_address(server.url, connect=False)
        rows = (Field(name="A", value="1"), Field(name="X", value="a\r\nInjected: 1"))
        desk.tab.document.draft.change(headers=rows)
        desk.press("Ctrl+F5")
        await desk.until_state(ConnectionState.ERROR)
        desk.click(desk.button("Edit headers"))
        assert server.connections == 0
        view = pane(desk).view
        assert desk.focus is view
        assert view.currentIndex().row() == 1
        fault = pane(desk).model.fault(1)
        assert fault is not None
        assert "U+000D" in fault.words


@windowed
async def test_bulk_text_keeps_order_repeats_and_notes(desk: Desk) -> None:
    desk.window.open_address("ws://127.0.0.1:1/", connect=False)
    draft = desk.tab.document.draft
    draft.change(headers=(Field(name="A", value="1", note="why"), Field(name="B", value="2", off=True)))
    desk.press("Ctrl+Shift+3")
    desk.click(pane(desk).bulk_button)
    assert pane(desk).bulk.toPlainText() == "A: 1\n# B: 2"
    desk.press("Ctrl+End", "Return")
    write(desk, "A: 3")
    assert draft.edited.headers == (
        Field(name="A", value="1", note="why"),
        Field(name="B", value="2", off=True),
        Field(name="A", value="3"),
    )
    desk.press("Shift+Tab")
    desk.click(pane(desk).bulk_button)
    assert len(pane(desk).rows) == 3
