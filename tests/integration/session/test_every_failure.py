"""Every failure that connecting can end with, raised by a real server over a real socket: step, title and remedies.

The numbers are those of the table of failures in the design; what only an open connection can end with is here too.
"""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path
from typing import get_args

import pytest
from msgspec.structs import replace
from tests.helpers.certificates import Authority
from tests.helpers.failures import ROWS, Row, own_files, server_context
from tests.helpers.frames import CLOSE, frame
from tests.helpers.raw_server import Peer, raw_server, unused_port
from tests.helpers.sinks import ListSink

from wireyard.domain.auth import OAuthLogin
from wireyard.domain.event import Closed
from wireyard.domain.failure import Failure, FailureCode
from wireyard.domain.request import ConnectRequest, Proxy, Tls
from wireyard.engine.dial import dial
from wireyard.engine.errors import DialError
from wireyard.engine.resolve import Endpoint
from wireyard.session.auth.sign_in import SignIn
from wireyard.session.wording import close_words, words

IN_TIME_S = 10.0
# What the last two rows of closing say is no failure of ours.
OF_CLOSING = {19, 20}


# What no attempt can end with: somebody cancelled, the disk is full, or it is our own mistake.
OTHERS: set[FailureCode] = {"cancelled", "storage", "internal"}


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def files(authority: Authority) -> dict[str, Path]:
    return own_files(authority)


def look_up(host: str, port: int) -> list[Endpoint]:
    if host == "four.test":
        return [Endpoint(socket.AF_INET, ("127.0.0.1", port))]
    if host == "broken.test":
        raise socket.gaierror(socket.EAI_AGAIN, "no answer from the name server")
    raise socket.gaierror(socket.EAI_NONAME, "no such name")


@pytest.mark.parametrize("row", ROWS, ids=str)
async def test_step_title_and_remedies(row: Row, authority: Authority, files: dict[str, Path]) -> None:
    free = unused_port()
    async with raw_server(row.handler, ssl_context=server_context(authority, row.tls)) as server:
        request = request_of(row, server.port, free, authority, files)
        failure = await asyncio.wait_for(failure_of(request, is_open=row.is_open), IN_TIME_S)
    said = words(failure)
    assert (failure.code, failure.step) == (row.code, row.step)
    assert said.title.startswith(row.title.format(port=server.port, free=free))
    assert row.says in said.explanation
    assert " ".join(remedy.id for remedy in said.remedies) == row.remedies
    assert len(said.remedies) <= 3


def request_of(row: Row, port: int, free: int, authority: Authority, files: dict[str, Path]) -> ConnectRequest:
    proxy = row.proxy or Proxy(mode="none")
    if row.proxy is not None and row.proxy.port <= 0:
        proxy = Proxy(
            mode=proxy.mode,
            host=proxy.host,
            port=port if row.proxy.port == 0 else free,
            user=proxy.user,
            password=proxy.password,
        )
    tls = Tls(ca_file=str(authority.ca_file)) if row.trusts else Tls()
    login = row.login
    if isinstance(login, OAuthLogin):
        login = replace(login, token_url=login.token_url.format(port=port, free=free))
    own = {name: value.format(**files) for name, value in row.own.items()}
    return ConnectRequest(
        url=row.url.format(port=port, free=free),
        tls=replace(tls, **own),
        headers=row.headers,
        network=row.network,
        proxy=proxy,
        subprotocols=row.subprotocols,
        login=login,
    )


async def failure_of(request: ConnectRequest, *, is_open: bool) -> Failure:
    sink = ListSink()
    if not is_open:
        with pytest.raises(DialError) as caught:
            await (SignIn().dial(request, sink) if request.login else dial(request, sink, lookup=look_up))
        return caught.value.failure
    link = await dial(request, sink, lookup=look_up)
    await asyncio.wait_for(link.wait_closed(), 10)
    assert sink.failure is not None
    return sink.failure


@pytest.mark.parametrize(
    ("number", "code", "title", "remedies"),
    [
        (19, 1008, "The server closed it: rule broken", ["reconnect", "open_auth"]),
        (20, 1001, "The server is shutting down or restarting", ["reconnect", "auto_reconnect"]),
    ],
    ids=["19-1008", "20-1001"],
)
async def test_a_close_that_tells_why(number: int, code: int, title: str, remedies: list[str]) -> None:
    async def says_goodbye(peer: Peer) -> None:
        await peer.accept(then=frame(CLOSE, code.to_bytes(2, "big") + b"see the log"))
        await peer.read_to_end()

    sink = ListSink()
    async with raw_server(says_goodbye) as server:
        link = await dial(ConnectRequest(url=server.url), sink)
        await asyncio.wait_for(link.wait_closed(), IN_TIME_S)
    (closed,) = sink.all(Closed)
    said = close_words(closed)
    assert number in OF_CLOSING
    assert said.title == title
    assert "“see the log”" in said.explanation
    assert [remedy.id for remedy in said.remedies] == remedies


def test_no_row_of_the_table_is_forgotten() -> None:
    assert {row.number for row in ROWS} | OF_CLOSING == set(range(32))


def test_no_kind_of_failure_is_forgotten() -> None:
    assert {row.code for row in ROWS} == set(get_args(FailureCode)) - OTHERS
