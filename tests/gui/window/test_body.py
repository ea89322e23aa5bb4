"""The sidebar's place in the window: beside the tabs, over them when the window is narrow, or away."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSplitterHandle
from tests.helpers.window import Desk, windowed

from wireyard.gui.palette.palette import Palette


def left(desk: Desk) -> int:
    """Where the tabs begin."""
    return desk.window.tabs.mapTo(desk.window, QPoint()).x()


def handle(desk: Desk) -> QSplitterHandle:
    handles = desk.window.body.findChildren(QSplitterHandle)
    upright = (each for each in handles if each.isVisible() and each.orientation() == Qt.Orientation.Horizontal)
    return min(upright, key=lambda each: each.mapTo(desk.window, QPoint()).x())


async def come_again(desk: Desk) -> None:
    """Restart, in a window of the same size: the offscreen screen is small, and a window that comes back is fitted."""
    await desk.restart()
    desk.window.resize(1440, 900)


@windowed
async def test_the_sidebar_stands_beside_the_tabs_and_ctrl_b_takes_it_away(desk: Desk) -> None:
    assert left(desk) == 52 + 260 + 1
    desk.press("Ctrl+B")
    await desk.until(lambda: left(desk) == 52)
    assert not desk.window.sidebar.isVisible()
    desk.press("Ctrl+B")
    await desk.until(lambda: left(desk) == 52 + 260 + 1)


@windowed
async def test_width_and_being_closed_are_kept(desk: Desk) -> None:
    grip = handle(desk)
    QTest.mousePress(grip, Qt.MouseButton.LeftButton, pos=QPoint(3, 300))
    QTest.mouseMove(grip, QPoint(63, 300))
    QTest.mouseRelease(grip, Qt.MouseButton.LeftButton, pos=QPoint(63, 300))
    wide = left(desk)
    assert wide > 52 + 300
    await come_again(desk)
    await desk.until(lambda: left(desk) == wide)
    desk.press("Ctrl+B")
    await come_again(desk)
    await desk.until(lambda: left(desk) == 52)
    desk.press("Ctrl+B")
    await desk.until(lambda: left(desk) == wide)
    QTest.mouseDClick(handle(desk), Qt.MouseButton.LeftButton, pos=QPoint(3, 300))
    assert left(desk) == 52 + 260 + 1


@windowed
async def test_in_a_narrow_window_it_lies_over_the_tabs_while_it_is_used(desk: Desk) -> None:
    desk.window.resize(1000, 700)
    await desk.until(lambda: left(desk) == 52)
    assert not desk.window.sidebar.isVisible()
    desk.press("Alt+Shift+C")
    await desk.until(desk.window.sidebar.isVisible)
    assert left(desk) == 52
    assert desk.window.sidebar.isAncestorOf(desk.focus)
    desk.press("Escape")
    assert not desk.window.sidebar.isVisible()
    assert desk.window.tabs.isAncestorOf(desk.focus)
    desk.window.resize(1440, 900)
    await desk.until(lambda: left(desk) > 300)


@windowed
async def test_it_gives_way_when_the_keyboard_goes_to_the_tabs(desk: Desk) -> None:
    desk.window.open_address("ws://one")
    desk.window.resize(1000, 700)
    desk.press("Ctrl+B")
    await desk.until(desk.window.sidebar.isVisible)
    desk.press("Ctrl+L")
    await desk.until(lambda: not desk.window.sidebar.isVisible())


@windowed
async def test_the_rail_calls_views_and_marks_the_one_that_is_shown(desk: Desk) -> None:
    rail = desk.window.rail
    assert desk.button("Collections", rail).isChecked()
    desk.click(desk.button("History", rail))
    assert desk.button("History", rail).isChecked()
    assert not desk.button("Collections", rail).isChecked()
    assert desk.window.sidebar.history.isVisible()
    desk.click(desk.button("History", rail))
    assert not desk.window.sidebar.isVisible()
    assert not desk.button("History", rail).isChecked()


@windowed
async def test_a_key_goes_to_a_view_however_often_it_is_pressed(desk: Desk) -> None:
    desk.window.open_address("ws://one")
    desk.press("Ctrl+L", "Alt+Shift+C")
    assert desk.window.sidebar.isAncestorOf(desk.focus)
    desk.press("Alt+Shift+C")
    assert desk.window.sidebar.isAncestorOf(desk.focus)
    desk.press("Alt+Shift+H", "Alt+Shift+H")
    assert desk.window.sidebar.history.isAncestorOf(desk.focus)


@windowed
async def test_the_view_is_kept(desk: Desk) -> None:
    desk.press("Alt+Shift+H")
    await come_again(desk)
    await desk.until(desk.window.sidebar.history.isVisible)
    assert desk.button("History", desk.window.rail).isChecked()


@windowed
async def test_the_palette_opens_from_the_strip_and_by_key(desk: Desk) -> None:
    desk.click(desk.button("Search or run", desk.window.tabs))
    await desk.until(lambda: desk.sheet(Palette))
    desk.press("Escape")
    await desk.until(lambda: not desk.is_sheet_open)
    desk.press("Ctrl+K")
    await desk.until(lambda: desk.sheet(Palette))
    desk.type("show or hide the sidebar")
    desk.press("Return")
    await desk.until(lambda: not desk.window.sidebar.isVisible())
