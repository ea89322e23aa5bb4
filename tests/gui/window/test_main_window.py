"""The whole window: everything has a name, nothing lies over anything else or is cut off, at any size and zoom."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSplitterHandle,
    QStackedWidget,
    QWidget,
)
from tests.helpers.raw_server import unused_port
from tests.helpers.recordings import closed, message, opened, record
from tests.helpers.scripted_server import serving
from tests.helpers.window import Desk, windowed
from websockets.asyncio.server import ServerConnection

from wireyard.gui.export.export_sheet import ExportSheet
from wireyard.gui.preferences.preferences_window import PreferencesWindow
from wireyard.gui.tabs.tab import Tab
from wireyard.gui.widgets.label import ElidedLabel
from wireyard.gui.widgets.sheet import Sheet
from wireyard.gui.widgets.state import ConnectionState
from wireyard.gui.widgets.toasts import Toast
from wireyard.gui.window.window_size import DEFAULT_SIZE, MIN_SIZE, first_size

SIZES = [(1440, 900, 100), (*MIN_SIZE, 100), (1280, 720, 200)]


async def greet(connection: ServerConnection) -> None:
    for number in range(30):
        await connection.send(f'{{"n": {number}, "text": "{"x" * number}"}}')
    await connection.wait_closed()


def nameless(root: QWidget) -> list[str]:
    """The visible parts that take the keyboard or are buttons, and have neither text nor a name."""
    found: list[str] = []
    for part in root.findChildren(QWidget):
        is_met = isinstance(part, QAbstractButton) or bool(part.focusPolicy().value & 1)
        text = part.text() if isinstance(part, QAbstractButton | QLabel) else ""
        if part.isVisible() and is_met and not (part.accessibleName() or text):
            found.append(repr(part))
    return found


def overlaps(root: QWidget) -> list[str]:
    """Pairs of visible siblings in layouts that cover each other, and texts that don't fit."""
    found: list[str] = []
    for parent in [root, *root.findChildren(QWidget)]:
        if not parent.isVisible() or isinstance(parent, QStackedWidget | QAbstractScrollArea):
            continue
        laid = [child for child in parent.children() if isinstance(child, QWidget) and _is_laid_out(child)]
        for one, other in itertools.combinations(laid, 2):
            shared = one.geometry().intersected(other.geometry())
            if shared.width() > 1 and shared.height() > 1:
                found.append(f"{_words(one)} and {_words(other)} share {shared.width()}×{shared.height()}")
    return found


def cut(root: QWidget) -> list[str]:
    """Buttons and labels on one line that are smaller than what they say, or hang out of their parents."""
    found: list[str] = []
    for part in root.findChildren(QWidget):
        if not part.isVisible() or not isinstance(part, QAbstractButton | QLabel) or isinstance(part, ElidedLabel):
            continue
        if isinstance(part, QLabel) and part.wordWrap():
            continue
        wanted = part.minimumSizeHint()
        if isinstance(part, QAbstractButton) and not part.text():
            wanted = QSize(24, 24)
        if part.width() < wanted.width() or part.height() < wanted.height() - 2:
            found.append(f"{_words(part)} is {part.width()}×{part.height()}, wants {wanted.width()}×{wanted.height()}")
        box = QRect(part.mapTo(root, QPoint()), part.size())
        if not _scrolls(part, root) and not root.rect().contains(box):
            found.append(f"{_words(part)} hangs out of the window: {box}")
    return found


def _is_laid_out(part: QWidget) -> bool:
    floats = isinstance(part, Toast | Sheet | QSplitterHandle) or part.isWindow()
    parent = part.parentWidget()
    layout = parent.layout() if parent is not None else None
    return part.isVisible() and not floats and layout is not None and layout.indexOf(part) >= 0


def _scrolls(part: QWidget, root: QWidget) -> bool:
    above = part.parentWidget()
    while above is not None and above is not root:
        if isinstance(above, QScrollArea):
            return True
        above = above.parentWidget()
    return False


def _words(part: QWidget) -> str:
    text = part.text() if isinstance(part, QAbstractButton | QLabel | QLineEdit) else ""
    return f"{type(part).__name__} “{part.accessibleName() or text}”"


