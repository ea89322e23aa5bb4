"""Cookies at a handshake, byte by byte: one Cookie header, of the jar and of one's own; Set-Cookie of every answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.helpers.raw_server import Handler, Peer, RawServer, raw_server
from tests.helpers.sinks import ListSink

from wireyard.domain.cookie import Cookie, CookieOutcome
from wireyard.domain.event import Failed, Note, Opened
from wireyard.domain.request import ConnectRequest, Network
from wireyard.engine.cookies import told
from wireyard.engine.dial import dial
from wireyard.engine.errors import DialError
from wireyard.session.cookies.jar import Jar

HOST = "127.0.0.1"


def jar_with(**values: str) -> Jar:
    return Jar(
        Cookie(name=name, value=value, domain=HOST, created_s=at) for at, (name, value) in enumerate(values.items())
    )


def accepting(*headers: str) -> Handler:
    async def accept(peer: Peer) -> None:
        await peer.accept(*headers)
        await peer.read_to_end()

    return accept


async def request_to(server: RawServer, jar: Jar | None, **more: object) -> ListSink:
    """Connect, and go at once."""
    sink = ListSink()
    network = Network(ping_interval_s=None, compression=False, max_redirects=3)
    wanted = ConnectRequest(url=server.url, jar=jar, **({"network": network} | more))  # type: ignore[arg-type]
    try:
        link = await dial(wanted, sink)
    except DialError:
        return sink
    link.drop()
    await link.wait_closed()
    return sink


async def cookie_lines(jar: Jar | None, **more: object) -> list[bytes]:
    """The Cookie lines of one request, as they crossed the wire."""
    async with raw_server(accepting()) as server:
        await request_to(server, jar, **more)
    (request,) = server.requests
    return [line for line in request.split(b"\r\n") if line.lower().startswith(b"cookie:")]


async def test_the_jar_s_cookies_are_one_header() -> None:
    assert await cookie_lines(jar_with(a="1", b="x=y")) == [b"Cookie: a=1; b=x=y"]
    assert await cookie_lines(jar_with()) == []
    assert await cookie_lines(None) == []


async def test_a_cookie_of_one_s_own_goes_before_the_jar_s_of_its_name() -> None:
    headers = (("X", "1"), ("cookie", "b=mine;"), ("Y", "2"))
    assert await cookie_lines(jar_with(a="1", b="2"), headers=headers) == [b"cookie: b=mine; a=1"]


async def test_several_cookie_headers_of_one_s_own_stay_several() -> None:
    headers = (("Cookie", "x=1"), ("Cookie", "y=2"))
    assert await cookie_lines(jar_with(a="1"), headers=headers) == [b"Cookie: x=1", b"Cookie: y=2; a=1"]


async def test_off_means_none_of_the_jar_and_nothing_kept() -> None:
    jar = jar_with(a="1")
    off = Network(ping_interval_s=None, cookies=False)
    assert await cookie_lines(jar, network=off, headers=(("Cookie", "own=1"),)) == [b"Cookie: own=1"]
    async with raw_server(accepting("Set-Cookie: new=1")) as server:
        sink = await request_to(server, jar, network=off)
    assert [cookie.name for cookie in jar.cookies] == ["a"]
    assert sink.one(Opened).cookies == ()


async def test_a_header_that_is_left_out_is_left_out() -> None:
    assert await cookie_lines(jar_with(a="1"), removed_headers=("cookie",)) == []


async def test_bytes_come_back_as_they_were_set() -> None:
    jar = Jar()
    odd = "\"{}' caf\t\u00e9, x"

    async def accept(peer: Peer) -> None:
        await peer.accept(f"Set-Cookie: odd={odd}; Path=/")
        await peer.read_to_end()

    async with raw_server(accept) as server:
        await request_to(server, jar)
    assert await cookie_lines(jar) == [f"Cookie: odd={odd}".encode()]


async def test_what_an_opening_sets_is_kept_and_told() -> None:
    jar = Jar()
    handler = accepting(
        "Set-Cookie: sid=hush; Path=/", "Set-Cookie: evil=1; Domain=other.example", "set-cookie: s=1; Secure"
    )
    async with raw_server(handler) as server:
        sink = await request_to(server, jar)
        await request_to(server, jar)
    assert b"Cookie: sid=hush\r\n" in server.requests[1]
    kept, other, secure = sink.one(Opened).cookies
    assert (kept.name, kept.fate, kept.domain, kept.path) == ("sid", "kept", HOST, "/")
    assert other.why == "It is for another host, other.example."
    assert secure.why == "It is for TLS only, and this connection has none."
    (note,) = [note for note in sink.all(Note) if note.topic == "cookies"]
    assert "sid kept" in note.text
    assert "evil refused: It is for another host, other.example" in note.text
    assert "hush" not in note.text


@pytest.mark.parametrize("status", ["401 Unauthorized", "500 Oh", "200 OK"])
async def test_what_a_refusal_sets_is_kept_and_told(status: str) -> None:
    async def refuse(peer: Peer) -> None:
        await peer.answer(status, "Set-Cookie: sid=1", "Content-Length: 0")

    jar = Jar()
    async with raw_server(refuse) as server:
        sink = await request_to(server, jar)
    assert [cookie.name for cookie in jar.cookies] == ["sid"]
    assert [each.fate for each in sink.one(Failed).failure.cookies] == ["kept"]


async def test_what_a_wrong_101_sets_is_kept_too() -> None:
    async def wrong(peer: Peer) -> None:
        await peer.answer("101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade", "Set-Cookie: sid=1")

    jar = Jar()
    async with raw_server(wrong) as server:
        sink = await request_to(server, jar)
    assert sink.one(Failed).failure.code == "bad_answer"
    assert [cookie.name for cookie in jar.cookies] == ["sid"]


async def test_a_redirect_s_cookie_is_sent_to_where_it_leads() -> None:
    async def login(peer: Peer) -> None:
        await peer.read_request()
        if b"GET / " in peer.request:
            await peer.send(b"HTTP/1.1 302 Found\r\nLocation: /in\r\nSet-Cookie: sid=1; Path=/\r\n")
            await peer.send(b"Content-Length: 0\r\n\r\n")
        else:
            await peer.send(b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n")

    async with raw_server(login) as server:
        sink = await request_to(server, Jar(), headers=(("Cookie", "own=1"),))
    assert b"Cookie: own=1\r\n" in server.requests[0]
    assert b"Cookie: own=1; sid=1\r\n" in server.requests[1]
    assert [note.topic for note in sink.all(Note)] == ["cookies", ""]


async def test_to_another_origin_a_cookie_of_one_s_own_stays_behind_and_the_jar_decides() -> None:
    async with raw_server(accepting()) as target:

        async def away(peer: Peer) -> None:
            await peer.answer("302 Found", f"Location: ws://localhost:{target.port}/", "Content-Length: 0")

        jar = Jar([Cookie(name="here", value="1", domain=HOST), Cookie(name="there", value="2", domain="localhost")])
        async with raw_server(away) as server:
            await request_to(server, jar, headers=(("Cookie", "own=1"), ("X", "1")))
    assert b"Cookie: own=1; here=1\r\n" in server.requests[0]
    (request,) = target.requests
    assert [line for line in request.split(b"\r\n") if b"ookie" in line] == [b"Cookie: there=2"]


async def test_500_cookies_and_the_next_connect() -> None:
    async def refuse(peer: Peer) -> None:
        lines = (f"Set-Cookie: c{n}={'x' * 200}" for n in range(500))
        await peer.answer("403 No", *lines, "Content-Length: 0")

    jar = Jar()
    async with raw_server(refuse) as server:
        sink = await request_to(server, jar)
        await request_to(server, jar)
    assert len(sink.one(Failed).failure.cookies) == 51
    (line,) = [line for line in server.requests[1].split(b"\r\n") if line.startswith(b"Cookie: ")]
    assert len(line) < 8300


async def test_a_jar_can_not_break_a_request() -> None:
    """A cookie with a line break, as a file written by hand may have one, is never sent."""
    assert await cookie_lines(jar_with(a="1\r\nX: y", b="2")) == [b"Cookie: b=2"]


def _outcomes(make: Callable[[int], CookieOutcome], count: int) -> list[CookieOutcome]:
    return [make(number) for number in range(count)]


def test_many_are_told_in_one_line() -> None:
    kept = _outcomes(lambda n: CookieOutcome(name=f"k{n}", fate="kept"), 9)
    refused = _outcomes(lambda n: CookieOutcome(name="", fate="refused", why="It has no name."), 8)
    said = told([*kept, *refused, CookieOutcome(name="gone", fate="deleted")])
    assert said.startswith(
        "Cookies: k0, k1, k2, k3, k4, k5 and 3 more kept; gone deleted; one without a name refused: "
    )
    assert said.endswith("; 2 more refused.")
