"""A lost connection is made again, in the real window: what is shown meanwhile, and how a person ends or hastens it."""

from __future__ import annotations

import asyncio

from tests.helpers.mortal_server import Mortal
from tests.helpers.raw_server import Peer, raw_server, unused_port
from tests.helpers.window import Desk, windowed
from tests.helpers.workspaces import open_workspace

from wireyard.domain.event import Control, Note
from wireyard.gui.connection.ping_dialog import PingDialog
from wireyard.gui.widgets.state import ConnectionState
from wireyard.workspace.model import NetworkSettings, ProxySettings, ReconnectSettings

OPEN, WAITING = ConnectionState.OPEN, ConnectionState.WAITING
PATIENT = ReconnectSettings(attempts=10, first_delay_s=60, max_delay_s=60, jitter_percent=0, from_start=True)


def begin(desk: Desk, url: str, policy: ReconnectSettings) -> None:
    desk.window.open_address(url)
    desk.tab.document.draft.change(reconnect=policy)
    desk.press("F5")


@windowed
async def test_a_dropped_connection_waits_and_a_click_on_the_pill_tries_now(desk: Desk) -> None:
    cut = asyncio.Event()

    async def vanish(peer: Peer) -> None:
        await peer.accept()
        if not cut.is_set():
            await cut.wait()
            peer.reset()
        await peer.read_to_end()

    async with raw_server(vanish) as server:
        begin(desk, server.url, PATIENT)
        await desk.until_state(OPEN)
        cut.set()
        await desk.until_state(WAITING)
        assert desk.tab.bar.pill.text() == "Retry 1 of 10 in 60 s"
        assert desk.tab.bar.button.text() == "Stop"
        desk.click(desk.tab.bar.pill)
        await desk.until_state(OPEN)
        assert [each.text for each in desk.events() if isinstance(each, Note) and each.topic == "reconnect"] == [
            "Connecting again in 60.0 s: attempt 1 of 10"
        ]


@windowed
async def test_stop_ends_it(desk: Desk) -> None:
    begin(desk, f"ws://127.0.0.1:{unused_port()}/", PATIENT)
    await desk.until_state(WAITING)
    # Not so soon that it could be the second click of a double one.
    await desk.until(lambda: desk.tab.bar.pill.text() == "Retry 1 of 10 in 59 s")
    desk.click(desk.tab.bar.button)
    await desk.until_state(ConnectionState.ERROR)
    assert desk.tab.bar.pill.text() == "Refused"


@windowed
async def test_a_ping_by_hand_is_sent_with_its_payload(desk: Desk) -> None:
    async def keep(peer: Peer) -> None:
        await peer.accept()
        await peer.read_to_end()

    async with raw_server(keep) as server:
        begin(desk, server.url, ReconnectSettings())
        await desk.until_state(OPEN)
        desk.tab.bar.ask_control("ping")
        await desk.until(lambda: desk.sheet(PingDialog))
        desk.type("hello")
        desk.press("Return")
        await desk.until(lambda: any(isinstance(each, Control) and each.payload == b"hello" for each in desk.events()))


@windowed
async def test_what_a_request_says_of_network_and_proxy_is_dialled(desk: Desk) -> None:
    port = unused_port()
    desk.window.open_address("ws://no.such.host.invalid/")
    desk.tab.document.draft.change(
        network=NetworkSettings(ip_version="4", auto_pong=False, client_window_bits="9", ping_payload="p"),
        proxy=ProxySettings(mode="http", address=f"127.0.0.1:{port}", user="u", password="p"),
    )
    desk.press("F5")
    await desk.until_state(ConnectionState.ERROR)
    request = desk.talk.request
    assert request is not None
    assert (request.proxy.mode, request.proxy.port, request.proxy.user) == ("http", port, "u")
    assert (request.network.ip_version, request.network.auto_pong, request.network.ping_payload) == ("4", False, b"p")
    assert request.network.client_window_bits == 9


MESSAGES = """
messages:
  - name: Subscribe
    group: Feed
    body: '{"op": "subscribe", "as": "{{user}}"}'
on_open:
  - body: auth {{token}}
  - saved: Subscribe
reconnect: {attempts: 5, first_delay_s: 0.02, max_delay_s: 0.05}
"""


async def open_request(desk: Desk, text: str) -> None:
    files = {"Shop/Orders.ws.yaml": text, "environments/Local.yaml": "variables:\n  token: t1\n  user: ann\n"}
    await open_workspace(desk, files)
    desk.workbench.services.library.choose_environment("Local")
    desk.window.open_request("Shop/Orders.ws.yaml")
    await desk.until(lambda: desk.tab.document.id == "Shop/Orders.ws.yaml")


@windowed
async def test_messages_go_out_after_every_opening_with_the_values_of_the_moment(desk: Desk) -> None:
    server = Mortal()
    await server.start()
    await open_request(desk, f"url: {server.url}{MESSAGES}")
    desk.press("F5")
    subscribed = '{"op": "subscribe", "as": "ann"}'
    await desk.until(lambda: server.got == ["auth t1", subscribed], f"{server.got}")
    desk.tab.talk.set_session_values({"token": "t2"})
    await server.kill()
    await desk.until(lambda: desk.state is not OPEN)
    await server.start()
    await desk.until(lambda: server.got[2:] == ["auth t2", subscribed], f"{server.got}")
    desk.talk.disconnect()
    await server.kill()


@windowed
async def test_a_message_for_the_opening_without_a_value_is_told_before_anything_is_dialled(desk: Desk) -> None:
    server = Mortal()
    await server.start()
    await open_request(desk, f"url: {server.url}\non_open:\n  - body: auth {{{{nobody}}}}\n")
    desk.press("F5")
    await desk.until(lambda: "nobody" in desk.all_text())
    assert desk.state is ConnectionState.IDLE
    assert server.openings == 0
    await server.kill()
