"""Connecting, cancelling and disconnecting in the real window, by keyboard; never two sockets, never a long wait."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from tests.helpers.raw_server import Peer, hang, raw_server, unused_port
from tests.helpers.scripted_server import deaf_until, echo, listen, serving
from tests.helpers.window import Desk, windowed
from websockets.asyncio.server import ServerConnection

from wireyard.domain.event import Closed, Message
from wireyard.gui.connection.primary_button import DOUBLE_CLICK_MS
from wireyard.gui.widgets.state import ConnectionState

OPEN, CLOSED, IDLE, ERROR = ConnectionState.OPEN, ConnectionState.CLOSED, ConnectionState.IDLE, ConnectionState.ERROR
CONNECTING, CLOSING = ConnectionState.CONNECTING, ConnectionState.CLOSING


@pytest.fixture
def hanging_resolver(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every name is looked up until the test is over."""
    over = threading.Event()

    def hang_up(*_: object, **__: object) -> list[object]:
        over.wait(60)
        raise socket.gaierror(socket.EAI_AGAIN, "over")

    monkeypatch.setattr(socket, "getaddrinfo", hang_up)
    yield
    over.set()


async def settled(desk: Desk) -> None:
    """Wait until a press of the primary button counts as a new one."""
    since = time.monotonic()
    await desk.until(lambda: time.monotonic() - since > DOUBLE_CLICK_MS / 1000 + 0.01)


@windowed
async def test_the_primary_button_in_every_state_by_keyboard(desk: Desk) -> None:
    async with raw_server(hang) as server:
        tab = desk.window.open_address(server.url)
        button = tab.bar.button
        assert (desk.state, button.text()) == (IDLE, "Connect")
        desk.press("F5")
        await desk.until_state(CONNECTING)
        assert (button.text(), tab.bar.url.isReadOnly()) == ("Cancel", True)
        await desk.until(lambda: server.connections == 1)
        await settled(desk)
        desk.press("F5")
        await desk.until_state(IDLE)
        assert (button.text(), tab.bar.url.isReadOnly()) == ("Connect", False)
    await settled(desk)
    desk.press("F5")
    await desk.until_state(ERROR)
    assert (button.text(), tab.bar.pill.text()) == ("Retry", "Refused")


@windowed
async def test_open_closing_and_closed_by_keyboard(desk: Desk) -> None:
    async with serving(listen) as url:
        tab = desk.window.open_address(url)
        desk.press("Ctrl+Shift+Return")
        await desk.until_state(OPEN)
        assert tab.bar.button.text() == "Disconnect"
        assert tab.bar.button.accessibleName() == "Disconnect, connection open"
        await settled(desk)
        desk.press("Ctrl+Shift+Return")
        await desk.until_state(CLOSED)
        assert tab.bar.button.text() == "Reconnect"
        desk.press("Ctrl+F5")
        await desk.until_state(OPEN)


@windowed
async def test_a_server_that_never_says_goodbye_can_be_cut_off(desk: Desk) -> None:
    over = asyncio.Event()
    async with serving(deaf_until(over)) as url:
        await desk.connect(url)
        await settled(desk)
        desk.press("F5")
        await desk.until_state(CLOSING)
        assert desk.tab.bar.button.text() == "Closing…"
        desk.press("F5")
        assert desk.state is CLOSING
        await desk.until(lambda: desk.tab.bar.button.text() == "Force close")
        desk.press("F5")
        await desk.until(lambda: desk.state in (CLOSED, ERROR))
        over.set()
    (closed,) = [event for event in desk.events() if isinstance(event, Closed)]
    assert not closed.clean


@windowed
async def test_enter_in_the_address_connects_and_hands_the_keyboard_to_the_message(desk: Desk) -> None:
    async with serving(echo) as url:
        desk.press("Ctrl+T")
        await desk.until(desk.tab.bar.url.hasFocus)
        desk.type(url)
        desk.press("Return")
        await desk.until_state(OPEN)
        await desk.until(desk.tab.panes.composer.editor.hasFocus)


@windowed
async def test_the_keyboard_stays_where_somebody_went_meanwhile(desk: Desk) -> None:
    release = asyncio.Event()

    async def late(peer: Peer) -> None:
        await release.wait()
        await peer.accept()
        await peer.read_to_end()

    async with raw_server(late) as server:
        desk.press("Ctrl+T")
        desk.type(server.url)
        desk.press("Return")
        await desk.until(lambda: server.connections)
        desk.tab.viewer.timeline.list_widget.setFocus()
        release.set()
        await desk.until_state(OPEN)
        assert desk.tab.viewer.timeline.list_widget.hasFocus()


@windowed
async def test_connecting_twice_never_opens_two_sockets(desk: Desk) -> None:
    async with raw_server(hang) as server:
        tab = desk.window.open_address(server.url)
        tab.bar.url.setFocus()
        desk.press("Return", "Return", "F5")
        tab.connect_to(server.url)
        tab.bar.connect_requested.emit(server.url)
        await desk.until(lambda: server.connections)
        await desk.until(lambda: desk.state is CONNECTING)
        assert server.connections == 1


@windowed
async def test_a_double_click_on_connect_does_not_cancel(desk: Desk) -> None:
    async with serving(echo) as url:
        tab = desk.window.open_address(url)
        desk.click(tab.bar.button)
        desk.click(tab.bar.button)
        await desk.until_state(OPEN)


