"""Through tinyproxy and microsocks, with and without a password; skipped where they are not installed."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.helpers.certificates import Authority
from tests.helpers.raw_server import Peer, raw_server, unused_port
from tests.helpers.sinks import ListSink

from wireyard.domain.event import Step
from wireyard.domain.failure import Failure
from wireyard.domain.request import ConnectRequest, HostAddress, Network, Proxy, Tls
from wireyard.engine.dial import dial
from wireyard.engine.errors import DialError

DEADLINE_S = 10.0


async def accept(peer: Peer) -> None:
    await peer.accept()
    await peer.read_to_end()


@contextlib.asynccontextmanager
async def running(port: int, *command: str) -> AsyncIterator[None]:
    program = shutil.which(command[0])
    if program is None:
        pytest.skip(f"{command[0]} is not installed (apt-get install tinyproxy-bin microsocks)")
    process = await asyncio.create_subprocess_exec(
        program, *command[1:], stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        await _listening(port)
        yield
    finally:
        process.kill()  # tinyproxy takes seconds to end otherwise
        await process.wait()


async def _listening(port: int) -> None:
    async with asyncio.timeout(DEADLINE_S):
        while True:
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                with contextlib.suppress(OSError):
                    await writer.wait_closed()
                return
            await asyncio.sleep(0.02)


@contextlib.asynccontextmanager
async def tinyproxy(folder: Path, *lines: str) -> AsyncIterator[Proxy]:
    port = unused_port()
    file = folder / "tinyproxy.conf"
    file.write_text("\n".join([f"Port {port}", "Listen 127.0.0.1", "MaxClients 20", *lines, ""]))
    async with running(port, "tinyproxy", "-d", "-c", str(file)):
        yield Proxy(mode="http", host="127.0.0.1", port=port)


@contextlib.asynccontextmanager
async def microsocks(*options: str) -> AsyncIterator[Proxy]:
    port = unused_port()
    async with running(port, "microsocks", "-i", "127.0.0.1", "-p", str(port), *options):
        yield Proxy(mode="socks5", host="127.0.0.1", port=port)


def signed_in(proxy: Proxy, user: str, password: str) -> Proxy:
    return Proxy(mode=proxy.mode, host=proxy.host, port=proxy.port, user=user, password=password)


async def steps_through(proxy: Proxy, url: str, tls: Tls | None = None) -> list[str]:
    sink = ListSink()
    network = Network(ping_interval_s=None, resolve=(HostAddress(host="server.test", addresses=("127.0.0.1",)),))
    link = await dial(ConnectRequest(url=url, proxy=proxy, network=network, tls=tls or Tls()), sink)
    link.drop()
    await link.wait_closed()
    return [step.name for step in sink.all(Step)]


async def failure_through(proxy: Proxy, url: str) -> Failure:
    with pytest.raises(DialError) as caught:
        await dial(ConnectRequest(url=url, proxy=proxy), ListSink())
    return caught.value.failure


async def test_tinyproxy(tmp_path: Path) -> None:
    async with tinyproxy(tmp_path) as proxy, raw_server(accept) as server:
        assert await steps_through(proxy, server.url) == ["resolve", "tcp", "proxy", "upgrade"]


async def test_tinyproxy_and_tls(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    async with (
        tinyproxy(tmp_path) as proxy,
        raw_server(accept, ssl_context=authority.context("server.test")) as server,
    ):
        tls = Tls(ca_file=str(authority.ca_file))
        steps = await steps_through(proxy, f"wss://server.test:{server.port}/", tls)
    assert steps == ["resolve", "tcp", "proxy", "tls", "upgrade"]


@pytest.mark.parametrize(("user", "password", "login"), [("", "", "none"), ("me", "wrong", "sent")])
async def test_tinyproxy_wants_a_password(tmp_path: Path, user: str, password: str, login: str) -> None:
    async with tinyproxy(tmp_path, "BasicAuth me sesame") as proxy:
        failure = await failure_through(signed_in(proxy, user, password), "ws://server.test/")
    assert failure.answer is not None
    # Version 1.11 says 401 to a wrong password, as a server would.
    assert (failure.code, failure.answer.status) == ("proxy_auth", 401 if user else 407)
    assert failure.facts["proxy_login"] == login
    assert b"<html" in failure.answer.body.lower()


async def test_tinyproxy_and_the_right_password(tmp_path: Path) -> None:
    async with tinyproxy(tmp_path, "BasicAuth me sesame") as proxy, raw_server(accept) as server:
        assert "proxy" in await steps_through(signed_in(proxy, "me", "sesame"), server.url)


async def test_tinyproxy_can_t_reach_the_server(tmp_path: Path) -> None:
    async with tinyproxy(tmp_path) as proxy:
        failure = await failure_through(proxy, f"ws://127.0.0.1:{unused_port()}/")
    assert (failure.code, failure.step, failure.facts["fault"]) == ("proxy_failed", "proxy", "refused")
    assert failure.answer is not None
    assert failure.answer.status >= 500


async def test_microsocks() -> None:
    async with microsocks() as proxy, raw_server(accept) as server:
        assert await steps_through(proxy, server.url) == ["resolve", "tcp", "proxy", "upgrade"]


@pytest.mark.parametrize(("user", "password"), [("", ""), ("me", "wrong")])
async def test_microsocks_wants_a_password(user: str, password: str) -> None:
    async with microsocks("-u", "me", "-P", "sesame") as proxy:
        failure = await failure_through(signed_in(proxy, user, password), "ws://server.test/")
    assert (failure.code, failure.step) == ("proxy_auth", "proxy")


async def test_microsocks_and_the_right_password() -> None:
    async with microsocks("-u", "me", "-P", "sesame") as proxy, raw_server(accept) as server:
        assert "proxy" in await steps_through(signed_in(proxy, "me", "sesame"), server.url)


@pytest.mark.skipif(sys.platform == "win32", reason="microsocks is for Unix")
async def test_microsocks_can_t_reach_the_server() -> None:
    async with microsocks() as proxy:
        failure = await failure_through(proxy, f"ws://127.0.0.1:{unused_port()}/")
    assert (failure.code, failure.facts["fault"]) == ("proxy_failed", "refused")
    assert failure.facts["reason"] == "connection refused by the server"
