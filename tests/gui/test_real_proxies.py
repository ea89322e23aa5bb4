"""tinyproxy and microsocks through the real window: chosen in the Settings pane, refused, signed in to, gone around."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from tests.helpers.pane_hands import fill_in, press_connect, take
from tests.helpers.raw_server import unused_port
from tests.helpers.real_servers import PASSWORD, USER, microsocks, tinyproxy
from tests.helpers.scripted_server import echo, serving
from tests.helpers.window import Desk, windowed
from tests.helpers.workspaces import come_back

from wireyard.domain.event import Step
from wireyard.domain.request import Proxy
from wireyard.gui.request.settings_pane import SettingsPane
from wireyard.gui.widgets.state import ConnectionState
from wireyard.session import states

OPEN, ERROR = ConnectionState.OPEN, ConnectionState.ERROR
LABELS = {"http": "HTTP (CONNECT)", "socks5": "SOCKS 5"}
Start = Callable[[Path], AbstractContextManager[Proxy]]
FREE: dict[str, Start] = {"tinyproxy": tinyproxy, "microsocks": lambda _folder: microsocks()}
LOCKED: dict[str, Start] = {
    "tinyproxy": lambda folder: tinyproxy(folder, f"BasicAuth {USER} {PASSWORD}"),
    "microsocks": lambda _folder: microsocks("-u", USER, "-P", PASSWORD),
}
WANTS = "The proxy 127.0.0.1 wants a user name and password"
REFUSES = "The proxy 127.0.0.1 did not accept the user name and password"
REASONS = {"http": "HTTP 500 Unable to connect", "socks5": "connection refused by the server"}


@pytest.fixture(params=sorted(FREE))
def free(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Proxy]:
    with FREE[request.param](tmp_path) as proxy:
        yield proxy


@pytest.fixture(params=sorted(LOCKED))
def locked(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Proxy]:
    with LOCKED[request.param](tmp_path) as proxy:
        yield proxy


async def connect_through(desk: Desk, proxy: Proxy, url: str) -> None:
    desk.window.open_address(url)
    await come_back(desk)
    await fill_in(desk, {"proxy.mode": LABELS[proxy.mode], "proxy.address": f"127.0.0.1:{proxy.port}"})
    await press_connect(desk)


async def fails_at_the_proxy(desk: Desk, title: str) -> None:
    await desk.until_state(ERROR)
    await desk.until(lambda: title in desk.texts(), title)
    state = desk.talk.state
    assert isinstance(state, states.Failed)
    assert state.failure.step == "proxy"
    assert any("Your server was never reached." in text for text in desk.texts())


def steps(desk: Desk) -> list[str]:
    return [event.name for event in desk.events() if isinstance(event, Step)]


@windowed
async def test_a_proxy_without_a_password(desk: Desk, free: Proxy) -> None:
    async with serving(echo) as url:
        await connect_through(desk, free, url)
        await desk.until_state(OPEN)
        assert steps(desk) == ["resolve", "tcp", "proxy", "upgrade"]


@windowed
async def test_without_a_password_with_a_wrong_one_and_with_the_right_one(desk: Desk, locked: Proxy) -> None:
    async with serving(echo) as url:
        await connect_through(desk, locked, url)
        await fails_at_the_proxy(desk, WANTS)
        take(desk, "sign_in_to_proxy")
        settings = desk.tab.panes.pane("settings")
        assert isinstance(settings, SettingsPane)
        await desk.until(lambda: settings.row("proxy", "user").isAncestorOf(desk.focus))
        desk.type(USER)
        await fill_in(desk, {"proxy.password": "barley"})
        await press_connect(desk)
        await fails_at_the_proxy(desk, REFUSES)
        words = desk.tab.failure_view.words
        assert words is not None
        assert "barley" not in words.title + words.explanation
        await fill_in(desk, {"proxy.password": PASSWORD})
        await press_connect(desk)
        await desk.until_state(OPEN)
        assert steps(desk)[-4:] == ["resolve", "tcp", "proxy", "upgrade"]


@windowed
async def test_around_a_proxy_that_wants_a_password(desk: Desk, locked: Proxy) -> None:
    async with serving(echo) as url:
        await connect_through(desk, locked, url)
        await fails_at_the_proxy(desk, WANTS)
        # SOCKS answers in bytes that nobody reads.
        assert ("Proxy's answer" in desk.texts()) == (locked.mode == "http")
        assert "Server's answer" not in desk.texts()
        take(desk, "no_proxy")
        await desk.until_state(OPEN)
        assert steps(desk)[-3:] == ["resolve", "tcp", "upgrade"]


@windowed
async def test_a_server_that_the_proxy_can_t_reach(desk: Desk, free: Proxy) -> None:
    await connect_through(desk, free, f"ws://127.0.0.1:{unused_port()}/")
    await fails_at_the_proxy(desk, f"The proxy 127.0.0.1:{free.port} refused: " + REASONS[free.mode])


@windowed
async def test_a_proxy_that_does_not_listen_is_edited(desk: Desk, free: Proxy) -> None:
    async with serving(echo) as url:
        await connect_through(desk, Proxy(mode=free.mode, host="127.0.0.1", port=unused_port()), url)
        await desk.until_state(ERROR)
        assert any("is not listening" in text for text in desk.texts())
        take(desk, "edit_proxy")
        await desk.until(lambda: not desk.tab.bar.url.hasFocus())
        await fill_in(desk, {"proxy.address": f"127.0.0.1:{free.port}"})
        await press_connect(desk)
        await desk.until_state(OPEN)
