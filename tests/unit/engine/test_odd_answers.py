"""Answers to the upgrade that are endless, oversized or broken: each ends in time, told for what it is."""

from __future__ import annotations

import asyncio
import gzip
import time

import pytest
from tests.helpers.raw_server import Handler, Peer, raw_server
from tests.helpers.sinks import ListSink, until

from wireyard.domain.event import Failed, Step
from wireyard.domain.failure import Failure
from wireyard.domain.request import ConnectRequest, Network
from wireyard.engine.answer import MAX_BODY_BYTES
from wireyard.engine.dial import dial
from wireyard.engine.errors import DialError

PAGE = b"<html><title>Not here</title></html>"
CANCEL_S = 0.2


async def fail(handler: Handler, *, open_timeout_s: float = 10.0) -> Failure:
    sink = ListSink()
    async with raw_server(handler) as server:
        with pytest.raises(DialError) as caught:
            await dial(ConnectRequest(url=server.url, network=Network(open_timeout_s=open_timeout_s)), sink)
    assert isinstance(sink.events[-1], Failed)
    return caught.value.failure


def answers(*parts: bytes, wait_s: float = 0.0) -> Handler:
    """Send the parts after a request, then nothing until the client goes."""

    async def serve(peer: Peer) -> None:
        await peer.read_request()
        for part in parts:
            await peer.send(part)
            await asyncio.sleep(wait_s)
        await peer.read_to_end()

    return serve


async def for_ever(peer: Peer, head: bytes, more: bytes) -> None:
    await peer.read_request()
    await peer.send(head)
    while True:
        await peer.send(more)


async def test_a_body_without_an_end_is_kept_to_a_megabyte() -> None:
    begun = time.perf_counter()
    failure = await fail(lambda peer: for_ever(peer, b"HTTP/1.1 404 Not Found\r\n\r\n", b"x" * 65536))
    assert time.perf_counter() - begun < 2
    assert failure.answer is not None
    assert len(failure.answer.body) == MAX_BODY_BYTES


async def test_chunks_without_an_end() -> None:
    head = b"HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n"
    failure = await fail(lambda peer: for_ever(peer, head, b"10000\r\n" + b"x" * 65536 + b"\r\n"))
    assert failure.answer is not None
    assert len(failure.answer.body) == MAX_BODY_BYTES


@pytest.mark.parametrize("status", [b"101 Switching Protocols", b"200 OK", b"404 Not Found"])
async def test_headers_without_an_end(status: bytes) -> None:
    failure = await fail(lambda peer: for_ever(peer, b"HTTP/1.1 " + status + b"\r\n", b"X-More: of the same\r\n" * 99))
    assert failure.code == "bad_answer"
    assert (failure.facts["header"], failure.facts["expected"]) == ("Size of all headers", "at most 256 KiB")
    assert failure.answer is not None
    assert failure.answer.status == int(status[:3])


async def test_headers_of_a_megabyte_in_one_go() -> None:
    failure = await fail(answers(b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * (1 << 20) + b"\r\n\r\n"))
    assert (failure.code, failure.facts["header"]) == ("bad_answer", "Size of all headers")


SWITCH = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"


@pytest.mark.parametrize(
    ("more", "header", "got", "expected"),
    [
        (b"X: y\r\n" * 200, "Number of headers", "202", "at most 128"),
        (b"X-Long: " + b"y" * 9000 + b"\r\n", "X-Long", "9,008 characters", "at most 8,190"),
        (b"what is this\r\n", "Header line", "what is this", "Name: value"),
        (b" folded: line\r\n", "Header line", " folded: line", "Name: value"),
        (b"Sec-WebSocket-Accept: wrong\r\n", "Sec-WebSocket-Accept", "wrong", None),
        (b"", "Sec-WebSocket-Accept", "", None),
    ],
)
async def test_a_switch_that_can_t_be_read(more: bytes, header: str, got: str, expected: str | None) -> None:
    failure = await fail(answers(SWITCH + more + b"\r\n"))
    assert (failure.code, failure.facts["header"], failure.facts["got"]) == ("bad_answer", header, got)
    assert expected is None or failure.facts["expected"] == expected
    assert failure.answer is not None
    assert failure.answer.status == 101


@pytest.mark.parametrize(
    ("headers", "body", "read", "packed_as"),
    [
        (b"Content-Encoding: gzip", gzip.compress(PAGE, mtime=0), PAGE, ""),
        (b"Content-Encoding: br", b"packed", b"packed", "br"),
        (b"Transfer-Encoding: gzip, chunked", b"3\r\nabc\r\n0\r\n\r\n", b"abc", "gzip"),
        (b"Transfer-Encoding: strange", PAGE, PAGE, "strange"),
    ],
)
async def test_codings_of_the_body(headers: bytes, body: bytes, read: bytes, packed_as: str) -> None:
    async def serve(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(b"HTTP/1.1 404 Not Found\r\n" + headers + b"\r\n\r\n" + body)

    failure = await fail(serve)
    assert failure.answer is not None
    assert (failure.answer.body, failure.answer.packed_as) == (read, packed_as)


async def test_one_byte_at_a_time_ends_with_the_open_timeout() -> None:
    parts = [bytes([byte]) for byte in b"HTTP/1.1 404 Not Found\r\n" * 50]
    begun = time.perf_counter()
    failure = await fail(answers(*parts, wait_s=0.02), open_timeout_s=0.3)
    assert time.perf_counter() - begun < 1
    assert (failure.code, failure.step) == ("timeout", "upgrade")
    assert int(failure.facts["received"]) > 3
    assert failure.answer is None or failure.answer.status == 404


async def test_a_body_that_drips_is_waited_for_two_seconds_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wireyard.engine.handshake.BODY_WAIT_S", 0.2)
    head = b"HTTP/1.1 404 Not Found\r\nContent-Length: 1000\r\n\r\n"
    begun = time.perf_counter()
    failure = await fail(answers(head, *[b"x"] * 500, wait_s=0.02))
    assert time.perf_counter() - begun < 1
    assert failure.answer is not None
    assert set(failure.answer.body) == {ord("x")}


async def test_cancel_while_the_body_drips() -> None:
    sink = ListSink()
    async with raw_server(answers(b"HTTP/1.1 404 Not Found\r\n\r\n", b"some")) as server:
        task = asyncio.create_task(dial(ConnectRequest(url=server.url), sink))
        await until(lambda: len(sink.all(Step)) == 2 and server.connections == 1)
        begun = time.perf_counter()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert time.perf_counter() - begun < CANCEL_S
