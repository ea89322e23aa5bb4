"""Every setting acts at once, or with the next connection, in the window that is open."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from tests.helpers.raw_server import unused_port
from tests.helpers.scripted_server import echo, serving
from tests.helpers.window import Desk, windowed

from wireyard.gui.preferences.preferences_window import PreferencesWindow
from wireyard.gui.tabs.welcome_tab import WelcomeTab
from wireyard.gui.widgets.choices import CheckBox, Select
from wireyard.gui.widgets.state import ConnectionState


async def settings(desk: Desk) -> PreferencesWindow:
    desk.press("Ctrl+,")
    await desk.until(lambda: desk.sheet(PreferencesWindow))
    found = desk.sheet(PreferencesWindow)
    assert found is not None
    return found


def control(shown: PreferencesWindow, kind: type[QWidget], title: str) -> QWidget:
    """The control of a row, on whatever page."""
    return next(one for one in shown.findChildren(kind) if one.accessibleName() == title)


def tick(shown: PreferencesWindow, title: str) -> None:
    box = control(shown, CheckBox, title)
    assert isinstance(box, CheckBox)
    box.click()


def enter(shown: PreferencesWindow, title: str, text: str) -> None:
    edit = control(shown, QLineEdit, title)
    assert isinstance(edit, QLineEdit)
    edit.setText(text)
    edit.editingFinished.emit()


def choose(shown: PreferencesWindow, title: str, label: str) -> None:
    select = control(shown, Select, title)
    assert isinstance(select, Select)
    place = select.findText(label)
    select.setCurrentIndex(place)
    select.activated.emit(place)


@windowed
async def test_theme_and_zoom_act_at_once_and_are_kept(desk: Desk) -> None:
    shown = await settings(desk)
    look = desk.workbench.services.look
    choose(shown, "Theme", "Dark")
    assert look.is_dark
    choose(shown, "Theme", "High contrast light")
    assert look.name == "contrast-light"
    before = desk.window.rail.width()
    enter(shown, "Zoom", "150")
    assert look.zoom_percent == 150
    assert desk.window.rail.width() == round(before * 1.5)
    tick(shown, "Reduce motion")
    assert look.reduce_motion
    await desk.restart()
    look = desk.workbench.services.look
    assert (look.name, look.zoom_percent, look.reduce_motion) == ("contrast-light", 150, True)


@windowed
async def test_zoom_by_keys(desk: Desk) -> None:
    look = desk.workbench.services.look
    desk.press("Ctrl+=", "Ctrl+=")
    assert look.zoom_percent == 120
    desk.press("Ctrl+-")
    assert look.zoom_percent == 110
    for _ in range(12):
        desk.press("Ctrl+-")
    assert look.zoom_percent == 80
    desk.press("Ctrl+0")
    assert look.zoom_percent == 100


@windowed
async def test_the_theme_button_of_the_rail(desk: Desk) -> None:
    desk.click(desk.button("Use the dark theme"))
    assert desk.workbench.services.look.is_dark
    desk.click(desk.button("Use the light theme"))
    assert not desk.workbench.services.look.is_dark


@windowed
async def test_the_echo_server_goes_comes_and_moves(desk: Desk) -> None:
    server = desk.workbench.services.echo
    await desk.until(lambda: server.is_running)
    page = desk.window.tabs.current
    assert isinstance(page, WelcomeTab)
    await desk.until(lambda: page.page.address.endswith("/echo"))
    shown = await settings(desk)
    tick(shown, "Built-in echo server")
    await desk.until(lambda: not server.is_running)
    assert not page.page.echo_link.isVisible()
    tick(shown, "Built-in echo server")
    await desk.until(lambda: server.is_running)
    port = unused_port()
    enter(shown, "Echo server's first port", str(port))
    await desk.until(lambda: server.port == port)
    await desk.until(lambda: str(port) in page.page.address)
    assert desk.workbench.services.library.facts["$localServer"] == server.address == f"127.0.0.1:{port}"
    await desk.connect(server.url)


@windowed
async def test_switched_off_for_good(desk: Desk) -> None:
    shown = await settings(desk)
    tick(shown, "Built-in echo server")
    await desk.restart()
    desk.window.open_address("ws://h.example")
    desk.press("Ctrl+W")
    page = desk.window.tabs.current
    assert isinstance(page, WelcomeTab)
    assert not page.page.echo_link.isVisible()
    assert not desk.workbench.services.echo.is_running


@windowed
async def test_network_defaults_count_for_the_next_connection(desk: Desk) -> None:
    async with serving(echo) as url:
        await desk.connect(url)
        shown = await settings(desk)
        enter(shown, "Open timeout", "3")
        enter(shown, "Close timeout", "2")
        enter(shown, "Maximum message", "1000")
        enter(shown, "Ping every", "Never")
        enter(shown, "Pong within", "7")
        tick(shown, "Compression")
        shown.close()
        desk.window.activateWindow()
        await desk.until(desk.window.isActiveWindow)
        desk.press("Ctrl+F5")
        await desk.until(lambda: desk.talk.request is not None and desk.talk.request.network.open_timeout_s == 3)
        assert desk.talk.request is not None
        network = desk.talk.request.network
        assert (network.close_timeout_s, network.max_message_bytes) == (2, 1000)
        assert (network.ping_interval_s, network.pong_timeout_s, network.compression) == (None, 7, False)
        await desk.until_state(ConnectionState.OPEN)
        assert desk.talk.last_opened is not None
        assert desk.talk.last_opened.extensions == ""


@windowed
async def test_a_ping_interval_puts_pings_into_the_timeline(desk: Desk) -> None:
    desk.workbench.services.settings.change("network.ping_interval_s", 0.05)
    async with serving(echo) as url:
        await desk.connect(url)
        await desk.until(lambda: desk.talk.roundtrip is not None)
        await desk.until(lambda: desk.tab.viewer.timeline.row_count == 2)


@windowed
async def test_addresses_are_not_remembered_where_the_setting_says_so(desk: Desk) -> None:
    desk.workbench.services.settings.change("general.remember_addresses", False)
    async with serving(echo) as url:
        await desk.connect(url)
    assert desk.workbench.services.addresses.addresses == ()


@windowed
async def test_a_settings_file_that_cannot_be_written_is_said(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("wireyard.settings.store.write_private", full)
    desk.press("Ctrl+=")
    await desk.until(lambda: desk.toasts)


@windowed
async def test_what_a_key_changed_is_shown_and_not_undone_by_the_settings_window(desk: Desk) -> None:
    shown = await settings(desk)
    desk.window.run("zoom_in")
    assert shown.settings.appearance.zoom_percent == 110
    tick(shown, "Reduce motion")
    assert desk.workbench.services.look.zoom_percent == 110


@windowed
async def test_the_settings_window_is_used_by_keyboard(desk: Desk) -> None:
    shown = await settings(desk)
    shown.activateWindow()
    await desk.until(shown.isActiveWindow)
    shown.list.setFocus()
    QTest.keyClick(shown.list, Qt.Key.Key_Down)
    assert shown.list.currentItem().text() == "Appearance"
    QTest.keyClick(shown.list, Qt.Key.Key_Escape)
    await desk.until(lambda: not shown.isVisible())
