"""A conversation over real sockets, with the engine on the same loop and on a thread of its own."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from tests.helpers.scripted_server import deaf_until, echo, listen, raw_serving, serving, silent
from tests.helpers.sinks import until
from tests.helpers.talks import WAIT_S, Talk
from websockets.asyncio.server import ServerConnection

from wireyard.domain.event import Closed, Control, Event, Failed, Message, Note, Opened, StepName
from wireyard.domain.frame import Direction, Opcode
from wireyard.domain.ports import EventSink
from wireyard.domain.request import ConnectRequest, Network
from wireyard.engine.dial import dial
from wireyard.engine.host import EngineHost
from wireyard.session import states
from wireyard.session.attempt import Link


@pytest.fixture
async def talk(tmp_path: Path, host: EngineHost) -> AsyncIterator[Talk]:
    talk = Talk(tmp_path / "sessions", host)
    yield talk
    await talk.conversation.close()


def messages(events: list[Event]) -> list[Message]:
    return [event for event in events if isinstance(event, Message)]


async def test_connect_send_receive_and_disconnect(talk: Talk) -> None:
    async with serving(echo) as url:
        await talk.open(url)
        assert await talk.conversation.send(Opcode.TEXT, b"hello")
        await talk.recorded(lambda events: len(messages(events)) == 2)
        talk.conversation.disconnect(1000, "bye")
        assert isinstance(talk.conversation.state, states.Closing)
        closed = await talk.until(states.Closed)
    assert isinstance(closed, states.Closed)
    assert (closed.event.by, closed.event.code, closed.event.reason, closed.failure) == ("us", 1000, "bye", None)
    assert talk.kinds == ["Connecting", "Open", "Closing", "Closed"]
    assert [message.payload for message in messages(talk.events())] == [b"hello", b"hello"]


async def test_secrets_are_noted_in_the_recording_and_kept_out_of_its_head(talk: Talk) -> None:
    async with serving(echo) as url:
        wanted = ConnectRequest(url=f"{url}/hunter2", headers=(("X-Key", "hunter2"),))
        assert talk.conversation.connect(wanted, secrets=("hunter2",))
        assert await talk.conversation.send(Opcode.TEXT, b"correct horse", ["correct horse"])
        events = await talk.recorded(lambda events: len(messages(events)) == 2)
    recording = talk.conversation.recording
    assert recording is not None
    assert recording.secrets == talk.conversation.secrets.values == ("hunter2", "correct horse")
    assert recording.info.url == f"{url}/(hidden)"
    # The recording itself is the evidence.
    assert [event.request_target for event in events if isinstance(event, Opened)] == ["//hunter2"]


async def test_secrets_of_a_request_that_failed_before_it_was_recorded_are_noted_later(talk: Talk) -> None:
    async with serving(echo) as url:
        assert talk.conversation.connect(ConnectRequest(url="ws://h:99999/"), secrets=["hunter2"])
        assert talk.conversation.recording is None
        await talk.open(url)
    assert talk.conversation.recording is not None
    assert talk.conversation.recording.secrets == ("hunter2",)


async def test_the_steps_are_told_while_connecting(talk: Talk) -> None:
    async with serving(echo) as url:
        await talk.open(url)
    steps = [state.step for state in talk.heard if isinstance(state, states.Connecting)]
    assert steps[0] is None
    assert [step for step in steps if step] == ["resolve", "tcp", "upgrade"]


async def test_a_message_given_while_connecting_goes_out_once_open(talk: Talk) -> None:
    async with serving(echo) as url:
        talk.conversation.connect(ConnectRequest(url=url))
        first = talk.conversation.send(Opcode.TEXT, b"1")
        second = talk.conversation.send(Opcode.BINARY, b"2")
        assert await first
        assert await second
        events = await talk.recorded(lambda events: len(messages(events)) == 4)
    sent = [message.payload for message in messages(events) if message.direction is Direction.SENT]
    assert sent == [b"1", b"2"]


async def test_many_messages_keep_their_order(talk: Talk) -> None:
    async with serving(listen) as url:
        await talk.open(url)
        sends = [talk.conversation.send(Opcode.TEXT, str(number).encode()) for number in range(500)]
        assert all(await asyncio.gather(*sends))
    sent = [int(message.payload) for message in messages(talk.events())]
    assert sent == list(range(500))


async def test_a_second_connect_does_nothing(talk: Talk) -> None:
    connections: list[ServerConnection] = []

    async def count(connection: ServerConnection) -> None:
        connections.append(connection)
        await echo(connection)

    async with serving(count) as url:
        assert talk.conversation.connect(ConnectRequest(url=url))
        assert not talk.conversation.connect(ConnectRequest(url=url))
        await talk.until(states.Open)
        assert not talk.conversation.connect(ConnectRequest(url=url))
        assert await talk.conversation.send(Opcode.TEXT, b"one only")
        await talk.recorded(lambda events: len(messages(events)) == 2)
        assert len(connections) == 1


async def test_cancel_is_idle_at_once_and_the_socket_goes_within_200_ms(talk: Talk) -> None:
    gone = asyncio.Event()

    async def hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await silent(reader, writer)
        gone.set()

    async with raw_serving(hold) as url:
        talk.conversation.connect(ConnectRequest(url=url))
        async with asyncio.timeout(WAIT_S):
            while not (
                isinstance(talk.conversation.state, states.Connecting) and talk.conversation.state.step == "upgrade"
            ):
                talk.changed.clear()
                await talk.changed.wait()
        begun = time.monotonic()
        talk.conversation.cancel()
        assert talk.conversation.state == states.Idle()
        await talk.conversation.closed()
        assert time.monotonic() - begun < 0.2
        async with asyncio.timeout(WAIT_S):
            await gone.wait()
    failures = [event.failure.code for event in talk.events() if isinstance(event, Failed)]
    assert failures == ["cancelled"]


async def test_connect_right_after_cancel_never_has_two_sockets(tmp_path: Path, host: EngineHost) -> None:
    running = most = begun = 0

    async def counted(
        request: ConnectRequest, sink: EventSink, *, on_step: Callable[[StepName], None] | None = None
    ) -> Link:
        nonlocal running, most, begun
        running += 1
        begun += 1
        most = max(most, running)
        try:
            return await dial(request, sink, on_step=on_step)
        finally:
            running -= 1

    talk = Talk(tmp_path / "sessions", host, dial=counted)
    async with raw_serving(silent) as url:
        for is_dialled in (False, False, True, False, True, False, True):
            assert talk.conversation.connect(ConnectRequest(url=url))
            before = begun
            await (until(lambda before=before: begun > before) if is_dialled else asyncio.sleep(0))
            talk.conversation.cancel()
        await talk.conversation.closed()
    await talk.conversation.close()
    assert begun >= 3
    assert most == 1


async def test_a_message_held_by_a_cancelled_attempt_is_not_sent_by_the_next(talk: Talk) -> None:
    async with serving(echo) as url:
        talk.conversation.connect(ConnectRequest(url=url))
        held = talk.conversation.send(Opcode.TEXT, b"held")
        talk.conversation.cancel()
        assert await held is False
        await talk.open(url)
        await talk.conversation.send(Opcode.TEXT, b"new")
        events = await talk.recorded(lambda events: len(messages(events)) == 3)
    assert [(message.payload, message.state) for message in messages(events)] == [
        (b"held", "failed"),
        (b"new", "sent"),
        (b"new", "sent"),
    ]


async def test_a_bad_address_fails_at_once_and_records_nothing(talk: Talk) -> None:
    assert talk.conversation.connect(ConnectRequest(url="ws://h:99999/"))
    failed = talk.conversation.state
    assert isinstance(failed, states.Failed)
    assert failed.failure.code == "bad_address"
    assert talk.conversation.recording is None


async def test_a_folder_that_can_not_be_written_fails_in_words(tmp_path: Path, host: EngineHost) -> None:
    (tmp_path / "file").write_text("")
    talk = Talk(tmp_path / "file", host)
    talk.conversation.connect(ConnectRequest(url="ws://127.0.0.1:1/"))
    failed = talk.conversation.state
    assert isinstance(failed, states.Failed)
    assert failed.failure.code == "storage"


async def test_a_refused_connection_fails_and_can_be_tried_again(talk: Talk) -> None:
    async with raw_serving(silent) as url:
        pass
    talk.conversation.connect(ConnectRequest(url=url))
    failed = await talk.until(states.Failed)
    assert isinstance(failed, states.Failed)
    assert failed.failure.code == "refused"
    assert talk.conversation.connect(ConnectRequest(url=url))
    await talk.until(states.Failed)


async def test_reconnect_goes_on_in_the_same_recording_under_a_divider(talk: Talk) -> None:
    async with serving(echo) as url:
        for _ in range(2):
            await talk.open(url)
            talk.conversation.disconnect()
            await talk.until(states.Closed)
    kinds = [type(event) for event in talk.events()]
    assert kinds.count(Opened) == 2
    assert kinds.count(Closed) == 2
    assert kinds.index(Note) > kinds.index(Closed)
    assert len(list(talk.folder.glob("*.wyd")) or list(talk.folder.iterdir())) >= 1


async def test_a_close_by_the_server_is_told(talk: Talk) -> None:
    async def leave(connection: ServerConnection) -> None:
        await connection.close(1001, "deploy")

    async with serving(leave) as url:
        talk.conversation.connect(ConnectRequest(url=url))
        closed = await talk.until(states.Closed)
    assert isinstance(closed, states.Closed)
    assert (closed.event.by, closed.event.code, closed.event.reason) == ("server", 1001, "deploy")
    assert closed.failure is None


async def test_a_lost_connection_comes_with_its_failure(talk: Talk) -> None:
    async def cut(connection: ServerConnection) -> None:
        await connection.recv()
        connection.transport.abort()

    async with serving(cut) as url:
        await talk.open(url)
        await talk.conversation.send(Opcode.TEXT, b"x")
        closed = await talk.until(states.Closed)
    assert isinstance(closed, states.Closed)
    assert closed.event.code == 1006
    assert closed.failure is not None
    assert closed.failure.code == "lost"


async def test_sending_after_the_close_is_a_row_that_was_not_sent(talk: Talk) -> None:
    async with serving(echo) as url:
        await talk.open(url)
        talk.conversation.disconnect()
        during = talk.conversation.send(Opcode.TEXT, b"during")
        await talk.until(states.Closed)
        after = talk.conversation.send(Opcode.TEXT, b"after")
        assert (await during, await after) == (False, False)
    rows = [(message.payload, message.state, message.note) for message in messages(talk.events())]
    assert rows == [
        (b"during", "failed", "The connection was closing."),
        (b"after", "failed", "The connection was closed."),
    ]


async def test_drop_cuts_without_a_close_frame(talk: Talk) -> None:
    async with serving(echo) as url:
        await talk.open(url)
        talk.conversation.drop()
        closed = await talk.until(states.Closed)
    assert isinstance(closed, states.Closed)
    assert (closed.event.by, closed.event.code) == ("us", 1006)


async def test_drop_ends_a_closing_that_the_server_does_not_answer(talk: Talk) -> None:
    over = asyncio.Event()
    async with serving(deaf_until(over)) as url:
        await talk.open(url)
        talk.conversation.disconnect()
        begun = time.monotonic()
        talk.conversation.drop()
        await talk.until(states.Closed)
        assert time.monotonic() - begun < 0.5
        over.set()


@pytest.mark.parametrize(("code", "reason"), [(1006, ""), (999, ""), (5000, ""), (1000, "é" * 62)])
async def test_a_close_that_may_not_be_sent_is_refused(talk: Talk, code: int, reason: str) -> None:
    with pytest.raises(ValueError, match="lose"):
        talk.conversation.disconnect(code, reason)


async def test_round_trips_are_measured(talk: Talk) -> None:
    async with serving(echo) as url:
        await talk.open(url)
        assert talk.conversation.roundtrip is None
        assert talk.conversation.ping(b"abc")
        await until(lambda: talk.conversation.roundtrip is not None)
        assert talk.conversation.roundtrip is not None
        assert talk.conversation.roundtrip.count == 1
        assert 0 < talk.conversation.roundtrip.last_ms < 1000


async def test_a_ping_needs_an_open_connection(talk: Talk) -> None:
    assert not talk.conversation.ping()


async def test_when_received_is_done_with_the_wanted_message(talk: Talk) -> None:
    async def push(connection: ServerConnection) -> None:
        for number in range(5):
            await connection.send(str(number))
        await listen(connection)

    async with serving(push) as url:
        enough = talk.conversation.when_received(3)
        talk.conversation.connect(ConnectRequest(url=url))
        async with asyncio.timeout(WAIT_S):
            await enough
        assert talk.conversation.received_count >= 3


async def test_after_the_end_nothing_can_be_connected(talk: Talk) -> None:
    await talk.conversation.close()
    assert not talk.conversation.connect(ConnectRequest(url="ws://127.0.0.1:1/"))


async def test_a_timeout_names_its_step(talk: Talk) -> None:
    async with raw_serving(silent) as url:
        talk.conversation.connect(ConnectRequest(url=url, network=Network(open_timeout_s=0.1)))
        failed = await talk.until(states.Failed)
    assert isinstance(failed, states.Failed)
    assert (failed.failure.code, failed.failure.step) == ("timeout", "upgrade")


async def test_pings_and_pongs_by_hand_with_a_payload(talk: Talk) -> None:
    pongs: list[bytes] = []

    async def listen_to_pongs(connection: ServerConnection) -> None:
        answered = await connection.ping(b"from the server")
        await answered
        pongs.append(b"answered")
        await listen(connection)

    async with serving(listen_to_pongs) as url:
        await talk.open(url, network=Network(ping_interval_s=None, auto_pong=False))
        assert talk.conversation.ping(b"abc")
        events = await talk.recorded(lambda events: len(_controls(events, Opcode.PONG)) == 1)
        assert [one.payload for one in _controls(events, Opcode.PONG)] == [b"abc"]
        assert pongs == []
        assert talk.conversation.pong(b"from the server")
        await until(lambda: pongs == [b"answered"])
        with pytest.raises(ValueError, match="at most 125 bytes: this has 126"):
            talk.conversation.pong(b"x" * 126)
        talk.conversation.disconnect()
        await talk.until(states.Closed)
        assert not talk.conversation.pong(b"too late")


def _controls(events: list[Event], opcode: Opcode) -> list[Control]:
    return [event for event in events if isinstance(event, Control) and event.opcode is opcode]


async def test_what_compression_saves_is_counted_each_way(talk: Talk) -> None:
    async with serving(echo) as url:
        await talk.open(url)
        await talk.conversation.send(Opcode.TEXT, b"x" * 10_000)
        await talk.recorded(lambda events: len(messages(events)) == 2)
        savings = talk.conversation.savings
        assert (savings.sent.count, savings.received.count) == (1, 1)
        assert savings.sent.message_bytes == savings.received.message_bytes == 10_000
        assert savings.sent.wire_bytes < 100
        assert talk.conversation.recording is not None
        reader = talk.conversation.recording.reader()
        assert reader.savings() == savings
        reader.close()


async def test_reading_pauses_at_the_limit_that_the_request_sets(talk: Talk) -> None:
    async with serving(listen) as url:
        await talk.open(url, network=Network(waiting_bytes=1))
        recording = talk.conversation.recording
        assert recording is not None
        recording.put(Note(ts_ns=1, mono_ns=1, text="waits"))
        filled = recording.is_full()
        recording.flush()
        assert not recording.is_full()
        recording.limit_waiting(1024 * 1024)
        recording.put(Note(ts_ns=1, mono_ns=1, text="waits"))
        assert filled
        assert not recording.is_full()


@pytest.mark.parametrize(("code", "reason"), [(1005, ""), (1006, ""), (2000, ""), (1000, "é" * 62), (None, "why")])
async def test_a_close_that_can_t_be_sent_changes_nothing(talk: Talk, code: int | None, reason: str) -> None:
    async with serving(listen) as url:
        await talk.open(url)
        with pytest.raises(ValueError, match="lose"):
            talk.conversation.disconnect(code, reason)
        assert isinstance(talk.conversation.state, states.Open)


@pytest.mark.parametrize(
    ("code", "reason", "told"), [(4001, "bye", 4001), (1000, "é" * 61 + "!", 1000), (None, "", 1005)]
)
async def test_a_close_is_seen_by_the_server_as_it_was_meant(
    talk: Talk, code: int | None, reason: str, told: int
) -> None:
    seen: list[tuple[int | None, str | None]] = []

    async def watch(connection: ServerConnection) -> None:
        await connection.wait_closed()
        seen.append((connection.close_code, connection.close_reason))

    async with serving(watch) as url:
        await talk.open(url)
        talk.conversation.disconnect(code, reason)
        closed = await talk.until(states.Closed)
        await until(lambda: bool(seen))
    assert seen == [(told, reason)]
    assert isinstance(closed, states.Closed)
    assert (closed.event.code, closed.event.by, closed.event.clean) == (told, "us", True)
