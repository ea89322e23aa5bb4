"""Tabs that the command line fills in: what its options say is in the request, and goes out."""

from __future__ import annotations

from tests.helpers.raw_server import Peer, raw_server
from tests.helpers.window import Desk, windowed

from wireyard.__main__ import window_arguments
from wireyard.cli.window_tabs import window_tabs
from wireyard.domain.request import Proxy
from wireyard.gui.request.settings_pane import SettingsPane
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
        assert [field.name for field in draft.headers] == ["X-Own"]
        assert (draft.auth.kind, draft.auth.user) == ("basic", "me")
        desk.tab.conversation.drop()
        await desk.until_state(ConnectionState.CLOSED)
        await desk.until(lambda: server.requests)
    request = server.requests[0]
    assert request.startswith(b"GET /p?a=1 HTTP/1.1\r\n")
    assert b"X-Own: 1\r\nAuthorization: Basic bWU6eA==\r\n" in request
    assert b"Sec-WebSocket-Protocol: v1\r\n" in request
    assert b"Sec-WebSocket-Extensions" not in request


@windowed
async def test_every_way_to_connect_is_in_the_tab_and_nothing_is_dialled(desk: Desk) -> None:
    async with raw_server(accept) as server:
        words = [
            "-x",
            "socks5h://me:x@127.0.0.1:9",
            "--resolve",
            f"127.0.0.1:{server.port}:127.0.0.2",
            "--pin",
            "ab" * 32,
        ]
        arguments = window_arguments([server.url, *words, "-4", "-L", "--no-alpn", "--tlsv1.3", "--server-name", "s"])
        assert arguments is not None
        (filled,) = window_tabs(arguments.urls, arguments.options)
        desk.window.open_filled(filled, connect=arguments.connect)
        request = desk.tab.talk.plan().request
        assert request.proxy == Proxy(mode="socks5", host="127.0.0.1", port=9, user="me", password="x")
        network, tls = request.network, request.tls
        assert [each.addresses for each in network.resolve] == [("127.0.0.2",)]
        assert (network.ip_version, network.max_redirects) == ("4", 10)
        assert (tls.pinned_sha256, tls.server_name, tls.minimum_version, tls.alpn) == ("ab" * 32, "s", "1.3", ())
        pane = desk.tab.panes.pane("settings")
        assert isinstance(pane, SettingsPane)
        assert pane.row("proxy", "address").source == "Set here"
        assert desk.state is ConnectionState.IDLE
    assert server.requests == []
