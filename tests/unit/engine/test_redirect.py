"""Redirects: off unless asked for, never out of TLS, and without what is meant for one origin."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.raw_server import Handler, Peer, raw_server
from tests.helpers.sinks import ListSink

from wireyard.domain.event import Failed, Note, Opened, Step
from wireyard.domain.failure import Answer, Failure
from wireyard.domain.request import ConnectRequest, HostAddress, Network, Tls
from wireyard.engine.address import parse_address
from wireyard.engine.dial import dial
from wireyard.engine.errors import DialError
from wireyard.engine.redirect import RedirectError, onward, target_of

SECRETS = (("Authorization", "Bearer t"), ("Cookie", "a=b"), ("X-Own", "1"), ("Host", "other"))


def answer(location: str, status: int = 302) -> Answer:
    return Answer(status=status, headers=(("Location", location),))


def request(url: str, hops: int = 5) -> ConnectRequest:
    return ConnectRequest(url=url, headers=SECRETS, network=Network(ping_interval_s=None, max_redirects=hops))


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/b?c", "wss://h.example/b?c"),
        ("b", "wss://h.example/a/b"),
        ("?q", "wss://h.example/a/x?q"),
        ("//i.example/x", "wss://i.example/x"),
        ("https://i.example", "wss://i.example/"),
        ("http://i.example:8080/", "ws://i.example:8080/"),
        ("wss://u:p@i.example/#part", "wss://i.example/"),
    ],
)
def test_where_a_location_leads(location: str, url: str) -> None:
    target = target_of(parse_address("wss://u:p@h.example/a/x"), location)
    assert target is not None
    assert (target.url, target.authorization) == (url, None)


@pytest.mark.parametrize("location", ["mailto:me", "http://", "ftp://h/", "https://[::1/", "https://h:99999/"])
def test_a_location_that_is_no_address(location: str) -> None:
    assert target_of(parse_address("wss://h.example/"), location) is None


@given(st.text())
def test_any_location_is_read_or_refused(location: str) -> None:
    target = target_of(parse_address("wss://h.example/"), location)
    assert target is None or target.url.startswith("ws")


def followed(url: str, location: str) -> ConnectRequest:
    wanted = request(url)
    to = onward(wanted, parse_address(url), answer(location), 0)
    assert to is not None
    return to.request


def test_within_one_origin_everything_is_kept() -> None:
    assert followed("wss://h.example/", "/b").headers == SECRETS


def test_the_login_of_the_address_is_kept_within_one_origin() -> None:
    wanted = ConnectRequest(url="ws://u:p@h.example/", network=Network(max_redirects=1))
    to = onward(wanted, parse_address(wanted.url), answer("/b"), 0)
    assert to is not None
    assert to.request.headers == (("Authorization", "Basic dTpw"),)


@pytest.mark.parametrize("location", ["https://i.example/", "https://h.example:444/"])
def test_to_another_origin_goes_nothing_that_is_private(location: str) -> None:
    assert followed("wss://h.example/", location).headers == (("X-Own", "1"),)


def test_to_tls_of_the_same_host_goes_nothing_that_is_private() -> None:
    assert followed("ws://h.example/", "https://h.example/").headers == (("X-Own", "1"),)


def test_the_address_of_the_first_host_is_not_the_others() -> None:
    rules = (HostAddress(addresses=("10.0.0.1",)), HostAddress(host="*", addresses=("10.0.0.2",)))
    wanted = ConnectRequest(url="ws://h/", network=Network(max_redirects=1, resolve=rules, unix_socket="/s"))
    to = onward(wanted, parse_address(wanted.url), answer("http://i/"), 0)
    assert to is not None
    assert to.request.network.resolve == rules[1:]
    assert to.request.network.unix_socket == ""


def test_another_host_is_not_shown_our_certificate_and_a_pin_still_holds() -> None:
    tls = Tls(client_certificate="c.p12", client_key_password="p", server_name="h", pinned_sha256="ab" * 32)
    wanted = ConnectRequest(url="wss://h/", network=Network(max_redirects=1), tls=tls)
    there = onward(wanted, parse_address(wanted.url), answer("https://i/"), 0)
    same = onward(wanted, parse_address(wanted.url), answer("/b"), 0)
    assert there is not None
    assert there.request.tls == Tls(pinned_sha256="ab" * 32)
    assert same is not None
    assert same.request.tls == tls


@pytest.mark.parametrize(
    ("location", "hops", "followed", "fault"),
    [
        ("http://h.example/", 5, 0, "leaves_tls"),
        ("/again", 2, 2, "too_many"),
        ("mailto:me", 5, 0, "no_address"),
    ],
)
def test_where_nobody_may_go(location: str, hops: int, followed: int, fault: str) -> None:
    url = "wss://h.example/"
    with pytest.raises(RedirectError) as caught:
        onward(request(url, hops), parse_address(url), answer(location), followed)
    assert caught.value.fault == fault


@pytest.mark.parametrize(("hops", "status", "location"), [(0, 302, "/b"), (5, 300, "/b"), (5, 302, "")])
def test_where_nobody_is_sent(hops: int, status: int, location: str) -> None:
    url = "ws://h.example/"
    assert onward(request(url, hops), parse_address(url), answer(location, status), 0) is None


# ------------------------------------------------------------------------------------------------- over real sockets


def sends_to(location: Callable[[], str]) -> Handler:
    async def serve(peer: Peer) -> None:
        await peer.answer("302 Found", f"Location: {location()}", "Content-Length: 4", body=b"gone")

    return serve


async def accept(peer: Peer) -> None:
    await peer.accept()
    await peer.read_to_end()


async def test_a_redirect_is_followed_in_steps() -> None:
    sink = ListSink()
    async with raw_server(accept) as server, raw_server(sends_to(lambda: f"http://127.0.0.1:{server.port}/b")) as first:
        link = await dial(request(first.url), sink)
        link.drop()
        await link.wait_closed()
    assert [(step.name, step.ok) for step in sink.all(Step)] == [
        ("resolve", True),
        ("tcp", True),
        ("upgrade", True),
    ] * 2
    assert sink.all(Opened)[0].url == f"ws://127.0.0.1:{server.port}/b"
    assert [note.text for note in sink.all(Note)] == [f"Redirected (302 Found) to ws://127.0.0.1:{server.port}/b"]
    assert b"Bearer t" in first.requests[0]
    assert b"Bearer t" not in server.requests[0]
    assert sink.all(Failed) == []


async def test_a_redirect_is_told_and_not_followed() -> None:
    failure = await fail(lambda: "/b", 0)
    assert (failure.code, failure.facts["location"], "redirect" in failure.facts) == ("not_websocket", "/b", False)


async def test_a_circle_ends() -> None:
    failure = await fail(lambda: "/again", 3)
    assert (failure.code, failure.facts["redirect"]) == ("not_websocket", "too_many")
    assert failure.answer is not None
    assert failure.answer.body == b"gone"


async def fail(location: Callable[[], str], hops: int) -> Failure:
    sink = ListSink()
    async with raw_server(sends_to(location)) as server:
        with pytest.raises(DialError) as caught:
            await dial(request(server.url, hops), sink)
        assert server.connections == hops + 1
    return caught.value.failure
