"""Names are looked up beside the loop, and a lookup that is given up holds nothing up."""

from __future__ import annotations

import asyncio
import socket
import threading
import time

import pytest

from wireyard.engine.resolve import Endpoint, look_up, on_daemon_thread, resolve


async def test_the_local_host_has_an_address() -> None:
    endpoints = await resolve("localhost", 80)
    assert {endpoint.text for endpoint in endpoints} <= {"127.0.0.1:80", "[::1]:80"}
    assert endpoints


async def test_a_failure_is_raised_to_who_waits() -> None:
    def fail(host: str, port: int) -> list[Endpoint]:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    with pytest.raises(socket.gaierror):
        await resolve("x", 80, fail)


async def test_a_cancelled_lookup_returns_at_once() -> None:
    release = threading.Event()
    waiting = asyncio.create_task(on_daemon_thread(lambda: release.wait(60), "test"))
    await asyncio.sleep(0)
    begun = time.monotonic()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert time.monotonic() - begun < 0.2
    release.set()


def test_a_lookup_may_outlive_its_loop() -> None:
    release = threading.Event()

    async def begin() -> None:
        waiting = asyncio.create_task(on_daemon_thread(lambda: release.wait(60), "outlives"))
        await asyncio.sleep(0)
        waiting.cancel()

    asyncio.run(begin())
    release.set()
    for thread in [one for one in threading.enumerate() if one.name == "wireyard-outlives"]:
        thread.join(2)
        assert not thread.is_alive()


def test_addresses_are_named_once_each() -> None:
    endpoints = look_up("127.0.0.1", 99)
    assert endpoints == [Endpoint(socket.AF_INET, ("127.0.0.1", 99))]
    assert Endpoint(socket.AF_INET6, ("::1", 9, 0, 0)).text == "[::1]:9"
