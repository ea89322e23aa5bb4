"""Workflow W2, by keyboard alone and by mouse alone: an authenticated wss request with variables of an environment, a
secret, a private CA, a client certificate and subprotocols."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from tests.helpers.certificates import Authority
from tests.helpers.hands import Keyboard, Mouse
from tests.helpers.scripted_server import serving
from tests.helpers.window import Desk, windowed
from tests.helpers.workspaces import come_back, open_workspace
from websockets.asyncio.server import ServerConnection
from websockets.typing import Subprotocol

from wireyard.domain.event import Message, Opened
from wireyard.domain.frame import Direction
from wireyard.gui.environments.editor_sheet import EnvironmentsSheet
from wireyard.gui.environments.grid_model import LOCAL, NAME, SECRET, SHARED
from wireyard.gui.request.grid_model import NAME as HEADER_NAME
from wireyard.gui.request.grid_model import VALUE as HEADER_VALUE
from wireyard.gui.request.headers_pane import HeadersPane
from wireyard.gui.request.save_sheet import SaveSheet
from wireyard.gui.request.settings_pane import SettingsPane
from wireyard.gui.secrecy.secret_place import SecretPlaceSheet
from wireyard.gui.widgets.state import ConnectionState
from wireyard.workspace.secrets.keyring_store import KeyringStore

HEADERS = (("Authorization", "Bearer {{token}}"), ("Origin", "https://app.example"))
BODY = '{"token":"{{token}}"}'


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    folder = tmp_path / "ca"
    folder.mkdir()
    return Authority(folder)


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(KeyringStore, "find", classmethod(lambda cls: None))


class Server:
    """Wants a certificate, and sends everything back."""

    def __init__(self, authority: Authority) -> None:
        self.authority = authority
        self.seen: list[ServerConnection] = []
        self.host = ""

    async def talk(self, connection: ServerConnection) -> None:
        self.seen.append(connection)
        async for message in connection:
            await connection.send(message)

    @asynccontextmanager
    async def up(self) -> AsyncIterator[None]:
        context = self.authority.context("127.0.0.1")
        context.load_verify_locations(self.authority.ca_file)
        context.verify_mode = ssl.CERT_REQUIRED
        async with serving(self.talk, ssl=context, subprotocols=[Subprotocol("v1"), Subprotocol("v2")]) as url:
            self.host = url.removeprefix("wss://").rstrip("/")
            yield

    def files(self) -> list[tuple[str, str]]:
        """What the settings of TLS are to have."""
        chain, key = self.authority.client("alice")
        return [("ca_file", str(self.authority.ca_file)), ("client_certificate", str(chain)), ("client_key", str(key))]


def sent(desk: Desk) -> list[bytes]:
    return [each.payload for each in desk.events() if isinstance(each, Message) and each.direction is Direction.SENT]


def rows(desk: Desk) -> str:
    """What the timeline's rows say."""
    model = desk.tab.viewer.timeline.list_widget.model()  # type: ignore[attr-defined]
    return "\n".join(str(model.index(row, 0).data()) for row in range(model.rowCount()))


async def kept(desk: Desk, value: str) -> None:
    """Wait until the secret of the environment has this value."""
    sheet = desk.sheet(EnvironmentsSheet)
    assert sheet is not None
    await desk.until(lambda: sheet.editing.has_value("token") and sheet.editing.secret("token") == value)


def assert_shook_hands(desk: Desk, server: Server) -> None:
    request = server.seen[0].request
    assert request is not None
    assert request.path == "/v2/stream"
    assert request.headers["Authorization"] == "Bearer hush-1"
    assert request.headers["Origin"] == "https://app.example"
    assert request.headers["Sec-WebSocket-Protocol"] == "v2, v1"
    (opened,) = [each for each in desk.events() if isinstance(each, Opened)]
    assert opened.subprotocol == server.seen[0].subprotocol
    assert opened.tls_verified


async def assert_sent_both(desk: Desk) -> None:
    """Each message has the value of its time, and none is to be read in the list."""
    await desk.until(lambda: desk.talk.received_count == 2)
    assert sent(desk) == [b'{"token":"hush-1"}', b'{"token":"hush-2"}']
    await desk.until(lambda: desk.tab.viewer.timeline.row_count == 5)
    assert "hush" not in rows(desk)
    assert "hush" not in f"{desk.window.windowTitle()} {desk.tab.tab_facts().tip}"


def assert_saved(desk: Desk, root: Path) -> None:
    text = (root / desk.tab.request_id).read_text(encoding="utf-8")
    assert "Bearer {{token}}" in text
    assert "wss://{{host}}/v2/stream" in text
    assert "hush" not in "".join(path.read_text("utf-8") for path in root.rglob("*.yaml"))


