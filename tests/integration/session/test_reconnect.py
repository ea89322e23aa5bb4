"""A conversation that connects again by itself, over real sockets, with the engine on both kinds of host."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import time
import tracemalloc
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.helpers.mortal_server import Mortal
from tests.helpers.sinks import until
from tests.helpers.talks import Talk

from wireyard.domain.event import Closed, Event, Failed, Message, Note, Opened
from wireyard.domain.frame import Direction, Opcode
from wireyard.domain.request import ConnectRequest, Network, Reconnect
from wireyard.engine.host import EngineHost
from wireyard.session import states
from wireyard.session.outbox import Outgoing

QUICK = Reconnect(attempts=5, first_delay_s=0.02, max_delay_s=0.05, jitter=0)
SLOW = Reconnect(attempts=5, first_delay_s=60, max_delay_s=60, jitter=0)


@pytest.fixture
async def server() -> AsyncIterator[Mortal]:
    server = Mortal()
    await server.start()
    yield server
    await server.kill()


@pytest.fixture
async def talk(tmp_path: Path, host: EngineHost) -> AsyncIterator[Talk]:
    talk = Talk(tmp_path / "sessions", host)
    yield talk
    await talk.conversation.close()


def notes(events: list[Event], topic: str) -> list[Note]:
    return [event for event in events if isinstance(event, Note) and event.topic == topic]


async def waiting(talk: Talk) -> states.Waiting:
    state = await talk.until(states.Waiting)
    assert isinstance(state, states.Waiting)
    return state


async def test_a_lost_connection_is_made_again_in_the_same_timeline(server: Mortal, talk: Talk) -> None:
    await talk.open(server.url, reconnect=QUICK)
    await server.kill()
    state = await waiting(talk)
    assert (state.attempt, state.of) == (1, 5)
    assert isinstance(state.after, states.Closed)
    assert state.after.event.code == 1006
    await server.start()
    await talk.until(states.Open)
    events = await talk.recorded(lambda events: len([one for one in events if isinstance(one, Opened)]) == 2)
    assert notes(events, "reconnect")[0].text == "Connecting again in 0.0 s: attempt 1 of 5"
    divider = notes(events, "divider")[0]
    assert (divider.text, divider.attempt, divider.attempts) == (
        f"Connecting again to {server.url}: attempt 1 of 5",
        1,
        5,
    )
    kinds = [type(one) for one in events if isinstance(one, (Closed, Note, Opened))]
    assert kinds[:4] == [Opened, Closed, Note, Note]
    assert server.most_open == 1


async def test_the_attempts_end_and_that_is_said(server: Mortal, talk: Talk) -> None:
    await talk.open(server.url, reconnect=QUICK)
    await server.kill()
    await talk.until(states.Failed)
    events = talk.events()
    assert len([one for one in events if isinstance(one, Failed) and one.failure.code == "refused"]) == 5
    assert notes(events, "reconnect")[-1].text == "Not connecting again: 5 attempts have failed."
    numbers = [state.attempt for state in talk.heard if isinstance(state, states.Connecting)]
    assert sorted(set(numbers)) == [0, 1, 2, 3, 4, 5]


async def test_without_a_policy_nothing_is_tried(server: Mortal, talk: Talk) -> None:
    await talk.open(server.url)
    await server.kill()
    await talk.until(states.Closed)
    assert notes(talk.events(), "reconnect") == []


async def test_messages_go_out_after_every_opening_before_all_others(server: Mortal, talk: Talk) -> None:
    made = 0

    def on_open() -> list[Outgoing]:
        nonlocal made
        made += 1
        return [Outgoing(Opcode.TEXT, b"auth %d hunter2" % made, ("hunter2",)), Outgoing(Opcode.TEXT, b"subscribe")]

    request = ConnectRequest(url=server.url, reconnect=QUICK)
    assert talk.conversation.connect(request, on_open=on_open)
    assert await talk.conversation.send(Opcode.TEXT, b"held")
    await until(lambda: len(server.got) == 3)
    await server.kill()
    await waiting(talk)
    await server.start()
    await until(lambda: len(server.got) == 5)
    assert server.got == ["auth 1 hunter2", "subscribe", "held", "auth 2 hunter2", "subscribe"]
    assert talk.conversation.secrets.values == ("hunter2",)


async def test_a_list_of_messages_does_too(server: Mortal, talk: Talk) -> None:
    request = ConnectRequest(url=server.url)
    assert talk.conversation.connect(request, on_open=[Outgoing(Opcode.BINARY, b"\x01")])
    await until(lambda: server.got == [b"\x01"])


async def test_messages_that_take_their_time_go_out_before_those_that_wait_behind_them(
    server: Mortal, talk: Talk
) -> None:
    ready = asyncio.Event()

    async def read() -> list[Outgoing]:
        await ready.wait()
        return [Outgoing(Opcode.TEXT, b"auth"), Outgoing(Opcode.TEXT, b"{{token}}", fault="No value.")]

    assert talk.conversation.connect(ConnectRequest(url=server.url), on_open=read)
    before = talk.conversation.send(Opcode.TEXT, b"before")
    await talk.until(states.Open)
    after = talk.conversation.send(Opcode.TEXT, b"after")
    await asyncio.sleep(0.02)
    assert server.got == []
    ready.set()
    assert await before
    assert await after
    await until(lambda: server.got == ["auth", "before", "after"])
    (unsent,) = [one for one in talk.events() if isinstance(one, Message) and one.state == "failed"]
    assert (unsent.payload, unsent.note) == (b"{{token}}", "No value.")


async def test_what_waits_behind_them_is_told_when_the_connection_ends(server: Mortal, talk: Talk) -> None:
    ready = asyncio.Event()

    async def read() -> list[Outgoing]:
        await ready.wait()
        return [Outgoing(Opcode.TEXT, b"auth")]

    assert talk.conversation.connect(ConnectRequest(url=server.url), on_open=read)
    await talk.until(states.Open)
    held = talk.conversation.send(Opcode.TEXT, b"held")
    await server.kill()
    assert not await held
    ready.set()
    await talk.conversation.closed()
    payloads = [one.payload for one in talk.events() if isinstance(one, Message) and one.direction is Direction.SENT]
    assert payloads == [b"held"]


async def test_now_does_not_wait(server: Mortal, talk: Talk) -> None:
    await talk.open(server.url, reconnect=SLOW)
    assert not talk.conversation.connect_now()
    await server.kill()
    state = await waiting(talk)
    assert state.until.mono_ns - state.since.mono_ns == 60_000_000_000
    await server.start()
    assert talk.conversation.connect_now()
    await talk.until(states.Open)


@pytest.mark.parametrize("how", ["disconnect", "drop"])
async def test_a_person_ends_the_waiting(server: Mortal, talk: Talk, how: str) -> None:
    await talk.open(server.url, reconnect=SLOW)
    await server.kill()
    await waiting(talk)
    getattr(talk.conversation, how)()
    assert isinstance(talk.conversation.state, states.Closed)
    await talk.conversation.closed()
    assert notes(talk.events(), "reconnect")[-1].text == "Not connecting again: stopped."


async def test_a_person_s_disconnect_is_never_followed_by_an_attempt(server: Mortal, talk: Talk) -> None:
    everything = Reconnect(attempts=None, first_delay_s=0, close_codes=tuple(range(1000, 5000)))
    for end in (lambda: talk.conversation.disconnect(4001, "bye"), talk.conversation.drop):
        await talk.open(server.url, reconnect=everything)
        end()
        await talk.until(states.Closed)
    await talk.conversation.closed()
    assert notes(talk.events(), "reconnect") == []


async def test_a_person_cancels_an_attempt_of_the_program(server: Mortal, talk: Talk) -> None:
    await talk.open(server.url, reconnect=QUICK)
    await server.kill()

    async def swallow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            await reader.read()
        writer.close()

    hole = await asyncio.start_server(swallow, "127.0.0.1", server.port)
    async with hole:
        await until(
            lambda: isinstance(talk.conversation.state, states.Connecting) and talk.conversation.state.step == "upgrade"
        )
        talk.conversation.disconnect()
        assert isinstance(talk.conversation.state, states.Idle)
        await talk.conversation.closed()
    assert isinstance(talk.conversation.state, states.Idle)


async def test_connecting_by_hand_takes_the_place_of_waiting(server: Mortal, talk: Talk) -> None:
    await talk.open(server.url, reconnect=SLOW)
    await server.kill()
    await waiting(talk)
    await server.start()
    await talk.open(server.url)
    assert isinstance(talk.conversation.state, states.Open)
    assert server.most_open == 1


async def test_what_is_sent_while_waiting_is_told_not_to_be(server: Mortal, talk: Talk) -> None:
    await talk.open(server.url, reconnect=SLOW)
    await server.kill()
    await waiting(talk)
    assert not await talk.conversation.send(Opcode.TEXT, b"lost")
    (message,) = [one for one in talk.events() if isinstance(one, Message) and one.payload == b"lost"]
    assert (message.state, message.note) == ("failed", "The connection was lost; the next attempt had not begun.")


async def test_who_waits_for_the_end_waits_for_the_last_attempt(server: Mortal, talk: Talk) -> None:
    await talk.open(server.url, reconnect=QUICK)
    over = asyncio.ensure_future(talk.conversation.closed())
    await server.kill()
    await waiting(talk)
    assert not over.done()
    await over
    assert isinstance(talk.conversation.state, states.Failed)


async def test_leaving_while_waiting(server: Mortal, talk: Talk) -> None:
    await talk.open(server.url, reconnect=SLOW)
    await server.kill()
    await waiting(talk)
    begun = time.monotonic()
    assert await talk.conversation.close()
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize(
    ("kills", "pause_s"),
    [(8, 0.02), pytest.param(50, 0.8, marks=pytest.mark.slow)],
)
async def test_a_server_that_is_killed_again_and_again(server: Mortal, talk: Talk, kills: int, pause_s: float) -> None:
    policy = Reconnect(attempts=None, first_delay_s=0.02, max_delay_s=0.1)
    await talk.open(server.url, reconnect=policy, network=Network(ping_interval_s=None))
    sent = 0
    memory: list[int] = []
    for kill in range(kills):
        await until(lambda: isinstance(talk.conversation.state, states.Open))
        for _ in range(20):
            await talk.conversation.send(Opcode.TEXT, b"x" * 200)
            sent += 1
        await asyncio.sleep(pause_s)  # the pace of the kills: 50 in a minute
        await server.kill()
        # It is seen before the server is there again: else the state is still that of the connection that is gone.
        await until(lambda: not isinstance(talk.conversation.state, states.Open))
        await asyncio.sleep(pause_s / 5)
        await server.start()
        if kill == kills // 3:
            tracemalloc.start()
        if tracemalloc.is_tracing():
            gc.collect()
            memory.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    await until(lambda: server.openings == kills + 1 and server.open == 1)
    # What the server welcomed and got is in the recording, each once, in order.
    await talk.recorded(lambda events: _welcomes(events) == [b"welcome %d" % n for n in range(1, kills + 2)])
    events = talk.events()
    assert len([one for one in events if isinstance(one, Message) and one.direction is Direction.SENT]) == sent
    assert len([one for one in events if isinstance(one, Opened)]) == kills + 1
    assert len([one for one in events if isinstance(one, Closed)]) == kills
    assert server.most_open == 1
    assert memory[-1] - memory[0] < 1024 * 1024


def _welcomes(events: list[Event]) -> list[bytes]:
    return [one.payload for one in events if isinstance(one, Message) and one.payload.startswith(b"welcome")]
