"""Attempts that fail, in the real window: what is said, and that every remedy does what it says."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from tests.helpers.certificates import Authority
from tests.helpers.frames import BINARY, frame
from tests.helpers.raw_server import Peer, hang, raw_server, unused_port
from tests.helpers.scripted_server import echo, serving
from tests.helpers.window import Desk, windowed

from wireyard.gui.widgets.state import ConnectionState
from wireyard.session.wording.model import RemedyId

OPEN, ERROR = ConnectionState.OPEN, ConnectionState.ERROR
BODY = b'{"error": "sign in first", "id": 12345678901234567890}'


async def fail(desk: Desk, url: str) -> None:
    desk.window.open_address(url, connect=True)
    await desk.until_state(ERROR)
    await desk.until(desk.tab.failure_view.isVisible)


def take(desk: Desk, remedy_id: RemedyId) -> None:
    """Press the button of a remedy."""
    words = desk.tab.failure_view.words
    assert words is not None
    remedy = next(remedy for remedy in words.remedies if remedy.id == remedy_id)
    desk.click(desk.button(remedy.button, desk.tab.failure_view))


def said(desk: Desk) -> str:
    return "\n".join(desk.texts())


@windowed
async def test_refused_says_so_and_retry_works_when_the_server_is_there(desk: Desk) -> None:
    port = unused_port()
    await fail(desk, f"ws://127.0.0.1:{port}/")
    assert desk.tab.bar.pill.text() == "Refused"
    assert f"Nothing is listening on 127.0.0.1:{port}" in said(desk)
    take(desk, "retry")
    await desk.until_state(ERROR)
    take(desk, "edit_url")
    await desk.until(desk.tab.bar.url.hasFocus)


@windowed
async def test_a_retry_uses_the_address_as_it_is_now(desk: Desk) -> None:
    await fail(desk, f"ws://127.0.0.1:{unused_port()}/")
    async with serving(echo) as url:
        desk.tab.bar.change_address(url)
        take(desk, "retry")
        await desk.until_state(OPEN)
        assert not desk.tab.failure_view.isVisible()


@pytest.mark.parametrize(
    ("address", "position"),
    [("", 0), ("ws://h.example:99999/", 15), ("ftp://h.example", 0), ("ws://exa mple/", 8), ("ws://", 5)],
)
@windowed
async def test_a_bad_address_gets_one_sentence_and_the_caret_at_the_fault(
    desk: Desk, address: str, position: int
) -> None:
    desk.press("Ctrl+T")
    desk.tab.bar.set_address(address)
    desk.press("F5")
    await desk.until_state(ERROR)
    assert desk.tab.bar.pill.text() == "Check address"
    await desk.until(desk.tab.bar.url.hasFocus)
    assert desk.tab.bar.url.textCursor().position() == position
    assert desk.talk.recording is None


@windowed
async def test_a_401_shows_its_body_and_copies_it(desk: Desk) -> None:
    async def refuse(peer: Peer) -> None:
        await peer.answer("401 Unauthorized", f"Content-Length: {len(BODY)}", "WWW-Authenticate: Bearer", body=BODY)

    async with raw_server(refuse) as server:
        await fail(desk, server.url)
        assert desk.tab.bar.pill.text() == "401 Unauthorized"
        assert "12345678901234567890" in desk.all_text()
        take(desk, "copy_answer")
        assert QApplication.clipboard().text().endswith(BODY.decode())
        await desk.until_toast("Copied")


@windowed
async def test_use_ws_instead(desk: Desk) -> None:
    async with serving(echo) as url:
        await fail(desk, url.replace("ws://", "wss://"))
        take(desk, "use_ws")
        await desk.until_state(OPEN)
        assert desk.tab.bar.address == url


@windowed
async def test_skipping_the_check_connects_and_leaves_a_mark(desk: Desk, tmp_path: Path) -> None:
    context = Authority(tmp_path).context("localhost")
    async with serving(echo, ssl=context) as url:
        await fail(desk, url.replace("127.0.0.1", "localhost"))
        assert "This certificate's issuer is not trusted" in said(desk)
        take(desk, "skip_verify")
        await desk.until_state(OPEN)
        await desk.until(lambda: "Not verified" in said(desk))
        desk.press("F5")
        await desk.until_state(ConnectionState.CLOSED)
        # Another server is checked again.
        desk.tab.bar.change_address(url)
        desk.press("Ctrl+F5")
        await desk.until_state(ERROR)


@windowed
async def test_wait_longer_waits_longer_and_the_other_settings_still_count(desk: Desk) -> None:
    desk.workbench.services.settings.change("network.open_timeout_s", 0.1)
    async with raw_server(hang) as server:
        await fail(desk, server.url)
        assert desk.tab.bar.pill.text() == "Timed out"
        take(desk, "wait_longer")
        await desk.until_state(ConnectionState.CONNECTING)
        desk.workbench.services.settings.change("network.compression", False)
        assert desk.talk.request is not None
        assert desk.talk.request.network.open_timeout_s == 30
        desk.tab.bar.cancel_requested.emit()
        desk.tab.connect_to(server.url)
        assert desk.talk.request.network.open_timeout_s == 30
        assert not desk.talk.request.network.compression


@windowed
async def test_raising_the_limit_lets_the_message_in(desk: Desk) -> None:
    desk.workbench.services.settings.change("network.max_message_bytes", 1000)

    async def big(peer: Peer) -> None:
        await peer.accept(then=frame(BINARY, bytes(5000)))
        await peer.read_to_end()

    async with raw_server(big) as server:
        desk.window.open_address(server.url, connect=True)
        await desk.until_state(ERROR)
        assert desk.tab.bar.pill.text() == "Message too big"
        desk.click(desk.tab.bar.pill)
        await desk.until(desk.tab.failure_view.isVisible)
        take(desk, "raise_limit")
        await desk.until_state(OPEN)
        await desk.until(lambda: any(getattr(event, "payload", b"") == bytes(5000) for event in desk.events()))


@windowed
async def test_the_view_of_a_failure_goes_with_the_next_attempt_and_the_row_stays(desk: Desk) -> None:
    port = unused_port()
    await fail(desk, f"ws://127.0.0.1:{port}/")
    rows = desk.tab.viewer.timeline.row_count
    async with serving(echo) as url:
        desk.tab.connect_to(url)
        await desk.until_state(OPEN)
        assert not desk.tab.failure_view.isVisible()
        await desk.until(lambda: desk.tab.viewer.timeline.row_count > rows)
        assert desk.tab.viewer.timeline.isVisible()


@windowed
async def test_the_composer_makes_room_and_comes_back(desk: Desk) -> None:
    await fail(desk, f"ws://127.0.0.1:{unused_port()}/")
    assert desk.tab.panes.is_collapsed
    async with serving(echo) as url:
        desk.tab.connect_to(url)
        await desk.until_state(OPEN)
        assert not desk.tab.panes.is_collapsed


@windowed
async def test_a_lost_connection_says_so_in_the_pill(desk: Desk) -> None:
    go = asyncio.Event()

    async def vanish(peer: Peer) -> None:
        await peer.accept()
        await go.wait()
        peer.reset()

    async with raw_server(vanish) as server:
        await desk.connect(server.url)
        go.set()
        await desk.until_state(ERROR)
        assert desk.tab.bar.pill.text() == "Lost"
