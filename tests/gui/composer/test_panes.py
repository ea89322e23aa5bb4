"""The body of the request's panes goes and comes back, and the keyboard is never lost with it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.composer.panes import RequestPanes
from wireyard.gui.theme.look import Look


@pytest.fixture
def panes(qtbot: QtBot, look: Look) -> Iterator[RequestPanes]:
    made = RequestPanes(look)
    qtbot.addWidget(made)
    made.resize(900, 260)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.composer.shut_down()


def test_the_keyboard_moves_to_the_tabs_when_the_body_goes(qtbot: QtBot, panes: RequestPanes) -> None:
    panes.composer.editor.setFocus()
    with qtbot.waitSignal(panes.collapsed_changed) as changed:
        qtbot.keyClick(panes.composer.editor, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)

    assert changed.args == [True]
    assert panes.is_collapsed
    assert not panes.composer.isVisible()
    assert panes.tabs.hasFocus()
    assert panes.maximumHeight() == panes.minimumHeight()


def test_a_click_on_the_tab_brings_the_body_back(qtbot: QtBot, panes: RequestPanes) -> None:
    panes.set_collapsed(True)
    qtbot.mouseClick(panes.tabs, Qt.MouseButton.LeftButton, pos=panes.tabs.tabRect(0).center())

    assert not panes.is_collapsed
    assert panes.composer.isVisible()


@pytest.mark.parametrize(("width", "zoom", "is_shown"), [(1200, 100, True), (1150, 100, False), (1400, 150, False)])
def test_saved_messages_give_way_before_anything_else(
    qtbot: QtBot, look: Look, width: int, zoom: int, is_shown: bool
) -> None:
    look.set_zoom(zoom)
    panes = RequestPanes(look)
    qtbot.addWidget(panes)
    panes.message_page.set_side(QWidget())
    panes.resize(width, 300)
    panes.show()
    assert panes.message_page.is_side_shown is is_shown
    panes.message_page.toggle_side()
    assert panes.message_page.is_side_shown is not is_shown
    panes.composer.shut_down()
