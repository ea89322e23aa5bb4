"""The JSON ticker."""

from __future__ import annotations

import asyncio

from tests.helpers.playground import Playground, end_of, said


async def test_it_ticks_at_once_and_closes_after_the_count(playground: Playground) -> None:
    client = await playground.client("ticker?every=10&count=3")
    ticks = [await said(client) for _ in range(3)]
    assert [tick["number"] for tick in ticks] == [1, 2, 3]
    assert set(ticks[0]["quote"]) == {"symbol", "price", "change"}
    assert ticks[0]["at"].endswith("Z")
    assert await end_of(client) == (1000, "3 ticks sent")


async def test_the_feed_is_the_same_each_time(playground: Playground) -> None:
    first, second = [await playground.client("ticker?every=5") for _ in range(2)]
    assert [(await said(first))["quote"] for _ in range(4)] == [(await said(second))["quote"] for _ in range(4)]


async def test_a_message_changes_the_pace_and_other_messages_do_not(playground: Playground) -> None:
    client = await playground.client("ticker?every=3600000")
    assert (await said(client))["number"] == 1
    for nothing in ("hello", '{"every": 0}', '{"every": "fast"}', "[" * 5000, b"\xff"):
        await client.send(nothing)
    await client.send('{"every": 1}')
    assert (await asyncio.wait_for(said(client), 5))["number"] == 2
