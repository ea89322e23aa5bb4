"""The connect bar says each state in word, shape and colour at once, and its button acts on the state it showed."""

from __future__ import annotations

import time
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from wireyard.gui.connection.connect_bar import ConnectBar
from wireyard.gui.connection.primary_button import CARET_WIDTH, DOUBLE_CLICK_MS, PrimaryButton
from wireyard.gui.connection.state import ConnectBarState
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.state import ConnectionState

URL = "wss://example.com/socket?room=1"


@pytest.fixture
def bar(look: Look, qtbot: QtBot) -> ConnectBar:
    bar = ConnectBar(look)
    qtbot.addWidget(bar)
    bar.resize(900, bar.height())
    bar.set_address(URL)
    bar.show()
    qtbot.waitExposed(bar)
    return bar


def at(state: ConnectionState, seconds_ago: float = 0.0, **more: Any) -> ConnectBarState:
    return ConnectBarState(state, time.monotonic_ns() - int(seconds_ago * 1e9), **more)


@pytest.mark.parametrize(
    ("state", "seconds", "words", "label", "pill", "kind"),
    [
        (ConnectionState.IDLE, 0, "", "Connect", "", "primary"),
        (ConnectionState.CONNECTING, 1.2, "", "Cancel", "Connecting · 1.", "warn"),
        (ConnectionState.OPEN, 761, "", "Disconnect", "Open · 12:4", "danger"),
        (ConnectionState.OPEN, 3725, "", "Disconnect", "Open · 1:02:0", "danger"),
        (ConnectionState.CLOSING, 0.4, "", "Closing…", "Closing · 0.", "plain"),
        (ConnectionState.CLOSING, 2.1, "", "Force close", "Closing · 2.", "warn"),
        (ConnectionState.CLOSED, 0, "Closed 1001 · Going away", "Reconnect", "Closed 1001 · Going away", "primary"),
        (ConnectionState.ERROR, 0, "TLS failed", "Retry", "TLS failed", "primary"),
        (ConnectionState.WAITING, 0, "Retry 2 of 10", "Stop", "Retry 2 of 10 in 0 s", "warn"),
    ],
)
def test_button_and_pill_of_every_state(
    bar: ConnectBar, state: ConnectionState, seconds: float, words: str, label: str, pill: str, kind: str
) -> None:
    bar.show_state(at(state, seconds, words=words))
    assert (bar.button.text(), bar.button.kind, bar.button.width()) == (label, kind, 128)
    assert bar.pill.text().startswith(pill)
    assert bar.pill.isVisible() == bool(pill)


def test_the_button_names_its_state_for_screen_readers(bar: ConnectBar) -> None:
    bar.show_state(at(ConnectionState.OPEN))
    assert bar.button.accessibleName() == "Disconnect, connection open"


@pytest.mark.parametrize(
    ("scheme", "is_secure"), [("ws", False), ("http", False), ("HTTP", False), ("wss", True), ("https", True)]
)
def test_typing_a_scheme_switches_the_badge(bar: ConnectBar, scheme: str, is_secure: bool) -> None:
    bar.change_address(f"{scheme}://example.com")
    assert bar.badge.is_secure == is_secure


def test_the_badge_rewrites_the_scheme_and_can_be_undone(bar: ConnectBar) -> None:
    bar.badge.scheme_chosen.emit("ws")
    assert bar.address == "ws://example.com/socket?room=1"
    bar.url.undo()
    assert bar.address == URL


def test_an_address_without_scheme_shows_what_would_be_dialled(look: Look, qtbot: QtBot) -> None:
    bar = ConnectBar(look, is_secure=lambda address: "localhost" not in address)
    qtbot.addWidget(bar)
    bar.set_address("localhost:8080")
    assert not bar.badge.is_secure
    bar.set_address("example.com")
    assert bar.badge.is_secure


def test_enter_connects(bar: ConnectBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.connect_requested) as asked:
        qtbot.keyClick(bar.url, Qt.Key.Key_Return)
    assert asked.args == [URL]


def test_enter_does_nothing_while_open(bar: ConnectBar, qtbot: QtBot) -> None:
    bar.show_state(at(ConnectionState.OPEN))
    with qtbot.assertNotEmitted(bar.disconnect_requested):
        qtbot.keyClick(bar.url, Qt.Key.Key_Return)


def test_a_double_click_on_connect_never_cancels(bar: ConnectBar, qtbot: QtBot) -> None:
    bar.connect_requested.connect(lambda _url: bar.show_state(at(ConnectionState.CONNECTING)))
    with qtbot.assertNotEmitted(bar.cancel_requested):
        qtbot.mouseClick(bar.button, Qt.MouseButton.LeftButton)
        qtbot.mouseClick(bar.button, Qt.MouseButton.LeftButton)
    qtbot.wait(DOUBLE_CLICK_MS + 20)
    with qtbot.waitSignal(bar.cancel_requested):
        qtbot.mouseClick(bar.button, Qt.MouseButton.LeftButton)


