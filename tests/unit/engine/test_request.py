"""The upgrade request as it goes out."""

from __future__ import annotations

import pytest
from tests.helpers.sinks import ListSink
from websockets.http11 import Request

from wireyard.domain.request import ConnectRequest
from wireyard.engine.address import parse_address
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
