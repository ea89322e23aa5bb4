"""Closing with any code, as our own engine and the library's client see it."""

from __future__ import annotations

import pytest
from tests.helpers.playground import Playground, end_of
from tests.helpers.sinks import ListSink

from wireyard.domain.request import ConnectRequest
from wireyard.engine.dial import dial


@pytest.mark.parametrize("code", [1000, 1001, 1003, 1011, 1013, 3000, 4999])
async def test_a_code_that_can_be_sent_is_sent(playground: Playground, code: int) -> None:
    client = await playground.client(f"close/{code}?reason=all%20done")
    assert await end_of(client) == (code, "all done")


@pytest.mark.parametrize("code", [1006, 1015])
async def test_a_lost_line_is_a_cut_one(playground: Playground, code: int) -> None:
    assert (await end_of(await playground.client(f"close/{code}")))[0] == 1006


async def test_a_close_without_code_is_an_empty_frame(playground: Playground) -> None:
    assert (await end_of(await playground.client("close/1005")))[0] == 1005


@pytest.mark.parametrize("code", [0, 999, 1004, 1016, 2999, 5000, 65535])
async def test_what_no_server_may_send_is_sent_and_noticed(playground: Playground, code: int) -> None:
    sink = ListSink()
    link = await dial(ConnectRequest(url=f"{playground.url}close/{code}"), sink)
    closed = await link.wait_closed()
    assert closed.code == 1002
    assert sink.failure.facts.get("code", str(code)) == str(code)


async def test_it_waits_first_when_told_so_and_takes_messages_meanwhile(playground: Playground) -> None:
    client = await playground.client("close/4001?after=100")
    for number in range(50):
        await client.send(str(number))
    assert (await end_of(client))[0] == 4001


async def test_a_message_says_the_code(playground: Playground) -> None:
    client = await playground.client("close?reason=from%20the%20address")
    await client.send("what?")
    assert "4001 that was all" in str(await client.recv())
    await client.send("4002 by message")
    assert await end_of(client) == (4002, "by message")


async def test_a_long_reason_is_cut_between_letters(playground: Playground) -> None:
    client = await playground.client("close")
    await client.send("4000 " + "ü" * 100)
    code, reason = await end_of(client)
    assert (code, reason) == (4000, "ü" * 61)