def test_a_click_acts_on_the_state_shown_when_it_was_pressed(bar: ConnectBar, qtbot: QtBot) -> None:
    bar.show_state(at(ConnectionState.CONNECTING))
    qtbot.mousePress(bar.button, Qt.MouseButton.LeftButton)
    bar.show_state(at(ConnectionState.OPEN))
    with qtbot.assertNotEmitted(bar.disconnect_requested), qtbot.waitSignal(bar.cancel_requested):
        qtbot.mouseRelease(bar.button, Qt.MouseButton.LeftButton)


def test_the_address_is_read_only_while_connecting(bar: ConnectBar) -> None:
    bar.show_state(at(ConnectionState.CONNECTING))
    assert bar.url.isReadOnly()
    bar.show_state(at(ConnectionState.OPEN))
    assert not bar.url.isReadOnly()


def test_editing_while_open_says_so_in_the_pill(bar: ConnectBar) -> None:
    bar.show_state(at(ConnectionState.OPEN, address=URL))
    assert "URL changed" not in bar.pill.text()
    bar.change_address(URL + "2")
    assert bar.pill.text().endswith("URL changed")


def test_a_paste_is_trimmed_and_joined(bar: ConnectBar) -> None:
    bar.url.selectAll()
    QApplication.clipboard().setText("  wss://example.com/a\n   b?c=d e \r\n")
    bar.url.paste()
    assert bar.address == "wss://example.com/ab?c=d e"


def test_dropped_text_keeps_the_field_on_one_line(bar: ConnectBar) -> None:
    dropped = QMimeData()
    dropped.setText("one\ntwo")
    bar.url.selectAll()
    bar.url.insertFromMimeData(dropped)
    assert bar.url.document().blockCount() == 1


def test_recent_addresses_are_offered_and_picked_by_keyboard(bar: ConnectBar, qtbot: QtBot) -> None:
    bar.set_recent(("wss://first.example", "wss://second.example"))
    bar.url.selectAll()
    qtbot.keyClicks(bar.url, "second")
    popup = next(
        w for w in QApplication.topLevelWidgets() if w.accessibleName() == "Addresses used before" and w.isVisible()
    )
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert bar.address == "wss://second.example"


def test_the_pill_of_a_failure_leads_to_it(bar: ConnectBar, qtbot: QtBot) -> None:
    bar.show_state(at(ConnectionState.ERROR, words="Refused"))
    with qtbot.waitSignal(bar.failure_requested):
        qtbot.mouseClick(bar.pill, Qt.MouseButton.LeftButton)


def test_a_slow_close_can_be_forced(bar: ConnectBar, qtbot: QtBot) -> None:
    bar.show_state(at(ConnectionState.CLOSING, 1.95))
    assert not bar.button.isEnabled()
    qtbot.waitUntil(bar.button.isEnabled)
    with qtbot.waitSignal(bar.force_close_requested):
        bar.activate()


def test_the_fault_gets_the_caret(bar: ConnectBar) -> None:
    bar.point_at_fault(6)
    assert bar.url.textCursor().position() == 6


def test_a_long_address_stays_editable(bar: ConnectBar, qtbot: QtBot) -> None:
    bar.set_address("wss://example.com/?q=" + "x" * 8192)
    qtbot.keyClicks(bar.url, "end")
    assert bar.address.endswith("xend")


def waiting(seconds: float) -> ConnectBarState:
    since = time.monotonic_ns()
    return ConnectBarState(
        ConnectionState.WAITING, since, words="Retry 2 of 10", detail="Lost", until_mono_ns=since + int(seconds * 1e9)
    )


def test_waiting_counts_down_and_a_click_on_it_tries_now(bar: ConnectBar, qtbot: QtBot) -> None:
    bar.show_state(waiting(2.5))
    assert bar.pill.text() == "Retry 2 of 10 in 3 s"
    assert bar.pill.toolTip() == "Click to try now.\nLost"
    qtbot.waitUntil(lambda: bar.pill.text() == "Retry 2 of 10 in 2 s")
    with qtbot.waitSignal(bar.retry_requested):
        qtbot.mouseClick(bar.pill, Qt.MouseButton.LeftButton)


def test_stop_ends_the_waiting(bar: ConnectBar, qtbot: QtBot) -> None:
    bar.show_state(waiting(60))
    with qtbot.waitSignal(bar.disconnect_requested):
        qtbot.mouseClick(bar.button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("zoom_percent", [80, 100, 150, 200])
def test_disconnect_keeps_off_its_caret_at_every_zoom(bar: ConnectBar, look: Look, zoom_percent: int) -> None:
    bar.show_state(at(ConnectionState.OPEN, 5))
    look.set_zoom(zoom_percent)
    button = bar.findChild(PrimaryButton)
    assert button is not None
    picture = button.grab().toImage()
    caret = look.px(CARET_WIDTH)
    beside = button.width() - caret - 1  # just left of the line that divides them
    ground = picture.pixelColor(beside, 3)
    assert {picture.pixelColor(beside, y).name() for y in range(3, button.height() - 3)} == {ground.name()}
