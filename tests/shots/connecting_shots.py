"""The pictures of connecting: every pane of a request and each group of its settings, and what failures look like."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from PySide6.QtWidgets import QSplitter

from wireyard.gui.request.settings_pane import SettingsPane
from wireyard.gui.tabs.request_tab import RequestTab
from wireyard.gui.window.main_window import MainWindow
from wireyard.session import states
from wireyard.workspace.model import AuthSettings, Field, NetworkSettings, ProxySettings, ReconnectSettings, TlsSettings

Take = Callable[[str], None]
_REST_S = 0.5
# The first row of each group: the group is shown from there.
_GROUPS = {
    "subprotocols": ("", "subprotocols"),
    "tls": ("tls", "verify"),
    "network": ("network", "resolve_to"),
    "proxy": ("proxy", "mode"),
    "compression": ("network", "compression"),
    "limits": ("network", "open_timeout_s"),
    "keepalive": ("network", "ping_interval_s"),
    "reconnect": ("reconnect", "attempts"),
}
# What other pictures are called after.
_SHOWN_ELSEWHERE = ("message", "params", "headers", "cookies", "settings", "variables")


async def take_failures(window: MainWindow, take: Take, *, tls_port: int, odd_port: int) -> None:
    """Each in a tab of its own, and the address field as it is left by it."""
    proxied = ProxySettings(mode="http", address=f"127.0.0.1:{odd_port}")
    for name, url, proxy in (
        ("error", f"wss://localhost:{tls_port}/agent?room=12", None),
        ("error-refused", "ws://127.0.0.1:1/agent", None),
        ("error-address", "ws://api.example.com:99999/agent", None),
        ("error-name", "ws://api.staging.invalid/agent", None),
        ("error-401", f"ws://127.0.0.1:{odd_port}/401", None),
        ("error-accept", f"ws://127.0.0.1:{odd_port}/accept", None),
        ("error-proxy", "wss://feed.example.com/agent", proxied),
    ):
        tab = window.open_address(url, connect=proxy is None)
        if proxy is not None:
            tab.document.draft.change(proxy=proxy)
            tab.bar.activate()
            tab.viewer.timeline.focus_list()
        await _until(lambda tab=tab: isinstance(tab.conversation.state, states.Failed), name)
        if name == "error-address":
            tab.bar.point_at_fault(len(url))
        await asyncio.sleep(_REST_S)
        take(name)
        if proxy is None:
            window.close_tab()


async def take_panes(window: MainWindow, take: Take, *, odd_port: int) -> None:
    """A request with something set in every group, one picture a group and one for each pane that has none yet."""
    tab = window.open_address(f"ws://127.0.0.1:{odd_port}/signed-in", connect=True)
    await _until(lambda: isinstance(tab.conversation.state, states.Open), "a server that sets cookies")
    await _other_panes(tab, take, only=("cookies",))
    tab.bar.activate()
    tab = window.open_address("wss://feed.example.com/v2/stream?store=berlin-04&limit=20")
    tab.document.draft.change(
        headers=(Field(name="Origin", value="https://admin.example.com"),),
        subprotocols=("graphql-transport-ws", "v1.chat"),
        tls=TlsSettings(ca_file="certificates/ca.pem", client_certificate="certificates/mara.p12"),
        network=NetworkSettings(resolve_to=("10.0.0.5",), ping_interval_s=15.0, server_window_bits="12"),
        proxy=ProxySettings(
            mode="socks5", address="proxy.example.com:1080", user="mara", password="{{proxy_password}}"
        ),
        reconnect=ReconnectSettings(attempts=5),
        auth=AuthSettings(
            kind="oauth2",
            grant="authorization_code",
            authorization_url="https://login.example.com/authorize",
            token_url="https://login.example.com/token",
            client_id="wireyard",
            scope="feed:read",
        ),
    )
    tab.panes.show_pane("settings")
    splitter = tab.panes.parent()
    assert isinstance(splitter, QSplitter)
    splitter.setSizes([620, 200])
    pane = tab.panes.pane("settings")
    assert isinstance(pane, SettingsPane)
    for name, place in _GROUPS.items():
        pane.row(*place)
        pane.point_at(*place)
        await asyncio.sleep(_REST_S)
        row = pane.row(*place)
        top = row.mapTo(pane.widget(), row.rect().topLeft()).y()  # type: ignore[arg-type]
        pane.verticalScrollBar().setValue(max(0, top - 8))
        await asyncio.sleep(_REST_S)
        take(f"settings-{name}")
    await _other_panes(tab, take)


async def _other_panes(tab: RequestTab, take: Take, only: tuple[str, ...] = ()) -> None:
    for key in only or [each for each in tab.panes.keys if each not in _SHOWN_ELSEWHERE]:
        tab.panes.show_pane(key)
        tab.panes.pane(key)
        await asyncio.sleep(_REST_S)
        take(f"pane-{key}")


async def _until(is_so: Callable[[], bool], what: str, timeout_s: float = 15.0) -> None:
    deadline = time.monotonic() + timeout_s
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        await asyncio.sleep(0.01)
