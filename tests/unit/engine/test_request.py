"""The upgrade request as it goes out."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.helpers.raw_server import Peer, raw_server
from tests.helpers.sinks import ListSink
from websockets.http11 import Request

from wireyard.domain.request import ConnectRequest, Network
from wireyard.engine.address import parse_address
from wireyard.engine.dial import dial
from wireyard.engine.request import USER_AGENT, HeaderError, build_request, check_headers
from wireyard.engine.tap import Tap
from wireyard.engine.wire import WireProtocol


def build(wanted: ConnectRequest) -> tuple[Request, WireProtocol]:
    address = parse_address(wanted.url)
    protocol = WireProtocol(address, Tap(ListSink()), subprotocols=wanted.subprotocols)
    return build_request(protocol, address, wanted), protocol


def test_our_own_headers() -> None:
    request, protocol = build(ConnectRequest(url="wss://h.example:8443/a?b", subprotocols=("x", "y")))
    assert request.path == "/a?b"
    assert dict(request.headers.raw_items()) == {
        "Host": "h.example:8443",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": protocol.key,
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits",
        "Sec-WebSocket-Protocol": "x, y",
        "User-Agent": USER_AGENT,
    }


def test_a_header_of_the_persons_own_replaces_ours() -> None:
    headers = (("host", "other"), ("USER-AGENT", "me"), ("Sec-WebSocket-Key", "AAAA"), ("X", " 1 "), ("X", "2"))
    request, protocol = build(ConnectRequest(url="ws://h.example/", headers=headers))
    assert request.headers.get_all("Host") == ["other"]
    assert request.headers.get_all("User-Agent") == ["me"]
    assert request.headers.get_all("X") == ["1", "2"]
    assert protocol.key == "AAAA"


def test_what_is_removed_is_not_sent() -> None:
    removed = ("host", "User-Agent", "Sec-WebSocket-Extensions")
    request, protocol = build(ConnectRequest(url="ws://u:p@h.example/", removed_headers=removed))
    assert [name for name, _ in request.headers.raw_items()] == [
        "Upgrade",
        "Connection",
        "Sec-WebSocket-Key",
        "Sec-WebSocket-Version",
        "Authorization",
    ]
    assert protocol.available_extensions is None


async def test_every_byte_of_the_request_is_the_person_s() -> None:
    async def accept(peer: Peer) -> None:
        await peer.accept()
        await peer.read_to_end()

    headers = (
        ("X-b", "2"),
        ("Host", "virtual.example"),
        ("x-A", "1"),
        ("Origin", "https://app.example"),
        ("X-b", "1"),
        ("Empty", ""),
        ("Word", "caf\xe9"),
        ("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA=="),
    )
    wanted = ConnectRequest(
        url="ws://127.0.0.1:{}/p%20q?a=1&a=2&b=",
        headers=headers,
        removed_headers=("User-Agent",),
        network=Network(ping_interval_s=None, compression=False),
    )
    async with raw_server(accept) as server:
        link = await dial(replace(wanted, url=wanted.url.format(server.port)), ListSink())
        link.drop()
        await link.wait_closed()
    assert b"".join(server.requests) == (
        b"GET /p%20q?a=1&a=2&b= HTTP/1.1\r\n"
        b"Host: virtual.example\r\n"
        b"Upgrade: websocket\r\n"
        b"Connection: Upgrade\r\n"
        b"Sec-WebSocket-Version: 13\r\n"
        b"X-b: 2\r\n"
        b"x-A: 1\r\n"
        b"Origin: https://app.example\r\n"
        b"X-b: 1\r\n"
        b"Empty: \r\n"
        b"Word: caf\xe9\r\n"
        b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        b"\r\n"
    )


def test_subprotocols_written_as_a_header_are_those_that_may_be_chosen() -> None:
    headers = (("Sec-WebSocket-Protocol", "one, two"),)
    _, protocol = build(ConnectRequest(url="ws://h.example/", headers=headers))
    assert protocol.available_subprotocols == ["one", "two"]


def test_an_empty_query_keeps_its_question_mark() -> None:
    request, _ = build(ConnectRequest(url="ws://h.example/?"))
    assert request.path == "/?"


def test_an_own_authorization_goes_before_the_address_s() -> None:
    request, _ = build(ConnectRequest(url="ws://u:p@h.example/", headers=(("Authorization", "Bearer t"),)))
    assert request.headers.get_all("Authorization") == ["Bearer t"]


@pytest.mark.parametrize(
    ("headers", "subprotocols", "named"),
    [
        ((("Bad Name", "x"),), (), "Bad Name"),
        ((("", "x"),), (), ""),
        ((("X", "a\r\nY: b"),), (), "X"),
        ((("X", "a\x00"),), (), "X"),
        ((("X", "€"),), (), "X"),
        ((("Host", "a"), ("host", "b")), (), "Host"),
        ((), ("not a token",), "Sec-WebSocket-Protocol"),
    ],
)
def test_what_can_t_be_sent(headers: tuple[tuple[str, str], ...], subprotocols: tuple[str, ...], named: str) -> None:
    with pytest.raises(HeaderError) as caught:
        check_headers(ConnectRequest(url="ws://h/", headers=headers, subprotocols=subprotocols))
    assert caught.value.failure.facts["header"] == named
    assert caught.value.failure.code == "bad_header"


def test_tabs_and_latin_1_are_fine() -> None:
    check_headers(ConnectRequest(url="ws://h/", headers=(("X", "a\tü"),)))
