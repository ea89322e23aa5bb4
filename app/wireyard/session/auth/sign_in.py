"""Dials with a login: what stands between a conversation and the engine where signing in takes more than a header.

A token is fetched before the first step, as a step of its own, and renewed once where the server takes it no more.
Digest answers the server's 401. The engine knows neither: it dials what it is given, and asks about a 401.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol, runtime_checkable

from msgspec.structs import replace

from wireyard.domain.auth import DigestLogin, OAuthLogin
from wireyard.domain.clock import now
from wireyard.domain.event import Note, StepName
from wireyard.domain.failure import Failure
from wireyard.domain.ports import EventSink
from wireyard.domain.request import ConnectRequest
from wireyard.engine.call import post as post_for_real
from wireyard.engine.dial import dial as dial_for_real
from wireyard.engine.errors import DialError
from wireyard.engine.link import Link
from wireyard.engine.refusal import Another, Refusal, SignInError
from wireyard.engine.steps import Steps
from wireyard.session.auth.browser import BROWSER_WAIT_S, ShowAddress, fetch_code
from wireyard.session.auth.digest_answer import DigestAnswer, with_authorization
from wireyard.session.auth.token_endpoint import EndpointError, Post, ask, code_form, grant_form, refresh_form
from wireyard.session.auth.tokens import Token, Tokens
from wireyard.session.plan.address import with_parameter

OnStep = Callable[[StepName], None]


@runtime_checkable
class KeepsSecrets(Protocol):
    """A sink that wants to know of secret values before anything that holds them is put."""

    def note_secrets(self, values: tuple[str, ...]) -> None: ...


def nobody_to_show(_address: str) -> bool:
    """Where there is neither a browser nor a terminal."""
    return False


class SignIn:
    """One for a front end: it holds the tokens. ``show`` sends a person to an address, in their browser."""

    def __init__(
        self,
        show: ShowAddress = nobody_to_show,
        *,
        tokens: Tokens | None = None,
        post: Post = post_for_real,
        browser_wait_s: float = BROWSER_WAIT_S,
    ) -> None:
        self.tokens = tokens if tokens is not None else Tokens()
        self.show = show
        self._post = post
        self._browser_wait_s = browser_wait_s
        self._turns: dict[OAuthLogin, asyncio.Lock] = {}

    async def dial(self, request: ConnectRequest, sink: EventSink, *, on_step: OnStep | None = None) -> Link:
        """Open one connection, signed in. Raises `DialError`, as the engine does; cancelling stops at once."""
        login = request.login
        if isinstance(login, DigestLogin):
            return await dial_for_real(request, sink, on_step=on_step, on_refused=DigestAnswer())
        if login is None:
            return await dial_for_real(request, sink, on_step=on_step)
        steps = Steps(sink, on_step)
        token = await self._step(request, login, sink, steps)
        renewing = _Renewing(self, token, sink)
        try:
            return await dial_for_real(_signed(request, login, token), sink, on_step=on_step, on_refused=renewing)
        except DialError as error:
            raise DialError(error.failure, (*steps.taken, *error.steps)) from error

    async def token(self, request: ConnectRequest, login: OAuthLogin, show: ShowAddress | None = None) -> Token:
        """A token that holds for a while: the one that is kept, a renewed or a new one. Raises `SignInError`."""
        async with self._turn(login):
            kept = self.tokens.of(login)
            if kept is not None and kept.is_fresh(self.tokens.now()):
                return kept
            return await self._refreshed(request, login) or await self._new(request, login, show or self.show)

    async def another(self, request: ConnectRequest, login: OAuthLogin, show: ShowAddress | None = None) -> Token:
        """A new token in any case: a person asked for one. Raises `SignInError`."""
        async with self._turn(login):
            return await self._refreshed(request, login) or await self._new(request, login, show or self.show)

    async def renew(
        self, request: ConnectRequest, login: OAuthLogin, refused: Token, show: ShowAddress | None = None
    ) -> Token | None:
        """Another token than one that was refused. Raises `SignInError`.

        Without ``show`` nobody is sent to a browser: it is None then where that would be the only way.
        """
        async with self._turn(login):
            kept = self.tokens.of(login)
            if kept is not None and kept.access != refused.access:
                return kept  # somebody was quicker
            refreshed = await self._refreshed(request, login)
            if refreshed is not None:
                return refreshed
            if login.grant == "authorization_code" and show is None:
                self.tokens.forget(login)
                return None
            return await self._new(request, login, show or self.show)

    def _turn(self, login: OAuthLogin) -> asyncio.Lock:
        """Who wants the same token waits for it, and does not send the person to a second browser."""
        return self._turns.setdefault(login, asyncio.Lock())

    async def _refreshed(self, request: ConnectRequest, login: OAuthLogin) -> Token | None:
        """The token that the refresh token gives, None where there is none or it counts no more."""
        kept = self.tokens.of(login)
        if kept is None or not kept.refresh:
            return None
        try:
            token = await self._ask(request, login, refresh_form(kept))
        except EndpointError as error:
            if error.is_grant_used_up:
                return None
            raise
        # A server that gives no new one means the old one to go on (RFC 6749 section 6).
        token = token if token.refresh else replace(token, refresh=kept.refresh)
        self.tokens.keep(login, token)
        return token

    async def _new(self, request: ConnectRequest, login: OAuthLogin, show: ShowAddress) -> Token:
        self.tokens.forget(login)
        token = await self._grant(request, login, show)
        self.tokens.keep(login, token)
        return token

    async def _grant(self, request: ConnectRequest, login: OAuthLogin, show: ShowAddress) -> Token:
        if login.grant != "authorization_code":
            return await self._ask(request, login, grant_form(login))
        code = await fetch_code(login, show, wait_s=self._browser_wait_s)
        return await self._ask(request, login, code_form(login, code.code, code.redirect_uri, code.verifier))

    async def _ask(self, request: ConnectRequest, login: OAuthLogin, form: list[tuple[str, str]]) -> Token:
        return await ask(self._post, request, login, form, self.tokens.now())

    async def _step(self, request: ConnectRequest, login: OAuthLogin, sink: EventSink, steps: Steps) -> Token:
        """Get the token as the first step of connecting. Raises `DialError`; the sink has a `Failed` by then."""
        steps.begin("auth")
        try:
            token = await self.token(request, login, lambda address: self._show_and_note(address, sink))
        except SignInError as error:
            failure = auth_failure(error)
            steps.fail(failure, error.facts.get("error") or error.facts.get("auth_fault", ""))
            raise DialError(failure, steps.taken) from error
        except asyncio.CancelledError:
            steps.fail(Failure(code="cancelled", step="auth"), "cancelled")
            raise
        note_secrets(sink, token)
        steps.end(life_words(token, self.tokens.now()))
        return token

    def _show_and_note(self, address: str, sink: EventSink) -> bool:
        """The log has the address too: another browser of this machine does as well."""
        is_shown = self.show(address)
        moment = now()
        words = "Sign in with the browser." if is_shown else "No browser could be opened. Sign in at this address:"
        sink.put(Note(ts_ns=moment.ts_ns, mono_ns=moment.mono_ns, text=f"{words} {address}"))
        return is_shown


class _Renewing:
    """Answers a 401 with another token, once in an attempt."""

    def __init__(self, sign_in: SignIn, token: Token, sink: EventSink) -> None:
        self._sign_in = sign_in
        self._token = token
        self._sink = sink
        self._is_used = False

    async def __call__(self, refusal: Refusal) -> Another | None:
        login = refusal.request.login
        if self._is_used or not isinstance(login, OAuthLogin):
            return None
        self._is_used = True
        token = await self._sign_in.renew(refusal.request, login, self._token)
        if token is None:
            return None
        note_secrets(self._sink, token)
        return Another(_signed(refusal.request, login, token, self._token), "The token was renewed.")


def auth_failure(error: SignInError) -> Failure:
    """The same as data, for the step before the first."""
    answer = error.answer if isinstance(error, EndpointError) else None
    return Failure(code="auth_failed", step="auth", technical=error.technical, facts=error.facts, answer=answer)


def note_secrets(sink: EventSink, token: Token) -> None:
    """Say what is secret, to whoever wants to know."""
    if isinstance(sink, KeepsSecrets):
        sink.note_secrets(tuple(value for value in (token.access, token.refresh) if value))


def life_words(token: Token, at: float) -> str:
    """How long a token holds."""
    if token.expires_at is None:
        return "token without an end"
    return f"token for {max(0, round(token.expires_at - at)):,} s"


def _signed(request: ConnectRequest, login: OAuthLogin, token: Token, last: Token | None = None) -> ConnectRequest:
    """The request with the token: as a Bearer (RFC 6750 section 2.1), or in the query (section 2.3)."""
    if not login.query_name:
        return with_authorization(request, f"Bearer {token.access}")
    return replace(request, url=with_parameter(request.url, login.query_name, token.access, last and last.access))
