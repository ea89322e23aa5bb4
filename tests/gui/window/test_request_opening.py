"""Saved requests in tabs: previews, several tabs of one request, and what the tree shows of them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from tests.helpers.dragging import drop_on
from tests.helpers.scripted_server import serving
from tests.helpers.window import Desk, windowed
from websockets.asyncio.server import ServerConnection

from wireyard.gui.sidebar.collections_view import CollectionsView
from wireyard.gui.sidebar.move_sheet import MoveSheet
from wireyard.gui.sidebar.rename_edit import RenameEdit
from wireyard.gui.sidebar.tree_drop import mime_of
from wireyard.gui.widgets.state import ConnectionState
from wireyard.gui.window.name_sheet import NameSheet
from wireyard.workspace.model import RequestFile, SavedMessage
from wireyard.workspace.workspace import Workspace

ONE, TWO, THREE = "Orders/One.ws.yaml", "Orders/Two.ws.yaml", "Orders/Three.ws.yaml"


async def echo(connection: ServerConnection) -> None:
    async for message in connection:
        await connection.send(message)


async def open_workspace(desk: Desk, url: str = "ws://127.0.0.1:1/") -> CollectionsView:
    root = desk.folder / "workspace"
    workspace = Workspace.create(root, "Test")
    workspace.create_collection("Orders")
    workspace.create_folder("Orders", "Later")
    message = SavedMessage(name="hello", body='{"hello": 1}')
    for name in ("One", "Two", "Three"):
        workspace.create_request("Orders", name, RequestFile(url=url, messages=(message,)))
    desk.window.open_workspace(root)
    view = desk.window.sidebar.collections
    await desk.until(lambda: (row := view.model.row_of(ONE)) is not None and row.item.is_loaded)
    return view


def spot(view: CollectionsView, key: str) -> QPoint:
    return QPoint(120, view.tree.visualRect(view.model.index_of(key)).center().y())


def click(view: CollectionsView, key: str) -> None:
    QTest.mouseClick(view.tree.viewport(), Qt.MouseButton.LeftButton, pos=spot(view, key))


def titles(desk: Desk) -> list[str]:
    return [tab.title for tab in desk.window.tabs]


def is_preview(desk: Desk, place: int) -> bool:
    return desk.window.tabs.strip.facts(place).is_preview


@windowed
async def test_clicks_reuse_one_preview_tab(desk: Desk) -> None:
    view = await open_workspace(desk)
    click(view, ONE)
    assert titles(desk) == ["One"]
    assert is_preview(desk, 0)
    click(view, TWO)
    assert titles(desk) == ["Two"]
    click(view, TWO)
    assert titles(desk) == ["Two"]


@windowed
async def test_a_double_click_keeps_the_tab(desk: Desk) -> None:
    view = await open_workspace(desk)
    click(view, ONE)
    QTest.mouseDClick(view.tree.viewport(), Qt.MouseButton.LeftButton, pos=spot(view, ONE))
    assert not is_preview(desk, 0)
    click(view, TWO)
    assert titles(desk) == ["One", "Two"]
    assert is_preview(desk, 1)


@windowed
async def test_an_edit_keeps_the_tab_and_marks_the_row(desk: Desk) -> None:
    view = await open_workspace(desk)
    click(view, ONE)
    desk.press("Ctrl+L")
    desk.type("x")
    await desk.until(lambda: not is_preview(desk, 0))
    await desk.until(lambda: ONE in view.model.dirty)


@windowed
async def test_a_message_that_is_being_written_keeps_the_tab(desk: Desk) -> None:
    view = await open_workspace(desk)
    click(view, ONE)
    view.tree.expand(view.model.index_of(ONE))
    click(view, f"{ONE}\n0")
    assert is_preview(desk, 0)
    desk.tab.panes.composer.editor.setFocus()
    desk.type("mine")
    await desk.until(lambda: not is_preview(desk, 0))
    click(view, TWO)
    assert titles(desk) == ["One", "Two"]


@windowed
async def test_ctrl_enter_connects_and_the_row_says_so(desk: Desk) -> None:
    async with serving(echo) as url:
        view = await open_workspace(desk, url)
        view.tree.setFocus()
        view.tree.select(ONE)
        desk.press("Ctrl+Return")
        await desk.until_state(ConnectionState.OPEN)
        await desk.until(lambda: ONE in view.model.live)
        assert not is_preview(desk, 0)
        desk.press("F5")
        await desk.until(lambda: ONE not in view.model.live)


@windowed
async def test_one_request_in_two_tabs_named_by_the_user(desk: Desk) -> None:
    async with serving(echo) as url:
        view = await open_workspace(desk, url)
        view.tree.setFocus()
        view.tree.select(ONE)
        desk.press("Return", "Ctrl+Shift+D")
        assert titles(desk) == ["One", "One"]
        desk.press("Shift+F2")
        await desk.until(lambda: desk.sheet(NameSheet))
        desk.type("Alice")
        desk.press("Return")
        await desk.until(lambda: titles(desk) == ["One", "Alice"])
        for number in (1, 2):
            desk.press(f"Ctrl+{number}", "F5")
            await desk.until_state(ConnectionState.OPEN)
        assert len({id(talk) for talk in desk.window.conversations()}) == 2


@windowed
async def test_a_saved_message_is_sent_from_the_tree(desk: Desk) -> None:
    async with serving(echo) as url:
        view = await open_workspace(desk, url)
        view.tree.expand(view.model.index_of(ONE))
        view.tree.setFocus()
        view.tree.select(f"{ONE}\n0")
        desk.press("Ctrl+Return")
        await desk.until(lambda: desk.tab.viewer.timeline.row_count >= 3)
        assert titles(desk) == ["One"]


@windowed
async def test_a_message_is_dragged_from_the_tree_onto_the_composer(desk: Desk) -> None:
    view = await open_workspace(desk)
    desk.window.open_request(TWO)
    row = view.model.row_of(f"{ONE}\n0")
    assert row is not None
    composer = desk.tab.panes.composer
    drop_on(composer, mime_of([row]), QPointF(composer.rect().center()))
    await desk.until(lambda: "hello" in composer.editor.toPlainText())
    assert titles(desk) == ["Two"]


@windowed
async def test_tabs_follow_a_renamed_request(desk: Desk, tmp_path: Path) -> None:
    view = await open_workspace(desk)
    click(view, ONE)
    desk.workbench.services.library.rename(ONE, "First")
    await desk.until(lambda: titles(desk) == ["First"])
    assert desk.tab.request_id == "Orders/First.ws.yaml"
    click(view, "Orders/First.ws.yaml")
    assert titles(desk) == ["First"]


@windowed
async def test_the_row_of_the_tab_in_front_is_selected(desk: Desk) -> None:
    view = await open_workspace(desk)
    desk.window.open_request(ONE)
    desk.window.open_request(TWO)
    assert [row.name for row in view.tree.selected_rows()] == ["Two"]
    desk.press("Ctrl+1")
    assert [row.name for row in view.tree.selected_rows()] == ["One"]


@windowed
async def test_a_request_is_moved_by_asking_where(desk: Desk) -> None:
    view = await open_workspace(desk)
    view.tree.setFocus()
    view.tree.select(ONE)
    view.actions_.run("move_to")
    await desk.until(lambda: desk.sheet(MoveSheet))
    desk.type("later")
    desk.press("Return")
    await desk.until(lambda: view.model.parent_key("Orders/Later/One.ws.yaml") == "Orders/Later")


@windowed
async def test_deleting_offers_an_undo_in_a_toast(desk: Desk) -> None:
    view = await open_workspace(desk)
    view.tree.setFocus()
    view.tree.select(ONE)
    desk.press("Del")
    await desk.until_toast("Deleted “One”.")
    await desk.until(lambda: not view.model.index_of(ONE).isValid())
    desk.click(desk.button("Undo"))
    await desk.until(lambda: view.model.index_of(ONE).isValid())


@windowed
async def test_a_request_is_made_named_filled_and_saved_by_keyboard(desk: Desk) -> None:
    view = await open_workspace(desk)
    desk.press("Alt+Shift+K")
    await desk.until(lambda: isinstance(desk.focus, RenameEdit))
    desk.type("Mine")
    desk.press("Return")
    await desk.until(lambda: view.model.index_of("Mine").isValid())
    desk.press("Alt+Shift+N")
    await desk.until(lambda: isinstance(desk.focus, RenameEdit))
    desk.type("First")
    desk.press("Return")
    await desk.until(lambda: view.model.index_of("Mine/First.ws.yaml").isValid())
    await desk.until(lambda: titles(desk) == ["First"])
    desk.press("Ctrl+L")
    desk.type("ws://127.0.0.1:9/")
    desk.press("Ctrl+S")
    file = desk.folder / "workspace" / "Mine" / "First.ws.yaml"
    await desk.until(lambda: "ws://127.0.0.1:9/" in file.read_text())


@windowed
async def test_previews_and_their_requests_come_back(desk: Desk) -> None:
    view = await open_workspace(desk)
    click(view, ONE)
    QTest.mouseDClick(view.tree.viewport(), Qt.MouseButton.LeftButton, pos=spot(view, ONE))
    click(view, TWO)
    await desk.restart()
    await desk.until(lambda: titles(desk) == ["One", "Two"])
    assert is_preview(desk, 1)
    assert not desk.window.conversations()[0].recording


@windowed
async def test_the_profiles_own_workspace_has_samples(desk: Desk) -> None:
    view = desk.window.sidebar.collections
    await desk.until(lambda: view.model.rowCount() > 0)
    row = view.model.row_at(view.model.index(0, 0))
    assert row is not None
    assert row.count == 6


@windowed
async def test_a_start_with_a_folder_that_is_no_workspace_says_so_until_it_is_seen_to(desk: Desk) -> None:
    library = desk.workbench.services.library
    await desk.until(lambda: library.root is not None)
    folder = desk.folder / "plain"
    folder.mkdir()
    notices = desk.window.tabs.notices
    desk.window.open_workspace(folder)
    bar = notices.bar("workspace")
    assert bar is not None
    assert bar.text == f"{folder} is no workspace: it has no wireyard.yaml. Your own workspace is shown instead."
    desk.window.open_workspace(desk.folder / "gone")
    bar = notices.bar("workspace")
    assert bar is not None
    assert "There is no folder" in bar.text
    desk.window.open_workspace(folder)
    bar = notices.bar("workspace")
    assert bar is not None
    desk.click(desk.button("Make it one", bar))
    await desk.until(lambda: library.root == folder)
    await desk.until(lambda: notices.topics == ())


@windowed
async def test_a_folder_that_is_no_workspace_can_be_made_one(desk: Desk) -> None:
    folder = desk.folder / "plain"
    folder.mkdir()
    library = desk.workbench.services.library
    await desk.until(lambda: library.root is not None)
    desk.window.run("open_workspace")
    await desk.choose(folder)
    await desk.until_toast("is no workspace")
    desk.click(desk.button("Make it one"))
    await desk.until(lambda: library.root == folder)
