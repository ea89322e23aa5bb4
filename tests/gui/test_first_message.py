"""The first workflow by keyboard alone, inside the process: connect, send, read, disconnect."""

from __future__ import annotations

from tests.helpers.scripted_server import echo, serving
from tests.helpers.window import Desk, windowed

from wireyard.domain.event import Closed, Message, Opened
from wireyard.domain.frame import Direction
from wireyard.gui.widgets.state import ConnectionState


@windowed
async def test_a_person_connects_sends_reads_and_disconnects_by_keyboard(desk: Desk) -> None:
    async with serving(echo) as url:
        await desk.until(lambda: desk.focus.isVisible() and desk.focus is not desk.window)
        desk.press("Ctrl+A")
        desk.type(f"{url}echo")
        desk.press("Return")
        await desk.until_state(ConnectionState.OPEN)
        assert desk.window.windowTitle() == "127.0.0.1/echo · Wireyard"

        await desk.until(desk.tab.panes.composer.editor.hasFocus)
        desk.type('{"a":1}')
        desk.press("Ctrl+Return")
        await desk.until(lambda: desk.tab.viewer.timeline.row_count == 3)

        desk.press("F6", "F6", "End", "Return")
        await desk.until(lambda: desk.tab.viewer.inspector.isAncestorOf(desk.focus))
        desk.press("F5")
        await desk.until_state(ConnectionState.CLOSED)

    opened, sent, received, closed = [e for e in desk.events() if isinstance(e, Opened | Message | Closed)]
    assert isinstance(opened, Opened)
    assert opened.status == 101
    assert isinstance(sent, Message)
    assert (sent.direction, sent.payload) == (Direction.SENT, b'{"a":1}')
    assert isinstance(received, Message)
    assert (received.direction, received.payload) == (Direction.RECEIVED, b'{"a":1}')
    assert isinstance(closed, Closed)
    assert (closed.by, closed.code) == ("us", 1000)
    assert desk.tab.bar.pill.text().startswith("Closed 1000")
