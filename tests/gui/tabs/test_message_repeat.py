"""A message repeated from the real window, by keyboard and mouse."""

from __future__ import annotations

import asyncio
import time

import pytest
from tests.helpers.scripted_server import listen, serving
from tests.helpers.window import Desk, windowed
from websockets.asyncio.server import ServerConnection

from wireyard.domain.event import Message, Note
from wireyard.gui.composer.repeat_sheet import RepeatSheet
from wireyard.gui.widgets.state import ConnectionState


class Listener:
    def __init__(self) -> None:
        self.got: list[str | bytes] = []

    async def talk(self, connection: ServerConnection) -> None:
        async for message in connection:
            self.got.append(message)


async def write(desk: Desk, text: str) -> None:
    desk.press("Ctrl+Shift+1")
    await desk.until(desk.tab.panes.composer.editor.hasFocus)
    desk.press("Ctrl+A")
    desk.type(text)


async def repeat(desk: Desk, every: str, times: str = "", jitter: str = "") -> None:
    """As a person does: Ctrl+R, the fields one after the other, Enter."""
    desk.press("Ctrl+R")
    await desk.until(lambda: desk.sheet(RepeatSheet))
    for place, text in enumerate((every, times, jitter)):
        if place:
            desk.press("Tab")
        desk.press("Ctrl+A", "Del")
        desk.type(text)
    desk.press("Return")
    await desk.until(lambda: not desk.is_sheet_open)


def shown(desk: Desk) -> str:
    return desk.tab.panes.composer.foot.repeat_button.text()


@windowed
async def test_so_often_with_new_values_each_time(desk: Desk) -> None:
    listener = Listener()
    async with serving(listener.talk) as url:
        await desk.connect(url)
        await write(desk, '{"id":"{{$uuid')
        desk.press("Esc")
        desk.type('}}","op":"ping"}')
        await repeat(desk, "20", "5")
        await desk.until(lambda: len(listener.got) == 5)
        await desk.until(lambda: shown(desk) == "Repeat")
    assert len(set(listener.got)) == 5
    assert not desk.tab.panes.composer.is_dirty


@windowed
async def test_counts_and_stops_by_the_button(desk: Desk) -> None:
    listener = Listener()
    async with serving(listener.talk) as url:
        await desk.connect(url)
        await write(desk, "beat")
        await repeat(desk, "10", "1,000")
        await desk.until(lambda: shown(desk) not in ("Repeat", "Stop · 0 of 1,000"))
        words = shown(desk)
        assert words.startswith("Stop · ")
        assert words.endswith(" of 1,000")
        desk.click(desk.tab.panes.composer.foot.repeat_button)
        assert shown(desk) == "Repeat"
        # The server has it all once it has what follows.
        await write(desk, "last")
        desk.press("Ctrl+Return")
        await desk.until(lambda: "last" in listener.got)
        await asyncio.sleep(0.05)
        assert listener.got[-1] == "last"


@windowed
async def test_the_interval_is_changed_live_and_it_ends_with_the_connection(desk: Desk) -> None:
    listener = Listener()
    async with serving(listener.talk) as url:
        await desk.connect(url)
        await write(desk, "beat")
        await repeat(desk, "60000")
        await desk.until(lambda: len(listener.got) == 1)
        await repeat(desk, "20")
        await desk.until(lambda: len(listener.got) >= 3)
        desk.press("F5")
        await desk.until_state(ConnectionState.CLOSED)
        assert shown(desk) == "Repeat"
        await desk.until_toast("Repeating ended with the connection")
        desk.press("Ctrl+F5")
        await desk.until_state(ConnectionState.OPEN)
        got = len(listener.got)
        await asyncio.sleep(0.1)
        assert len(listener.got) == got
    assert any(isinstance(event, Note) and "Repeating ended" in event.text for event in desk.events())


@windowed
async def test_connects_first(desk: Desk) -> None:
    listener = Listener()
    async with serving(listener.talk) as url:
        desk.window.open_address(url)
        await write(desk, "beat")
        await repeat(desk, "10", "3")
        await desk.until(lambda: listener.got == ["beat"] * 3)


@windowed
async def test_a_variable_without_a_value_is_asked_for_and_sent_as_typed(desk: Desk) -> None:
    listener = Listener()
    async with serving(listener.talk) as url:
        await desk.connect(url)
        await write(desk, "{{nobody")
        desk.press("Esc")
        desk.type("}}")
        await repeat(desk, "10", "2")
        await desk.until(lambda: any("“nobody” has no value" in text for text in desk.texts()))
        assert (listener.got, shown(desk)) == ([], "Repeat")
        desk.click(desk.button("Send as typed"))
        await desk.until(lambda: listener.got == ["{{nobody}}"] * 2)
        assert not any("has no value" in text for text in desk.texts())


@windowed
async def test_closing_the_tab_asks(desk: Desk) -> None:
    async with serving(listen) as url:
        await desk.connect(url)
        await write(desk, "beat")
        await repeat(desk, "60000")
        await desk.until(lambda: desk.tab.repeat.is_running)
        assert desk.tab.close_question() == "It is connected and repeats a message."
        desk.press("Alt+Shift+R")
        assert not desk.tab.repeat.is_running
        assert desk.tab.close_question() == ""


@pytest.mark.alone
@windowed
async def test_a_thousand_a_second_leave_the_window_alive(desk: Desk) -> None:
    listener = Listener()
    async with serving(listener.talk, compression=None) as url:
        await desk.connect(url)
        await write(desk, '{"op":"tick"}')
        await repeat(desk, "1")
        await desk.until(lambda: len(listener.got) > 50)
        got, begun, worst_s = len(listener.got), time.monotonic(), 0.0
        while time.monotonic() < begun + 1.0:
            before = time.monotonic()
            await asyncio.sleep(0.005)
            worst_s = max(worst_s, time.monotonic() - before)
        sent = len(listener.got) - got
        desk.press("Alt+Shift+R")
        await desk.until(lambda: not desk.tab.repeat.is_running)
        # Nearly a thousand on a quiet machine; others may run beside this test.
        assert sent > 500
        assert worst_s < 0.25, f"{worst_s:.3f} s"
    await desk.until(lambda: sum(isinstance(event, Message) for event in desk.events()) >= sent)