@windowed
async def test_cancel_frees_the_socket_at_once_and_connect_works_again(desk: Desk) -> None:
    gone = asyncio.Event()

    async def silent(peer: Peer) -> None:
        await peer.read_to_end()
        gone.set()

    async with raw_server(silent) as server:
        desk.window.open_address(server.url, connect=True)
        await desk.until(lambda: server.connections)
        await settled(desk)
        begun = time.monotonic()
        desk.press("F5")
        assert desk.state is IDLE
        await asyncio.wait_for(gone.wait(), 1)
        assert time.monotonic() - begun < 0.2
    async with serving(echo) as url:
        await settled(desk)
        desk.press("Ctrl+L", "Ctrl+A")
        desk.type(url)
        desk.press("Return")
        await desk.until_state(OPEN)


@windowed
async def test_ten_cancelled_look_ups_do_not_hold_up_the_end(desk: Desk, hanging_resolver: None) -> None:
    tab = desk.window.open_address("ws://name.example")
    for _ in range(10):
        tab.connect_to("ws://name.example")
        await desk.until_state(CONNECTING)
        tab.bar.cancel_requested.emit()
        await desk.until_state(IDLE)
    tab.connect_to("ws://name.example")
    assert await desk.leave() < 2


@windowed
async def test_the_address_may_change_while_open_and_reconnect_uses_it(desk: Desk) -> None:
    async with serving(echo) as first, serving(echo) as second:
        await desk.connect(first)
        desk.press("Ctrl+L", "Ctrl+A")
        desk.type(second)
        assert desk.tab.bar.pill.text().endswith("URL changed")
        desk.press("Ctrl+F5")
        await desk.until(lambda: desk.talk.request is not None and desk.talk.request.url == second)
        await desk.until_state(OPEN)
        assert "URL changed" not in desk.tab.bar.pill.text()


@windowed
async def test_close_with_a_code_from_the_menu(desk: Desk) -> None:
    heard: list[int | None] = []

    async def hear(connection: ServerConnection) -> None:
        await connection.wait_closed()
        heard.append(connection.close_code)

    async with serving(hear) as url:
        await desk.connect(url)
        desk.tab.bar.close_requested.emit(4001, "bye")
        await desk.until_state(CLOSED)
        await desk.until(lambda: heard == [4001])


@windowed
async def test_a_dropped_connection_is_lost_and_says_so(desk: Desk) -> None:
    async with serving(listen) as url:
        await desk.connect(url)
        desk.tab.bar.drop_requested.emit()
        await desk.until(lambda: desk.state in (CLOSED, ERROR))
    (closed,) = [event for event in desk.events() if isinstance(event, Closed)]
    assert (closed.by, closed.clean) == ("us", False)


@windowed
async def test_reconnecting_goes_on_in_the_same_timeline(desk: Desk) -> None:
    async with serving(echo) as url:
        await desk.connect(url)
        desk.tab.panes.composer.editor.setFocus()
        desk.type("one")
        desk.press("Ctrl+Return")
        await desk.until(lambda: desk.tab.viewer.timeline.row_count == 3)
        first = desk.talk.recording
        desk.press("F5")
        await desk.until_state(CLOSED)
        desk.press("Ctrl+F5")
        await desk.until_state(OPEN)
        desk.press("Ctrl+Return")
        await desk.until(lambda: sum(isinstance(event, Message) for event in desk.events()) == 4)
        assert desk.talk.recording is first


@windowed
async def test_addresses_that_worked_are_offered_without_their_secrets(desk: Desk) -> None:
    async with serving(echo) as url:
        await desk.connect(f"{url}chat?token=hush")
        await desk.connect(url)
    assert desk.workbench.services.addresses.addresses == (url, f"{url}chat")


@windowed
async def test_the_welcome_page_connects_to_the_built_in_echo_server(desk: Desk) -> None:
    await desk.until(lambda: desk.workbench.services.echo.is_running)
    desk.press("Return")
    await desk.until(lambda: len(desk.window.conversations()) == 1)
    await desk.until_state(OPEN)
    desk.type("hello")
    desk.press("Ctrl+Return")
    await desk.until(lambda: desk.tab.viewer.timeline.row_count == 3)


@windowed
async def test_an_address_at_fault_gets_the_caret_also_from_the_welcome_page(desk: Desk) -> None:
    desk.press("Ctrl+A")
    desk.type("ws://example.com:99999/x")
    desk.press("Return")
    await desk.until(lambda: len(desk.window.conversations()) == 1)
    await desk.until_state(ERROR)
    await desk.until(desk.tab.bar.url.hasFocus)
    assert desk.tab.bar.url.textCursor().position() == len("ws://example.com:")


@windowed
async def test_nothing_is_dialled_for_addresses_without_connect(desk: Desk) -> None:
    port = unused_port()
    await desk.restart(f"ws://127.0.0.1:{port}/a", f"ws://127.0.0.1:{port}/b")
    assert [tab.title for tab in desk.window.tabs] == ["127.0.0.1/a", "127.0.0.1/b"]
    assert all(talk.recording is None for talk in desk.window.conversations())
    assert desk.window.focusPolicy() is not Qt.FocusPolicy.WheelFocus
