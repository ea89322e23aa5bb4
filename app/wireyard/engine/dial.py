"""Connecting in timed steps: resolve, TCP, proxy, TLS, upgrade (RFC 6455 section 4), each with its time and outcome.

A redirect that may be followed is the next round of the same steps, within the same open timeout, and so is the answer
to a 401 where somebody has one.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable
from typing import NoReturn

from msgspec.structs import replace
from websockets.http11 import Request, Response

from wireyard.domain.clock import now
from wireyard.domain.cookie import CookieOutcome
from wireyard.domain.event import Headers, Opened, StepName
from wireyard.domain.failure import Answer, Failure
from wireyard.domain.ports import EventSink
from wireyard.domain.request import ConnectRequest
from wireyard.engine import blame
from wireyard.engine.address import Address, parse_address
from wireyard.engine.answer import read_answer
from wireyard.engine.connection import Connection
from wireyard.engine.cookies import take_cookies, told
from wireyard.engine.errors import AddressError, DialError
from wireyard.engine.handshake import Handshake, RejectedError
from wireyard.engine.link import Link
from wireyard.engine.redirect import Onward, RedirectError, onward
from wireyard.engine.refusal import UNAUTHORIZED, OnRefused, Refusal, SignInError
from wireyard.engine.request import HeaderError, build_request, check_headers
from wireyard.engine.resolve import Lookup, look_up
from wireyard.engine.steps import Steps
from wireyard.engine.tap import Tap
from wireyard.engine.tls import TlsError, TlsStep
from wireyard.engine.way import BlockedError, Way
from wireyard.engine.wire import WireProtocol

OnStep = Callable[[StepName], None]


async def dial(
    request: ConnectRequest,
    sink: EventSink,
    *,
    on_step: OnStep | None = None,
    on_refused: OnRefused | None = None,
    lookup: Lookup = look_up,
) -> Link:
    """Open one connection. Raises `DialError`; the sink has the steps and a `Failed` by then.

    ``on_refused`` is asked about a 401, and may give another request to send on a new connection.

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
    dialler = _Dialler(request, address, sink, steps, lookup, on_refused)
    try:
        async with asyncio.timeout(request.network.open_timeout_s):
            while True:
                try:
                    return await dialler.dial()
                except _AgainError as again:
                    to = again.to
                    dialler = _Dialler(to.request, to.address, sink, steps, lookup, on_refused, followed=to.followed)
    except TimeoutError as error:
        if dialler.link is None:
            dialler.time_out(error)
        # It opened in that very moment.
        dialler.link.start_keepalive()
        return dialler.link
    except asyncio.CancelledError:
        dialler.cancel()
        raise


class _AgainError(Exception):
    """There is another round: the server points elsewhere and may be followed, or somebody can sign in."""

    def __init__(self, to: Onward) -> None:
        super().__init__(to.address.url)
        self.to = to


