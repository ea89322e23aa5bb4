"""The built-in server for one run."""

from __future__ import annotations

from websockets.asyncio.client import connect

from wireyard.cli.local_server import LocalServer


async def test_the_address_that_was_told_is_where_it_serves() -> None:
    server = LocalServer()
    address = server["$localServer"]
    assert server.get("$localServer") == address
    await server.start()
    async with connect(f"ws://{address}/", proxy=None) as client:
        await client.send("x")
        assert await client.recv() == "x"
    await server.stop()


async def test_nothing_runs_that_nobody_asked_for() -> None:
    server = LocalServer()
    assert server.get("$other") is None
    await server.start()
    await server.stop()
    assert list(server) == ["$localServer"]


async def test_another_server_is_used_when_it_is_named() -> None:
    server = LocalServer("127.0.0.1:9601")
    assert server["$localServer"] == "127.0.0.1:9601"
    await server.start()
    await server.stop()


async def test_a_run_that_ends_before_it_began_gives_the_port_back() -> None:
    server = LocalServer()
    assert server["$localServer"]
    await server.stop()
