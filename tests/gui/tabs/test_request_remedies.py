"""Every remedy that can be offered does something in the window: none falls through to another one's act."""

from __future__ import annotations

from functools import partial
from typing import get_args

from PySide6.QtWidgets import QApplication, QWidget
from tests.helpers.raw_server import unused_port
from tests.helpers.window import Desk, windowed
from tests.helpers.workspaces import open_workspace

from wireyard.gui.request.auth_pane import AuthPane
from wireyard.gui.request.headers_pane import HeadersPane
from wireyard.gui.request.settings_pane import SettingsPane
from wireyard.gui.tabs.request_remedies import COPIES
from wireyard.gui.widgets.state import ConnectionState
from wireyard.session.wording.model import Remedy, RemedyId
from wireyard.workspace.model import ProxySettings, RequestFile

FILES = {
    "Orders/collection.yaml": "wireyard: 1\nheaders:\n  - name: Cookie\n    value: a=1\n"
    "proxy:\n  mode: http\n  address: 127.0.0.1:1\n  password: x\n",
    "Orders/One.ws.yaml": "wireyard: 1\nurl: wss://127.0.0.1:{port}/chat\nsubprotocols: [v1]\nheaders:\n"
    '  - name: Authorization\n    value: Bearer x\ntls:\n  pinned_sha256: "00"\n  minimum_version: "1.3"\n',
}
# What each sets: id, value, the block or field, and what the request then says.
SETS: list[tuple[RemedyId, str, str, str, object]] = [
    ("wait_longer", "30", "network", "open_timeout_s", 30),
    ("raise_limit", "99999999", "network", "max_message_bytes", 99999999),
    ("keepalive", "2.5", "network", "ping_interval_s", 2.5),
    ("compression_off", "", "network", "compression", False),
    ("pin", "ab" * 32, "tls", "pinned_sha256", "ab" * 32),
    ("unpin", "", "tls", "pinned_sha256", ""),
    ("use_server_name", "h.example", "tls", "server_name", "h.example"),
    ("older_tls", "1.2", "tls", "minimum_version", "1.2"),
    ("no_proxy", "", "proxy", "mode", "none"),
    ("use_subprotocol", "v2", "", "subprotocols", ("v2",)),
    ("offer_no_subprotocol", "", "", "subprotocols", ()),
]
POINTS: list[tuple[RemedyId, str]] = [
    ("edit_setting", "tls.ca_file"),
    ("edit_proxy", "proxy.address"),
    ("sign_in_to_proxy", "proxy.user"),
    ("client_certificate", "tls.client_certificate"),
    ("edit_network", "network.resolve_to"),
    ("open_auth", "auth"),
    ("edit_headers", "headers"),
]
ADDRESSES: list[tuple[RemedyId, str, str]] = [
    ("use_ws", "", "ws://127.0.0.1:{port}/chat"),
    ("use_wss", "", "wss://127.0.0.1:{port}/chat"),
    ("use_path", "/ws", "wss://127.0.0.1:{port}/ws"),
    ("follow", "wss://127.0.0.2:{port}/there", "wss://127.0.0.2:{port}/there"),
]
OTHERS = (
    "retry_after",
    "retry",
    "reconnect",
    "auto_reconnect",
    "skip_verify",
    "compression_on",
    "edit_url",
    "save_elsewhere",
    *COPIES,
)


async def fail(desk: Desk) -> int:
    """A request that fails, in front."""
    port = unused_port()
    await open_workspace(desk, {name: text.replace("{port}", str(port)) for name, text in FILES.items()})
    desk.window.open_request("Orders/One.ws.yaml", "connect")
    await desk.until_state(ConnectionState.ERROR)
    return port


def take(desk: Desk, remedy_id: RemedyId, value: str = "") -> None:
    remedy = Remedy(id=remedy_id, title="", explanation="", button="", value=value)
    desk.tab.failure_view.remedy_chosen.emit(remedy)


def request(desk: Desk) -> RequestFile:
    return desk.tab.document.draft.edited


def test_all_remedies_are_looked_at() -> None:
    known = [each[0] for each in (*SETS, *POINTS, *ADDRESSES)]
    assert sorted([*known, *OTHERS]) == sorted(get_args(RemedyId))


