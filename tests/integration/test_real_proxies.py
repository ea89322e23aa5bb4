"""Through tinyproxy and microsocks, with and without a password; skipped where they are not installed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.helpers.certificates import Authority
from tests.helpers.raw_server import Peer, raw_server, unused_port
from tests.helpers.real_servers import microsocks, tinyproxy
from tests.helpers.sinks import ListSink

from wireyard.domain.event import Step
from wireyard.domain.failure import Failure
from wireyard.domain.request import ConnectRequest, HostAddress, Network, Proxy, Tls
from wireyard.engine.dial import dial
from wireyard.engine.errors import DialError


async def accept(peer: Peer) -> None:
    await peer.accept()
    await peer.read_to_end()


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
    with tinyproxy(tmp_path) as proxy:
        async with raw_server(accept) as server:
            assert await steps_through(proxy, server.url) == ["resolve", "tcp", "proxy", "upgrade"]


async def test_tinyproxy_and_tls(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    with tinyproxy(tmp_path) as proxy:
        async with raw_server(accept, ssl_context=authority.context("server.test")) as server:
            tls = Tls(ca_file=str(authority.ca_file))
            steps = await steps_through(proxy, f"wss://server.test:{server.port}/", tls)
    assert steps == ["resolve", "tcp", "proxy", "tls", "upgrade"]


@pytest.mark.parametrize(("user", "password", "login"), [("", "", "none"), ("me", "wrong", "sent")])
async def test_tinyproxy_wants_a_password(tmp_path: Path, user: str, password: str, login: str) -> None:
    with tinyproxy(tmp_path, "BasicAuth me sesame") as proxy:
        failure = await failure_through(signed_in(proxy, user, password), "ws://server.test/")
    assert failure.answer is not None
    # Version 1.11 says 401 to a wrong password, as a server would.
    assert (failure.code, failure.answer.status) == ("proxy_auth", 401 if user else 407)
    assert failure.facts["proxy_login"] == login
    assert b"<html" in failure.answer.body.lower()


async def test_tinyproxy_and_the_right_password(tmp_path: Path) -> None:
    with tinyproxy(tmp_path, "BasicAuth me sesame") as proxy:
        async with raw_server(accept) as server:
            assert "proxy" in await steps_through(signed_in(proxy, "me", "sesame"), server.url)


async def test_tinyproxy_can_t_reach_the_server(tmp_path: Path) -> None:
    with tinyproxy(tmp_path) as proxy:
        failure = await failure_through(proxy, f"ws://127.0.0.1:{unused_port()}/")
    assert (failure.code, failure.step, failure.facts["fault"]) == ("proxy_failed", "proxy", "refused")
    assert failure.answer is not None
    assert failure.answer.status >= 500


async def test_microsocks() -> None:
    with microsocks() as proxy:
        async with raw_server(accept) as server:
            assert await steps_through(proxy, server.url) == ["resolve", "tcp", "proxy", "upgrade"]


@pytest.mark.parametrize(("user", "password"), [("", ""), ("me", "wrong")])
async def test_microsocks_wants_a_password(user: str, password: str) -> None:
    with microsocks("-u", "me", "-P", "sesame") as proxy:
        failure = await failure_through(signed_in(proxy, user, password), "ws://server.test/")
    assert (failure.code, failure.step) == ("proxy_auth", "proxy")


async def test_microsocks_and_the_right_password() -> None:
    with microsocks("-u", "me", "-P", "sesame") as proxy:
        async with raw_server(accept) as server:
            assert "proxy" in await steps_through(signed_in(proxy, "me", "sesame"), server.url)


@pytest.mark.skipif(sys.platform == "win32", reason="microsocks is for Unix")
async def test_microsocks_can_t_reach_the_server() -> None:
    with microsocks() as proxy:
        failure = await failure_through(proxy, f"ws://127.0.0.1:{unused_port()}/")
    assert (failure.code, failure.facts["fault"]) == ("proxy_failed", "refused")
    assert failure.facts["reason"] == "connection refused by the server"
