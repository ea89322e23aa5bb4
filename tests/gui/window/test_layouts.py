"""The Layout cycle: the composer above, left of and below the timeline, for all tabs of a window and the next start."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from tests.helpers.window import Desk, windowed

from wireyard.gui.tabs.arrangement import Arrangement, Layout
from wireyard.gui.tabs.room import layout_with_room
from wireyard.gui.widgets.splitter import Splitter


def place(desk: Desk) -> str:
    """Where the panes of the tab in front are, seen from its list."""
    panes = where(desk, desk.tab.panes)
    viewer = where(desk, desk.tab.viewer)
    if panes.y() == viewer.y():
        return "left" if panes.x() < viewer.x() else "right"
    return "above" if panes.y() < viewer.y() else "below"


def where(desk: Desk, widget: QWidget) -> QPoint:
    return widget.mapTo(desk.window, QPoint(0, 0))


def fonts(desk: Desk) -> list[str]:
    return [part.font().key() for part in desk.tab.panes.findChildren(QWidget)]


@windowed
async def test_the_key_goes_round_and_nothing_is_lost(desk: Desk) -> None:
    desk.window.resize(1440, 900)
    desk.press("Ctrl+T", "Ctrl+Shift+1")
    await desk.until(desk.tab.panes.composer.editor.hasFocus)
    desk.type("a draft")
    before = fonts(desk)
    seen = [place(desk)]
    for _ in range(3):
        desk.press("Alt+Shift+L")
        seen.append(place(desk))
        assert fonts(desk) == before
        assert desk.tab.viewer.isVisible()
    assert seen == ["above", "left", "below", "above"]
    assert desk.tab.panes.composer.draft().text == "a draft"
    assert desk.tab.panes.composer.editor.hasFocus()


@windowed
async def test_all_tabs_of_a_window_follow_and_new_ones_too(desk: Desk) -> None:
    desk.window.resize(1440, 900)
    desk.press("Ctrl+T", "Ctrl+T", "Alt+Shift+L", "Alt+Shift+L")
    assert place(desk) == "below"
    desk.press("Ctrl+Shift+Tab")
    assert place(desk) == "below"
    desk.press("Ctrl+T")
    assert place(desk) == "below"


@windowed
async def test_the_next_start_has_the_same_layout_and_size(desk: Desk) -> None:
    desk.press("Ctrl+T", "Alt+Shift+L", "Alt+Shift+L")
    desk.window.tabs.arrangement.set_size("below", 333)
    await desk.restart()
    assert desk.window.tabs.arrangement.layout == "below"
    assert desk.window.tabs.arrangement.size("below") == 333
    assert json.loads(desk.profile.tabs_file.read_text())["layout"] == "below"


@windowed
async def test_a_dragged_line_is_the_size_for_other_tabs_and_a_double_click_resets_it(desk: Desk) -> None:
    desk.window.resize(1440, 900)
    desk.press("Ctrl+T", "Ctrl+T")
    splitter = desk.tab.panes.parentWidget()
    assert isinstance(splitter, Splitter)
    usual = desk.tab.panes.height()
    handle = splitter.handle(1)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=handle.rect().center())
    QTest.mouseMove(handle, handle.rect().center() + QPoint(0, 60))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=handle.rect().center())
    larger = desk.tab.panes.height()
    assert larger > usual + 40
    desk.press("Ctrl+Shift+Tab")
    assert abs(desk.tab.panes.height() - larger) <= 2
    other = desk.tab.panes.parentWidget()
    assert isinstance(other, Splitter)
    QTest.mouseDClick(other.handle(1), Qt.MouseButton.LeftButton)
    assert abs(desk.tab.panes.height() - usual) <= 2


@windowed
async def test_a_row_of_tabs_alone_goes_above_and_comes_back_to_the_left(desk: Desk) -> None:
    desk.window.resize(1440, 900)
    desk.press("Ctrl+T", "Alt+Shift+L")
    assert place(desk) == "left"
    desk.press("Ctrl+J")
    assert place(desk) == "above"
    desk.press("Ctrl+J")
    assert place(desk) == "left"


@windowed
async def test_a_narrow_window_has_it_above_until_it_is_wide_again(desk: Desk) -> None:
    desk.window.resize(1440, 900)
    desk.press("Ctrl+T", "Alt+Shift+L")
    desk.window.resize(1000, 900)
    await desk.until(lambda: place(desk) == "above")
    desk.window.resize(1440, 900)
    await desk.until(lambda: place(desk) == "left")


@pytest.mark.parametrize(
    ("wanted", "width", "is_collapsed", "layout"),
    [
        ("left", 1000, False, "left"),
        ("left", 999, False, "above"),
        ("left", 1200, True, "above"),
        ("below", 500, True, "below"),
    ],
)
def test_what_there_is_room_for(wanted: Layout, width: int, is_collapsed: bool, layout: Layout) -> None:
    assert layout_with_room(wanted, width, is_collapsed=is_collapsed) == layout


def test_what_is_no_layout_is_the_default() -> None:
    arrangement = Arrangement()
    arrangement.restore("right", {"left": -3, "odd": 4, "below": 200})
    assert (arrangement.layout, arrangement.sizes) == ("above", {"below": 200})
