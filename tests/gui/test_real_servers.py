"""nginx through the real window: set by the panes, failed with its step, words and evidence, mended by a click."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.helpers.lab_cases import NGINX, Case
from tests.helpers.pane_hands import add_header, fill_in, press_connect, sign_in, take
from tests.helpers.real_servers import PASSWORD, USER, nginx
from tests.helpers.window import Desk, windowed
from tests.helpers.workspaces import come_back

from wireyard.domain.event import Control, Opened
from wireyard.domain.frame import Opcode
from wireyard.gui.widgets.state import ConnectionState
from wireyard.session import states

OPEN, ERROR = ConnectionState.OPEN, ConnectionState.ERROR
Values = dict[str, Any]


@pytest.fixture(scope="module")
def values(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Values]:
    with nginx(tmp_path_factory.mktemp("nginx")) as lab:
        yield lab.values


async def set_up(desk: Desk, values: Values, case: Case) -> None:
    desk.window.open_address(case.url.format(**values))
    await come_back(desk)
    await fill_in(desk, filled(case.settings, values))
    desk.press("F5")


def filled(settings: dict[str, str], values: Values) -> dict[str, str]:
    return {key: value.format(**values) for key, value in settings.items()}


@pytest.mark.parametrize("case", [case for case in NGINX if not case.code], ids=str)
@windowed
async def test_it_opens(desk: Desk, values: Values, case: Case) -> None:
    await set_up(desk, values, case)
    await desk.until_state(OPEN)
    (opened,) = [event for event in desk.events() if isinstance(event, Opened)]
    assert opened.tls_verified == opened.url.startswith("wss")
    assert "Not verified" not in desk.texts()


@pytest.mark.parametrize("case", [case for case in NGINX if case.code], ids=str)
@windowed
async def test_it_fails_with_its_words_and_the_remedy_mends_it(desk: Desk, values: Values, case: Case) -> None:
    await set_up(desk, values, case)
    await desk.until_state(ERROR)
    await desk.until(desk.tab.failure_view.isVisible)
    state = desk.talk.state
    assert isinstance(state, states.Failed)
    assert state.failure.step == case.step
    assert case.title.format(**values) in desk.texts()
    await mend(desk, values, case)
    await desk.until_state(OPEN)


async def mend(desk: Desk, values: Values, case: Case) -> None:
    """Take the remedy, and fill in what it leaves to fill in; without one, go where nothing is refused."""
    if case.remedy is None:
        desk.press("Ctrl+L", "Ctrl+A")
        desk.type("ws://127.0.0.1:{plain}/".format(**values))
        desk.press("Return")
    else:
        take(desk, case.remedy)
    if case.remedy == "open_auth":
        await desk.until(lambda: desk.tab.panes.current == "auth")
        await sign_in(desk, "Basic", user=USER, password=PASSWORD)
    elif case.remedy == "edit_headers":
        await add_header(desk, "Origin", "https://app.example")
    await fill_in(desk, filled(case.fill_in, values))
    if desk.state is ERROR:
        await press_connect(desk)


@windowed
async def test_an_idle_connection_is_cut_and_pings_keep_it(desk: Desk, values: Values) -> None:
    await desk.connect("ws://127.0.0.1:{plain}/idle".format(**values))
    await desk.until_state(ERROR)
    assert desk.tab.bar.pill.text() == "Lost"
    desk.click(desk.tab.bar.pill)
    await desk.until(desk.tab.failure_view.isVisible)
    take(desk, "keepalive")
    await desk.until_state(OPEN)
    await desk.until(lambda: pongs(desk) > 2, "as many pongs as outlast the cut")
    assert desk.state is OPEN


def pongs(desk: Desk) -> int:
    return sum(isinstance(event, Control) and event.opcode is Opcode.PONG for event in desk.events())
