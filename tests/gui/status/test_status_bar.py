"""The status bar says what the connection is in words, and every item can be pressed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from wireyard.gui.status.facts import RoundTrips, StatusFacts
from wireyard.gui.status.status_bar import StatusBar, StatusItem
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.state import ConnectionState

OPEN = StatusFacts(
    ConnectionState.OPEN,
    "Open",
    encryption="verified",
    tls_version="TLS 1.3",
    http_status=101,
    subprotocol="chat",
    extensions="permessage-deflate; server_max_window_bits=10",
    saving_percent=71,
    round_trips=RoundTrips(23.2, 20, 23, 41),
    sent_count=128,
    sent_bytes=14_200,
    received_count=3912,
    received_bytes=1_140_000,
    recording="recording",
    recording_bytes=1_200_000,
)


@pytest.fixture
def bar(look: Look, qtbot: QtBot) -> StatusBar:
    bar = StatusBar(look)
    qtbot.addWidget(bar)
    bar.resize(1100, bar.height())
    bar.show()
    return bar


def texts(bar: StatusBar) -> list[str]:
    items = [item for item in bar.findChildren(StatusItem) if item.isVisible()]
    return [item.text() for item in sorted(items, key=lambda item: item.x())]


def test_an_open_connection_is_told_from_left_to_right(bar: StatusBar, qtbot: QtBot) -> None:
    bar.show_facts(OPEN)
    expected = ["Open", "TLS 1.3", "HTTP/1.1 → 101", "chat", "permessage-deflate (−71%)", "RTT 23 ms"]
    expected += ["↑ 128 · 13.9 KB", "↓ 3,912 · 1.09 MB", "Recording 1.14 MB"]
    qtbot.waitUntil(lambda: texts(bar) == expected)


def test_without_a_connection_only_that_is_said(bar: StatusBar) -> None:
    bar.show_facts(OPEN)
    bar.show_facts(StatusFacts())
    assert texts(bar) == ["No connection"]


@pytest.mark.parametrize(("encryption", "words"), [("plain", "Not encrypted"), ("unverified", "Not verified")])
def test_missing_encryption_is_said_in_words(bar: StatusBar, encryption: str, words: str) -> None:
    bar.show_facts(StatusFacts(ConnectionState.OPEN, "Open", encryption=encryption))  # type: ignore[arg-type]
    assert words in texts(bar)


def test_a_click_copies_the_item(bar: StatusBar, qtbot: QtBot) -> None:
    bar.show_facts(OPEN)
    item = bar.item("extensions")
    assert item is not None
    with qtbot.waitSignal(bar.copied):
        qtbot.mouseClick(item, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == OPEN.extensions


def test_the_recording_leads_to_its_folder_by_keyboard(bar: StatusBar, qtbot: QtBot) -> None:
    bar.show_facts(OPEN)
    item = bar.item("recording")
    assert item is not None
    with qtbot.waitSignal(bar.folder_requested):
        qtbot.keyClick(item, Qt.Key.Key_Space)


def test_every_item_has_a_name(bar: StatusBar) -> None:
    bar.show_facts(OPEN)
    assert all(item.accessibleName() for item in bar.findChildren(StatusItem) if item.isVisible())


def test_what_a_narrow_window_has_no_room_for_goes_and_comes_back(bar: StatusBar, look: Look) -> None:
    bar.show_facts(OPEN)
    every = texts(bar)
    bar.resize(520, bar.height())
    few = texts(bar)
    assert set(few) < set(every)
    assert (few[0], few[-1]) == (every[0], every[-1])
    bar.resize(1100, bar.height())
    assert texts(bar) == every


@pytest.mark.parametrize("width", [520, 700, 900, 1100])
def test_what_is_shown_is_shown_whole(bar: StatusBar, look: Look, width: int) -> None:
    bar.resize(width, bar.height())
    bar.show_facts(OPEN)
    layout = bar.layout()
    assert layout is not None
    layout.activate()
    items = [item for item in bar.findChildren(StatusItem) if item.isVisible()]
    assert all(item.width() >= item.sizeHint().width() for item in items)
