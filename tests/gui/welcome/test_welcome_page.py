"""The first page connects by keyboard alone, and starts with a server that really runs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.welcome.welcome_page import WelcomePage
from wireyard.gui.widgets.field import FieldBox

ECHO = "ws://127.0.0.1:9600/echo"


@pytest.fixture
def page(look: Look, qtbot: QtBot) -> WelcomePage:
    page = WelcomePage(look, (("New tab", "Ctrl T"), ("Send", "Ctrl ↵")))
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    return page


def test_the_echo_server_is_ready_to_connect_to(page: WelcomePage, qtbot: QtBot) -> None:
    page.set_echo(ECHO)
    assert page.pill.isVisible()
    assert not page.badge.is_secure
    with qtbot.waitSignal(page.connect_requested) as asked:
        qtbot.keyClick(page.url, Qt.Key.Key_Return)
    assert asked.args == [ECHO]


def test_what_was_typed_is_not_overwritten_by_the_echo_server(page: WelcomePage) -> None:
    page.set_address("wss://example.com")
    page.set_echo(ECHO)
    assert page.address == "wss://example.com"
    assert not page.pill.isVisible()


def test_one_click_brings_the_echo_server_back(page: WelcomePage, qtbot: QtBot) -> None:
    page.set_echo(ECHO)
    page.url.selectAll()
    qtbot.keyClicks(page.url, "wss://other")
    assert page.echo_link.isVisible()
    qtbot.mouseClick(page.echo_link, Qt.MouseButton.LeftButton)
    assert page.address == ECHO


def test_without_an_echo_server_none_is_promised(page: WelcomePage) -> None:
    page.set_echo("")
    assert not page.pill.isVisible()
    assert not page.echo_link.isVisible()


def test_the_field_leaves_room_for_the_ring_of_its_box(page: WelcomePage) -> None:
    box = page.url.parentWidget()
    assert isinstance(box, FieldBox)
    assert box.rect().adjusted(2, 2, -2, -2).contains(page.url.geometry())
