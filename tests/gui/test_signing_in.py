"""Signing in through the window, by key and mouse: what is typed never stands in a file, and failures lead to Auth."""

from __future__ import annotations

import socket
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PySide6.QtWidgets import QApplication
from tests.helpers.guarded_server import knows, takes
from tests.helpers.oauth_server import CLIENT, SECRET, Browser, OAuthServer, oauth_server
from tests.helpers.raw_server import raw_server
from tests.helpers.scripted_server import echo, serving
from tests.helpers.window import Desk, windowed
from tests.helpers.workspaces import open_workspace

from wireyard.domain.event import Message, Opened
from wireyard.domain.frame import Direction
from wireyard.gui.failure.stepper import Stepper
from wireyard.gui.request.auth_pane import AuthPane
from wireyard.gui.request.level_sheet import open_level_sheet
from wireyard.gui.request.save_sheet import SaveSheet
from wireyard.gui.request.secret_setting import SecretSetting
from wireyard.gui.secrecy.secret_place import SecretPlaceSheet
from wireyard.gui.widgets.state import ConnectionState
from wireyard.workspace.secrets.keyring_store import KeyringStore
from wireyard.workspace.secrets.store import MemoryStore

ONE = "Orders/One.ws.yaml"
DIGEST = 'Digest realm="r", nonce="n1", qop="auth", algorithm=SHA-256'


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> MemoryStore:
    """A keyring that works."""
    store = MemoryStore()
    monkeypatch.setattr(KeyringStore, "find", classmethod(lambda cls: store))
    return store


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(KeyringStore, "find", classmethod(lambda cls: None))


def files(url: str, auth: str = "", collection: str = "") -> dict[str, str]:
    return {
        "Orders/collection.yaml": f"wireyard: 1\n{collection}",
        ONE: f"wireyard: 1\nurl: {url}\n{auth}",
    }


def pane_of(desk: Desk) -> AuthPane:
    pane = desk.tab.panes.pane("auth")
    assert isinstance(pane, AuthPane)
    return pane


def secret_of(pane: AuthPane, field: str) -> SecretSetting:
    control = pane.control(field)
    assert isinstance(control, SecretSetting)
    return control


def type_keys(desk: Desk, text: str) -> None:
    """One letter after the other: the keyboard may go to another field with the first."""
    for char in text:
        desk.type(char)


def all_files(root: Path) -> str:
    return "".join(path.read_text(encoding="utf-8", errors="replace") for path in root.rglob("*") if path.is_file())


def profile_text(desk: Desk) -> str:
    kept = [path for path in (desk.folder / "profile").rglob("*") if path.is_file() and path.suffix != ".wydb"]
    return "".join(path.read_bytes().decode("utf-8", "replace") for path in kept if "session" not in path.parts[-2])


@windowed
async def test_a_password_typed_by_hand_answers_digest_and_is_no_text_in_the_file(
    desk: Desk, keyring: MemoryStore
) -> None:
    async with raw_server(takes(knows("SHA-256", "hunter2"), DIGEST)) as server:
        root = await open_workspace(desk, files(server.url))
        desk.window.open_request(ONE)
        desk.press("Ctrl+Shift+4")
        pane = pane_of(desk)
        pane.choose("digest")
        pane.take_keyboard()
        type_keys(desk, "ann")
        desk.press("Tab")
        type_keys(desk, "hunter2")
        assert secret_of(pane, "password").is_masked
        desk.press("F5")
        await desk.until_state(ConnectionState.OPEN)
        assert server.connections == 2
        desk.press("Ctrl+S")
        await desk.until(lambda: not desk.tab.is_dirty)
        text = (root / ONE).read_text(encoding="utf-8")
        assert 'password: "{{auth_password}}"' in text
        assert "secret: true" in text
        assert "hunter2" not in all_files(root)
        assert secret_of(pane, "password").text == "{{auth_password}}"
        desk.talk.drop()
        await desk.until_state(ConnectionState.CLOSED)
        assert desk.tab.talk.connect_now()
        await desk.until_state(ConnectionState.OPEN)


@windowed
async def test_a_new_request_is_saved_without_its_token(desk: Desk, keyring: MemoryStore) -> None:
    root = await open_workspace(desk, files("ws://h/"))
    desk.window.open_address("ws://127.0.0.1:9/")
    pane = pane_of(desk)
    pane.choose("bearer")
    secret_of(pane, "token").line.set_text("t0p-s3cret")
    desk.press("Ctrl+S")
    await desk.until(lambda: desk.sheet(SaveSheet))
    sheet = desk.sheet(SaveSheet)
    assert sheet is not None
    sheet.name.setText("Two")
    desk.click(sheet.save_button)
    await desk.until((root / "Orders/Two.ws.yaml").exists)
    await desk.until(lambda: desk.tab.talk.lookup("auth_token"))
    assert desk.tab.talk.plan().request.headers == (("Authorization", "Bearer t0p-s3cret"),)
    assert "t0p-s3cret" not in all_files(root)
    assert not desk.tab.is_dirty


