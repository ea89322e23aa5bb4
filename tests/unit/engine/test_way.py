"""The way to a server over real sockets: through proxies of every kind, to chosen addresses and Unix sockets."""

from __future__ import annotations

import asyncio
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.helpers.certificates import Authority
from tests.helpers.proxies import Asked, http_proxy, socks4_proxy, socks5_proxy
from tests.helpers.raw_server import Handler, Peer, hang, raw_server, unused_port
from tests.helpers.sinks import ListSink, until

from wireyard.domain.event import Failed, Opened, Step
from wireyard.domain.failure import Failure
from wireyard.domain.request import ConnectRequest, HostAddress, Network, Proxy, Tls
from wireyard.engine.dial import dial
from wireyard.engine.errors import DialError
from wireyard.engine.resolve import Endpoint, Lookup, look_up

CANCEL_S = 0.2
QUIET = Network(ping_interval_s=None)


async def accept(peer: Peer) -> None:
    await peer.accept()
    await peer.read_to_end()


def here(host: str, port: int) -> list[Endpoint]:
    """Every name is this computer's."""
    return look_up("127.0.0.1", port)


def nowhere(host: str, port: int) -> list[Endpoint]:
    raise socket.gaierror(socket.EAI_NONAME, "no such name")


async def steps_of(wanted: ConnectRequest, lookup: Lookup = nowhere) -> list[Step]:
    """Connect, and give the steps of it."""
    sink = ListSink()
    link = await dial(wanted, sink, lookup=lookup)
    link.drop()
    await link.wait_closed()
    assert len(sink.all(Opened)) == 1
    return sink.all(Step)


async def fail(wanted: ConnectRequest, lookup: Lookup = nowhere) -> Failure:
    sink = ListSink()
    with pytest.raises(DialError) as caught:
        await dial(wanted, sink, lookup=lookup)
    assert isinstance(sink.events[-1], Failed)
    return caught.value.failure


def by(proxy: Proxy, url: str = "ws://server.test/", **more: object) -> ConnectRequest:
    return ConnectRequest(url=url, proxy=proxy, **({"network": QUIET} | more))  # type: ignore[arg-type]


# ----------------------------------------------------------------------------------------------------- HTTP CONNECT


async def test_a_tunnel_is_a_step_of_its_own() -> None:
    asked = Asked()
    async with raw_server(accept) as server, raw_server(http_proxy(asked, to_port=server.port)) as through:
        steps = await steps_of(by(Proxy(mode="http", host="127.0.0.1", port=through.port)))
    assert [step.name for step in steps] == ["resolve", "tcp", "proxy", "upgrade"]
    assert steps[1].detail == f"127.0.0.1:{through.port}"
    assert steps[2].detail == "HTTP CONNECT server.test:80"
    assert asked.places == [("server.test", 80)]
    assert b"Proxy-Authorization" not in asked.requests[0]
    # What is the server's, and none of the proxy's business, and the other way round.
    assert b"Proxy" not in server.requests[0]


async def test_tls_goes_through_the_tunnel_to_the_server(tmp_path: Path) -> None:
    authority, asked = Authority(tmp_path), Asked()
    tls = Tls(ca_file=str(authority.ca_file))
    async with (
        raw_server(accept, ssl_context=authority.context("server.test")) as server,
        raw_server(http_proxy(asked, to_port=server.port)) as through,
    ):
        proxy = Proxy(mode="http", host="127.0.0.1", port=through.port)
        steps = await steps_of(by(proxy, "wss://server.test/", tls=tls))
    assert [step.name for step in steps] == ["resolve", "tcp", "proxy", "tls", "upgrade"]
    assert asked.places == [("server.test", 443)]


async def test_a_refused_certificate_is_looked_at_through_the_proxy(tmp_path: Path) -> None:
    authority, asked = Authority(tmp_path), Asked()
    async with (
        raw_server(accept, ssl_context=authority.context("server.test")) as server,
        raw_server(http_proxy(asked, to_port=server.port)) as through,
    ):
        failure = await fail(by(Proxy(mode="http", host="127.0.0.1", port=through.port), "wss://server.test/"))
    assert failure.code == "tls_untrusted"
    assert failure.certificate is not None
    assert failure.certificate.names == ("server.test",)
    assert asked.places == [("server.test", 443)] * 2


async def test_user_and_password_of_the_proxy() -> None:
    asked = Asked()
    async with raw_server(accept) as server:
        handler = http_proxy(asked, to_port=server.port, login="Basic bWU6cMOkc3M6d29yZA==")
        async with raw_server(handler) as through:
            proxy = Proxy(mode="http", host="127.0.0.1", port=through.port, user="me", password="päss:word")
            await steps_of(by(proxy))


