"""Parameters of the path in the window: typed in the address, filled in under Params, sent, saved, and missed."""

from __future__ import annotations

from tests.helpers.raw_server import Peer, raw_server
from tests.helpers.window import Desk, windowed
from tests.helpers.workspaces import come_back, open_workspace

from wireyard.gui.request.params_pane import ParamsPane
from wireyard.gui.widgets.state import ConnectionState

FILES = {
    "Shop/collection.yaml": "wireyard: 1\nvariables:\n  user: al/ice\n",
    "Shop/Feed.ws.yaml": "wireyard: 1\nurl: ws://127.0.0.1:{port}/rooms/:room/:user\n"
    "path_params:\n  - name: user\n    value: '{{{{user}}}}'\n",
}


async def accept(peer: Peer) -> None:
    await peer.accept()
    await peer.read_to_end()


def write(desk: Desk, text: str) -> None:
    """Type wherever the keyboard is, character by character: a cell becomes an editor with the first."""
    for char in text:
        desk.type(char)


@windowed
async def test_a_missing_value_is_pointed_at_filled_in_sent_and_saved(desk: Desk) -> None:
    async with raw_server(accept) as server:
        root = await open_workspace(desk, {name: text.format(port=server.port) for name, text in FILES.items()})
        desk.window.open_request("Shop/Feed.ws.yaml")
        desk.press("F5")
        await desk.until(lambda: "“:room” in the address has no value" in desk.all_text())
        assert server.connections == 0
        desk.click(desk.button("Open Params"))
        assert isinstance(desk.tab.panes.pane("params"), ParamsPane)
        write(desk, "4 2")
        desk.press("Return")
        await come_back(desk)
        desk.press("Escape")
        desk.press("Ctrl+F5")
        await desk.until_state(ConnectionState.OPEN)
        desk.press("Ctrl+S")
        path = root / "Shop" / "Feed.ws.yaml"
        await desk.until(lambda: "4 2" in path.read_text())
        desk.talk.drop()
        await desk.until_state(ConnectionState.CLOSED)
    assert server.requests[0].startswith(b"GET /rooms/4%202/al%2Fice HTTP/1.1\r\n")
    text = path.read_text()
    assert "url: ws://127.0.0.1:" in text
    assert ":room/:user" in text
    assert '  - name: room\n    value: "4 2"\n' in text
    assert not desk.tab.is_dirty


@windowed
async def test_the_address_is_typed_and_the_row_is_there(desk: Desk) -> None:
    async with raw_server(accept) as server:
        desk.press("Ctrl+T")
        write(desk, f"ws://127.0.0.1:{server.port}/:id/\\:id")
        await come_back(desk)
        desk.press("Ctrl+Shift+2")
        pane = desk.tab.panes.pane("params")
        assert isinstance(pane, ParamsPane)
        # Past the empty row, into the value of the segment.
        desk.press("Tab", "Tab", "Tab")
        assert pane.view.currentIndex().row() == 2
        write(desk, "7")
        desk.press("Return")
        await come_back(desk)
        desk.press("Escape", "Ctrl+F5")
        await desk.until_state(ConnectionState.OPEN)
        desk.talk.drop()
        await desk.until_state(ConnectionState.CLOSED)
    assert server.requests[0].startswith(b"GET /7/:id HTTP/1.1\r\n")