class _Dialler:
    """One attempt at one address. ``followed`` counts the redirects that led here."""

    def __init__(
        self,
        request: ConnectRequest,
        address: Address,
        sink: EventSink,
        steps: Steps,
        lookup: Lookup,
        on_refused: OnRefused | None,
        *,
        followed: int = 0,
    ) -> None:
        self._request = request
        self._on_refused = on_refused
        self._address = address
        self._steps = steps
        self._followed = followed
        self._tap = Tap(sink)
        self._protocol = WireProtocol(
            address,
            self._tap,
            subprotocols=request.subprotocols,
            network=request.network,
        )
        self._upgrade = build_request(self._protocol, address, request)
        self._handshake: Handshake | None = None
        self._link: Link | None = None
        self._facts = {
            "host": address.host,
            "port": str(address.port),
            "secure": "yes" if address.secure else "no",
        }
        self._tls: TlsStep[Handshake] | None = None
        self._way = Way(request, address, steps, lookup, self._facts)

    async def dial(self) -> Link:
        """Take the steps."""
        try:
            sock = await self._way.open()
        except BlockedError as blocked:
            self._fail(blocked.failure, blocked.__cause__ or blocked, blocked.detail)
        self._handshake = await self._connect_tls(sock)
        return await self._shake_hands(self._handshake)

    @property
    def link(self) -> Link | None:
        """The open connection, once there is one."""
        return self._link

    def time_out(self, error: TimeoutError) -> NoReturn:
        """The open timeout has passed in the current step."""
        seconds = self._request.network.open_timeout_s or 0.0
        name = self._steps.current or "upgrade"
        raw = self._handshake.raw if self._handshake is not None else b""
        facts = self._facts | {"seconds": f"{seconds:g}", "received": str(len(raw))}
        failure = Failure(code="timeout", step=name, technical="TimeoutError", facts=facts, answer=read_answer(raw))
        self._fail(failure, error, "no answer in time")

    def cancel(self) -> None:
        """The person changed their mind: nothing of the attempt is left behind."""
        if self._link is not None:
            self._link.drop()
            return
        failure = Failure(code="cancelled", step=self._steps.current or "resolve", facts=self._facts)
        self._steps.fail(failure, "cancelled", self._way.attempts)

    async def _connect_tls(self, sock: socket.socket) -> Handshake:
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
            host = self._address.host.partition("%")[0]
            step = self._tls = TlsStep[Handshake](self._request.tls, host, self._facts, self._way.again)
            try:
                handshake = await step.take(sock, make, self._request.network.close_timeout_s)
            except TlsError as error:
                self._fail(error.failure, error.__cause__ or error, error.detail)
            owned.pop_all()
        self._steps.end(step.detail)
        return handshake

    async def _shake_hands(self, handshake: Handshake) -> Link:
        self._steps.begin("upgrade")
        self._protocol.send_request(self._upgrade)
        handshake.send_request()
        try:
            await asyncio.shield(handshake.outcome)
        except RejectedError as rejection:
            cookies = self._take_cookies(rejection)
            facts = self._facts | self._follow(rejection)
            failure = blame.blame_rejection(rejection, self._protocol, self._address, self._upgrade, facts)
            failure = replace(failure, cookies=cookies)
            answer = failure.answer
            if answer is not None:
                failure = await self._signed_in_or(failure, answer)
            self._fail(failure, rejection, f"{answer.status} {answer.reason}".strip() if answer else "no answer")
        except asyncio.CancelledError:
            if not handshake.is_accepted:
                handshake.abandon()
            raise
        link = self._link
        assert link is not None
        link.start_keepalive()
        return link

    def _take_cookies(self, rejection: RejectedError) -> tuple[CookieOutcome, ...]:
        """Keep what a refusal or a redirect sets, as browsers do: a login page's session is one."""
        if rejection.answer is None or rejection.is_head_too_long or rejection.is_lost:
            return ()
        cookies = take_cookies(self._request, self._address, rejection.answer.headers)
        if cookies:
            self._tap.note(told(cookies), "cookies")
        return cookies

    def _follow(self, rejection: RejectedError) -> dict[str, str]:
        """Go on to where the answer points, if it does and may: else the fact that says why not, if it was wanted."""
        if rejection.answer is None or rejection.is_head_too_long:
            return {}
        try:
            to = onward(self._request, self._address, rejection.answer, self._followed)
        except RedirectError as error:
            return {"redirect": error.fault}
        if to is None:
            return {}
        status = f"{rejection.answer.status} {rejection.answer.reason}".strip()
        self._steps.end(status)
        self._tap.note(f"Redirected ({status}) to {to.address.url}")
        raise _AgainError(to) from rejection

    async def _signed_in_or(self, failure: Failure, answer: Answer) -> Failure:
        """The failure, with what is known of why nobody could sign in."""
        try:
            await self._sign_in(answer)
        except SignInError as error:
            facts = failure.facts | error.facts
            return replace(failure, code="auth_failed", facts=facts, technical=error.technical)
        return failure

    async def _sign_in(self, answer: Answer) -> None:
        """Begin another round where somebody knows what to answer to a 401. Raises `SignInError` where it can't be."""
        if self._on_refused is None or answer.status != UNAUTHORIZED:
            return
        another = await self._on_refused(Refusal(self._request, self._upgrade.path, answer))
        if another is None:
            return
        self._steps.end(f"{answer.status} {answer.reason}".strip())
        if another.note:
            self._tap.note(another.note)
        raise _AgainError(Onward(another.request, self._address, self._followed))

    def _on_accepted(self, response: Response) -> asyncio.Protocol:
        """The server switched: report it before anything that comes after it is read."""
        self._steps.end(f"{response.status_code} {response.reason_phrase}".strip())
        moment = now()
        tls = self._tls
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
            peer=self._way.peer,
            tls_version=tls.version if tls else "",
            tls_verified=tls is not None and tls.is_verified,
            ms=self._steps.total_ms,
            tls_pinned=tls is not None and tls.is_pinned,
            alpn=tls.alpn if tls else "",
            chain=tls.chain if tls else None,
            cookies=take_cookies(self._request, self._address, _pairs(response)),
        )
        self._tap.sink.put(opened)
        self._note_what_is_unusual(opened)
        self._link = Link(connection, self._tap, opened, self._request.network)
        return connection

    def _note_what_is_unusual(self, opened: Opened) -> None:
        if opened.cookies:
            self._tap.note(told(opened.cookies), "cookies")
        offered = self._protocol.available_subprotocols
        if offered and not opened.subprotocol:
            text = f"No subprotocol chosen: the server took none of {', '.join(offered)}."
            self._tap.note(text, "no_subprotocol")
        if not self._request.network.auto_pong:
            self._tap.note("Pings of the server are not answered: automatic pongs are off.", "no_pongs")

    def _fail(self, failure: Failure, error: BaseException, detail: str) -> NoReturn:
        self._steps.fail(failure, detail, self._way.attempts)
        raise DialError(failure, self._steps.taken) from error


def _pairs(message: Request | Response) -> Headers:
    return tuple(message.headers.raw_items())
