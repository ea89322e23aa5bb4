"""One HTTP request to another server than the WebSocket's, by the way that the request itself would take.

Asking for a token must obey the same proxy, certificates and addresses as the connection it is for, or it works in one
network and not in the next. So it goes over our own steps, and an HTTP client's worth of pools and redirects, which
nobody should follow with a password in hand, is not needed.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from typing import cast

from msgspec.structs import replace

from wireyard.domain.failure import Answer, Failure
from wireyard.domain.request import DEFAULT_ALPN, ConnectRequest, Tls
from wireyard.engine.address import Address, parse_address
from wireyard.engine.answer import MAX_BODY_BYTES, MAX_HEAD_BYTES, could_be_http, head_size, read_answer, read_body
from wireyard.engine.errors import AddressError, DialError
from wireyard.engine.request import USER_AGENT
from wireyard.engine.resolve import Lookup, look_up
from wireyard.engine.steps import Steps
from wireyard.engine.tls import TlsError, TlsStep
from wireyard.engine.way import BlockedError, Way


class _Nowhere:
    """The steps of a call are no rows of the timeline: the step they are part of is."""

    def put(self, event: object) -> None:
        """Let it go."""

    def is_full(self) -> bool:
        """Never."""
        return False

    def on_drained(self, callback: object) -> None:
        """Nobody waits."""


async def post(
    request: ConnectRequest,
    url: str,
    body: bytes,
    headers: Sequence[tuple[str, str]] = (),
    *,
    lookup: Lookup = look_up,
) -> Answer:
    """POST a form to ``url`` with the network, proxy and TLS of ``request``; the whole within its open timeout.

    Answers whatever the server says, of any status. Raises `DialError`, with the failure of the step that failed.
    """
    steps = Steps(_Nowhere())
    try:
        address = parse_address(url)
    except AddressError as error:
        raise DialError(error.failure, ()) from error
    facts = {"host": address.host, "port": str(address.port), "secure": "yes" if address.secure else "no"}
    exchange: _Exchange | None = None
    try:
        async with asyncio.timeout(request.network.open_timeout_s):
            exchange = await _connect(for_address(request, address), address, steps, lookup, facts)
            return await exchange.ask(_request_bytes(address, headers, body), facts)
    except TimeoutError as error:
        seconds = f"{request.network.open_timeout_s or 0.0:g}"
        failure = Failure(code="timeout", step=steps.current or "upgrade", facts=facts | {"seconds": seconds})
        raise DialError(failure, steps.taken) from error
    finally:
        if exchange is not None:
            exchange.drop()


def for_address(request: ConnectRequest, address: Address) -> ConnectRequest:
    """The request's settings as they hold for another server.

    What names the WebSocket's own server (the addresses chosen for it, its socket, its name in TLS, its pinned
    certificate) counts for the same host and port only. The client certificate goes along: the address is the person's
    own, and not one that a server pointed at.
    """
    network, tls = request.network, replace(request.tls, alpn=DEFAULT_ALPN)
    if not _is_same_place(request.url, address):
        network = replace(network, unix_socket="", resolve=tuple(rule for rule in network.resolve if rule.host))
        tls = replace(tls, server_name="", pinned_sha256="", verify=_is_verified(tls))
    return ConnectRequest(url=address.url, network=network, tls=tls, proxy=request.proxy)


def _is_verified(tls: Tls) -> bool:
    """A certificate that was pinned in place of a check vouches for nobody else."""
    return tls.verify or bool(tls.pinned_sha256)


def _is_same_place(url: str, address: Address) -> bool:
    try:
        own = parse_address(url)
    except AddressError:
        return False
    return (own.host, own.port) == (address.host, address.port)


async def _connect(
    request: ConnectRequest, address: Address, steps: Steps, lookup: Lookup, facts: dict[str, str]
) -> _Exchange:
    way = Way(request, address, steps, lookup, facts)
    try:
        sock = await way.open()
    except BlockedError as blocked:
        raise DialError(blocked.failure, steps.taken) from blocked
    with contextlib.ExitStack() as owned:
        owned.callback(sock.close)
        if address.secure:
            steps.begin("tls")
            step = TlsStep[_Exchange](request.tls, address.host.partition("%")[0], facts, way.again)
            try:
                exchange = await step.take(sock, _Exchange, request.network.close_timeout_s)
            except TlsError as error:
                raise DialError(error.failure, steps.taken) from error
        else:
            _, exchange = await asyncio.get_running_loop().create_connection(_Exchange, sock=sock)
        owned.pop_all()
    steps.begin("upgrade")
    return exchange


def _request_bytes(address: Address, headers: Sequence[tuple[str, str]], body: bytes) -> bytes:
    lines = [
        f"POST {address.target} HTTP/1.1",
        f"Host: {address.host_header}",
        f"User-Agent: {USER_AGENT}",
        "Accept: application/json",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *(f"{name}: {value}" for name, value in headers),
    ]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


class _Exchange(asyncio.Protocol):
    """Sends one request and collects the answer."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._raw = bytearray()
        self._done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def ask(self, data: bytes, facts: dict[str, str]) -> Answer:
        """Write the request; wait for the whole answer. Raises `DialError` where none comes."""
        assert self._transport is not None
        self._transport.write(data)
        await self._done
        answer = read_answer(bytes(self._raw))
        if answer is None or not head_size(self._raw):
            facts = facts | {"received": str(len(self._raw))}
            code = "bad_answer" if self._raw and not could_be_http(self._raw) else "no_answer"
            raise DialError(Failure(code=code, step="upgrade", facts=facts), ())
        return answer

    def drop(self) -> None:
        """Close the connection."""
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._raw += data
        if self._is_complete():
            self._end()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end()

    def _end(self) -> None:
        if not self._done.done():
            self._done.set_result(None)

    def _is_complete(self) -> bool:
        if len(self._raw) > MAX_HEAD_BYTES + MAX_BODY_BYTES or not could_be_http(self._raw):
            return True
        while size := head_size(self._raw):
            answer = read_answer(bytes(self._raw[:size]))
            if answer is None:
                return True
            if answer.status >= 200:
                return read_body(answer, bytes(self._raw[size:]))[1]
            del self._raw[:size]  # an interim answer
        return False
