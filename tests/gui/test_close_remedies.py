"""What helps against the reason that a server gave for closing, or for not being ready, stands beside it and acts."""

from __future__ import annotations

import time
from functools import partial

import pytest
from tests.helpers.raw_server import Peer, raw_server
from tests.helpers.scripted_server import serving
from tests.helpers.window import Desk, windowed
from websockets.asyncio.server import ServerConnection

from wireyard.domain.event import Closed
from wireyard.gui.widgets.state import ConnectionState


@windowed
async def test_a_broken_rule_leads_to_auth(desk: Desk) -> None:
    async def refuse(connection: ServerConnection) -> None:
        await connection.close(1008, "token expired")

    async with serving(refuse) as url:
        desk.window.open_address(url, connect=True)
        await desk.until_state(ConnectionState.CLOSED)
        bar = desk.tab.notices.bar("closed")
        assert bar is not None
        assert "rule broken" in bar.text
        assert "token expired" in bar.text
        desk.click(desk.button("Open Auth", bar))
        await desk.until(lambda: desk.tab.panes.current == "auth")
        desk.press("F5")
        await desk.until(lambda: sum(isinstance(event, Closed) for event in desk.events()) == 2)


@windowed
async def test_a_restart_offers_to_reconnect_by_itself(desk: Desk) -> None:
    times = 0

    async def restart(connection: ServerConnection) -> None:
        nonlocal times
        times += 1
        if times == 1:
            await connection.close(1001, "deploy")
        await connection.wait_closed()

    async with serving(restart) as url:
        desk.window.open_address(url, connect=True)
        await desk.until_state(ConnectionState.CLOSED)
        bar = desk.tab.notices.bar("closed")
        assert bar is not None
        desk.click(desk.button("Reconnect by itself", bar))
        await desk.until_state(ConnectionState.OPEN)
        assert desk.tab.notices.bar("closed") is None
        assert desk.tab.document.draft.edited.reconnect.attempts


@pytest.mark.parametrize("code", [1000, 4000])
@windowed
async def test_a_goodbye_asks_for_nothing(desk: Desk, code: int) -> None:
    async def leave(connection: ServerConnection) -> None:
        await connection.close(code)

    async with serving(leave) as url:
        desk.window.open_address(url, connect=True)
        await desk.until_state(ConnectionState.CLOSED)
        assert desk.tab.notices.topics == ()


async def not_ready_at_first(peer: Peer, times: list[float]) -> None:
    times.append(time.monotonic())
    if len(times) == 1:
        await peer.send(b"HTTP/1.1 503 Busy\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n")
    else:
        await peer.accept()
    await peer.read_to_end()


@windowed
async def test_it_is_tried_again_when_the_server_says(desk: Desk) -> None:
    times: list[float] = []
    async with raw_server(partial(not_ready_at_first, times=times)) as server:
        desk.window.open_address(server.url, connect=True)
        await desk.until_state(ConnectionState.ERROR)
        begun = time.monotonic()
        desk.click(desk.button("Retry in 1 s"))
        assert "as the server asks" in desk.all_text()
        await desk.until_state(ConnectionState.OPEN)
        assert times[1] - begun > 0.9
        assert desk.tab.notices.topics == ()


@windowed
async def test_waiting_for_the_server_is_given_up_or_cut_short(desk: Desk) -> None:
    async def busy(peer: Peer) -> None:
        await peer.send(b"HTTP/1.1 503 Busy\r\nRetry-After: 600\r\nContent-Length: 0\r\n\r\n")
        await peer.read_to_end()

    async with raw_server(busy) as server:
        desk.window.open_address(server.url, connect=True)
        await desk.until_state(ConnectionState.ERROR)
        desk.click(desk.button("Retry in 10 min"))
        desk.click(desk.button("Don't retry"))
        assert desk.tab.notices.topics == ()
        desk.click(desk.button("Retry in 10 min"))
        before = len(desk.events())
        desk.click(desk.button("Retry now"))
        await desk.until(lambda: len(desk.events()) > before)
        await desk.until_state(ConnectionState.ERROR)
        assert desk.tab.notices.topics == ()
