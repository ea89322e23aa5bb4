"""A lost connection is made again, in the real window: what is shown meanwhile, and how a person ends or hastens it."""

from __future__ import annotations

import asyncio
import gc
import tracemalloc

import pytest
from msgspec.structs import replace
from tests.helpers import window
from tests.helpers.mortal_server import Mortal
from tests.helpers.raw_server import Peer, raw_server, unused_port
from tests.helpers.window import Desk, windowed
from tests.helpers.workspaces import open_workspace

from wireyard.domain.event import Control, Message, Note
from wireyard.domain.frame import Direction, Opcode
from wireyard.gui.connection.ping_dialog import PingDialog
from wireyard.gui.widgets.state import ConnectionState
from wireyard.workspace.model import NetworkSettings, OpeningMessage, ProxySettings, ReconnectSettings

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
async def test_a_saved_message_that_is_renamed_is_still_sent_on_opening(desk: Desk) -> None:
    await open_request(desk, f"url: ws://127.0.0.1:{unused_port()}/{MESSAGES}")
    document = desk.tab.document
    document.draft.change(on_open=(*(document.draft.edited.on_open or ()), OpeningMessage(saved="Feed/Subscribe")))
    document.change_messages(lambda messages: (replace(messages[0], name="Follow"),))
    assert [each.saved for each in document.draft.edited.on_open or ()] == ["", "Follow", "Follow"]
    text = (desk.folder / "workspace" / "Shop" / "Orders.ws.yaml").read_text()
    assert "- saved: Follow" in text
    assert text.count("saved:") == 1


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


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time for a test that takes a minute."""
    monkeypatch.setattr(window, "TEST_S", 95.0)


def payloads(desk: Desk, direction: Direction) -> list[bytes]:
    return [each.payload for each in desk.events() if isinstance(each, Message) and each.direction is direction]


@pytest.mark.parametrize(("kills", "pace_s"), [(5, 0.05), pytest.param(50, 0.8, marks=pytest.mark.slow)])
@windowed
async def test_a_server_that_is_killed_and_restarted_again_and_again(
    desk: Desk, kills: int, pace_s: float, patience: None
) -> None:
    """W8; the slow one takes a minute: no row is lost, there is no second socket, and memory stays flat."""
    server = Mortal()
    await server.start()
    policy = ReconnectSettings(endless=True, first_delay_s=0.05, max_delay_s=0.2)
    desk.window.open_address(server.url)
    desk.tab.document.draft.change(
        reconnect=policy, on_open=(OpeningMessage(body="auth"), OpeningMessage(body="subscribe"))
    )
    desk.press("F5")
    memory: list[int] = []
    for kill in range(1, kills + 1):
        await desk.until(lambda: desk.state is OPEN, within_s=20)
        desk.tab.conversation.send(Opcode.TEXT, b"row %d" % kill)
        await desk.until(lambda kill=kill: server.got[-1:] == [f"row {kill}"])
        await asyncio.sleep(pace_s)
        await server.kill()
        # It is seen before the server is there again: else the state is still that of the connection that is gone.
        await desk.until(lambda: desk.state is not OPEN)
        await server.start()
        if kill == kills // 3:
            tracemalloc.start()
        if tracemalloc.is_tracing():
            gc.collect()
            memory.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    await desk.until(lambda: desk.state is OPEN and server.got[-1:] == ["subscribe"], within_s=20)
    rows = [[b"auth", b"subscribe", b"row %d" % kill] for kill in range(1, kills + 1)]
    wanted = [*(row for each in rows for row in each), b"auth", b"subscribe"]
    assert payloads(desk, Direction.SENT) == wanted
    assert server.got == [row.decode() for row in wanted]
    dividers = [each for each in desk.events() if isinstance(each, Note) and each.topic == "divider"]
    assert len(dividers) >= kills
    assert (server.openings, server.most_open, server.open) == (kills + 1, 1, 1)
    assert memory[-1] - memory[0] < 3 * 1024 * 1024
    desk.tab.bar.activate()  # Disconnect
    await desk.until_state(ConnectionState.CLOSED)
    await server.kill()
    await server.start()
    await asyncio.sleep(0.5)  # longer than any wait of the policy
    assert (desk.state, server.openings) == (ConnectionState.CLOSED, kills + 1)
    await server.kill()


@windowed
async def test_disconnect_ends_attempts_without_end_and_a_divider_stands_in_the_timeline(desk: Desk) -> None:
    server = Mortal()
    await server.start()
    desk.window.open_address(server.url)
    desk.tab.document.draft.change(
        reconnect=ReconnectSettings(endless=True, first_delay_s=0.05, max_delay_s=0.05, jitter_percent=0)
    )
    desk.press("F5")
    await desk.until_state(OPEN)
    await server.kill()
    await desk.until(lambda: desk.tab.bar.pill.text().startswith("Retry 3"))
    await server.start()
    await desk.until_state(OPEN)
    timeline = desk.tab.viewer.timeline
    dividers = [each for each in desk.events() if isinstance(each, Note) and each.topic == "divider"]
    assert dividers
    await desk.until(lambda: timeline.row_count > len(dividers))
    await server.kill()
    await desk.until_state(WAITING)
    desk.tab.bar.activate()
    await desk.until(lambda: desk.state in (ConnectionState.CLOSED, ConnectionState.ERROR))
    openings = server.openings
    await server.start()
    await asyncio.sleep(0.3)
    assert server.openings == openings
    await server.kill()
