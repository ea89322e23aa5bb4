"""A message that is repeated over real sockets: its rhythm, its changes, and every way in which it ends."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.helpers.scripted_server import listen, serving
from tests.helpers.sinks import until
from tests.helpers.talks import Talk
from websockets.asyncio.server import ServerConnection

from wireyard.domain.event import Event, Message, Note
from wireyard.domain.frame import Opcode
from wireyard.domain.request import ConnectRequest, Reconnect
from wireyard.engine.host import EngineHost
from wireyard.session import states
from wireyard.session.outbox import Outgoing
from wireyard.session.repeating import Cadence, Repeating
from wireyard.workspace.errors import WorkspaceError


class Clockwork:
    """A server that notes what it gets and when."""

    def __init__(self) -> None:
        self.got: list[str | bytes] = []
        self.times: list[float] = []
        self.reads = asyncio.Event()
        self.reads.set()
        self.url = ""

    async def talk(self, connection: ServerConnection) -> None:
        while True:
            if not self.reads.is_set():
                connection.transport.pause_reading()
                await self.reads.wait()
                connection.transport.resume_reading()
            message = await connection.recv()
            self.got.append(message)
            self.times.append(time.monotonic())


@pytest.fixture
async def server() -> AsyncIterator[Clockwork]:
    clockwork = Clockwork()
    async with serving(clockwork.talk) as url:
        clockwork.url = url
        yield clockwork
        clockwork.reads.set()


@pytest.fixture
async def talk(tmp_path: Path, host: EngineHost) -> AsyncIterator[Talk]:
    talk = Talk(tmp_path, host)
    yield talk
    await talk.conversation.close(timeout_s=1)


def counting() -> itertools.count[int]:
    return itertools.count(1)


def repeat(talk: Talk, cadence: Cadence, changes: list[int] | None = None, size: int = 0) -> Repeating:
    numbers = counting()

    async def make() -> Outgoing:
        return Outgoing(Opcode.TEXT, f"{next(numbers)}".encode() + b" " * size)

    heard: list[int] = [] if changes is None else changes
    repeating = Repeating(talk.conversation, make, cadence, lambda: heard.append(repeating.sent))
    return repeating


def notes_of(events: list[Event]) -> list[str]:
    return [event.text for event in events if isinstance(event, Note)]


async def test_sends_so_often_and_makes_each_message_anew(server: Clockwork, talk: Talk) -> None:
    await talk.open(server.url)
    changes: list[int] = []
    repeating = repeat(talk, Cadence(interval_ms=5, count=7), changes)
    await until(lambda: not repeating.is_running)
    await until(lambda: len(server.got) == 7)
    assert server.got == ["1", "2", "3", "4", "5", "6", "7"]
    assert (repeating.ending, repeating.sent, changes) == ("done", 7, [7])


@pytest.mark.alone
async def test_the_grid_does_not_drift(server: Clockwork, talk: Talk) -> None:
    await talk.open(server.url)
    begun = time.monotonic()
    repeating = repeat(talk, Cadence(interval_ms=20, count=26))
    await until(lambda: not repeating.is_running)
    took_s = time.monotonic() - begun
    # 25 intervals: lateness of single messages must not add up.
    assert 0.5 <= took_s < 0.6


@pytest.mark.alone
async def test_a_thousand_a_second(server: Clockwork, talk: Talk) -> None:
    await talk.open(server.url)
    repeating = repeat(talk, Cadence(interval_ms=1))
    await until(lambda: repeating.sent > 0)
    before, begun = repeating.sent, time.monotonic()
    await asyncio.sleep(0.5)
    sent, took_s = repeating.sent - before, time.monotonic() - begun
    repeating.stop()
    assert sent + repeating.left_out >= 0.9 * 1000 * took_s
    assert sent > 300  # this machine does other things as well


async def test_stops_when_told(server: Clockwork, talk: Talk) -> None:
    await talk.open(server.url)
    repeating = repeat(talk, Cadence(interval_ms=10))
    await until(lambda: len(server.got) >= 3)
    repeating.stop()
    sent = repeating.sent
    await asyncio.sleep(0.05)
    assert (repeating.ending, repeating.sent) == ("stopped", sent)
    assert not notes_of(talk.events())


async def test_the_interval_is_changed_while_it_waits(server: Clockwork, talk: Talk) -> None:
    await talk.open(server.url)
    repeating = repeat(talk, Cadence(interval_ms=60_000))
    await until(lambda: len(server.got) == 1)
    repeating.change(Cadence(interval_ms=10, count=4))
    await until(lambda: not repeating.is_running)
    assert (repeating.ending, repeating.sent) == ("done", 4)
    # Counted from the last message and not from a grid that was made for another interval: no burst.
    assert repeating.left_out * 0.01 < 1


async def test_fewer_than_were_sent_already_ends_it(server: Clockwork, talk: Talk) -> None:
    await talk.open(server.url)
    repeating = repeat(talk, Cadence(interval_ms=60_000))
    await until(lambda: repeating.sent == 1)
    repeating.change(Cadence(interval_ms=60_000, count=1))
    await until(lambda: not repeating.is_running)
    assert repeating.ending == "done"


@pytest.mark.parametrize("way", ["disconnect", "drop", "close"])
async def test_ends_with_the_connection_and_says_so(server: Clockwork, talk: Talk, way: str) -> None:
    await talk.open(server.url)
    repeating = repeat(talk, Cadence(interval_ms=10, count=1000))
    await until(lambda: repeating.sent >= 2)
    if way == "close":
        await talk.conversation.close(timeout_s=1)
    else:
        getattr(talk.conversation, way)()
        await until(lambda: not repeating.is_running)
    sent = repeating.sent
    assert repeating.ending == "closed"
    if way != "close":
        (said,) = notes_of(talk.events())
        assert said.startswith(f"Repeating ended with the connection, after {sent} of 1,000 messages.")
        assert not [event for event in talk.events() if isinstance(event, Message) and event.state == "failed"]


async def test_does_not_go_on_with_the_next_connection(server: Clockwork, talk: Talk) -> None:
    await talk.open(server.url)
    repeating = repeat(talk, Cadence(interval_ms=5))
    await until(lambda: repeating.sent >= 1)
    talk.conversation.disconnect()
    await talk.until(states.Closed)
    sent = len(server.got)
    await talk.open(server.url)
    await asyncio.sleep(0.05)
    assert (repeating.is_running, len(server.got)) == (False, sent)


async def test_does_not_go_on_after_a_reconnect_by_itself(talk: Talk) -> None:
    got: list[str | bytes] = []

    async def mortal(connection: ServerConnection) -> None:
        got.append(await connection.recv())
        connection.transport.abort()

    async with serving(mortal) as url:
        await talk.open(url, reconnect=Reconnect(attempts=5, first_delay_s=0.02, jitter=0))
        repeating = repeat(talk, Cadence(interval_ms=5))
        await until(lambda: not repeating.is_running)
        await until(lambda: talk.kinds.count("Open") == 2)
        await asyncio.sleep(0.05)
        assert (repeating.ending, got, talk.kinds.count("Open")) == ("closed", ["1"], 2)
    assert any("does not go on" in text for text in notes_of(talk.events()))


async def test_waits_for_the_attempt_that_runs(server: Clockwork, talk: Talk) -> None:
    assert talk.conversation.connect(ConnectRequest(url=server.url))
    repeating = repeat(talk, Cadence(interval_ms=1, count=2))
    await until(lambda: not repeating.is_running)
    await until(lambda: server.got == ["1", "2"])


async def test_without_a_connection_it_is_over_at_once(talk: Talk) -> None:
    repeating = repeat(talk, Cadence())
    await until(lambda: not repeating.is_running)
    assert (repeating.ending, repeating.sent) == ("closed", 0)


async def test_a_peer_that_has_stalled_is_not_flooded(server: Clockwork, talk: Talk) -> None:
    server.reads.clear()
    await talk.open(server.url)
    changes: list[int] = []
    repeating = repeat(talk, Cadence(interval_ms=10), changes, size=1024 * 1024)
    await until(lambda: repeating.is_waiting)
    stuck_at = repeating.sent
    await asyncio.sleep(0.3)
    assert repeating.sent == stuck_at
    server.reads.set()
    await until(lambda: not repeating.is_waiting)
    await until(lambda: repeating.sent > stuck_at + 1)
    repeating.stop()
    # It was stuck for over a second, in which a hundred were due.
    assert repeating.left_out > 50
    assert any("waited" in text and "left out" in text for text in notes_of(talk.events()))


async def test_what_can_not_be_made_ends_it(server: Clockwork, talk: Talk) -> None:
    await talk.open(server.url)

    async def make() -> Outgoing:
        raise WorkspaceError("“token” has no value.")

    heard: list[str] = []
    repeating = Repeating(talk.conversation, make, Cadence(), lambda: heard.append("changed"))
    await until(lambda: not repeating.is_running)
    assert (repeating.ending, str(repeating.error), heard) == ("failed", "“token” has no value.", ["changed"])


@pytest.mark.alone
async def test_jitter_moves_messages_and_not_the_grid(tmp_path: Path, host: EngineHost) -> None:
    times: list[float] = []
    talk = Talk(tmp_path, host)
    chances = itertools.cycle([1.0, 0.0])

    async def make() -> Outgoing:
        times.append(time.monotonic())
        return Outgoing(Opcode.TEXT, b"x")

    async with serving(listen) as url:
        await talk.open(url)
        cadence = Cadence(interval_ms=60, count=5, jitter_percent=50)
        repeating = Repeating(talk.conversation, make, cadence, lambda: None, lambda: next(chances))
        await until(lambda: not repeating.is_running)
        await talk.conversation.close(timeout_s=1)
    places = [round((at - times[0]) / 0.03) for at in times]
    with contextlib.suppress(ValueError):
        places.remove(0)
    # On a grid of 60 ms: half an interval late, early, late, early.
    assert places == [3, 3, 7, 7]
