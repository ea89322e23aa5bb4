"""Slow and lossy."""

from __future__ import annotations

import time

from tests.helpers.playground import Playground, end_of


async def test_answers_come_late_and_in_order_and_some_not_at_all(playground: Playground) -> None:
    client = await playground.client("slow?delay=50&lose=3")
    begun = time.monotonic()
    for number in range(1, 8):
        await client.send(str(number))
    assert [await client.recv() for _ in range(5)] == ["1", "2", "4", "5", "7"]
    assert 0.05 <= time.monotonic() - begun < 5


async def test_nothing_is_lost_when_told_so(playground: Playground) -> None:
    client = await playground.client("slow?delay=0&lose=0")
    for number in range(300):
        await client.send(str(number))
    assert [await client.recv() for _ in range(300)] == [str(number) for number in range(300)]


async def test_what_is_too_large_to_be_kept_is_refused(playground: Playground) -> None:
    client = await playground.client("slow")
    await client.send(b"x" * 300_000)
    assert (await end_of(client))[0] == 1009
