"""Connecting in timed steps: resolve, TCP, TLS, upgrade (RFC 6455 section 4), each with its time and outcome."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Callable
from typing import NoReturn, cast

from websockets.http11 import Request, Response

from wireyard.domain.clock import now
from wireyard.domain.event import Attempt, Headers, Opened, StepName
from wireyard.domain.failure import Failure
from wireyard.domain.ports import EventSink
from wireyard.domain.request import ConnectRequest
from wireyard.engine import blame
from wireyard.engine.address import Address, parse_address
from wireyard.engine.certificate import look_at_certificate
from wireyard.engine.client_certificate import ClientCertificateError
from wireyard.engine.connection import Connection
from wireyard.engine.errors import AddressError, DialError
from wireyard.engine.handshake import Handshake, RejectedError
from wireyard.engine.link import Link
from wireyard.engine.request import HeaderError, build_request, check_headers
from wireyard.engine.resolve import Endpoint, Lookup, look_up, on_daemon_thread, resolve
from wireyard.engine.steps import Steps
from wireyard.engine.tap import Tap
from wireyard.engine.tcp import Race, connect
from wireyard.engine.trust import TrustError, make_context
from wireyard.engine.wire import WireProtocol

# The open timeout bounds all steps together; asyncio's own would be mistaken for a reset.
_NO_TIMEOUT_S = 86_400.0

OnStep = Callable[[StepName], None]


async def dial(
    request: ConnectRequest, sink: EventSink, *, on_step: OnStep | None = None, lookup: Lookup = look_up
) -> Link:
    """Open one connection. Raises `DialError`; the sink has the steps and a `Failed` by then.

    On success the sink has the steps and `Opened`, strictly before the first frame. Cancelling stops at once, at any
    step, and puts a `Failed` with code ``cancelled``.
    """
    steps = Steps(sink, on_step)
    try:
        address = parse_address(request.url)
        check_headers(request)
    except (AddressError, HeaderError) as error:
        steps.fail(error.failure)
        raise DialError(error.failure, steps.taken) from error
    dialler = _Dialler(request, address, sink, steps, lookup)
    try:
        async with asyncio.timeout(request.network.open_timeout_s):
            return await dialler.dial()
    except TimeoutError as error:
        if dialler.link is None:
            dialler.time_out(error)
        # It opened in that very moment.
        dialler.link.start_keepalive()
        return dialler.link
    except asyncio.CancelledError:
        dialler.cancel()
        raise


class _Dialler:
    """One attempt."""

    def __init__(
        self, request: ConnectRequest, address: Address, sink: EventSink, steps: Steps, lookup: Lookup
    ) -> None:
        self._request = request
        self._address = address
        self._steps = steps
        self._lookup = lookup
        self._tap = Tap(sink)
        self._protocol = WireProtocol(
            address,
            self._tap,
            subprotocols=request.subprotocols,
            compression=request.network.compression,
            max_message_bytes=request.network.max_message_bytes,
        )
        self._upgrade = build_request(self._protocol, address, request)
        self._race = Race()
        self._link: Link | None = None
        self._peer = ""
        self._server_name = address.host.partition("%")[0]
        self._facts = {
            "host": address.host,
            "port": str(address.port),
            "secure": "yes" if address.secure else "no",
        }
        if address.secure and request.tls.client_certificate:
            self._facts["client_certificate"] = "sent"

    async def dial(self) -> Link:
        """Take the steps."""
        endpoints = await self._resolve()
        sock, endpoint = await self._connect_tcp(endpoints)
        handshake = await self._connect_tls(sock, endpoint)
        return await self._shake_hands(handshake)

    @property
    def link(self) -> Link | None:
        """The open connection, once there is one."""
        return self._link

    def time_out(self, error: TimeoutError) -> NoReturn:
        """The open timeout has passed in the current step."""
        seconds = self._request.network.open_timeout_s or 0.0
        name = self._steps.current or "upgrade"
        failure = Failure(
            code="timeout", step=name, technical="TimeoutError", facts=self._facts | {"seconds": f"{seconds:g}"}
        )
        self._fail(failure, error, "no answer in time")

    def cancel(self) -> None:
        """The person changed their mind: nothing of the attempt is left behind."""
        if self._link is not None:
            self._link.drop()
            return
        failure = Failure(code="cancelled", step=self._steps.current or "resolve", facts=self._facts)
        self._steps.fail(failure, "cancelled", self._attempts)

    async def _resolve(self) -> list[Endpoint]:
        self._steps.begin("resolve")
        address = self._address
        if address.is_literal:
            endpoints = look_up(address.host, address.port)
            self._steps.end("not needed: the address is a number")
            return endpoints
        try:
            endpoints = await resolve(address.host, address.port, self._lookup)
        except (OSError, UnicodeError) as error:
            self._fail(blame.blame_lookup(error, self._facts), error, "not found")
        if not endpoints:
            error = socket.gaierror(socket.EAI_NONAME, "no address of a usable kind")
            self._fail(blame.blame_lookup(error, self._facts), error, "not found")
        self._steps.end(", ".join(str(endpoint.sockaddr[0]) for endpoint in endpoints))
        return endpoints

    async def _connect_tcp(self, endpoints: list[Endpoint]) -> tuple[socket.socket, Endpoint]:
        self._steps.begin("tcp")
        try:
            sock, endpoint = await connect(endpoints, self._race)
        except OSError as error:
            failure = blame.blame_tcp(error, endpoints, self._facts)
            self._fail(failure, error, failure.code)
        self._peer = endpoint.text
        self._steps.end(endpoint.text, self._attempts)
        return sock, endpoint

    async def _connect_tls(self, sock: socket.socket, endpoint: Endpoint) -> Handshake:
        loop = asyncio.get_running_loop()

        def make() -> Handshake:
            return Handshake(self._protocol, self._on_accepted)

        with contextlib.ExitStack() as owned:
            owned.callback(sock.close)
            if not self._address.secure:
                _, handshake = await loop.create_connection(make, sock=sock)
                owned.pop_all()
                return handshake
            self._steps.begin("tls")
            context = await self._make_context()
            try:
                transport, handshake = await loop.create_connection(
                    make,
                    sock=sock,
                    ssl=context,
                    server_hostname=self._server_name,
                    ssl_handshake_timeout=_NO_TIMEOUT_S,
                    ssl_shutdown_timeout=self._request.network.close_timeout_s,
                )
            except ssl.CertificateError as error:
                certificate = await look_at_certificate(endpoint, self._server_name)
                self._fail(blame.blame_tls(error, self._facts, certificate), error, "certificate refused")
            except OSError as error:
                failure = blame.blame_tls(error, self._facts)
                self._fail(failure, error, failure.facts.get("reason", "").replace("_", " ").lower())
            owned.pop_all()
        ssl_object = cast(ssl.SSLObject, transport.get_extra_info("ssl_object"))
        self._facts["tls"] = ssl_object.version() or ""
        self._steps.end(f"{self._facts['tls']}, {'verified' if self._request.tls.verify else 'not verified'}")
        return handshake

    async def _make_context(self) -> ssl.SSLContext:
        try:
            return await on_daemon_thread(lambda: make_context(self._request.tls), "trust")
        except TrustError as error:
            self._fail(blame.blame_trust(error, self._facts), error, "CA file not usable")
        except ClientCertificateError as error:
            self._fail(blame.blame_client_certificate(error, self._facts), error, "client certificate not usable")

    async def _shake_hands(self, handshake: Handshake) -> Link:
        self._steps.begin("upgrade")
        self._protocol.send_request(self._upgrade)
        handshake.send_request()
        try:
            await asyncio.shield(handshake.outcome)
        except RejectedError as rejection:
            failure = blame.blame_rejection(rejection, self._protocol, self._address, self._upgrade, self._facts)
            answer = failure.answer
            self._fail(failure, rejection, f"{answer.status} {answer.reason}".strip() if answer else "no answer")
        except asyncio.CancelledError:
            if not handshake.is_accepted:
                handshake.abandon()
            raise
        link = self._link
        assert link is not None
        link.start_keepalive()
        return link

    def _on_accepted(self, response: Response) -> asyncio.Protocol:
        """The server switched: report it before anything that comes after it is read."""
        self._steps.end(f"{response.status_code} {response.reason_phrase}".strip())
        moment = now()
        connection = Connection(self._protocol, self._tap, self._request.network)
        opened = Opened(
            ts_ns=moment.ts_ns,
            mono_ns=moment.mono_ns,
            url=self._address.url,
            request_target=self._upgrade.path,
            request_headers=_pairs(self._upgrade),
            status=response.status_code,
            reason=response.reason_phrase,
            headers=_pairs(response),
            subprotocol=self._protocol.subprotocol or "",
            extensions=", ".join(response.headers.get_all("Sec-WebSocket-Extensions")),
            peer=self._peer,
            tls_version=self._facts.get("tls", ""),
            tls_verified=self._address.secure and self._request.tls.verify,
            ms=self._steps.total_ms,
        )
        self._tap.sink.put(opened)
        self._link = Link(connection, self._tap, opened, self._request.network)
        return connection

    @property
    def _attempts(self) -> tuple[Attempt, ...]:
        return tuple(self._race.attempts) if self._steps.current == "tcp" else ()

    def _fail(self, failure: Failure, error: BaseException, detail: str) -> NoReturn:
        self._steps.fail(failure, detail, self._attempts)
        raise DialError(failure, self._steps.taken) from error


def _pairs(message: Request | Response) -> Headers:
    return tuple(message.headers.raw_items())
