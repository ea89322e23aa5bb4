"""The window by keyboard: regions, the ladder of Esc, find, tabs, menu and the page of keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from tests.helpers.scripted_server import echo, serving
from tests.helpers.window import Desk, windowed
from tests.helpers.workspaces import open_workspace
from websockets.asyncio.server import ServerConnection

from wireyard.gui.commands import COMMANDS
from wireyard.gui.inspector.code_view import CodeView
from wireyard.gui.request.setting_row import SettingRow
from wireyard.gui.request.settings_pane import SettingsPane
from wireyard.gui.tabs.welcome_tab import WelcomeTab
from wireyard.gui.widgets.state import ConnectionState
from wireyard.gui.window.about_sheet import AboutSheet
from wireyard.gui.window.keys_sheet import KeysSheet


async def greet(connection: ServerConnection) -> None:
    for number in range(5):
        await connection.send(f'{{"n": {number}}}')
    await connection.wait_closed()


ONE = """wireyard: 1
url: ws://127.0.0.1:1/
messages:
  - name: join
    body: hello
"""


def names(widget: QWidget) -> str:
    said = widget.accessibleName() or getattr(widget, "text", lambda: "")()
    return said.partition(",")[0]


def holds(part: QWidget, focus: QWidget) -> bool:
    return part is focus or part.isAncestorOf(focus)


async def connected(desk: Desk, url: str) -> None:
    await desk.connect(url)
    await desk.until(lambda: desk.tab.viewer.timeline.row_count == 6)


@windowed
async def test_f6_goes_round_all_regions_and_back(desk: Desk) -> None:
    async with serving(greet) as url:
        await connected(desk, url)
        tab, window = desk.tab, desk.window
        tab.viewer.timeline.select(6)
        await desk.until(tab.viewer.inspector.isVisible)
        tab.bar.url.setFocus()
        parts = [
            tab.panes.composer.editor,
            tab.viewer.timeline.toolbar,
            tab.viewer.timeline.list_widget,
            tab.viewer.inspector,
            window.status,
            window.rail,
            window.sidebar,
            window.tabs.strip.bar,
            tab.bar.url,
        ]
        for part in parts:
            desk.press("F6")
            assert holds(part, desk.focus), (part, desk.focus)
        for part in reversed(parts[:-1]):
            desk.press("Shift+F6")
            assert holds(part, desk.focus), (part, desk.focus)


@windowed
async def test_tab_goes_through_a_request_from_the_top_down(desk: Desk) -> None:
    files = {"A/collection.yaml": "wireyard: 1\n", "A/One.ws.yaml": ONE}
    await open_workspace(desk, files)
    desk.window.open_request("A/One.ws.yaml")
    desk.press("Ctrl+L")
    seen = [names(desk.focus)]
    while seen[-1] != "Filter messages" and len(seen) < 25:
        if desk.focus is desk.tab.panes.composer.editor:
            desk.press("Escape")  # where Tab indents
        desk.press("Tab")
        seen.append(names(desk.focus))
    assert seen == [
        "Address",
        "Environment: No environment",
        "Save",
        "Connect",
        "Request",
        "Saved messages",
        "Collapse",
        "Message",
        "Format: JSON",
        "Text",
        "Beautify",
        "Variable",
        "Repeat",
        "Connect and send",
        "Save as another message",
        "Saved messages",
        "Filter messages",
    ]


@windowed
async def test_f6_passes_what_is_not_there(desk: Desk) -> None:
    desk.press("Ctrl+T")
    desk.press("Ctrl+J")
    assert desk.tab.panes.is_collapsed
    seen: list[QWidget] = []
    for _ in range(8):
        desk.press("F6")
        assert desk.focus.isVisible()
        seen.append(desk.focus)
    assert len(set(seen)) >= 4


@windowed
async def test_f6_goes_from_the_sidebar_to_the_undo_of_a_toast(desk: Desk) -> None:
    undone: list[bool] = []
    await desk.until(desk.window.sidebar.collections.tree.isVisible)
    desk.window.offer("Deleted “Echo”.", "Undo", lambda: undone.append(True))
    desk.window.sidebar.setFocus(Qt.FocusReason.TabFocusReason)
    desk.press("F6")
    assert desk.focus is desk.button("Undo")
    desk.press("Space")
    assert undone


@windowed
async def test_after_a_start_the_keyboard_is_in_the_tab_of_last_time(desk: Desk) -> None:
    desk.window.open_address("ws://127.0.0.1:1/chat")
    await desk.restart()
    assert desk.focus is desk.tab.bar.url


@windowed
async def test_the_ladder_of_escape(desk: Desk) -> None:
    async with serving(greet) as url:
        await connected(desk, url)
        viewer = desk.tab.viewer
        viewer.timeline.list_widget.setFocus()
        desk.press("End", "Return")
        await desk.until(lambda: holds(viewer.inspector, desk.focus))
        await desk.until(lambda: isinstance(desk.focus, CodeView) and desk.focus.document is not None)
        desk.press("Ctrl+F")
        await desk.until(viewer.inspector.find_bar.isVisible)
        desk.press("Escape")
        assert not viewer.inspector.find_bar.isVisible()
        assert viewer.is_inspector_shown
        desk.press("Escape")
        await desk.until(lambda: not viewer.is_inspector_shown)
        assert viewer.timeline.list_widget.hasFocus()
        assert viewer.timeline.selected_seq is not None
        desk.press("Escape")
        assert viewer.timeline.selected_seq is None
        desk.press("Escape")
        assert viewer.timeline.list_widget.hasFocus()


@windowed
async def test_find_goes_to_the_list_or_to_the_payload(desk: Desk) -> None:
    async with serving(greet) as url:
        await connected(desk, url)
        viewer = desk.tab.viewer
        desk.tab.panes.composer.editor.setFocus()
        desk.press("Ctrl+F")
        assert holds(viewer.timeline.toolbar, desk.focus)
        desk.type('"n": 3')
        await desk.until(lambda: viewer.timeline.row_count == 1)
        desk.press("Ctrl+Shift+L")
        await desk.until(lambda: viewer.timeline.row_count == 6)


@windowed
async def test_pause_clear_and_undo(desk: Desk) -> None:
    async with serving(greet) as url:
        await connected(desk, url)
        desk.press("Ctrl+P")
        assert desk.tab.viewer.timeline.is_paused
        desk.press("Ctrl+P", "Ctrl+Shift+Del")
        assert desk.tab.viewer.timeline.row_count == 0
        await desk.until_toast("The recording is untouched")
        desk.click(desk.button("Undo"))
        assert desk.tab.viewer.timeline.row_count == 6
        assert len(desk.events()) >= 6


@windowed
async def test_tabs_by_number_and_in_turn(desk: Desk) -> None:
    for name in ("one", "two", "three"):
        desk.window.open_address(f"ws://{name}")
    for keys, name in (
        ("Ctrl+1", "one"),
        ("Ctrl+3", "three"),
        ("Ctrl+9", "three"),
        ("Ctrl+Tab", "one"),
        ("Ctrl+Shift+Tab", "three"),
        ("Ctrl+PgUp", "two"),
    ):
        desk.press(keys)
        assert desk.tab.title == name, keys


@windowed
async def test_the_menu_opens_by_f10_and_runs_its_first_command(desk: Desk) -> None:
    desk.press("F10")
    await desk.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions() if action.text()][:2] == ["New tab", "New window"]
    menu.actions()[0].trigger()
    menu.close()
    assert desk.tab.bar.address == ""


@pytest.mark.parametrize(("command", "sheet"), [("show_keys", KeysSheet), ("show_about", AboutSheet)])
@windowed
async def test_sheets_open_and_close_by_keyboard(desk: Desk, command: str, sheet: type[QWidget]) -> None:
    desk.window.run(command)
    await desk.until(lambda: desk.sheet(sheet))
    desk.press("Ctrl+T")
    assert len(desk.window.tabs) == 1
    desk.press("Escape")
    await desk.until(lambda: desk.sheet(sheet) is None)
    desk.window.run(command)
    await desk.until(lambda: desk.sheet(sheet))
    desk.press("Return")
    await desk.until(lambda: desk.sheet(sheet) is None)


@windowed
async def test_f1_shows_every_key_that_there_is(desk: Desk) -> None:
    desk.press("F1")
    await desk.until(lambda: desk.sheet(KeysSheet))
    said = desk.texts()
    assert [command.text for command in COMMANDS if command.keys and command.text not in said] == []


def test_no_two_commands_have_the_same_key() -> None:
    keys = [QKeySequence(key).toString() for command in COMMANDS if not command.is_local for key in command.keys]
    keys += [QKeySequence(f"Ctrl+{number}").toString() for number in range(1, 10)]
    assert len(keys) == len(set(keys))
    assert "" not in keys


@windowed
async def test_every_command_of_the_window_does_something(desk: Desk) -> None:
    async with serving(echo) as url:
        await desk.connect(url)
        known = {command.name for command in COMMANDS if not command.is_local}
        for name in sorted(known - {"quit", "open_menu", "open_file"}):
            desk.window.run(name)
            while desk.is_sheet_open:
                desk.press("Escape")
        assert desk.window.isVisible()


@windowed
async def test_tab_goes_through_all_settings_of_a_request_in_their_order(desk: Desk) -> None:
    desk.window.open_address("wss://h.example/")
    desk.press("Ctrl+Shift+5")
    pane = desk.tab.panes.pane("settings")
    assert isinstance(pane, SettingsPane)
    await desk.until(lambda: pane.is_complete)
    rows = [row for row in (pane.row(*key) for key in pane.keys) if row.isVisible()]
    came_to: list[SettingRow] = []
    for _ in range(4 * len(rows)):
        row = next((row for row in rows if holds(row, desk.focus)), None)
        if row is None:
            break
        if row not in came_to:
            came_to.append(row)
        desk.press("Tab")
    assert came_to == rows


@windowed
async def test_a_failure_that_takes_the_composers_room_leaves_the_keyboard_on_the_next_try(desk: Desk) -> None:
    desk.window.open_address("ws://127.0.0.1:1/")
    desk.press("Ctrl+Shift+1")
    assert desk.focus is desk.tab.panes.composer.editor
    desk.press("F5")
    await desk.until_state(ConnectionState.ERROR)
    assert desk.tab.panes.is_collapsed
    assert desk.focus is desk.tab.bar.button


@windowed
async def test_the_keyboard_goes_on_in_the_tab_that_is_left(desk: Desk) -> None:
    desk.press("Ctrl+T")
    desk.type("ws://127.0.0.1:1/a")
    desk.press("Ctrl+Shift+1")
    first = desk.tab
    desk.press("Ctrl+T")
    desk.type("ws://127.0.0.1:1/b")
    desk.press("Ctrl+W")
    await desk.until(lambda: len(desk.window.tabs) == 1)
    assert desk.focus is first.panes.composer.editor
    desk.press("Ctrl+W")
    await desk.until(lambda: desk.window.tabs.current is not first)
    assert isinstance(desk.window.tabs.current, WelcomeTab)
    assert holds(desk.window.tabs.current, desk.focus)
