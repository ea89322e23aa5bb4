"""Tabs by mouse and by keyboard: choose, close, open, find; and what screen readers hear of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.state import ConnectionState
from wireyard.gui.widgets.tab_bar import TabFacts
from wireyard.gui.widgets.tab_strip import TabListMenu, TabStrip


@pytest.fixture
def strip(look: Look, qtbot: QtBot) -> TabStrip:
    strip = TabStrip(look)
    qtbot.addWidget(strip)
    strip.resize(1000, strip.height())
    for title in ("First", "Second", "Third"):
        strip.add_tab(TabFacts(title, ConnectionState.OPEN, is_secure=True))
    strip.show()
    return strip


def middle_of(strip: TabStrip, index: int) -> QPoint:
    return strip.bar.tabRect(index).center()


def test_a_click_selects(strip: TabStrip, qtbot: QtBot) -> None:
    with qtbot.waitSignal(strip.selected) as selected:
        qtbot.mouseClick(strip.bar, Qt.MouseButton.LeftButton, pos=middle_of(strip, 1))
    assert selected.args == [1]


def test_arrows_home_and_end_move_between_tabs(strip: TabStrip, qtbot: QtBot) -> None:
    strip.bar.setFocus()
    qtbot.keyClick(strip.bar, Qt.Key.Key_Right)
    assert strip.current == 1
    qtbot.keyClick(strip.bar, Qt.Key.Key_End)
    assert strip.current == 2
    qtbot.keyClick(strip.bar, Qt.Key.Key_Home)
    assert strip.current == 0


def test_a_middle_click_closes(strip: TabStrip, qtbot: QtBot) -> None:
    with qtbot.waitSignal(strip.close_requested) as closed:
        qtbot.mouseClick(strip.bar, Qt.MouseButton.MiddleButton, pos=middle_of(strip, 2))
    assert closed.args == [2]


def test_the_cross_closes_without_selecting(strip: TabStrip, qtbot: QtBot) -> None:
    rect = strip.bar.tabRect(1)
    with qtbot.assertNotEmitted(strip.selected), qtbot.waitSignal(strip.close_requested) as closed:
        qtbot.mouseClick(strip.bar, Qt.MouseButton.LeftButton, pos=QPoint(rect.right() - 18, 26))
    assert closed.args == [1]


def test_a_double_click_on_the_empty_part_asks_for_a_new_tab(strip: TabStrip, qtbot: QtBot) -> None:
    with qtbot.waitSignal(strip.new_requested):
        qtbot.mouseDClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(900, 20))


def test_dragging_a_tab_tells_its_new_place(strip: TabStrip, qtbot: QtBot) -> None:
    bar = strip.bar
    with qtbot.waitSignal(strip.moved):
        qtbot.mousePress(bar, Qt.MouseButton.LeftButton, pos=middle_of(strip, 0))
        for x in range(middle_of(strip, 0).x(), middle_of(strip, 2).x(), 20):
            qtbot.mouseMove(bar, QPoint(x, 22))
        qtbot.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=middle_of(strip, 2))


def test_facts_travel_with_a_moved_tab(strip: TabStrip) -> None:
    strip.bar.moveTab(0, 2)
    assert [strip.facts(index).title for index in range(3)] == ["Second", "Third", "First"]


def test_screen_readers_hear_state_draft_and_new_messages(strip: TabStrip) -> None:
    strip.show_tab(1, TabFacts("Echo", ConnectionState.ERROR, is_dirty=True, is_unread=True))
    assert strip.bar.accessibleTabName(1) == "Echo, connection failed, new messages, unsaved changes"


def test_titles_are_never_read_as_mnemonics(strip: TabStrip) -> None:
    strip.add_tab(TabFacts("a & b"))
    assert strip.facts(3).title == "a & b"


def test_tabs_that_do_not_fit_are_found_by_name(look: Look, strip: TabStrip, qtbot: QtBot) -> None:
    for number in range(20):
        strip.add_tab(TabFacts(f"Tab {number}"))
    buttons = {button.accessibleName(): button for button in strip.findChildren(type(strip._list))}
    assert buttons["All tabs"].isVisible()
    menu = TabListMenu(look, tuple(strip.facts(index) for index in range(strip.count)), strip)
    menu.chosen.connect(strip.select)
    qtbot.keyClicks(menu.search, "tab 17")
    qtbot.keyClick(menu.search, Qt.Key.Key_Return)
    assert strip.facts(strip.current).title == "Tab 17"


def test_the_list_button_hides_when_all_tabs_fit(strip: TabStrip, qapp: QApplication) -> None:
    buttons = {button.accessibleName(): button for button in strip.findChildren(type(strip._list))}
    assert not buttons["All tabs"].isVisible()
    assert buttons["New tab"].isVisible()