async def walk(desk: Desk, tmp_path: Path, look_at: Callable[[str, QWidget], None]) -> None:
    """Show every page and sheet of the window, one after the other."""
    window = desk.window
    await desk.until(lambda: desk.workbench.services.echo.is_running)
    look_at("welcome", window)
    async with serving(greet) as url:
        await desk.connect(url)
        await desk.until(lambda: desk.tab.viewer.timeline.row_count == 31)
        look_at("open", window)
        desk.tab.viewer.timeline.select(20)
        await desk.until(desk.tab.viewer.inspector.isVisible)
        await desk.until(lambda: desk.tab.viewer.inspector.seq is not None)
        look_at("inspector", window)
        desk.press("Ctrl+F")
        desk.type('"n"')
        await desk.until(lambda: desk.tab.viewer.timeline.row_filter is not None)
        desk.press("Ctrl+P")
        look_at("filtered and paused", window)
        desk.window.toast("Something was done")
        desk.press("Ctrl+Shift+E")
        await desk.until(lambda: desk.sheet(ExportSheet))
        await _look_at_sheet(desk, "export", look_at)
        desk.press("F5")
        await desk.until_state(ConnectionState.CLOSED)
        look_at("closed", window)
    window.open_address(f"ws://127.0.0.1:{unused_port()}", connect=True)
    await desk.until_state(ConnectionState.ERROR)
    await desk.until(desk.tab.failure_view.isVisible)
    look_at("failed", window)
    await desk.open_log(record(tmp_path, [opened(), message("hello", 1), closed(2)]))
    look_at("log", window)
    for command in ("show_keys", "show_about"):
        window.run(command)
        await desk.until(lambda: desk.is_sheet_open)
        await _look_at_sheet(desk, command, look_at)
    window.run("open_settings")
    preferences = desk.sheet(PreferencesWindow)
    assert preferences is not None
    for row in range(preferences.list.count()):
        preferences.list.setCurrentRow(row)
        look_at(f"settings {row}", preferences)
    preferences.close()


async def _look_at_sheet(desk: Desk, name: str, look_at: Callable[[str, QWidget], None]) -> None:
    sheet = desk.sheet(Sheet)
    assert sheet is not None
    look_at(name, sheet)
    sheet.reject()
    await desk.until(lambda: not desk.is_sheet_open)


@pytest.mark.parametrize(("width", "height", "zoom"), SIZES)
@windowed
async def test_everything_is_named_and_nothing_overlaps_or_is_cut(
    desk: Desk, tmp_path: Path, width: int, height: int, zoom: int
) -> None:
    faults: dict[str, list[str]] = {}

    def look_at(name: str, root: QWidget) -> None:
        for _ in range(3):  # a layout that changes asks the one around it
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        found = nameless(root) + overlaps(root) + cut(root)
        if found:
            faults[name] = found

    desk.workbench.services.settings.change("appearance.zoom_percent", zoom)
    desk.window.resize(width, height)
    await walk(desk, tmp_path, look_at)
    assert (desk.window.width(), desk.window.height()) == (width, height)
    assert faults == {}


@windowed
async def test_the_window_keeps_its_least_size(desk: Desk) -> None:
    desk.window.resize(100, 100)
    assert (desk.window.width(), desk.window.height()) == MIN_SIZE


@windowed
async def test_the_inspector_goes_below_the_list_in_a_narrow_window(desk: Desk) -> None:
    async with serving(greet) as url:
        await desk.connect(url)
        await desk.until(lambda: desk.tab.viewer.timeline.row_count == 31)
        desk.tab.viewer.timeline.select(20)
        viewer = desk.tab.viewer
        await desk.until(viewer.inspector.isVisible)
        assert viewer.inspector.mapTo(desk.window, QPoint()).x() > 500
        desk.window.resize(1000, 800)
        await desk.until(lambda: viewer.inspector.mapTo(desk.window, QPoint()).x() < 100)


@windowed
async def test_three_toasts_at_most_and_each_can_be_dismissed(desk: Desk) -> None:
    for number in range(5):
        desk.window.toast(f"number {number}")
    assert desk.toasts == ["number 2", "number 3", "number 4"]
    desk.click(desk.button("Dismiss"))
    assert len(desk.toasts) == 2


@windowed
async def test_the_status_bar_follows_the_tab_in_front(desk: Desk) -> None:
    async with serving(greet) as url:
        await desk.connect(url)
        await desk.until(lambda: "Open" in desk.texts())
        await desk.until(lambda: any("Not encrypted" in text for text in desk.texts()))
        desk.press("Ctrl+T")
        await desk.until(lambda: "No connection" in desk.texts())
        desk.press("Ctrl+1")
        await desk.until(lambda: "Open" in desk.texts())


@windowed
async def test_tabs_keep_their_pages_when_they_are_moved(desk: Desk) -> None:
    for name in ("one", "two", "three"):
        desk.window.open_address(f"ws://{name}")
    bar = desk.window.tabs.strip.bar
    bar.moveTab(0, 2)

    def titles(tabs: list[Tab]) -> list[str]:
        return [tab.title for tab in tabs]

    assert titles(list(desk.window.tabs)) == ["two", "three", "one"]
    desk.press("Ctrl+1")
    assert desk.tab.title == "two"
    await desk.restart()
    assert titles(list(desk.window.tabs)) == ["two", "three", "one"]


@pytest.mark.parametrize(
    ("screen", "size"),
    [((1920, 1080), DEFAULT_SIZE), ((1366, 768), (1350, 728)), ((1024, 620), (1008, MIN_SIZE[1]))],
)
def test_the_first_window_fits_on_the_screen(screen: tuple[int, int], size: tuple[int, int]) -> None:
    assert first_size(QSize(*screen)).toTuple() == size
