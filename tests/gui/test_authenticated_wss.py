"""Workflow W2: an authenticated wss request with variables, a private CA, a client certificate and subprotocols."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
from tests.helpers.certificates import Authority
from tests.helpers.scripted_server import serving
from tests.helpers.window import Desk, windowed
from tests.helpers.workspaces import come_back, open_workspace
from websockets.asyncio.server import ServerConnection
from websockets.typing import Subprotocol

from wireyard.domain.event import Message, Opened
from wireyard.domain.frame import Direction
from wireyard.gui.request.save_sheet import SaveSheet
from wireyard.gui.widgets.state import ConnectionState
from wireyard.workspace.secrets.keyring_store import KeyringStore

ENVIRONMENT = """wireyard: 1
name: Staging
variables:
  host: {host}
  token:
    secret: true
"""
PRODUCTION = "wireyard: 1\nname: Production\nvariables:\n  host: nowhere.example\n"


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    folder = tmp_path / "ca"
    folder.mkdir()
    return Authority(folder)


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(KeyringStore, "find", classmethod(lambda cls: None))


def write(desk: Desk, text: str) -> None:
    """Type wherever the keyboard is, character by character: a cell becomes an editor with the first."""
    for char in text:
        desk.type(char)


async def keep_secret(desk: Desk, value: str) -> None:
    secrets = desk.workbench.services.library.secrets
    said: list[str] = []
    secrets.use_session()
    secrets.keep("staging", "token", value, said.append)
    await desk.until(lambda: said == [""])


def sent(desk: Desk) -> list[bytes]:
    return [each.payload for each in desk.events() if isinstance(each, Message) and each.direction is Direction.SENT]


async def fill_in(desk: Desk, authority: Authority) -> None:
    """A new request, by keyboard alone but for the paths."""
    desk.press("Ctrl+T")
    write(desk, "wss://{{host}}/v2/stream")
    await come_back(desk)
    desk.press("Ctrl+Shift+3")
    for text in ("Authorization", "Bearer {{token}}", "", "Origin", "https://app.example", ""):
        write(desk, text)
        await come_back(desk)
        desk.press("Tab")
    desk.press("Escape")
    desk.press("Ctrl+Shift+5")
    write(desk, "v2, v1")
    chain, key = authority.client("alice")
    settings = desk.tab.panes.pane("settings")
    for name, path in (("ca_file", authority.ca_file), ("client_certificate", chain), ("client_key", key)):
        settings.row("tls", name).control.edit.set_text(str(path))  # type: ignore[attr-defined]


@windowed
async def test_from_a_new_request_to_its_file(desk: Desk, authority: Authority) -> None:
    seen: list[ServerConnection] = []

    async def talk(connection: ServerConnection) -> None:
        seen.append(connection)
        async for message in connection:
            await connection.send(message)

    context = authority.context("127.0.0.1")
    context.load_verify_locations(authority.ca_file)
    context.verify_mode = ssl.CERT_REQUIRED
    async with serving(talk, ssl=context, subprotocols=[Subprotocol("v1"), Subprotocol("v2")]) as url:
        host = url.removeprefix("wss://").rstrip("/")
        root = await open_workspace(
            desk,
            {"environments/staging.yaml": ENVIRONMENT.format(host=host), "environments/production.yaml": PRODUCTION},
        )
        await keep_secret(desk, "hush-1")
        await fill_in(desk, authority)
        desk.workbench.services.library.choose_environment("staging")
        desk.press("F5")
        await desk.until_state(ConnectionState.OPEN)

        request = seen[0].request
        assert request is not None
        assert request.headers["Authorization"] == "Bearer hush-1"
        assert request.headers["Origin"] == "https://app.example"
        assert request.headers["Sec-WebSocket-Protocol"] == "v2, v1"
        (opened,) = [each for each in desk.events() if isinstance(each, Opened)]
        assert opened.subprotocol == seen[0].subprotocol
        assert opened.tls_verified

        desk.press("Ctrl+Shift+1")
        write(desk, '{"token":"{{token}}"}')
        await come_back(desk)
        desk.press("Ctrl+Return")
        await desk.until(lambda: desk.talk.received_count == 1)
        await keep_secret(desk, "hush-2")
        desk.press("Ctrl+Return")
        await desk.until(lambda: desk.talk.received_count == 2)
        assert sent(desk) == [b'{"token":"hush-1"}', b'{"token":"hush-2"}']
        recording = desk.talk.recording
        assert recording is not None
        assert set(recording.secrets) == {"hush-1", "hush-2"}
        assert desk.tab.panes.composer.draft().text == '{"token":"{{token}}"}'
        assert [draft.text for draft in desk.tab.panes.composer.history.drafts] == ['{"token":"{{token}}"}']

        desk.press("Ctrl+S")
        await desk.until(lambda: desk.sheet(SaveSheet))
        desk.press("Return")
        await desk.until(lambda: desk.tab.request_id)
        text = (root / desk.tab.request_id).read_text(encoding="utf-8")
        assert "Bearer {{token}}" in text
        assert "hush" not in "".join(path.read_text("utf-8") for path in root.rglob("*.yaml"))
        assert "hush" not in f"{desk.window.windowTitle()} {desk.tab.tab_facts().tip}"


@windowed
async def test_a_server_that_wants_a_certificate_and_gets_none_is_told_of(desk: Desk, authority: Authority) -> None:
    async def talk(connection: ServerConnection) -> None:
        await connection.wait_closed()

    context = authority.context("127.0.0.1")
    context.load_verify_locations(authority.ca_file)
    context.verify_mode = ssl.CERT_REQUIRED
    async with serving(talk, ssl=context) as url:
        await open_workspace(desk, {})
        desk.window.open_address(url)
        desk.press("Ctrl+Shift+5")
        settings = desk.tab.panes.pane("settings")
        settings.row("tls", "ca_file").control.edit.set_text(str(authority.ca_file))  # type: ignore[attr-defined]
        desk.press("F5")
        await desk.until_state(ConnectionState.ERROR)