def shown_token(desk: Desk) -> str:
    """The line of the handshake view with the token."""
    details = desk.tab.viewer.inspector.details_view.details
    lines = details.as_text().splitlines() if details is not None else []
    return next((line for line in lines if line.startswith("Authorization")), "")


# ---------------------------------------------------------------------------------------------------------- by keyboard


async def environment_by_keyboard(desk: Desk, keys: Keyboard, host: str) -> None:
    keys.press("Ctrl+Shift+V")
    await desk.until(lambda: desk.sheet(EnvironmentsSheet))
    keys.press("Space")  # the keyboard is on Add
    keys.type("staging")
    keys.press("Return")
    keys.type("host")
    keys.press("Tab")
    keys.type(host)
    keys.press("Return", "Down")
    keys.type("token")
    keys.press("Tab", "Tab", "Tab", "Space", "Shift+Tab")
    keys.type("hush-1")
    keys.press("Return")
    await desk.until(lambda: desk.sheet(SecretPlaceSheet))
    keys.press("Shift+Tab", "Down")  # from the passphrase: for this session only
    keys.press("Return")
    await desk.until(lambda: desk.sheet(SecretPlaceSheet) is None)
    await kept(desk, "hush-1")
    await come_back(desk)
    keys.press("Escape")
    await desk.until(lambda: not desk.is_sheet_open)
    await come_back(desk)


@windowed
async def test_by_keyboard_alone(desk: Desk, authority: Authority) -> None:
    server, keys = Server(authority), Keyboard(desk)
    async with server.up():
        root = await open_workspace(desk, {"Shop/collection.yaml": "wireyard: 1\n"})
        await environment_by_keyboard(desk, keys, server.host)
        keys.press("Ctrl+T")
        keys.type("wss://{{host}}/v2/stream")
        await come_back(desk)
        keys.press("Ctrl+E")
        await desk.until(QApplication.activePopupWidget)
        keys.press("Up", "Return")
        await come_back(desk)
        await desk.until(lambda: desk.workbench.services.library.active_environment)
        keys.press("Ctrl+Shift+3")
        for texts in HEADERS:
            for text in texts:
                keys.type(text)
                await come_back(desk)
                keys.press("Tab")
            keys.press("Tab")  # past the note
        keys.press("Escape")
        await come_back(desk)
        keys.press("Ctrl+Shift+5")
        settings = desk.tab.panes.pane("settings")
        assert isinstance(settings, SettingsPane)
        await desk.until(lambda: settings.is_complete)
        keys.type("v2, v1")
        keys.tab_to("CA file", at_most=5)
        for name, (_, path) in zip(("CA file", "Client certificate", "Client key"), server.files(), strict=True):
            if name != "CA file":
                keys.tab_to(name, at_most=3)
            keys.type(path)
        keys.press("F5")
        await desk.until_state(ConnectionState.OPEN)
        assert_shook_hands(desk, server)

        keys.press("Ctrl+Shift+1")
        keys.type(BODY)
        await come_back(desk)
        keys.press("Ctrl+Return")
        await desk.until(lambda: desk.talk.received_count == 1)
        keys.press("Ctrl+Shift+V")
        await desk.until(lambda: desk.sheet(EnvironmentsSheet))
        keys.press("Return", "Down", "Right", "Right")
        keys.type("hush-2")
        keys.press("Return")
        await kept(desk, "hush-2")
        keys.press("Escape")
        await desk.until(lambda: not desk.is_sheet_open)
        keys.press("Ctrl+Return")
        await assert_sent_both(desk)

        keys.press("F6", "F6", "Ctrl+Home", "Return")
        await desk.until(lambda: shown_token(desk))
        assert "hush" not in shown_token(desk)
        keys.press("Ctrl+Shift+H")
        await desk.until(lambda: "hush-1" in shown_token(desk))

        keys.press("Ctrl+S")
        await desk.until(lambda: desk.sheet(SaveSheet))
        keys.press("Return")
        await desk.until(lambda: desk.tab.request_id)
        assert_saved(desk, root)


# ------------------------------------------------------------------------------------------------------------- by mouse


async def open_editor(desk: Desk, mouse: Mouse) -> EnvironmentsSheet:
    mouse.press_button("Environments", desk.window.rail)
    await desk.until(lambda: desk.sheet(EnvironmentsSheet))
    sheet = desk.sheet(EnvironmentsSheet)
    assert sheet is not None
    return sheet


