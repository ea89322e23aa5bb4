"""What helps against the reason that a server gave for closing stands beside it, and acts."""

from __future__ import annotations

import pytest
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
