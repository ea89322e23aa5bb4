"""The race over all addresses (RFC 8305)."""

from __future__ import annotations

import asyncio
import errno
import socket
import time

import pytest
from tests.helpers.raw_server import hang, raw_server, unused_port

from wireyard.engine.resolve import Endpoint
from wireyard.engine.tcp import ATTEMPT_DELAY_S, Race, connect, describe, interleave, kind_of


def v4(port: int, host: str = "127.0.0.1") -> Endpoint:
    return Endpoint(socket.AF_INET, (host, port))


def v6(port: int) -> Endpoint:
    return Endpoint(socket.AF_INET6, ("::1", port, 0, 0))


def test_families_alternate_beginning_with_the_first() -> None:
    assert interleave([v6(1), v6(2), v6(3), v4(4), v4(5)]) == [v6(1), v4(4), v6(2), v4(5), v6(3)]
    assert interleave([]) == []


async def test_a_refused_address_makes_room_for_the_next_at_once() -> None:
    race = Race()
    async with raw_server(hang) as server:
        begun = time.monotonic()
        sock, endpoint = await connect([v4(unused_port()), v4(server.port)], race)
        sock.close()
        assert time.monotonic() - begun < ATTEMPT_DELAY_S
    assert endpoint == v4(server.port)
    assert [attempt.error for attempt in race.attempts] == ["refused", ""]


async def test_an_address_that_is_silent_does_not_hold_up_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wireyard.engine.tcp.ATTEMPT_DELAY_S", 0.02)
    loop = asyncio.get_running_loop()
    original = loop.sock_connect

    async def silent_for_one(sock: socket.socket, address: tuple[str, int]) -> None:
        if address[1] == 1:
            await asyncio.sleep(60)
        await original(sock, address)

    monkeypatch.setattr(loop, "sock_connect", silent_for_one)
    race = Race()
    async with raw_server(hang) as server:
        sock, endpoint = await connect([v4(1), v4(server.port)], race)
        sock.close()
    assert endpoint == v4(server.port)
    assert [attempt.error for attempt in race.attempts] == ["", "abandoned"]


async def test_the_most_telling_failure_is_raised() -> None:
    race = Race()
    unreachable = Endpoint(socket.AF_INET, ("255.255.255.255", 9))
    with pytest.raises(ConnectionRefusedError):
        await connect([unreachable, v4(unused_port())], race)
    assert len(race.attempts) == len(race.errors) == 2


async def test_no_address_at_all() -> None:
    with pytest.raises(OSError, match="no address"):
        await connect([], Race())


async def test_a_cancelled_race_closes_its_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[socket.socket] = []
    is_opened = asyncio.Event()

    async def silent(sock: socket.socket, address: tuple[str, int]) -> None:
        opened.append(sock)
        is_opened.set()
        await asyncio.sleep(60)

    monkeypatch.setattr(asyncio.get_running_loop(), "sock_connect", silent)
    race = Race()
    racing = asyncio.create_task(connect([v4(1)], race))
    await is_opened.wait()
    racing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await racing
    assert opened[0].fileno() == -1
    assert [attempt.error for attempt in race.attempts] == ["abandoned"]


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (ConnectionRefusedError(errno.ECONNREFUSED, ""), "refused", "refused"),
        (ConnectionResetError(errno.ECONNRESET, ""), "reset", "reset"),
        (TimeoutError(errno.ETIMEDOUT, ""), "timeout", "no answer"),
        (OSError(errno.ENETUNREACH, ""), "unreachable", "no route"),
        (OSError(errno.EHOSTUNREACH, ""), "unreachable", "no route"),
        (OSError(errno.EMFILE, ""), "unreachable", "too many open files"),
        (OSError("odd"), "unreachable", "failed"),
    ],
)
def test_errors_by_type_and_number(error: OSError, kind: str, words: str) -> None:
    assert (kind_of(error), describe(error)) == (kind, words)