@windowed
async def test_without_a_keyring_it_is_asked_where_to_before_anything_is_written(desk: Desk, no_keyring: None) -> None:
    root = await open_workspace(desk, files("ws://h/"))
    before = (root / ONE).read_text(encoding="utf-8")
    desk.window.open_request(ONE)
    pane = pane_of(desk)
    pane.choose("bearer")
    secret_of(pane, "token").line.set_text("t0p-s3cret")
    desk.press("Ctrl+S")
    await desk.until(lambda: desk.sheet(SecretPlaceSheet))
    assert (root / ONE).read_text(encoding="utf-8") == before
    sheet = desk.sheet(SecretPlaceSheet)
    assert sheet is not None
    sheet.session_choice.setChecked(True)
    desk.click(desk.button("Keep", sheet))
    await desk.until(lambda: not desk.tab.is_dirty)
    assert "{{auth_token}}" in (root / ONE).read_text(encoding="utf-8")
    assert "t0p-s3cret" not in all_files(root)


@windowed
async def test_what_was_typed_and_not_saved_is_kept_nowhere(desk: Desk, keyring: MemoryStore) -> None:
    root = await open_workspace(desk, files("ws://h/"))
    desk.window.open_request(ONE)
    pane = pane_of(desk)
    pane.choose("basic")
    secret_of(pane, "password").line.set_text("t0p-s3cret")
    await desk.restart()
    await desk.until(lambda: desk.tab.document.draft.edited.auth.kind == "basic")
    assert desk.tab.document.draft.edited.auth.password == ""
    assert "t0p-s3cret" not in all_files(root) + profile_text(desk)


@windowed
async def test_a_folder_s_password_is_typed_in_its_sheet_and_inherited(desk: Desk, keyring: MemoryStore) -> None:
    def is_right(header: str) -> bool:
        return header == "Basic YW5uOmh1bnRlcjI="

    async with raw_server(takes(lambda peer: is_right(peer.header("Authorization")), "Basic realm=r")) as server:
        root = await open_workspace(desk, files(server.url))
        sheet = open_level_sheet(desk.workbench.services, desk.window, "Orders")
        assert sheet is not None
        sheet.tabs.setCurrentIndex(1)
        sheet.auth.choose("basic")
        sheet.auth.take_keyboard()
        type_keys(desk, "ann")
        desk.press("Tab")
        type_keys(desk, "hunter2")
        desk.click(sheet.save_button)
        await desk.until(lambda: not desk.is_sheet_open)
        assert "hunter2" not in all_files(root)
        desk.window.open_request(ONE, "connect")
        await desk.until_state(ConnectionState.OPEN)
        assert pane_of(desk).source == "Inherited from Orders"
        assert pane_of(desk).said.startswith("“Orders” says: Basic, as ann.")


@windowed
async def test_a_refused_password_leads_to_auth_and_mended_it_connects(desk: Desk, keyring: MemoryStore) -> None:
    async with raw_server(takes(knows("SHA-256", "right"), DIGEST)) as server:
        await open_workspace(desk, files(server.url, "auth:\n  kind: digest\n  user: ann\n  password: wrong\n"))
        desk.window.open_request(ONE, "connect")
        await desk.until_state(ConnectionState.ERROR)
        assert "The user name or password was not accepted" in desk.texts()
        assert "wrong" not in desk.all_text()
        desk.click(desk.button("Open Auth"))
        pane = pane_of(desk)
        assert desk.tab.panes.current == "auth"
        assert pane.isAncestorOf(desk.focus)
        desk.press("Tab")
        desk.press("Ctrl+A")
        type_keys(desk, "right")
        desk.press("F5")
        await desk.until_state(ConnectionState.OPEN)


def oauth(server: OAuthServer, grant: str, *more: str) -> str:
    lines = (
        "kind: oauth2",
        f"grant: {grant}",
        f"token_url: {server.token_url}",
        f"authorization_url: {server.authorization_url}",
        f"client_id: {CLIENT}",
        f'client_secret: "{SECRET}"',
        *more,
    )
    return "auth:\n" + "".join(f"  {line}\n" for line in lines)


