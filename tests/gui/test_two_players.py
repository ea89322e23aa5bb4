"""Workflow W9, by keyboard alone and by mouse alone: saved messages in groups with notes and in order, and one request
open twice, as Alice and as Bob."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from tests.helpers.hands import Keyboard, Mouse
from tests.helpers.scripted_server import serving
from tests.helpers.window import Desk, windowed
from tests.helpers.workspaces import come_back, open_workspace
from websockets.asyncio.server import ServerConnection, broadcast

from wireyard.gui.request.message_sheet import MessageSheet
from wireyard.gui.request.messages_column import MessagesColumn
from wireyard.gui.request.variables_pane import VariablesPane
from wireyard.gui.tabs.request_tab import RequestTab
from wireyard.gui.widgets.state import ConnectionState
from wireyard.gui.window.name_sheet import NameSheet
from wireyard.gui.window.questions import CloseQuestion

ROOM, OTHER = "Chat/Room.ws.yaml", "Chat/Other.ws.yaml"
MESSAGES = (("say", "Talk"), ("shout", "Talk"), ("leave", "Door"), ("whisper", "Talk"), ("join", "Door"))
AS_SAVED = ["say", "shout", "whisper", "leave", "join"]
IN_ORDER = ["say", "whisper", "shout", "join", "leave"]
DRAFT = "half a thought"


class Server:
    """A room: what one says all hear."""

    def __init__(self) -> None:
        self.there: set[ServerConnection] = set()
        self.heard: list[str] = []
        self.codes: list[int | None] = []

    async def talk(self, connection: ServerConnection) -> None:
        self.there.add(connection)
        async for message in connection:
            self.heard.append(str(message))
            broadcast(self.there, message)
        self.there.discard(connection)
        self.codes.append(connection.close_code)


async def a_room(desk: Desk, url: str) -> Path:
    request = f"wireyard: 1\nurl: {url}\n"
    root = await open_workspace(desk, {"Chat/collection.yaml": "wireyard: 1\n", ROOM: request, OTHER: request})
    await desk.until(lambda: desk.window.sidebar.collections.model.index_of(ROOM).isValid())
    return root


def body(name: str) -> str:
    return f'{{"{name}":"{{{{user}}}}"}}'


def saved(desk: Desk) -> list[str]:
    return [message.name for message in desk.tab.shelf.messages]


def tabs(desk: Desk) -> list[str]:
    return [tab.title for tab in desk.window.tabs]


async def both_joined(desk: Desk, server: Server, alice: RequestTab, bob: RequestTab) -> None:
    await desk.until(lambda: server.heard == ['{"join":"alice"}', '{"join":"bob"}'])
    await desk.until(lambda: (alice.conversation.received_count, bob.conversation.received_count) == (2, 1))
    assert alice.request_id == bob.request_id == ROOM


async def alice_left(desk: Desk, server: Server, bob: RequestTab) -> None:
    await desk.until(lambda: server.codes == [1000])
    assert len(server.there) == 1
    assert bob.tab_facts().state is ConnectionState.OPEN


def assert_kept(root: Path) -> None:
    """The file has the messages in order, with their notes and the variable as it was typed."""
    text = (root / ROOM).read_text(encoding="utf-8")
    places = [text.index(f"name: {name}") for name in IN_ORDER]
    assert places == sorted(places)
    assert all(f"note: about {name}" in text for name in IN_ORDER)
    assert text.count("{{user}}") == 5


async def nothing_missed(desk: Desk, alice: RequestTab) -> None:
    """Alice was in the back while Bob spoke."""
    await desk.until(lambda: alice.conversation.received_count == 3)
    await desk.until(lambda: alice.tab_facts().is_unread)


async def assert_as_left(desk: Desk, alice: RequestTab) -> None:
    assert desk.tab is alice
    assert alice.panes.composer.draft().text == DRAFT
    await desk.until(lambda: alice.viewer.timeline.row_count == 5)  # connected, join, and what three times was heard
    assert not alice.tab_facts().is_unread


# ---------------------------------------------------------------------------------------------------------- by keyboard


async def keep_by_keyboard(desk: Desk, keys: Keyboard, name: str, group: str) -> None:
    keys.press("Ctrl+Shift+1", "Ctrl+A")
    keys.type(body(name))
    await come_back(desk)  # after the list of variables
    keys.press("Alt+Shift+S")
    await desk.until(lambda: desk.sheet(MessageSheet))
    keys.type(name)
    keys.press("Tab")
    keys.type(group)
    await come_back(desk)  # after the list of groups
    keys.press("Tab")
    keys.type(f"about {name}")
    keys.press("Return")
    await desk.until(lambda: name in saved(desk))


async def name_by_keyboard(desk: Desk, keys: Keyboard, label: str, user: str) -> RequestTab:
    keys.press("Shift+F2")
    await desk.until(lambda: desk.sheet(NameSheet))
    keys.type(label)
    keys.press("Return")
    await desk.until(lambda: desk.tab.title == label)
    keys.press("Alt+Shift+V")
    keys.type("user")
    keys.press("Tab")
    keys.type(user)
    keys.press("Return")
    return desk.tab


@windowed
async def test_by_keyboard_alone(desk: Desk) -> None:
    server, keys = Server(), Keyboard(desk)
    async with serving(server.talk) as url:
        root = await a_room(desk, url)
        keys.press("Ctrl+K")
        keys.type("room")
        keys.press("Return")
        await desk.until(lambda: tabs(desk) == ["Room"])
        for name, group in MESSAGES:
            await keep_by_keyboard(desk, keys, name, group)
        assert saved(desk) == AS_SAVED
        keys.press("Alt+0", "Alt+Shift+Up", "Up", "Alt+Shift+Up")
        await desk.until(lambda: saved(desk) == IN_ORDER)
        assert_kept(root)

        keys.press("Ctrl+Shift+D", "Ctrl+1")
        alice = await name_by_keyboard(desk, keys, "Alice", "alice")
        keys.press("Ctrl+2")
        bob = await name_by_keyboard(desk, keys, "Bob", "bob")
        assert tabs(desk) == ["Alice", "Bob"]

        keys.press("Ctrl+1", "Alt+0", "Home", "Down", "Down", "Down", "Ctrl+Return")
        await desk.until(lambda: server.heard)
        keys.press("Ctrl+2", "Alt+4")
        await both_joined(desk, server, alice, bob)

        keys.press("Ctrl+1", "Ctrl+Shift+1", "Ctrl+A")
        keys.type(DRAFT)
        keys.press("Ctrl+K")
        keys.type("other")
        keys.press("Return")
        await desk.until(lambda: tabs(desk) == ["Alice", "Bob", "Other"])
        keys.press("Ctrl+2", "Alt+1", "Ctrl+3")
        await nothing_missed(desk, alice)
        keys.press("Ctrl+1")
        await assert_as_left(desk, alice)

        keys.press("Ctrl+W")
        await desk.until(lambda: desk.sheet(CloseQuestion))
        keys.press("Return")
        await alice_left(desk, server, bob)
        keys.press("Ctrl+1", "Alt+1")
        await desk.until(lambda: len(server.heard) == 4)
        assert desk.tab is bob


# ------------------------------------------------------------------------------------------------------------- by mouse


def click_row(desk: Desk, mouse: Mouse, key: str, *, twice: bool = False) -> None:
    """Click a row of the tree at its name."""
    tree = desk.window.sidebar.collections.tree
    box = tree.visualRect(desk.window.sidebar.collections.model.index_of(key))
    act = mouse.double_click if twice else mouse.click
    act(tree.viewport(), QPoint(tree.delegate.metrics.text_x + box.x() + 40, box.center().y()))


def spot(column: MessagesColumn, name: str, x: int = 120) -> QPoint:
    """A place on a saved message: its arrow is at the front."""
    number = next(line.number for line in column.model.lines if line.message is not None and line.message.name == name)
    return QPoint(x, column.list.visualRect(column.model.index(column.model.row_of(number))).center().y())


def drag_over(desk: Desk, mouse: Mouse, name: str, other: str) -> None:
    """Drag a saved message to above another."""
    column = desk.tab.shelf.column
    above = spot(column, other)
    height = column.list.visualRect(column.model.index(1)).height()
    mouse.drag(column.list, spot(column, name), above - QPoint(0, height // 2 - 2))


async def keep_by_mouse(desk: Desk, mouse: Mouse, name: str, group: str) -> None:
    composer = desk.tab.panes.composer
    await desk.until(lambda: mouse.sees(composer.editor, QPoint(90, 14)))
    mouse.click(composer.editor, QPoint(90, 14))
    desk.press("Ctrl+A")  # a text is typed over
    mouse.type(body(name))
    await come_back(desk)
    mouse.click(desk.tab.shelf.column.add_button)
    await desk.until(lambda: desk.sheet(MessageSheet))
    sheet = desk.sheet(MessageSheet)
    assert sheet is not None
    mouse.double_click(sheet.name)
    desk.press("Ctrl+A")
    mouse.type(name)
    for field, text in ((sheet.group, group), (sheet.note, f"about {name}")):
        mouse.click(field)
        mouse.type(text)
        await come_back(desk)
    mouse.click(sheet.save_button)
    await desk.until(lambda: name in saved(desk))


async def name_by_mouse(desk: Desk, mouse: Mouse, place: int, label: str, user: str) -> RequestTab:
    bar = desk.window.tabs.strip.bar
    mouse.click(bar, bar.tabRect(place).center())
    mouse.click(bar, bar.tabRect(place).center(), Qt.MouseButton.RightButton)
    mouse.choose("Name this tab…")
    await come_back(desk)  # after the menu
    await desk.until(lambda: desk.sheet(NameSheet))
    sheet = desk.sheet(NameSheet)
    assert sheet is not None
    mouse.click(sheet.edit)
    mouse.type(label)
    mouse.press_button("Name it", sheet)
    await desk.until(lambda: desk.tab.title == label)
    show_pane(desk, mouse, "variables")
    pane = desk.tab.panes.pane("variables")
    assert isinstance(pane, VariablesPane)
    mouse.press_button("This tab only", pane)
    for column, text in ((1, "user"), (2, user)):
        mouse.click_cell(pane.session.view, 0, column)
        mouse.type(text)
    return desk.tab


def show_pane(desk: Desk, mouse: Mouse, key: str) -> None:
    panes = desk.tab.panes
    mouse.click(panes.tabs, panes.tabs.tabRect(panes.index_of(key)).center())


def go_to(desk: Desk, mouse: Mouse, title: str) -> None:
    bar = desk.window.tabs.strip.bar
    mouse.click(bar, bar.tabRect(tabs(desk).index(title)).center())


def send_saved(desk: Desk, mouse: Mouse, name: str) -> None:
    """Click the arrow before a saved message."""
    show_pane(desk, mouse, "message")
    column = desk.tab.shelf.column
    mouse.click(column.list.viewport(), spot(column, name, 20))


@windowed
async def test_by_mouse_alone(desk: Desk) -> None:
    server, mouse = Server(), Mouse(desk)
    async with serving(server.talk) as url:
        root = await a_room(desk, url)
        click_row(desk, mouse, ROOM, twice=True)
        await desk.until(lambda: tabs(desk) == ["Room"])
        for name, group in MESSAGES:
            await keep_by_mouse(desk, mouse, name, group)
        assert saved(desk) == AS_SAVED
        drag_over(desk, mouse, "whisper", "shout")
        await desk.until(lambda: saved(desk)[1] == "whisper")
        drag_over(desk, mouse, "join", "leave")
        await desk.until(lambda: saved(desk) == IN_ORDER)
        assert_kept(root)

        bar = desk.window.tabs.strip.bar
        mouse.click(bar, bar.tabRect(0).center(), Qt.MouseButton.RightButton)
        mouse.choose("Open the request in another tab")
        await come_back(desk)  # after the menu
        await desk.until(lambda: len(desk.window.tabs) == 2)
        alice = await name_by_mouse(desk, mouse, 0, "Alice", "alice")
        bob = await name_by_mouse(desk, mouse, 1, "Bob", "bob")
        assert tabs(desk) == ["Alice", "Bob"]

        go_to(desk, mouse, "Alice")
        send_saved(desk, mouse, "join")
        await desk.until(lambda: server.heard)
        go_to(desk, mouse, "Bob")
        send_saved(desk, mouse, "join")
        await both_joined(desk, server, alice, bob)

        go_to(desk, mouse, "Alice")
        mouse.click(alice.panes.composer.editor, QPoint(90, 14))
        desk.press("Ctrl+A")
        mouse.type(DRAFT)
        click_row(desk, mouse, OTHER, twice=True)
        await desk.until(lambda: tabs(desk) == ["Alice", "Bob", "Other"])
        go_to(desk, mouse, "Bob")
        send_saved(desk, mouse, "say")
        go_to(desk, mouse, "Other")
        await nothing_missed(desk, alice)
        go_to(desk, mouse, "Alice")
        await assert_as_left(desk, alice)

        mouse.click(bar, bar.tabRect(0).center(), Qt.MouseButton.RightButton)
        mouse.choose("Close tab")
        await come_back(desk)  # after the menu
        await desk.until(lambda: desk.sheet(CloseQuestion))
        mouse.press_button("Disconnect and close", desk.sheet(CloseQuestion))
        await alice_left(desk, server, bob)
        go_to(desk, mouse, "Bob")
        send_saved(desk, mouse, "say")
        await desk.until(lambda: len(server.heard) == 4)
