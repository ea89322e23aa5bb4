"""Bad input by the panes of the window: each ends in time with its own words, and the next attempt works."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from tests.helpers.certificates import Authority
from tests.helpers.failures import BAD_INPUT, HASTY, Row, own_files, server_context
from tests.helpers.pane_hands import add_header, fill_in, press_connect, take
from tests.helpers.raw_server import raw_server
from tests.helpers.scripted_server import echo, serving
from tests.helpers.window import Desk, windowed
from tests.helpers.workspaces import come_back, open_workspace

from wireyard.gui.widgets.state import ConnectionState
from wireyard.session import states

OPEN, ERROR = ConnectionState.OPEN, ConnectionState.ERROR
IN_TIME_S = 6.0
INJECTED = """wireyard: 1
url: {url}
headers:
  - name: X-Id
    value: "a\\r\\nEvil: b"
"""


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def files(authority: Authority) -> dict[str, Path]:
    return own_files(authority)


def settings_of(row: Row, port: int, authority: Authority, files: dict[str, Path]) -> dict[str, str]:
    settings = {"tls.ca_file": str(authority.ca_file)} if row.url.startswith("wss") else {}
    settings |= {f"tls.{name}": value.format(**files) for name, value in row.own.items()}
    if row.proxy is not None:
        settings |= {"proxy.mode": "HTTP (CONNECT)", "proxy.address": f"127.0.0.1:{port}"}
    if row.network is HASTY:
        settings["network.open_timeout_s"] = "1.5"
    return settings


async def fails_as(desk: Desk, row: Row, port: int) -> None:
    await desk.until_state(ERROR)
    await desk.until(desk.tab.failure_view.isVisible)
    state = desk.talk.state
    assert isinstance(state, states.Failed)
    assert (state.failure.code, state.failure.step) == (row.code, row.step)
    words = desk.tab.failure_view.words
    assert words is not None
    assert words.title == row.title.replace("0.1 s", "1.5 s").format(port=port)
    assert row.says in words.explanation
    assert words.title in desk.texts()


async def connects_next(desk: Desk, row: Row, url: str) -> None:
    """The same tab reaches a good server afterwards."""
    if row.proxy is not None:
        take(desk, "no_proxy")
        await desk.until_state(ERROR)
    desk.press("Ctrl+L", "Ctrl+A")
    desk.type(url)
    if row.network is HASTY:
        await fill_in(desk, {"network.open_timeout_s": "5"})
    await press_connect(desk)
    await desk.until_state(OPEN)


SET_BY_PANES = [row for row in BAD_INPUT if row.code != "bad_header"]


@pytest.mark.parametrize("row", SET_BY_PANES, ids=str)
@windowed
async def test_it_ends_in_time_and_the_next_attempt_works(
    desk: Desk, authority: Authority, files: dict[str, Path], row: Row
) -> None:
    async with raw_server(row.handler, ssl_context=server_context(authority, row.tls)) as server:
        desk.window.open_address(row.url.format(port=server.port, free=0))
        await come_back(desk)
        await fill_in(desk, settings_of(row, server.port, authority, files))
        begun = time.monotonic()
        await press_connect(desk)
        await fails_as(desk, row, server.port)
        assert time.monotonic() - begun < IN_TIME_S
        async with serving(echo) as url:
            await connects_next(desk, row, url)


@windowed
async def test_a_header_that_can_t_be_sent_is_pointed_at_before_anything_is_dialled(desk: Desk) -> None:
    async with serving(echo) as url:
        desk.window.open_address(url)
        await come_back(desk)
        await add_header(desk, "X Id", "a")
        await press_connect(desk)
        await desk.until_state(ERROR)
        assert desk.tab.bar.pill.text() == "Check headers"
        words = desk.tab.failure_view.words
        assert words is not None
        assert words.explanation == "“X Id” can't be a header's name."


@windowed
async def test_a_line_break_of_a_file_injects_no_header(desk: Desk) -> None:
    async with serving(echo) as url:
        await open_workspace(desk, {"Orders/One.ws.yaml": INJECTED.format(url=url)})
        desk.window.open_request("Orders/One.ws.yaml", "connect")
        await desk.until_state(ERROR)
        words = desk.tab.failure_view.words
        assert words is not None
        assert "X-Id has a line break" in words.explanation
        desk.window.open_address(url, connect=True)
        await desk.until_state(OPEN)