async def test_a_proxy_that_wants_a_password() -> None:
    asked = Asked()
    async with raw_server(http_proxy(asked, to_port=1, login="Basic x")) as through:
        failure = await fail(by(Proxy(mode="http", host="127.0.0.1", port=through.port)))
    assert (failure.code, failure.step) == ("proxy_auth", "proxy")
    assert failure.facts["proxy_login"] == "none"
    assert failure.answer is not None
    assert (failure.answer.status, failure.answer.body) == (407, b"sign in")
    assert ("Proxy-Authenticate", "Basic realm=x") in failure.answer.headers


PAGE = b"<html><title>Hi</title></html>"


@pytest.mark.parametrize(
    ("answer", "fault", "reason"),
    [
        (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\nnope", "refused", "HTTP 403 Forbidden"),
        (b"HTTP/1.0 502 Bad Gateway\r\n\r\n", "refused", "HTTP 502 Bad Gateway"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE, "not_a_proxy", "HTTP 200 OK"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=x\r\n\r\n", "not_a_proxy", "HTTP 200 OK"),
        (b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n", "not_a_proxy", "HTTP 302 Found"),
        (b"SSH-2.0-OpenSSH\r\n", "not_a_proxy", "no HTTP answer"),
        (PAGE, "not_a_proxy", "no HTTP answer"),
        (b"", "closed", ""),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 60_000, "not_a_proxy", "headers without an end"),
    ],
)
async def test_a_proxy_that_lets_nobody_through(answer: bytes, fault: str, reason: str) -> None:
    async def serve(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(answer)

    async with raw_server(serve) as through:
        failure = await fail(by(Proxy(mode="http", host="127.0.0.1", port=through.port)))
    assert (failure.code, failure.step) == ("proxy_failed", "proxy")
    assert (failure.facts["fault"], failure.facts["reason"]) == (fault, reason)
    assert failure.facts["proxy"] == f"127.0.0.1:{through.port}"


async def test_a_refusal_whose_body_never_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wireyard.engine.tunnel.BODY_WAIT_S", 0.05)

    async def serve(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(b"HTTP/1.1 503 No\r\n\r\nfor ever")
        await peer.read_to_end()

    async with raw_server(serve) as through:
        failure = await fail(by(Proxy(mode="http", host="127.0.0.1", port=through.port)))
    assert failure.answer is not None
    assert failure.answer.body == b"for ever"


async def test_a_tunnel_that_is_cut(tmp_path: Path) -> None:
    async def serve(peer: Peer) -> None:
        await peer.read_request()
        peer.reset()

    async with raw_server(serve) as through:
        failure = await fail(by(Proxy(mode="http", host="127.0.0.1", port=through.port)))
    assert (failure.code, failure.facts["fault"]) == ("proxy_failed", "closed")


# ------------------------------------------------------------------------------------------------------------ SOCKS


@pytest.mark.parametrize("remote_names", [True, False])
@pytest.mark.parametrize("mode", ["socks4", "socks5"])
async def test_either_end_looks_the_name_up(mode: str, remote_names: bool) -> None:
    asked = Asked()
    make = socks4_proxy if mode == "socks4" else socks5_proxy
    async with raw_server(accept) as server, raw_server(make(asked, to_port=server.port)) as through:
        proxy = Proxy(mode=mode, host="127.0.0.1", port=through.port, user="", remote_names=remote_names)  # type: ignore[arg-type]
        steps = await steps_of(by(proxy), nowhere if remote_names else here)
    assert asked.places == [("server.test" if remote_names else "127.0.0.1", 80)]
    assert steps[2].detail.startswith("SOCKS 4" if mode == "socks4" else "SOCKS 5")


async def test_a_password_for_socks() -> None:
    asked = Asked()
    async with (
        raw_server(accept) as server,
        raw_server(socks5_proxy(asked, to_port=server.port, login=("me", "päss"))) as through,
    ):
        await steps_of(by(Proxy(mode="socks5", host="127.0.0.1", port=through.port, user="me", password="päss")))
    assert asked.logins == [("me", "päss")]


@pytest.mark.parametrize("password", ["wrong", ""])
async def test_a_wrong_password_for_socks(password: str) -> None:
    user = "me" if password else ""
    async with raw_server(socks5_proxy(Asked(), to_port=1, login=("me", "right"))) as through:
        proxy = Proxy(mode="socks5", host="127.0.0.1", port=through.port, user=user, password=password)
        failure = await fail(by(proxy))
    assert (failure.code, failure.step) == ("proxy_auth", "proxy")
    assert failure.facts["proxy_login"] == ("sent" if password else "none")
    assert "wrong" not in repr(failure.facts) or failure.facts["reason"] == "user name or password is wrong"


@pytest.mark.parametrize(
    ("mode", "handler", "code", "fault", "reason"),
    [
        ("socks5", socks5_proxy(Asked(), to_port=1, reply=5), "proxy_failed", "refused", "refused by the server"),
        ("socks5", socks5_proxy(Asked(), to_port=1, reply=2), "proxy_failed", "refused", "not allowed"),
        ("socks5", socks5_proxy(Asked(), to_port=1, reply=99), "proxy_failed", "refused", "reply 99"),
        ("socks5", socks5_proxy(Asked(), to_port=1, method=1), "proxy_auth", "auth", "method 1"),
        ("socks4", socks4_proxy(Asked(), to_port=1, reply=0x5B), "proxy_failed", "refused", "rejected"),
        ("socks4", socks4_proxy(Asked(), to_port=1, reply=0x5D), "proxy_auth", "auth", "another user"),
    ],
)
async def test_what_socks_says_no_with(mode: str, handler: Handler, code: str, fault: str, reason: str) -> None:
    async with raw_server(handler) as through:
        failure = await fail(by(Proxy(mode=mode, host="127.0.0.1", port=through.port)))  # type: ignore[arg-type]
    assert (failure.code, failure.facts["fault"]) == (code, fault)
    assert reason in failure.facts["reason"]


@pytest.mark.parametrize("mode", ["socks4", "socks5"])
async def test_a_web_server_in_place_of_socks(mode: str) -> None:
    async def serve(peer: Peer) -> None:
        await peer.reader.read(3)
        await peer.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    async with raw_server(serve) as through:
        failure = await fail(by(Proxy(mode=mode, host="127.0.0.1", port=through.port)))  # type: ignore[arg-type]
    assert (failure.code, failure.facts["fault"]) == ("proxy_failed", "not_a_proxy")


async def test_a_name_that_is_not_found_here_for_socks() -> None:
    async with raw_server(hang) as through:
        proxy = Proxy(mode="socks5", host="127.0.0.1", port=through.port, remote_names=False)
        failure = await fail(by(proxy))
    assert (failure.code, failure.facts["fault"]) == ("proxy_failed", "unusable")
    assert "server.test" in failure.facts["reason"]


# ----------------------------------------------------------------------------------------- reaching the proxy itself


async def test_a_proxy_that_is_not_found() -> None:
    failure = await fail(by(Proxy(mode="http", host="proxy.test", port=3128)))
    assert (failure.code, failure.step, failure.facts["fault"]) == ("proxy_failed", "resolve", "not_found")
    assert failure.facts["host"] == "server.test"


async def test_a_proxy_that_does_not_listen() -> None:
    port = unused_port()
    failure = await fail(by(Proxy(mode="socks5", host="127.0.0.1", port=port)))
    assert (failure.code, failure.step, failure.facts["fault"]) == ("proxy_failed", "tcp", "not_listening")


@pytest.mark.parametrize(
    "proxy", [Proxy(mode="http"), Proxy(mode="socks5", host="a b"), Proxy(mode="http", host="h", port=70000)]
)
async def test_a_proxy_s_address_that_is_none(proxy: Proxy) -> None:
    failure = await fail(by(proxy))
    assert (failure.code, failure.step, failure.facts["fault"]) == ("proxy_failed", "proxy", "setting")


@pytest.mark.parametrize("mode", ["http", "socks4", "socks5"])
async def test_a_proxy_that_hangs_ends_with_the_open_timeout(mode: str) -> None:
    async with raw_server(hang) as through:
        proxy = Proxy(mode=mode, host="127.0.0.1", port=through.port)  # type: ignore[arg-type]
        failure = await fail(by(proxy, network=Network(open_timeout_s=0.1)))
    assert (failure.code, failure.step, failure.facts["seconds"]) == ("timeout", "proxy", "0.1")


@pytest.mark.parametrize("mode", ["http", "socks4", "socks5"])
async def test_cancel_while_the_proxy_hangs(mode: str) -> None:
    sink = ListSink()
    async with raw_server(hang) as through:
        proxy = Proxy(mode=mode, host="127.0.0.1", port=through.port)  # type: ignore[arg-type]
        task = asyncio.create_task(dial(by(proxy), sink))
        await until(lambda: through.connections == 1 and len(sink.all(Step)) == 2)
        begun = time.perf_counter()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert time.perf_counter() - begun < CANCEL_S
    assert sink.failure is not None
    assert (sink.failure.code, sink.failure.step) == ("cancelled", "proxy")


async def test_a_bypassed_host_is_reached_without_the_proxy() -> None:
    async with raw_server(accept) as server:
        proxy = Proxy(mode="http", host="proxy.test", port=1, bypass=("127.0.0.0/8",))
        steps = await steps_of(by(proxy, server.url))
    assert [step.name for step in steps] == ["resolve", "tcp", "upgrade"]


async def test_the_environment_s_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked()
    async with raw_server(accept) as server, raw_server(http_proxy(asked, to_port=server.port)) as through:
        monkeypatch.setenv("http_proxy", f"http://me:secret@127.0.0.1:{through.port}")
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        steps = await steps_of(by(Proxy()))
    assert "proxy" in [step.name for step in steps]
    assert b"Proxy-Authorization: Basic bWU6c2VjcmV0\r\n" in asked.requests[0]
    assert "secret" not in repr(steps)


# ---------------------------------------------------------------------------------------------------------- Network


@pytest.mark.parametrize("host", ["", "server.test", "*"])
async def test_a_chosen_address(host: str) -> None:
    async with raw_server(accept) as server:
        network = Network(ping_interval_s=None, resolve=(HostAddress(host=host, addresses=("127.0.0.1",)),))
        url = f"ws://server.test:{server.port}/"
        steps = await steps_of(ConnectRequest(url=url, network=network))
    assert f"\r\nHost: server.test:{server.port}\r\n".encode() in server.requests[0]
    assert steps[0].detail == "127.0.0.1, as chosen"


@pytest.mark.parametrize(("host", "port"), [("other.test", 0), ("server.test", 1)])
async def test_an_address_that_is_chosen_for_others(host: str, port: int) -> None:
    network = Network(resolve=(HostAddress(host=host, port=port, addresses=("127.0.0.1",)),))
    failure = await fail(ConnectRequest(url="ws://server.test:9/", network=network))
    assert failure.code == "name_not_found"


async def test_a_chosen_address_is_what_the_proxy_is_asked_for() -> None:
    asked = Asked()
    async with raw_server(accept) as server, raw_server(http_proxy(asked, to_port=server.port)) as through:
        network = Network(ping_interval_s=None, resolve=(HostAddress(addresses=("10.1.2.3",)),))
        await steps_of(by(Proxy(mode="http", host="127.0.0.1", port=through.port), network=network))
    assert asked.places == [("10.1.2.3", 80)]


def both(host: str, port: int) -> list[Endpoint]:
    return [*look_up("::1", port), *look_up("127.0.0.1", port)]


async def test_only_one_version_of_ip() -> None:
    async with raw_server(accept) as server:
        network = Network(ping_interval_s=None, ip_version="4")
        steps = await steps_of(ConnectRequest(url=f"ws://server.test:{server.port}/", network=network), both)
    assert steps[0].detail == "127.0.0.1"


async def test_a_version_that_the_name_has_no_address_of() -> None:
    failure = await fail(ConnectRequest(url="ws://server.test/", network=Network(ip_version="6")), here)
    assert (failure.code, failure.step, failure.facts["ip_version"]) == ("name_not_found", "resolve", "6")


@pytest.mark.skipif(sys.platform == "win32", reason="Python has no Unix sockets on Windows")
async def test_a_unix_socket(tmp_path: Path) -> None:
    path = tmp_path / "s"

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer = Peer(reader, writer)
        await accept(peer)
        writer.close()

    server = await asyncio.start_unix_server(serve, path)
    async with server:
        network = Network(ping_interval_s=None, unix_socket=str(path))
        steps = await steps_of(by(Proxy(mode="http", host="proxy.test", port=1), network=network))
    assert [(step.name, step.detail) for step in steps][:2] == [
        ("resolve", "not needed: a Unix socket"),
        ("tcp", f"Unix socket {path}"),
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="Python has no Unix sockets on Windows")
@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (lambda path: None, "missing"),
        (lambda path: path.write_bytes(b""), "refused"),
        (lambda path: path.mkdir(), "refused"),
    ],
)
async def test_a_unix_socket_that_is_none(tmp_path: Path, make: Callable[[Path], object], fault: str) -> None:
    make(tmp_path / "s")
    failure = await fail(ConnectRequest(url="ws://h/", network=Network(unix_socket=str(tmp_path / "s"))))
    assert (failure.code, failure.step, failure.facts["fault"]) == ("unix_socket", "tcp", fault)


async def test_a_unix_socket_where_there_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(socket, "AF_UNIX", raising=False)
    failure = await fail(ConnectRequest(url="ws://h/", network=Network(unix_socket="/s")))
    assert failure.facts["fault"] == "unsupported"


async def test_a_unix_socket_s_path_that_is_too_long() -> None:
    failure = await fail(ConnectRequest(url="ws://h/", network=Network(unix_socket="/" + "x" * 300)))
    assert (failure.code, failure.facts["fault"]) == ("unix_socket", "failed")
