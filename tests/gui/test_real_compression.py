"""permessage-deflate with npm ws through the real window: every parameter is set in the Settings pane, and the
handshake tells what was agreed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from tests.helpers.pane_hands import fill_in, press_connect, take
from tests.helpers.real_servers import WS_WITH_OPTIONS, npm_ws
from tests.helpers.window import Desk, windowed
from tests.helpers.workspaces import come_back

from wireyard.domain.compression import Deflate, agreed_deflate
from wireyard.domain.event import Opened
from wireyard.gui.widgets.state import ConnectionState

SETTINGS: list[tuple[dict[str, str], Deflate]] = [
    *(
        (
            {"network.server_window_bits": str(bits), "network.client_window_bits": str(24 - bits)},
            Deflate(server_window_bits=bits, client_window_bits=24 - bits),
        )
        for bits in range(9, 16)
    ),
    (
        {"network.client_window_bits": "15", "network.client_context_takeover": "off"},
        Deflate(client_context_takeover=False),
    ),
    (
        {"network.client_context_takeover": "on", "network.server_context_takeover": "off"},
        Deflate(server_context_takeover=False),
    ),
    (
        {"network.client_context_takeover": "off"},
        Deflate(client_context_takeover=False, server_context_takeover=False),
    ),
]
"""What is changed from one connection to the next, and what is then agreed."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """npm ws, whose options are the path, in JSON."""
    with npm_ws(WS_WITH_OPTIONS) as port:
        yield f"ws://127.0.0.1:{port}/"


async def set_up(desk: Desk, url: str, settings: dict[str, str]) -> None:
    desk.window.open_address(url)
    await come_back(desk)
    await fill_in(desk, settings)
    await press_connect(desk)


async def echoes(desk: Desk) -> None:
    """A text goes out and comes back as it was."""
    await desk.until_state(ConnectionState.OPEN)
    before = desk.talk.received_count
    desk.press("Ctrl+Shift+1")
    desk.press("Ctrl+A")
    desk.type("hello " * 20)
    desk.press("Ctrl+Return")
    await desk.until(lambda: desk.talk.received_count > before)


@windowed
async def test_every_parameter(desk: Desk, server: str) -> None:
    await set_up(desk, server, {})
    await desk.until_state(ConnectionState.OPEN)
    for settings, agreed in SETTINGS:
        await fill_in(desk, settings)
        before = desk.talk.last_opened
        desk.press("Ctrl+F5")
        await desk.until(lambda before=before: desk.talk.last_opened is not before, str(settings))
        await echoes(desk)
        opened = desk.talk.last_opened
        assert opened is not None
        assert agreed_deflate(opened) == agreed, settings


@windowed
async def test_a_server_that_answers_8_bits_fails_clearly_and_without_compression_it_opens(
    desk: Desk, server: str
) -> None:
    await set_up(desk, server + quote(json.dumps({"clientMaxWindowBits": 8})), {})
    await desk.until_state(ConnectionState.ERROR)
    assert desk.tab.bar.pill.text() == "Compression refused"
    await desk.until(lambda: any("a window of 8 bits" in text for text in desk.texts()))
    take(desk, "compression_off")
    await echoes(desk)
    opened = desk.talk.last_opened
    assert isinstance(opened, Opened)
    assert opened.extensions == ""


@windowed
async def test_a_server_that_compresses_with_8_bits_is_read(desk: Desk, server: str) -> None:
    await set_up(desk, server + quote(json.dumps({"serverMaxWindowBits": 8})), {})
    await echoes(desk)
    assert desk.talk.last_opened is not None
    assert agreed_deflate(desk.talk.last_opened) == Deflate(server_window_bits=8)
