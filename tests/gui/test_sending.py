"""Sending in the real window: first connecting where needed, again, changed, and what can't go out any more."""

from __future__ import annotations

import asyncio

from tests.helpers.raw_server import Peer, raw_server, unused_port
from tests.helpers.scripted_server import deaf_until, echo, listen, serving
from tests.helpers.window import Desk, windowed
from websockets.asyncio.server import ServerConnection

from wireyard.domain.event import Message
from wireyard.domain.frame import Direction, Opcode
from wireyard.gui.widgets.state import ConnectionState

OPEN, CLOSED, ERROR = ConnectionState.OPEN, ConnectionState.CLOSED, ConnectionState.ERROR


def messages(desk: Desk) -> list[Message]:
    return [event for event in desk.events() if isinstance(event, Message)]


def sent(desk: Desk) -> list[tuple[str, bytes]]:
    return [(event.state, event.payload) for event in messages(desk) if event.direction is Direction.SENT]


async def write(desk: Desk, text: str) -> None:
    desk.press("Ctrl+Shift+1")
    await desk.until(desk.tab.panes.composer.editor.hasFocus)
    desk.press("Ctrl+A")
    desk.type(text)


async def pick(desk: Desk, *keys: str) -> None:
    """Go to the list and press keys there."""
    desk.tab.viewer.timeline.list_widget.setFocus()
    desk.press(*keys)


@windowed
async def test_connect_and_send_holds_the_message_until_open(desk: Desk) -> None:
    release = asyncio.Event()
    got: list[bytes] = []

    async def late(peer: Peer) -> None:
        await release.wait()
        await peer.accept()
        got.append((await peer.read_frame()).payload)
        await peer.read_to_end()

    async with raw_server(late) as server:
        desk.window.open_address(server.url)
        await write(desk, "first words")
        assert desk.tab.panes.composer.send_button.text() == "Connect and send"
        desk.press("Ctrl+Return")
        await desk.until(lambda: server.connections)
        assert got == []
        release.set()
        await desk.until(lambda: got == [b"first words"])
        await desk.until(lambda: sent(desk) == [("sent", b"first words")])


@windowed
async def test_held_messages_of_an_attempt_that_fails_say_that_they_were_not_sent(desk: Desk) -> None:
    desk.window.open_address(f"ws://127.0.0.1:{unused_port()}")
    await write(desk, "lost?")
    desk.press("Ctrl+Return")
    await desk.until_state(ERROR)
    await desk.until(lambda: sent(desk) == [("failed", b"lost?")])
    assert desk.tab.panes.composer.draft().text == "lost?"


@windowed
async def test_what_is_sent_while_closing_says_that_it_was_not_sent(desk: Desk) -> None:
    over = asyncio.Event()
    async with serving(deaf_until(over)) as url:
        await desk.connect(url)
        await write(desk, "too late")
        desk.press("F5")
        await desk.until_state(ConnectionState.CLOSING)
        desk.press("Ctrl+Return")
        await desk.until(lambda: sent(desk) == [("failed", b"too late")])
        assert "closing" in messages(desk)[0].note
        over.set()
        await desk.until(lambda: desk.state in (CLOSED, ERROR))


@windowed
async def test_resending_without_a_connection_says_that_it_was_not_sent(desk: Desk) -> None:
    async with serving(listen) as url:
        await desk.connect(url)
        await write(desk, "again")
        desk.press("Ctrl+Return")
        await desk.until(lambda: sent(desk) == [("sent", b"again")])
        desk.press("F5")
        await desk.until_state(CLOSED)
        await desk.until(lambda: desk.tab.viewer.timeline.row_count == 3)
        await pick(desk, "Home", "Down", "R")
        await desk.until(lambda: sent(desk) == [("sent", b"again"), ("failed", b"again")])
        assert desk.state is CLOSED


@windowed
async def test_connect_and_send_works_again_after_the_close(desk: Desk) -> None:
    async with serving(echo) as url:
        await desk.connect(url)
        desk.press("F5")
        await desk.until_state(CLOSED)
        await write(desk, "back")
        desk.press("Ctrl+Return")
        await desk.until_state(OPEN)
        await desk.until(lambda: [m.payload for m in messages(desk)] == [b"back", b"back"])


@windowed
async def test_a_received_message_can_be_sent_as_it_is(desk: Desk) -> None:
    got: list[str | bytes] = []

    async def greet(connection: ServerConnection) -> None:
        await connection.send(b"\x00\xffbytes")
        while True:
            got.append(await connection.recv())

    async with serving(greet) as url:
        await desk.connect(url)
        await desk.until(lambda: desk.tab.viewer.timeline.row_count == 2)
        await pick(desk, "End", "R")
        await desk.until(lambda: got == [b"\x00\xffbytes"])


@windowed
async def test_edit_and_resend_puts_it_into_the_message_first(desk: Desk) -> None:
    got: list[str | bytes] = []

    async def greet(connection: ServerConnection) -> None:
        await connection.send('{"a":1}')
        while True:
            got.append(await connection.recv())

    async with serving(greet) as url:
        await desk.connect(url)
        await desk.until(lambda: desk.tab.viewer.timeline.row_count == 2)
        desk.press("Ctrl+J")
        await desk.until(lambda: desk.tab.panes.is_collapsed)
        await pick(desk, "End", "E")
        await desk.until(desk.tab.panes.composer.editor.hasFocus)
        assert (desk.tab.panes.composer.draft().text, got) == ('{"a":1}', [])
        desk.press("Ctrl+End", "Backspace")
        desk.type(',"b":2}')
        desk.press("Ctrl+Return")
        await desk.until(lambda: got == ['{"a":1,"b":2}'])


@windowed
async def test_hex_goes_out_as_binary(desk: Desk) -> None:
    async with serving(echo) as url:
        await desk.connect(url)
        desk.tab.panes.composer.set_format("hex")
        await write(desk, "de ad be ef")
        desk.press("Ctrl+Return")
        await desk.until(lambda: len(messages(desk)) == 2)
    assert [(m.opcode, m.payload) for m in messages(desk)] == [(Opcode.BINARY, b"\xde\xad\xbe\xef")] * 2


@windowed
async def test_tabs_talk_side_by_side(desk: Desk) -> None:
    async with serving(echo) as url:
        for name in ("one", "two", "three"):
            await desk.connect(f"{url}{name}")
        for number, name in enumerate(("one", "two", "three"), start=1):
            desk.press(f"Ctrl+{number}")
            await write(desk, name)
            desk.press("Ctrl+Return")
        for number, name in enumerate(("one", "two", "three"), start=1):
            desk.press(f"Ctrl+{number}")
            await desk.until(lambda: len(messages(desk)) == 2)
            assert {message.payload for message in messages(desk)} == {name.encode()}


@windowed
async def test_a_tab_in_the_background_is_marked_until_it_is_looked_at(desk: Desk) -> None:
    speak = asyncio.Event()

    async def talk(connection: ServerConnection) -> None:
        await speak.wait()
        await connection.send("psst")
        await connection.wait_closed()

    async with serving(talk) as url:
        await desk.connect(url)
        quiet = desk.tab
        desk.press("Ctrl+T")
        assert not quiet.tab_facts().is_unread
        speak.set()
        await desk.until(lambda: quiet.tab_facts().is_unread)
        assert desk.window.tabs.strip.facts(0).is_unread
        desk.press("Ctrl+Tab")
        assert not quiet.tab_facts().is_unread
        assert not desk.window.tabs.strip.facts(0).is_unread
