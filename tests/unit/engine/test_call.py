"""One POST over the engine's own steps: the exact bytes, whatever comes back, and which settings hold for whom."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.helpers.raw_server import Handler, Peer, raw_server, unused_port

from wireyard.domain.request import ConnectRequest, HostAddress, Network, Proxy, Tls
from wireyard.engine.address import parse_address
from wireyard.engine.call import for_address, post
from wireyard.engine.errors import DialError
from wireyard.engine.request import USER_AGENT

REQUEST = ConnectRequest(url="wss://ws.test/", network=Network(open_timeout_s=5), proxy=Proxy(mode="none"))


def says(answer: bytes, got: list[bytes] | None = None) -> Handler:
    async def serve(peer: Peer) -> None:
        await peer.read_request()
        body = await peer.reader.readexactly(int(peer.header("Content-Length")))
        if got is not None:
            got.append(peer.request + body)
        await peer.send(answer)

    return serve


async def test_these_bytes_are_sent() -> None:
    got: list[bytes] = []
    async with raw_server(says(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", got)) as server:
        answer = await post(REQUEST, f"http://127.0.0.1:{server.port}/t?x=1", b"a=b", [("Authorization", "Basic eA==")])
    assert (answer.status, answer.body) == (200, b"{}")
    lines = [
        "POST /t?x=1 HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        f"User-Agent: {USER_AGENT}",
        "Accept: application/json",
        "Content-Type: application/x-www-form-urlencoded",
        "Content-Length: 3",
        "Connection: close",
        "Authorization: Basic eA==",
    ]
    assert got == ["\r\n".join([*lines, "", "a=b"]).encode()]


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.0 200 OK\r\n\r\n{}",
    ],
    ids=["chunked", "interim", "to the end"],
)
async def test_every_way_to_end_an_answer(answer: bytes) -> None:
    async with raw_server(says(answer)) as server:
        assert (await post(REQUEST, f"http://127.0.0.1:{server.port}/", b"")).body == b"{}"


@pytest.mark.parametrize(
    ("answer", "code"),
    [(b"", "no_answer"), (b"HTTP/1.1 200 OK\r\nContent-", "no_answer"), (b"SSH-2.0-x\r\n", "bad_answer")],
)
async def test_what_is_no_answer(answer: bytes, code: str) -> None:
    async with raw_server(says(answer)) as server:
        with pytest.raises(DialError) as caught:
            await post(REQUEST, f"http://127.0.0.1:{server.port}/", b"")
    assert caught.value.failure.code == code


async def test_nobody_there() -> None:
    with pytest.raises(DialError) as caught:
        await post(REQUEST, f"http://127.0.0.1:{unused_port()}/", b"")
    assert (caught.value.failure.code, caught.value.failure.step) == ("refused", "tcp")


async def test_no_address() -> None:
    with pytest.raises(DialError) as caught:
        await post(REQUEST, "https://:x/", b"")
    assert caught.value.failure.code == "bad_address"


OWN = replace(
    REQUEST,
    network=Network(unix_socket="/run/x", resolve=(HostAddress(addresses=("::1",)), HostAddress(host="a.test"))),
    tls=Tls(server_name="x", pinned_sha256="ab", verify=False, ca_file="ca", client_certificate="me", alpn=("h2",)),
    proxy=Proxy(mode="socks5", host="p"),
)


def test_what_names_the_websockets_server_counts_for_no_other() -> None:
    made = for_address(OWN, parse_address("https://login.test/"))
    assert made.network == Network(resolve=(HostAddress(host="a.test"),))
    # The pin stood for a check that was switched off: here it can't, so the check is on.
    assert made.tls == Tls(ca_file="ca", client_certificate="me", verify=True)
    assert made.proxy == OWN.proxy


def test_a_check_that_is_skipped_is_skipped_here_too() -> None:
    skipping = replace(OWN, tls=Tls(verify=False))
    assert for_address(skipping, parse_address("https://login.test/")).tls.verify is False


def test_on_the_same_server_all_of_it_counts() -> None:
    made = for_address(OWN, parse_address("https://ws.test/token"))
    assert made.network == OWN.network
    assert made.tls == replace(OWN.tls, alpn=("http/1.1",))
