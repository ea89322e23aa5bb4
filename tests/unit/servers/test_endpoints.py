"""Paths of the built-in server, and its manners with clients that err or leave."""

from __future__ import annotations

import asyncio
import time

import pytest
from tests.helpers.playground import Playground, end_of
from websockets.asyncio.client import connect

from wireyard.servers.echo import EchoServer


@pytest.mark.parametrize("target", ["", "echo", "echo?x=1", "any/path", "ticker/deeper", "chat/a/b", "close/1000/x"])
async def test_every_other_path_echoes(playground: Playground, target: str) -> None:
    client = await playground.client(target)
    await client.send("hello")
    assert await client.recv() == "hello"


@pytest.mark.parametrize(
    "target", ["ticker?every=0", "slow?delay=x", "close/70000", "close/abc", "close/1000?after=-1"]
)
async def test_what_can_not_be_is_refused_with_the_reason(playground: Playground, target: str) -> None:
    code, reason = await end_of(await playground.client(target))
    assert (code, "whole number" in (reason or "")) == (1008, True)


@pytest.mark.parametrize(
    "target", ["ticker?every=1", "binary", "chat", "slow?delay=60000", "close", "close/1000?after=9999"]
)
async def test_a_client_that_vanishes_and_a_server_that_stops_leave_no_noise(target: str) -> None:
    server = EchoServer(0)
    await server.start()
    gone = await connect(server.url + target, proxy=None)
    await gone.send("hello")
    gone.transport.abort()
    stays = await connect(server.url + target, proxy=None)
    await stays.send("hello")
    begun = time.monotonic()
    await server.stop()
    assert time.monotonic() - begun < 2
    async with asyncio.timeout(5):
        await stays.wait_closed()
        await gone.wait_closed()
    assert stays.close_code == 1001


async def test_a_client_that_fills_the_slow_endpoint_does_not_hold_up_the_stop() -> None:
    server = EchoServer(0)
    await server.start()
    client = await connect(f"{server.url}slow?delay=60000", proxy=None)
    for number in range(200):
        await client.send(str(number))
    begun = time.monotonic()
    await server.stop()
    assert time.monotonic() - begun < 2
    await client.wait_closed()