@windowed
async def test_what_a_remedy_sets_stands_in_the_request(desk: Desk) -> None:
    await fail(desk)
    for remedy_id, value, block, name, wanted in SETS:
        await desk.until_state(ConnectionState.ERROR)
        take(desk, remedy_id, value)
        edited = request(desk)
        assert getattr(getattr(edited, block) if block else edited, name) == wanted, remedy_id
    assert request(desk).proxy == ProxySettings(mode="none")
    assert "Copied" not in desk.toasts


def _holds_keyboard(desk: Desk, part: QWidget) -> bool:
    return part.isVisible() and part.isAncestorOf(desk.focus)


@windowed
async def test_what_a_remedy_points_at_has_the_keyboard(desk: Desk) -> None:
    await fail(desk)
    for remedy_id, place in POINTS:
        desk.tab.bar.focus_address()
        take(desk, remedy_id, place if remedy_id == "edit_setting" else "")
        if place in ("headers", "auth"):
            pane = desk.tab.panes.pane(place)
            assert isinstance(pane, HeadersPane | AuthPane)
            assert pane.isAncestorOf(desk.focus), remedy_id
        else:
            settings = desk.tab.panes.pane("settings")
            assert isinstance(settings, SettingsPane)
            control = settings.row(*place.split(".")).control
            await desk.until(partial(_holds_keyboard, desk, control), remedy_id)
    assert "Copied" not in desk.toasts


@windowed
async def test_a_proxy_is_chosen_first_where_there_is_none(desk: Desk) -> None:
    await fail(desk)
    desk.tab.document.draft.change(proxy=ProxySettings(mode="system"))
    take(desk, "edit_proxy")
    pane = desk.tab.panes.pane("settings")
    assert isinstance(pane, SettingsPane)
    await desk.until(partial(_holds_keyboard, desk, pane.row("proxy", "mode")))


@windowed
async def test_remedies_about_the_address(desk: Desk) -> None:
    port = await fail(desk)
    for remedy_id, value, wanted in ADDRESSES:
        desk.tab.bar.change_address(f"wss://127.0.0.1:{port}/chat")
        take(desk, remedy_id, value.format(port=port))
        assert desk.tab.bar.address == wanted.format(port=port), remedy_id
        await desk.until_state(ConnectionState.ERROR)


@windowed
async def test_to_another_host_no_login_and_no_cookie_goes_along(desk: Desk) -> None:
    port = await fail(desk)
    take(desk, "follow", f"wss://127.0.0.2:{port}/there")
    assert [(row.name, row.off) for row in request(desk).headers] == [("Authorization", True), ("Cookie", True)]
    assert desk.talk.request is not None
    assert desk.talk.request.headers == ()
    await desk.until_state(ConnectionState.ERROR)


@windowed
async def test_reconnecting_by_itself_starts_with_this_attempt_and_ends_with_stop(desk: Desk) -> None:
    await fail(desk)
    desk.tab.document.draft.change(proxy=ProxySettings(mode="none"))
    take(desk, "auto_reconnect")
    assert (request(desk).reconnect.attempts, request(desk).reconnect.from_start) == (10, True)
    await desk.until_state(ConnectionState.WAITING)
    desk.press("F5")
    await desk.until(lambda: desk.state in (ConnectionState.ERROR, ConnectionState.IDLE))


@windowed
async def test_the_other_remedies(desk: Desk) -> None:
    await fail(desk)
    desk.tab.document.draft.change(tls=RequestFile().tls, proxy=ProxySettings(mode="none"))
    take(desk, "skip_verify")
    assert desk.talk.request is not None
    assert not desk.talk.request.tls.verify
    assert request(desk).tls.verify is None
    for remedy_id in ("retry", "reconnect", "compression_on"):
        await desk.until_state(ConnectionState.ERROR)
        take(desk, remedy_id)
        assert desk.state is ConnectionState.CONNECTING, remedy_id
    await desk.until_state(ConnectionState.ERROR)
    take(desk, "edit_url")
    assert desk.tab.bar.url.hasFocus()
    assert "Copied" not in desk.toasts
    take(desk, "copy_technical")
    await desk.until_toast("Copied")
    assert QApplication.clipboard().text()