@windowed
async def test_the_browser_brings_a_token_which_is_masked_and_shared(desk: Desk, keyring: MemoryStore) -> None:
    browser = Browser()
    desk.workbench.services.sign_in.show = browser
    async with oauth_server() as server, raw_server(takes(lambda peer: b"access_token=token-1" in peer.request)) as ws:
        await open_workspace(desk, files(ws.url, oauth(server, "authorization_code", "sent_in: query")))
        desk.window.open_request(ONE)
        desk.press("Ctrl+Shift+4")
        box = pane_of(desk).token_box
        assert box is not None
        desk.click(box.get_button)
        await desk.until(lambda: box.words.startswith("Token holds for"), "a token")
        await browser.rest()
        assert "Signed in" in browser.pages[0]
        desk.press("F5")
        await desk.until_state(ConnectionState.OPEN)
        assert len(browser.addresses) == 1
        opened = next(event for event in desk.events() if isinstance(event, Opened))
        assert "token-1" in opened.url
        assert any("token-1" in value for value in desk.talk.secrets.values)
        assert "token-1-of" not in desk.all_text()


@windowed
async def test_waiting_for_the_browser_can_be_given_up(desk: Desk, keyring: MemoryStore) -> None:
    shown: list[str] = []
    desk.workbench.services.sign_in.show = lambda address: not shown.append(address)
    async with oauth_server() as server:
        await open_workspace(desk, files("ws://127.0.0.1:9/", oauth(server, "authorization_code")))
        desk.window.open_request(ONE)
        desk.press("Ctrl+Shift+4")
        box = pane_of(desk).token_box
        assert box is not None
        desk.click(box.get_button)
        await desk.until(lambda: shown)
        assert box.words == "Waiting for you to sign in in the browser…"
        desk.click(box.copy_button)
        assert QApplication.clipboard().text() == shown[0]
        desk.click(box.cancel_button)
        await desk.until(lambda: box.words == "No token yet. Connect gets one.")
        # The same while connecting.
        desk.press("F5")
        await desk.until(lambda: len(shown) == 2)
        desk.talk.cancel()
        await desk.until_state(ConnectionState.IDLE)


@windowed
async def test_a_tab_that_is_closed_waits_for_no_browser(desk: Desk, keyring: MemoryStore) -> None:
    shown: list[str] = []
    desk.workbench.services.sign_in.show = lambda address: not shown.append(address)
    async with oauth_server() as server:
        await open_workspace(desk, files("ws://127.0.0.1:9/", oauth(server, "authorization_code")))
        desk.window.open_request(ONE)
        desk.press("Ctrl+Shift+4")
        box = pane_of(desk).token_box
        assert box is not None
        desk.click(box.get_button)
        await desk.until(lambda: shown)
        (back,) = parse_qs(urlsplit(shown[0]).query)["redirect_uri"]
        desk.press("Ctrl+W")
        await desk.until(lambda: not _is_listened_to(urlsplit(back).port or 0))


def _is_listened_to(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@windowed
async def test_a_wrong_client_secret_is_said_in_the_pane_and_on_connecting(desk: Desk, keyring: MemoryStore) -> None:
    async with oauth_server() as server:
        text = oauth(server, "client_credentials").replace(SECRET, "not it")
        await open_workspace(desk, files("ws://127.0.0.1:9/", text))
        desk.window.open_request(ONE)
        desk.press("Ctrl+Shift+4")
        box = pane_of(desk).token_box
        assert box is not None
        desk.click(box.get_button)
        await desk.until(lambda: box.words.startswith("The client ID or secret was not accepted."))
        desk.press("F5")
        await desk.until_state(ConnectionState.ERROR)
        assert "The client ID or secret was not accepted" in desk.texts()
        assert desk.tab.failure_view.isVisible()
        (stepper,) = desk.tab.failure_view.findChildren(Stepper)
        assert [(step.name, step.outcome) for step in stepper.steps][:2] == [("Auth", "failed"), ("DNS", "unreached")]


@windowed
async def test_a_first_message_goes_before_all_others(desk: Desk) -> None:
    async with serving(echo) as url:
        first = 'auth:\n  kind: message\n  format: text\n  body: "hello {{who}}"\nvariables:\n  who: there\n'
        await open_workspace(desk, files(url, first))
        desk.window.open_request(ONE)
        desk.tab.panes.composer.editor.set_text("then this")
        desk.press("Ctrl+Return")
        await desk.until_state(ConnectionState.OPEN)

        def sent() -> list[bytes]:
            events = desk.events()
            return [each.payload for each in events if isinstance(each, Message) and each.direction is Direction.SENT]

        await desk.until(lambda: len(sent()) == 2)
        assert sent() == [b"hello there", b"then this"]
