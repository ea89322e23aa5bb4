"""Several windows: tabs that move between them and go on, closing one, leaving all, and the next start."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from tests.helpers.scripted_server import echo, serving
from tests.helpers.window import Desk, windowed
from websockets.asyncio.server import ServerConnection

from wireyard.domain.event import Message
from wireyard.gui.tabs.request_tab import RequestTab
from wireyard.gui.widgets.state import ConnectionState
from wireyard.gui.widgets.toasts import Toasts
from wireyard.gui.window.main_window import MainWindow
from wireyard.gui.window.questions import CloseQuestion
from wireyard.gui.window.windows import has_tabs_at

ROWS = 200


@asynccontextmanager
async def counting() -> AsyncIterator[tuple[str, list[int | None]]]:
    """A server that counts without a pause, and the close codes it heard."""
    codes: list[int | None] = []

    async def count(connection: ServerConnection) -> None:
        async def talk() -> None:
            for number in range(ROWS):
                await connection.send(f"{number}")
                await asyncio.sleep(0.001)

        talking = asyncio.create_task(talk())
        await connection.wait_closed()
        talking.cancel()
        codes.append(connection.close_code)

    async with serving(count) as url:
        yield url, codes


def windows(desk: Desk) -> list[MainWindow]:
    return [each for each in desk.workbench.windows if isinstance(each, MainWindow)]


def payloads(desk: Desk) -> list[bytes]:
    return [event.payload for event in desk.events() if isinstance(event, Message)]


async def to_new_window(desk: Desk) -> tuple[MainWindow, MainWindow]:
    """Move the tab in front to a window of its own; the old window and the new one."""
    (old,) = windows(desk)
    desk.press("Ctrl+Shift+N")
    await desk.until(lambda: len(windows(desk)) == 2)
    await desk.until(lambda: desk.window is not old)
    await desk.until(desk.window.isActiveWindow)
    return old, desk.window


def drag_tab(window: MainWindow, index: int, to: QPoint) -> None:
    """Take a tab with the mouse and let it go at a place on the screen."""
    bar = window.tabs.strip.bar
    start = bar.tabRect(index).center()
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=start)
    end = bar.mapFromGlobal(to)
    for part in (start + QPoint(0, 20), QPoint((start.x() + end.x()) // 2, (start.y() + end.y()) // 2), end):
        QTest.mouseMove(bar, part)
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=end)


@windowed
async def test_a_live_connection_goes_on_in_the_new_window_and_no_row_is_lost(desk: Desk) -> None:
    async with counting() as (url, codes):
        desk.press("Ctrl+T")
        await desk.connect(url)
        tab, talk = desk.tab, desk.talk
        await desk.until(lambda: desk.shown.viewer.timeline.row_count > 20)
        parts = tab.findChildren(QWidget)
        for part in parts:
            part.ensurePolished()  # else what is hidden has no font of its own yet
        fonts = [part.font().key() for part in parts]
        _, new = await to_new_window(desk)
        assert [part.font().key() for part in parts] == fonts
        assert desk.tab is tab
        assert tab.window() is new
        assert desk.talk is talk
        await desk.until(lambda: tab.viewer.timeline.total_rows >= ROWS)
        assert payloads(desk) == [b"%d" % number for number in range(ROWS)]
        assert codes == []


@windowed
async def test_draft_filter_and_name_go_along_and_typing_goes_on(desk: Desk) -> None:
    async with serving(echo) as url:
        desk.press("Ctrl+T")
        await desk.connect(url)
        desk.press("Ctrl+Shift+1")
        await desk.until(desk.tab.panes.composer.editor.hasFocus)
        desk.type("half a mess")
        desk.tab.set_label("Alice")
        await to_new_window(desk)
        assert desk.tab.title == "Alice"
        desk.press("Ctrl+Shift+1")
        await desk.until(desk.tab.panes.composer.editor.hasFocus)
        desk.press("Ctrl+End")
        desk.type("age")
        desk.press("Ctrl+Return")
        await desk.until(
            lambda: [e.payload for e in desk.events() if isinstance(e, Message)] == [b"half a message"] * 2
        )


@windowed
async def test_toasts_and_sheets_of_a_moved_tab_come_in_its_new_window(desk: Desk) -> None:
    desk.press("Ctrl+T", "Ctrl+T")
    old, new = await to_new_window(desk)
    desk.tab.noticed.emit("said once")
    assert desk.toasts == ["said once"]
    desk.press("Shift+F2")
    await desk.until(lambda: desk.is_sheet_open)
    desk.press("Escape")
    await desk.until(lambda: not desk.is_sheet_open)
    old.activateWindow()
    await desk.until(lambda: desk.window is old)
    assert "said once" not in desk.toasts
    assert new.isVisible()


@windowed
async def test_a_tab_moves_back_and_its_empty_window_closes(desk: Desk) -> None:
    async with serving(echo) as url:
        desk.press("Ctrl+T")
        await desk.connect(url)
        tab = desk.tab
        old, _ = await to_new_window(desk)
        desk.press("Alt+Shift+W")
        await desk.until(lambda: windows(desk) == [old])
        assert tab.window() is old
        assert desk.tab is tab
        assert desk.state is ConnectionState.OPEN
        await desk.until(old.isActiveWindow)
        desk.press("F5")
        await desk.until_state(ConnectionState.CLOSED)


@windowed
async def test_the_only_tab_of_a_window_stays(desk: Desk) -> None:
    desk.press("Ctrl+T")
    desk.press("Ctrl+Shift+N")
    assert len(windows(desk)) == 1
    assert len(desk.window.tabs) == 1


@windowed
async def test_a_tab_dragged_out_of_its_bar_gets_a_window_where_it_was_let_go(desk: Desk) -> None:
    desk.press("Ctrl+T", "Ctrl+T", "Ctrl+T")
    old, tab = desk.window, desk.tab
    place = old.mapToGlobal(QPoint(500, 400))
    drag_tab(old, 2, place)
    await desk.until(lambda: len(windows(desk)) == 2)
    assert tab.window() is not old
    assert len(old.tabs) == 2
    (new,) = [each for each in windows(desk) if each is not old]
    assert has_tabs_at(new, place)


@windowed
async def test_a_tab_is_dragged_between_the_tabs_of_another_window(desk: Desk) -> None:
    desk.press("Ctrl+T", "Ctrl+T", "Ctrl+T")
    old, new = await to_new_window(desk)
    tab = desk.tab
    new.move(old.pos() + QPoint(0, 300))
    bar = old.tabs.strip.bar
    between = bar.mapToGlobal(QPoint(bar.tabRect(0).right(), bar.height() // 2))
    old.raise_()
    drag_tab(new, 0, between)
    await desk.until(lambda: windows(desk) == [old])
    assert list(old.tabs).index(tab) == 1
    assert desk.tab is tab


@windowed
async def test_dragging_back_into_the_bar_moves_nothing_to_another_window(desk: Desk) -> None:
    desk.press("Ctrl+T", "Ctrl+T")
    bar = desk.window.tabs.strip.bar
    drag_tab(desk.window, 1, bar.mapToGlobal(bar.tabRect(0).center()))
    await asyncio.sleep(0)
    assert len(windows(desk)) == 1


@windowed
async def test_the_menu_of_a_tab_offers_the_other_windows(desk: Desk) -> None:
    desk.press("Ctrl+T", "Ctrl+T")
    old, _ = await to_new_window(desk)
    old.activateWindow()
    await desk.until(lambda: desk.window is old)
    tab = desk.tab
    old.tabs.strip.menu_asked.emit(0, QPoint(10, 10))
    (menu,) = [each for each in old.findChildren(QMenu) if each.isVisible()]
    actions = {action.text().partition("\t")[0]: action for action in menu.actions()}
    assert not actions["Move the tab to a new window"].isEnabled()
    (to_other,) = [action for text, action in actions.items() if text.startswith("Move to the window")]
    to_other.trigger()
    menu.close()
    await desk.until(lambda: len(windows(desk)) == 1)
    assert tab.window() is desk.window
    assert len(desk.window.tabs) == 2


@windowed
async def test_closing_one_window_says_1000_and_leaves_the_other_connected(desk: Desk) -> None:
    async with counting() as (first_url, first), counting() as (second_url, second):
        await desk.connect(first_url)
        stays = desk.tab
        await desk.connect(second_url)
        old, new = await to_new_window(desk)
        new.close()
        await desk.until(lambda: windows(desk) == [old])
        await desk.until(lambda: second == [1000])
        assert first == []
        assert stays.tab_facts().state is ConnectionState.OPEN
        old.activateWindow()  # a window manager would
        await desk.until(old.isActiveWindow)
        desk.press("Ctrl+Shift+T")
        assert isinstance(desk.window.tabs.current, RequestTab)
        assert desk.tab.bar.address == second_url


@windowed
async def test_closing_a_window_with_an_unsent_message_asks_once(desk: Desk) -> None:
    async with serving(echo) as url:
        desk.press("Ctrl+T")
        await desk.connect(url)
        _, new = await to_new_window(desk)
        desk.press("Ctrl+Shift+1")
        await desk.until(desk.tab.panes.composer.editor.hasFocus)
        desk.type("unsent")
        new.close()
        await desk.until(lambda: desk.sheet(CloseQuestion))
        desk.press("Escape")
        await desk.until(lambda: not desk.is_sheet_open)
        assert len(windows(desk)) == 2
        new.close()
        await desk.until(lambda: desk.sheet(CloseQuestion))
        desk.press("Return")
        await desk.until(lambda: len(windows(desk)) == 1)


@windowed
async def test_quit_in_one_window_leaves_all_with_1001(desk: Desk) -> None:
    async with counting() as (first_url, first), counting() as (second_url, second):
        await desk.connect(first_url)
        await desk.connect(second_url)
        await to_new_window(desk)
        desk.press("Ctrl+Q")
        await desk.wants_to_quit()
        await desk.leave()
        await desk.until(lambda: (first, second) == ([1001], [1001]))


@windowed
async def test_all_windows_come_back_with_their_tabs_and_drafts(desk: Desk) -> None:
    desk.press("Ctrl+T")
    desk.tab.bar.change_address("ws://first.example/")
    desk.press("Ctrl+T")
    desk.tab.bar.change_address("ws://second.example/")
    desk.press("Ctrl+T")
    desk.tab.bar.change_address("ws://third.example/")
    await to_new_window(desk)
    desk.press("Ctrl+Shift+1")
    await desk.until(desk.tab.panes.composer.editor.hasFocus)
    desk.type("kept")
    await desk.restart()
    addresses = [[tab.bar.address for tab in each.tabs if isinstance(tab, RequestTab)] for each in windows(desk)]
    assert addresses == [["ws://first.example/", "ws://second.example/"], ["ws://third.example/"]]
    assert all(each.isVisible() for each in windows(desk))
    second = windows(desk)[1]
    (tab,) = [tab for tab in second.tabs if isinstance(tab, RequestTab)]
    assert tab.panes.composer.draft().text == "kept"


@windowed
async def test_a_new_window_shares_zoom_and_shows_what_is_connected_elsewhere(desk: Desk) -> None:
    library = desk.workbench.services.library
    await desk.until(lambda: library.tree is not None and desk.workbench.services.echo.is_running)
    assert library.tree is not None
    id_ = next(item.id for item in library.tree.walk() if item.kind == "request")
    desk.window.open_request(id_, "connect")
    await desk.until_state(ConnectionState.OPEN)
    old = desk.window
    desk.press("Ctrl+N")
    await desk.until(lambda: len(windows(desk)) == 2)
    await desk.until(lambda: desk.window is not old)
    await desk.until(desk.window.isActiveWindow)
    await desk.until(lambda: all(id_ in each.sidebar.collections.model.live for each in windows(desk)))
    desk.press("Ctrl+=")
    assert desk.workbench.services.look.zoom_percent == 110
    old.tabs.bring(next(tab for tab in old.tabs if tab.request_id == id_))
    old.activateWindow()
    await desk.until(old.isActiveWindow)
    desk.press("F5")
    await desk.until(lambda: not any(id_ in each.sidebar.collections.model.live for each in windows(desk)))


@windowed
async def test_what_the_library_says_is_said_once(desk: Desk) -> None:
    desk.press("Ctrl+N")
    await desk.until(lambda: len(windows(desk)) == 2)
    desk.workbench.services.library.noticed.emit("once")
    said = [toast.text for each in windows(desk) for toasts in each.findChildren(Toasts) for toast in toasts.shown]
    assert said == ["once"]
