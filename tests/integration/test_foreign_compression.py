"""permessage-deflate with npm ws: every parameter, offered by us and answered by it, and what was saved."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from tests.helpers.real_servers import WS_WITH_OPTIONS, npm_ws
from tests.helpers.sinks import ListSink

from wireyard.domain.compression import Deflate, agreed_deflate
from wireyard.domain.frame import Direction, Opcode
from wireyard.domain.request import ConnectRequest, Network
from wireyard.engine.dial import dial
from wireyard.engine.errors import DialError
from wireyard.engine.link import Link

PAYLOADS = [b'{"symbol": "ABC", "price": %d}' % number for number in range(60)] + [bytes(range(256)) * 300]
BITS = (None, 9, 12, 15)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """npm ws, whose options are the path, in JSON."""
    with npm_ws(WS_WITH_OPTIONS) as port:
        yield f"ws://127.0.0.1:{port}/"


async def connect(url: str, sink: ListSink, network: Network, **options: object) -> Link:
    return await dial(ConnectRequest(url=url + quote(json.dumps(options)), network=network), sink)


async def echo(link: Link, sink: ListSink) -> None:
    for payload in PAYLOADS:
        await link.send(Opcode.BINARY, payload)
    await sink.until(lambda s: len(s.received) == len(PAYLOADS))
    await link.close()
    assert sink.received == PAYLOADS
    assert all(message.rsv1 for message in sink.messages)


@pytest.mark.parametrize(("server_bits", "client_bits"), list(itertools.product(BITS, BITS)))
async def test_windows_of_every_size(server: str, server_bits: int | None, client_bits: int | None) -> None:
    sink = ListSink()
    network = Network(server_window_bits=server_bits, client_window_bits=client_bits)
    link = await connect(server, sink, network)
    assert agreed_deflate(link.opened) == Deflate(
        server_window_bits=server_bits or 15, client_window_bits=client_bits or 15
    )
    await echo(link, sink)


@pytest.mark.parametrize(("ours", "theirs"), list(itertools.product([True, False], repeat=2)))
async def test_messages_each_on_their_own_or_not(server: str, ours: bool, theirs: bool) -> None:
    sink = ListSink()
    link = await connect(server, sink, Network(client_context_takeover=ours, server_context_takeover=theirs))
    assert agreed_deflate(link.opened) == Deflate(client_context_takeover=ours, server_context_takeover=theirs)
    await echo(link, sink)


@pytest.mark.parametrize(
    ("options", "agreed"),
    [
        ({"serverMaxWindowBits": 10}, Deflate(server_window_bits=10)),
        ({"clientMaxWindowBits": 11}, Deflate(client_window_bits=11)),
        ({"serverNoContextTakeover": True}, Deflate(server_context_takeover=False)),
        ({"clientNoContextTakeover": True}, Deflate(client_context_takeover=False)),
    ],
)
async def test_what_the_server_wants_by_itself(server: str, options: dict[str, object], agreed: Deflate) -> None:
    sink = ListSink()
    link = await connect(server, sink, Network(), **options)
    assert agreed_deflate(link.opened) == agreed
    await echo(link, sink)


async def test_a_window_of_8_bits_for_us_fails_clearly(server: str) -> None:
    with pytest.raises(DialError) as caught:
        await connect(server, ListSink(), Network(), clientMaxWindowBits=8)
    assert caught.value.failure.code == "extension"
    assert caught.value.failure.facts["objection"] == "client_bits_8"


async def test_a_window_of_8_bits_of_the_server_is_read(server: str) -> None:
    sink = ListSink()
    await echo(await connect(server, sink, Network(), serverMaxWindowBits=8), sink)


async def test_off_is_off(server: str) -> None:
    sink = ListSink()
    link = await connect(server, sink, Network(compression=False))
    assert agreed_deflate(link.opened) is None
    await link.send(Opcode.TEXT, b"x" * 1000)
    await sink.until(lambda s: len(s.received) == 1)
    await link.close()
    assert [message.wire_bytes for message in sink.messages] == [1008, 1004]


async def test_keeping_the_context_saves_more(server: str) -> None:
    sums: dict[bool, int] = {}
    for keeps in (True, False):
        sink = ListSink()
        network = Network(client_context_takeover=keeps, server_context_takeover=keeps)
        await echo(await connect(server, sink, network), sink)
        sums[keeps] = sum(one.wire_bytes for one in sink.messages if one.direction is Direction.RECEIVED)
    assert sums[True] < sums[False] < sum(map(len, PAYLOADS))
