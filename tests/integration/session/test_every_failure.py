"""Every failure that connecting can end with, raised by a real server over a real socket: step, title and remedies.

The numbers are those of the table of failures in the design; what only an open connection can end with is here too.
"""

from __future__ import annotations

import asyncio
import socket
import ssl

import pytest
from tests.helpers.certificates import DAY, NOW, Authority
from tests.helpers.failures import ROWS, Row
from tests.helpers.raw_server import raw_server, unused_port
from tests.helpers.sinks import ListSink

from wireyard.domain.failure import Failure
from wireyard.domain.request import ConnectRequest, Proxy, Tls
from wireyard.engine.dial import dial
from wireyard.engine.errors import DialError
from wireyard.engine.resolve import Endpoint
from wireyard.session.wording import words


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


def context(authority: Authority, kind: str) -> ssl.SSLContext | None:
    if not kind:
        return None
    if kind == "other":
        return authority.context("other.example")
    if kind == "expired":
        return authority.context("127.0.0.1", begin=NOW - 2 * DAY, end=NOW - DAY)
    if kind == "future":
        return authority.context("127.0.0.1", begin=NOW + DAY, end=NOW + 2 * DAY)
    made = authority.context("127.0.0.1", self_signed=kind == "self-signed")
    if kind == "client":
        made.verify_mode = ssl.CERT_REQUIRED
        made.load_verify_locations(authority.ca_file)
        made.minimum_version = ssl.TLSVersion.TLSv1_3
    return made


def look_up(host: str, port: int) -> list[Endpoint]:
    if host == "four.test":
        return [Endpoint(socket.AF_INET, ("127.0.0.1", port))]
    raise socket.gaierror(socket.EAI_NONAME, "no such name")


@pytest.mark.parametrize("row", ROWS, ids=str)
async def test_step_title_and_remedies(row: Row, authority: Authority) -> None:
    free = unused_port()
    async with raw_server(row.handler, ssl_context=context(authority, row.tls)) as server:
        failure = await failure_of(request_of(row, server.port, free, authority), is_open=row.is_open)
    said = words(failure)
    assert failure.step == row.step
    assert said.title.startswith(row.title.format(port=server.port, free=free))
    assert [remedy.id for remedy in said.remedies][: len(row.remedies.split())] == row.remedies.split()
    assert len(said.remedies) <= 3


def request_of(row: Row, port: int, free: int, authority: Authority) -> ConnectRequest:
    proxy = row.proxy or Proxy(mode="none")
    if row.proxy is not None and row.proxy.port <= 0:
        proxy = Proxy(
            mode=proxy.mode,
            host=proxy.host,
            port=port if row.proxy.port == 0 else free,
            user=proxy.user,
            password=proxy.password,
        )
    return ConnectRequest(
        url=row.url.format(port=port, free=free),
        tls=Tls(ca_file=str(authority.ca_file)) if row.trusts else Tls(),
        network=row.network,
        proxy=proxy,
        subprotocols=row.subprotocols,
    )


async def failure_of(request: ConnectRequest, *, is_open: bool) -> Failure:
    sink = ListSink()
    if not is_open:
        with pytest.raises(DialError) as caught:
            await dial(request, sink, lookup=look_up)
        return caught.value.failure
    link = await dial(request, sink, lookup=look_up)
    await asyncio.wait_for(link.wait_closed(), 10)
    assert sink.failure is not None
    return sink.failure


def test_no_row_is_forgotten() -> None:
    of_closing = {19, 20}  # what a close code says is no failure: tests of wording/closing.py
    assert {row.number for row in ROWS} | of_closing == set(range(1, 32))
