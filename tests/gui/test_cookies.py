"""Cookies in the window: kept from a handshake, for each environment, and sent with the next one."""

from __future__ import annotations

from pathlib import Path

from tests.helpers.cookie_pane import connect_and_leave, cookie_lines, log_in, pane, settle, texts
from tests.helpers.raw_server import Peer, raw_server
from tests.helpers.window import Desk, windowed
from tests.helpers.workspaces import open_workspace

from wireyard.domain.event import Note, Opened
from wireyard.gui.widgets.state import ConnectionState
from wireyard.workspace.model import ReconnectSettings

FILES = {
    "environments/Staging.yaml": "wireyard: 1\n",
    "Shop/collection.yaml": "wireyard: 1\n",
    "Shop/Feed.ws.yaml": "url: ws://127.0.0.1:1/\n",
}


@windowed
async def test_what_a_handshake_sets_is_listed_and_sent_with_the_next_one(desk: Desk) -> None:
    await settle(desk)
    async with raw_server(log_in) as server:
        await desk.connect(server.url)
        desk.talk.drop()
        await desk.until_state(ConnectionState.CLOSED)
        desk.press("Ctrl+Shift+9")
        assert texts(desk, 0) == ["sid", "••••••••", "127.0.0.1", "/"]
        assert pane(desk).model.is_sent(0)
        assert "1 kept, 1 for this address" in pane(desk).words.accessibleName()
        await connect_and_leave(desk)
        desk.press("Ctrl+Shift+9")
        desk.tab.bar.change_address(server.url.replace("127.0.0.1", "localhost"))
        assert not pane(desk).model.is_sent(0)
        assert "0 for this address" in pane(desk).words.accessibleName()
    assert cookie_lines(server) == [[], [b"Cookie: sid=hush"]]
    opened = [event for event in desk.events() if isinstance(event, Opened)]
    assert [each.fate for each in opened[0].cookies] == ["kept", "refused"]
    notes = [event.text for event in desk.events() if isinstance(event, Note) and event.topic == "cookies"]
    assert notes[0] == "Cookies: sid kept; x refused: It is for another host, other.example."


@windowed
async def test_each_environment_has_its_jar_which_is_there_after_a_restart(desk: Desk) -> None:
    root = await open_workspace(desk, FILES)
    library = desk.workbench.services.library
    async with raw_server(log_in) as server:
        await desk.connect(server.url)
        desk.press("Ctrl+Shift+9")
        assert pane(desk).model.rowCount() == 1
        library.choose_environment("Staging")
        await desk.until(lambda: pane(desk).model.rowCount() == 0)
        assert pane(desk).words.accessibleName().startswith("Staging")
        desk.talk.drop()
        await desk.until_state(ConnectionState.CLOSED)
        await connect_and_leave(desk)
        await connect_and_leave(desk)
    assert cookie_lines(server) == [[], [], [b"Cookie: sid=hush"]]
    assert not _secret_files(root)
    await desk.leave()
    assert len(_secret_files(desk.profile.cookies)) == 2
    desk.start(server.url)
    await desk.until(lambda: desk.workbench.services.library.root is not None)
    await desk.until(lambda: desk.workbench.services.library.active_environment == "Staging")
    desk.press("Ctrl+Shift+9")
    await desk.until(lambda: pane(desk).model.rowCount() == 1)
    assert pane(desk).model.is_sent(0)


@windowed
async def test_what_is_set_before_the_workspace_is_open_is_not_lost(desk: Desk) -> None:
    await settle(desk)
    await desk.leave()
    async with raw_server(log_in) as server:
        desk.start(server.url, connect=True)
        await desk.until_state(ConnectionState.OPEN)
        await settle(desk)
        desk.press("Ctrl+Shift+9")
        await desk.until(lambda: pane(desk).model.rowCount() == 1)


@windowed
async def test_a_connection_that_is_made_again_by_itself_sends_what_the_first_one_set(desk: Desk) -> None:
    async def go_away(peer: Peer) -> None:
        await peer.accept("Set-Cookie: sid=hush; Path=/")
        if len(server.requests) == 0:
            peer.reset()
        else:
            await peer.read_to_end()

    await settle(desk)
    async with raw_server(go_away) as server:
        desk.window.open_address(server.url, connect=False)
        policy = ReconnectSettings(attempts=5, first_delay_s=0.05, max_delay_s=0.05)
        desk.tab.document.draft.change(reconnect=policy)
        desk.press("Ctrl+F5")
        await desk.until(lambda: server.connections == 2)
        await desk.until_state(ConnectionState.OPEN)
        desk.talk.drop()
        await desk.until_state(ConnectionState.CLOSED)
    assert cookie_lines(server) == [[], [b"Cookie: sid=hush"]]


@windowed
async def test_a_jar_follows_the_new_name_of_its_environment(desk: Desk) -> None:
    from wireyard.domain.cookie import Cookie
    from wireyard.gui.environments.store import EnvironmentStore

    await open_workspace(desk, FILES)
    services = desk.workbench.services
    jar = services.cookies.jar("Staging")
    assert jar is not None
    jar.put(Cookie(name="a", value="1", domain="h.example"))
    new = EnvironmentStore(services.library).rename("Staging", "Test")
    moved = services.cookies.jar(new)
    assert moved is not None
    assert [cookie.name for cookie in moved.cookies] == ["a"]
    assert jar.cookies == ()


def _secret_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and b"hush" in path.read_bytes()]
