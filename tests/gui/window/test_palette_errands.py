"""The palette in the real window: every command is in it, and what is chosen happens."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.helpers.scripted_server import serving
from tests.helpers.window import Desk, windowed
from websockets.asyncio.server import ServerConnection

from wireyard.gui.commands import COMMANDS
from wireyard.gui.palette.palette import Palette
from wireyard.gui.widgets.state import ConnectionState
from wireyard.gui.window.palette_source import WindowSource
from wireyard.workspace.model import EnvironmentFile, RequestFile, SavedMessage
from wireyard.workspace.workspace import Workspace


async def greet(connection: ServerConnection) -> None:
    for number in range(5):
        await connection.send(f"message {number}")
    async for message in connection:
        await connection.send(message)


async def open_workspace(desk: Desk, url: str = "ws://127.0.0.1:1/") -> None:
    root = desk.folder / "workspace"
    workspace = Workspace.create(root, "Test")
    workspace.create_collection("Orders")
    workspace.create_folder("Orders", "Live")
    message = SavedMessage(name="subscribe", body='{"hello": 1}')
    workspace.create_request("Orders/Live", "Order updates", RequestFile(url=url, messages=(message,)))
    workspace.create_request("Orders", "Archive", RequestFile(url="wss://archive.example/"))
    workspace.create_environment("Staging", EnvironmentFile(color="amber"))
    desk.window.open_workspace(root)
    library = desk.workbench.services.library
    await desk.until(
        lambda: library.root == root and library.tree and all(item.is_loaded for item in library.tree.walk())
    )


def palette(desk: Desk) -> Palette:
    found = desk.sheet(Palette)
    assert found is not None
    return found


def keys(desk: Desk) -> list[str]:
    model = palette(desk).model
    matches = [model.found(row) for row in range(model.rowCount())]
    return [match.entry.key for match in matches if match is not None]


@windowed
async def test_every_command_is_in_it_with_its_keys(desk: Desk) -> None:
    source = WindowSource(desk.workbench.services, desk.window.tabs, desk.window._errands.requests, desk.window.run)
    listed = {entry.key: entry for entry in source.entries() if entry.group == "actions"}
    for command in COMMANDS:
        entry = listed[f"action:{command.name}" if command.name else f"action:{command.group} {command.text}"]
        assert bool(entry.keys) is bool(command.keys)
        assert not command.is_local or entry.reason
    assert len(listed) == len(COMMANDS)


@windowed
async def test_every_command_that_can_be_run_is_one_of_the_windows(desk: Desk) -> None:
    async with serving(greet) as url:
        await desk.connect(url)
        known = set(desk.window._own_commands()) | set(desk.tab._commands())
        session = ("find", "find_next", "find_previous", "clear_filter", "toggle_pause", "clear_timeline")
        known |= {*session, "edit_preview_path", "clear_preview_path", "toggle_inspector", "toggle_secrets", "export"}
        known |= {"mark", "next_mark", "previous_mark"}
        assert {command.name for command in COMMANDS if not command.is_local} <= known


@windowed
async def test_control_k_opens_a_request(desk: Desk) -> None:
    await open_workspace(desk)
    desk.press("Ctrl+K")
    desk.type("ordup")
    assert keys(desk) == ["request:Orders/Live/Order updates.ws.yaml"]
    spoken = palette(desk).model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Order updates, Orders / Live"
    desk.press("Return")
    assert desk.tab.request_id == "Orders/Live/Order updates.ws.yaml"
    desk.press("Ctrl+K")
    assert keys(desk)[0] == "request:Orders/Live/Order updates.ws.yaml"
    desk.type("updates")
    desk.press("Ctrl+Return")
    assert len([tab for tab in desk.window.tabs if tab.request_id == desk.tab.request_id]) == 2


@windowed
async def test_the_field_in_the_strip_opens_it(desk: Desk) -> None:
    desk.click(desk.button("Search or run"))
    assert desk.sheet(Palette) is not None
    desk.press("Escape")
    assert desk.sheet(Palette) is None


@windowed
async def test_an_environment_is_switched(desk: Desk) -> None:
    await open_workspace(desk)
    desk.press("Ctrl+K")
    desk.type("#stag")
    desk.press("Return")
    library = desk.workbench.services.library
    assert library.active_environment == "Staging"
    desk.press("Ctrl+K")
    desk.type("#no env")
    desk.press("Return")
    assert library.active_environment == ""


@windowed
async def test_actions_alone_and_why_one_can_not_be_run(desk: Desk) -> None:
    desk.press("Ctrl+Shift+K")
    desk.type("reconnect")
    match = palette(desk).current
    assert match is not None
    assert (match.entry.key, match.entry.reason) == ("action:reconnect", "No request is in front")
    desk.press("Escape", "Ctrl+Shift+K")
    desk.type("new tab")
    desk.press("Return")
    assert desk.tab.bar.url.hasFocus()


@windowed
async def test_a_saved_message_is_sent(desk: Desk) -> None:
    async with serving(greet) as url:
        await open_workspace(desk, url)
        desk.press("Ctrl+K")
        desk.type("@subscribe")
        desk.press("Return")
        await desk.until_state(ConnectionState.OPEN)
        await desk.until(lambda: '{"hello": 1}' in str(desk.events()))


@windowed
async def test_alt_enter_filters_and_a_number_goes_to_its_message(desk: Desk) -> None:
    async with serving(greet) as url:
        await desk.connect(url)
        timeline = desk.tab.viewer.timeline
        await desk.until(lambda: timeline.total_rows >= 6)
        desk.press("Ctrl+K")
        desk.type("message 3")
        desk.press("Alt+Return")
        await desk.until(lambda: timeline.row_filter is not None and timeline.row_count == 1)
        desk.press("Ctrl+Shift+L")
        await desk.until(lambda: timeline.row_count >= 6)
        seq = timeline.selected_seq
        desk.press("Ctrl+K")
        desk.type(":999999")
        desk.press("Return")
        await desk.until_toast("No message 999,999")
        assert timeline.selected_seq == seq


@windowed
async def test_what_was_chosen_is_remembered_over_a_restart(desk: Desk) -> None:
    desk.press("Ctrl+Shift+K")
    desk.type("larger")
    desk.press("Return")
    assert desk.workbench.services.look.zoom_percent == 110
    await desk.restart()
    desk.press("Ctrl+K")
    assert keys(desk)[0] == "action:zoom_in"
    QTest.keyClick(desk.focus, Qt.Key.Key_Escape)


@windowed
async def test_a_request_chosen_from_the_tree_is_revealed_there_and_has_the_keyboard(desk: Desk) -> None:
    await open_workspace(desk)
    tree = desk.window.sidebar.collections.tree
    tree.setFocus(Qt.FocusReason.TabFocusReason)
    desk.press("Ctrl+K")
    desk.type("updates")
    desk.press("Return")
    await desk.until(lambda: not desk.is_sheet_open)
    assert desk.focus is desk.tab.bar.url
    assert [row.key for row in tree.selected_rows()] == ["Orders/Live/Order updates.ws.yaml"]


@windowed
async def test_what_is_saved_for_the_first_time_is_shown_in_the_tree(desk: Desk) -> None:
    await open_workspace(desk)
    desk.press("Ctrl+T")
    desk.tab.document.save_as("Orders/Live", "New")
    tree = desk.window.sidebar.collections.tree
    await desk.until(lambda: [row.key for row in tree.selected_rows()] == ["Orders/Live/New.ws.yaml"])


@windowed
async def test_what_is_read_while_the_palette_is_open_is_found_in_it(desk: Desk) -> None:
    await open_workspace(desk)
    desk.press("Ctrl+K")
    await desk.until(lambda: desk.sheet(Palette))
    desk.type("latecomer")
    assert keys(desk) == []
    desk.workbench.services.library.create_request("Orders", "Latecomer", RequestFile(url="ws://127.0.0.1:1/"))
    await desk.until(lambda: "request:Orders/Latecomer.ws.yaml" in keys(desk))
    desk.press("Return")
    await desk.until(lambda: desk.tab.title == "Latecomer")
