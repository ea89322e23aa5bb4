"""Workflow W9: saved messages in groups with notes, and one request open twice, as Alice and as Bob."""

from __future__ import annotations

from tests.helpers.scripted_server import serving
from tests.helpers.window import Desk, windowed
from tests.helpers.workspaces import come_back, open_workspace
from websockets.asyncio.server import ServerConnection, broadcast

from wireyard.gui.composer.draft import Draft
from wireyard.gui.request.message_sheet import MessageSheet
from wireyard.gui.tabs.request_tab import RequestTab
from wireyard.gui.widgets.state import ConnectionState
from wireyard.gui.window.name_sheet import NameSheet
from wireyard.gui.window.questions import CloseQuestion

ROOM = "Chat/Room.ws.yaml"
OTHER = "Chat/Other.ws.yaml"


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


async def keep(desk: Desk, name: str, body: str, group: str, note: str) -> None:
    """Write a message and save it with the keyboard."""
    tab = desk.tab
    tab.panes.composer.set_draft(Draft("json", body))
    desk.click(tab.shelf.column.add_button)
    await desk.until(lambda: desk.sheet(MessageSheet))
    sheet = desk.sheet(MessageSheet)
    assert sheet is not None
    for field, text in ((sheet.name, name), (sheet.group, group), (sheet.note, note)):
        field.setFocus()
        field.selectAll()
        desk.type(text)
    await come_back(desk)
    desk.press("Return")
    await desk.until(lambda: name in [message.name for message in tab.shelf.messages])


async def call(desk: Desk, label: str, user: str) -> RequestTab:
    """Name the tab in front and give it a value of its own."""
    desk.press("Shift+F2")
    await desk.until(lambda: desk.sheet(NameSheet))
    desk.type(label)
    desk.press("Return")
    await desk.until(lambda: desk.tab.title == label)
    desk.tab.room.show_session_variables()
    for text in ("user", user):
        for char in text:
            desk.type(char)
        desk.press("Tab")
    return desk.tab


@windowed
async def test_alice_and_bob_in_one_room(desk: Desk) -> None:
    server = Server()
    async with serving(server.talk) as url:
        collection = "wireyard: 1\n"
        room = f"wireyard: 1\nurl: {url}\n"
        root = await open_workspace(desk, {"Chat/collection.yaml": collection, ROOM: room, OTHER: room})
        desk.window.open_request(ROOM)
        for name, group in (("say", "Talk"), ("shout", "Talk"), ("leave", ""), ("whisper", "Talk"), ("join", "")):
            await keep(desk, name, f'{{"{name}":"{{{{user}}}}"}}', group, f"note of {name}")
        assert [each.name for each in desk.tab.shelf.messages] == ["leave", "join", "say", "shout", "whisper"]
        desk.tab.shelf.column.list.setFocus()
        rows = desk.tab.shelf.column.model
        desk.tab.shelf.column.list.setCurrentIndex(rows.index(rows.row_of(1)))
        desk.press("Alt+Shift+Up")
        assert [each.name for each in desk.tab.shelf.messages][:2] == ["join", "leave"]
        text = (root / ROOM).read_text(encoding="utf-8")
        assert text.count("note of") == 5
        assert "{{user}}" in text

        alice = await call(desk, "Alice", "alice")
        desk.press("Ctrl+Shift+D")
        assert desk.tab is not alice
        bob = await call(desk, "Bob", "bob")
        assert alice.request_id == bob.request_id == ROOM

        for player in (alice, bob):
            desk.window.tabs.bring(player)
            await come_back(desk)
            desk.press("Alt+1")
            await desk.until_state(ConnectionState.OPEN)
        await desk.until(lambda: server.heard == ['{"join":"alice"}', '{"join":"bob"}'])
        await desk.until(lambda: alice.conversation.received_count == 2)

        desk.window.tabs.bring(alice)
        desk.press("Ctrl+Shift+1")
        alice.panes.composer.editor.set_text("half a thought")
        desk.window.open_request(OTHER)
        desk.window.tabs.bring(bob)
        desk.press("Alt+3")
        await desk.until(lambda: alice.conversation.received_count == 3)
        await desk.until(lambda: alice.tab_facts().is_unread)
        desk.window.tabs.bring(alice)
        assert alice.panes.composer.draft().text == "half a thought"

        desk.press("Ctrl+W")
        await desk.until(lambda: desk.sheet(CloseQuestion))
        desk.press("Return")
        await desk.until(lambda: server.codes == [1000])
        desk.window.tabs.bring(bob)
        assert desk.state is ConnectionState.OPEN
        desk.press("Alt+3")
        await desk.until(lambda: server.heard[-1] == '{"say":"bob"}' and len(server.heard) == 4)