async def environment_by_mouse(desk: Desk, mouse: Mouse, host: str) -> None:
    sheet = await open_editor(desk, mouse)
    mouse.press_button("Add environment", sheet)
    await desk.until(lambda: mouse.sees(sheet.head.name))
    mouse.click(sheet.head.name)
    desk.press("Ctrl+A")
    mouse.type("staging")
    for row, name in ((0, "host"), (1, "token")):
        mouse.click_cell(sheet.view, row, NAME)
        mouse.type(name)
        mouse.click(sheet.view.viewport(), QPoint(200, sheet.view.viewport().height() - 20))
        await desk.until(lambda row=row: len(sheet.editing.rows) == row + 1)
    mouse.click_cell(sheet.view, 0, SHARED, twice=True)
    mouse.type(host)
    mouse.click_cell(sheet.view, 1, SECRET)
    await desk.until(lambda: [each.is_secret for each in sheet.editing.rows] == [False, True])
    await retype_token(desk, mouse, sheet, "hush-1")
    await desk.until(lambda: desk.sheet(SecretPlaceSheet))
    mouse.press_button("Keep for this session only", desk.sheet(SecretPlaceSheet))
    mouse.press_button("Keep", desk.sheet(SecretPlaceSheet))
    await kept(desk, "hush-1")
    mouse.press_button("Use", sheet)
    await desk.until(lambda: desk.workbench.services.library.active_environment)
    mouse.press_button("Close", sheet)
    await desk.until(lambda: not desk.is_sheet_open)


async def retype_token(desk: Desk, mouse: Mouse, sheet: EnvironmentsSheet, value: str) -> None:
    mouse.click_cell(sheet.view, 1, LOCAL, twice=True)
    mouse.type(value)
    mouse.click_cell(sheet.view, 1, NAME)


def show_pane(desk: Desk, mouse: Mouse, key: str) -> None:
    panes = desk.tab.panes
    mouse.click(panes.tabs, panes.tabs.tabRect(panes.index_of(key)).center())


async def fill_in_by_mouse(desk: Desk, mouse: Mouse, server: Server) -> None:
    mouse.click(desk.tab.bar.url)
    mouse.type("wss://{{host}}/v2/stream")
    await come_back(desk)
    show_pane(desk, mouse, "headers")
    headers = desk.tab.panes.pane("headers")
    assert isinstance(headers, HeadersPane)
    view = headers.view
    await desk.until(lambda: mouse.sees(view.viewport(), mouse.cell(view, 0, HEADER_VALUE)))
    for row, (name, value) in enumerate(HEADERS):
        for column, text in ((HEADER_NAME, name), (HEADER_VALUE, value)):
            mouse.click_cell(view, row, column)
            mouse.type(text)
            await come_back(desk)
    show_pane(desk, mouse, "settings")
    settings = desk.tab.panes.pane("settings")
    assert isinstance(settings, SettingsPane)
    await desk.until(lambda: settings.is_complete)
    texts = [("", "subprotocols", "v2, v1")] + [("tls", name, path) for name, path in server.files()]
    for group, name, text in texts:
        control = settings.row(group, name).control
        field = getattr(control, "edit", control)
        mouse.wheel_to(field, settings.viewport())
        mouse.click(field)
        mouse.type(text)


@windowed
async def test_by_mouse_alone(desk: Desk, authority: Authority) -> None:
    server, mouse = Server(authority), Mouse(desk)
    async with server.up():
        root = await open_workspace(desk, {"Shop/collection.yaml": "wireyard: 1\n"})
        await environment_by_mouse(desk, mouse, server.host)
        mouse.press_button("New tab")
        await desk.until(lambda: mouse.sees(desk.tab.bar.url))
        await fill_in_by_mouse(desk, mouse, server)
        mouse.click(desk.tab.bar.button)
        await desk.until_state(ConnectionState.OPEN)
        assert_shook_hands(desk, server)

        show_pane(desk, mouse, "message")
        composer = desk.tab.panes.composer
        await desk.until(lambda: mouse.sees(composer.editor))
        mouse.click(composer.editor)
        mouse.type(BODY)
        await come_back(desk)
        mouse.click(composer.foot.send_button)
        await desk.until(lambda: desk.talk.received_count == 1)
        sheet = await open_editor(desk, mouse)
        await retype_token(desk, mouse, sheet, "hush-2")
        await kept(desk, "hush-2")
        mouse.press_button("Close", sheet)
        await desk.until(lambda: not desk.is_sheet_open)
        mouse.click(composer.foot.send_button)
        await assert_sent_both(desk)

        viewer = desk.tab.viewer
        mouse.click_cell(viewer.timeline.list_widget, 0, 0)  # type: ignore[arg-type]
        await desk.until(lambda: shown_token(desk))
        assert "hush" not in shown_token(desk)
        await desk.until(lambda: mouse.sees(viewer.inspector.head.eye))
        mouse.click(viewer.inspector.head.eye)
        await desk.until(lambda: "hush-1" in shown_token(desk))

        mouse.click(desk.tab.bar.save_button)
        await desk.until(lambda: desk.sheet(SaveSheet))
        mouse.press_button("Save", desk.sheet(SaveSheet))
        await desk.until(lambda: desk.tab.request_id)
        assert_saved(desk, root)


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
