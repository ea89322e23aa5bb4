"""Tabs that the command line fills in: what its options say is in the request, and goes out."""

from __future__ import annotations

from tests.helpers.raw_server import Peer, raw_server
from tests.helpers.window import Desk, windowed

from wireyard.cli.window_tabs import window_tabs
from wireyard.gui.widgets.state import ConnectionState


async def accept(peer: Peer) -> None:
    await peer.accept()
    await peer.read_to_end()


@windowed
async def test_what_the_options_say_goes_out_and_can_be_edited(desk: Desk) -> None:
    async with raw_server(accept) as server:
        words = ["-H", "X-Own: 1", "-u", "me:x", "--subprotocol", "v1", "--no-compression"]
        (filled,) = window_tabs([f"{server.url}p?a=1"], words)
        desk.window.open_filled(filled, connect=True)
        await desk.until_state(ConnectionState.OPEN)
        assert desk.tab.bar.address == f"{server.url}p?a=1"
        draft = desk.tab.document.draft.edited
        assert [field.name for field in draft.headers] == ["X-Own", "Authorization"]
        desk.tab.conversation.drop()
        await desk.until_state(ConnectionState.CLOSED)
        await desk.until(lambda: server.requests)
    request = server.requests[0]
    assert request.startswith(b"GET /p?a=1 HTTP/1.1\r\n")
    assert b"X-Own: 1\r\nAuthorization: Basic bWU6eA==\r\n" in request
    assert b"Sec-WebSocket-Protocol: v1\r\n" in request
    assert b"Sec-WebSocket-Extensions" not in request
