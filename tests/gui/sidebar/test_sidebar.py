"""The sidebar in the window: its views, and what a person does with past sessions there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from tests.helpers.scripted_server import serving
from tests.helpers.window import Desk, windowed
from websockets.asyncio.server import ServerConnection

from wireyard.gui.export.export_sheet import ExportSheet
from wireyard.gui.sidebar.history_view import HistoryView
from wireyard.gui.tabs.log_tab import LogTab
from wireyard.gui.widgets.state import ConnectionState


async def greet(connection: ServerConnection) -> None:
    await connection.send("hello")
    await connection.wait_closed()


async def with_history(desk: Desk, url: str) -> HistoryView:
    """Connect once and close, and call the history by its key."""
    await desk.connect(url)
    await desk.until(lambda: desk.tab.viewer.timeline.row_count == 2)
    desk.press("F5")
    await desk.until_state(ConnectionState.CLOSED)
    desk.press("Alt+Shift+H")
    view = desk.window.sidebar.history
    await desk.until(lambda: view.model.rowCount() == 2)
    await desk.until(lambda: "1000" in view.model.rows[1].facts)
    return view


@windowed
async def test_a_session_is_listed_while_it_runs_and_with_its_end(desk: Desk) -> None:
    async with serving(greet) as url:
        desk.press("Alt+Shift+H")
        view = desk.window.sidebar.history
        await desk.connect(url)
        await desk.until(lambda: view.model.rowCount() == 2)
        assert view.model.rows[0].title == "Today"
        row = view.model.rows[1]
        await desk.until(lambda: view.model.is_live(view.model.rows[1]))
        assert row.title.startswith("127.0.0.1")
        desk.press("F5")
        await desk.until(lambda: "1000" in view.model.rows[1].facts)
        assert not view.model.is_live(view.model.rows[1])


@windowed
async def test_a_past_session_is_opened_read_only_by_keyboard(desk: Desk) -> None:
    async with serving(greet) as url:
        view = await with_history(desk, url)
        assert desk.focus is view.list
        desk.press("Return")
        await desk.until(lambda: isinstance(desk.window.tabs.current, LogTab))
        assert desk.window.tabs.current is not None
        await desk.until(lambda: desk.shown.viewer.timeline.row_count > 0)


@windowed
async def test_a_past_session_is_exported_from_the_list(desk: Desk) -> None:
    async with serving(greet) as url:
        view = await with_history(desk, url)
        assert desk.focus is view.list
        desk.press("Ctrl+Shift+E")
        await desk.until(lambda: desk.sheet(ExportSheet))


@windowed
async def test_a_deleted_session_comes_back_by_the_toast(desk: Desk) -> None:
    async with serving(greet) as url:
        view = await with_history(desk, url)
        desk.press("Del")
        await desk.until_toast("can't be deleted")  # while a tab may go on with it
        desk.window.close_tab()
        await desk.until(lambda: not desk.window.conversations())
        desk.press("Alt+Shift+H")
        await desk.until(view.list.selected_rows)
        desk.press("Del")
        await desk.until_toast("Deleted")
        await desk.until(lambda: view.model.rowCount() == 0)
        desk.click(desk.button("Undo"))
        await desk.until(lambda: view.model.rowCount() == 2)


@windowed
async def test_down_goes_from_the_search_into_the_list(desk: Desk) -> None:
    async with serving(greet) as url:
        view = await with_history(desk, url)
        view.search.edit.setFocus(Qt.FocusReason.MouseFocusReason)
        desk.type("127")
        desk.press("Down")
        assert desk.focus is view.list


@windowed
async def test_f6_reaches_the_view_that_is_shown(desk: Desk) -> None:
    view = desk.window.sidebar.collections
    await desk.until(lambda: view.model.rowCount() > 0)
    desk.window.rail.mark.setFocus()
    desk.press("F6")
    assert desk.focus is view.tree


@windowed
async def test_ctrl_f_in_the_sidebar_searches_there_and_elsewhere_in_the_list(desk: Desk) -> None:
    collections = desk.window.sidebar.collections
    await desk.until(lambda: collections.model.rowCount() > 0)
    desk.press("Ctrl+T")
    desk.press("Ctrl+F")
    assert not desk.window.sidebar.isAncestorOf(desk.focus)
    collections.tree.setFocus(Qt.FocusReason.TabFocusReason)
    desk.press("Ctrl+F")
    assert desk.focus is collections.search.edit
