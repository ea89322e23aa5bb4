"""Asking a token endpoint: the form (RFC 6749 sections 4 and 6), and what its answers mean (section 5)."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Sequence
from typing import Any, Protocol, cast
from urllib.parse import parse_qs, quote_plus, urlencode

import msgspec
from msgspec.structs import replace

from wireyard.domain.auth import OAuthLogin
from wireyard.domain.failure import Answer
from wireyard.domain.request import ConnectRequest
from wireyard.engine.answer import header_of
from wireyard.engine.errors import DialError
from wireyard.engine.refusal import SignInError
from wireyard.session.auth.tokens import Token

_MAX_WORDS = 200
_CLIENT_FAULTS = ("invalid_client", "unauthorized_client")
Form = list[tuple[str, str]]


class Post(Protocol):
    """Sends a form; `wireyard.engine.call.post` is one."""

    def __call__(
        self, request: ConnectRequest, url: str, body: bytes, headers: Sequence[tuple[str, str]] = ()
    ) -> Awaitable[Answer]: ...


class EndpointError(SignInError):
    """The endpoint gave no token. ``answer`` is what it said, None where it could not be asked."""

    def __init__(self, facts: dict[str, str], technical: str = "", answer: Answer | None = None) -> None:
        super().__init__(facts, technical)
        self.answer = answer

    @property
    def is_grant_used_up(self) -> bool:
        """Whether what was shown, such as a refresh token, counts no more."""
        return self.facts.get("error") == "invalid_grant"


async def ask(post: Post, request: ConnectRequest, login: OAuthLogin, form: Form, now: float) -> Token:
    """Send the form with the client's own name; give the token. Raises `EndpointError`."""
    headers, fields = _client(login, form)
    fields += login.extra
    try:
        answer = await post(request, login.token_url, urlencode(fields).encode(), headers)
    except DialError as error:
        raise _unreachable(login, error) from error
    return read_token(answer, login, now)


def grant_form(login: OAuthLogin) -> Form:
    """What asks for a token without a browser."""
    form: Form = [("grant_type", login.grant)]
    if login.grant == "password":
        form += [("username", login.user), ("password", login.password)]
    return form + _scope(login)


def code_form(login: OAuthLogin, code: str, redirect_uri: str, verifier: str) -> Form:
    """What turns the code of a browser into a token (RFC 6749 section 4.1.3, RFC 7636 section 4.5)."""
    return [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", redirect_uri),
        ("code_verifier", verifier),
        *([("audience", login.audience)] if login.audience else []),
    ]


def refresh_form(token: Token) -> Form:
    """What renews a token."""
    return [("grant_type", "refresh_token"), ("refresh_token", token.refresh)]


def read_token(answer: Answer, login: OAuthLogin, now: float) -> Token:
    """The token in an answer. Raises `EndpointError`."""
    said = _said(answer)
    access = said.get("access_token")
    if answer.status < 400 and isinstance(access, str) and access:
        refresh, scope = said.get("refresh_token"), said.get("scope")
        life_s = _seconds(said.get("expires_in"))
        return Token(
            access=access,
            refresh=refresh if isinstance(refresh, str) else "",
            obtained_at=now,
            expires_at=None if life_s is None else now + life_s,
            scope=scope if isinstance(scope, str) else login.scope,
        )
    raise _refused(answer, login, said)


def _refused(answer: Answer, login: OAuthLogin, said: dict[str, Any]) -> EndpointError:
    error, described = _words(said.get("error")), _words(said.get("error_description"))
    facts = {"endpoint": login.token_url, "grant": login.grant, "status": str(answer.status)}
    facts |= {name: words for name, words in (("error", error), ("description", described)) if words}
    if error in _CLIENT_FAULTS or (not error and answer.status == 401):
        fault = "client"
    elif error == "invalid_grant":
        fault = "grant"
    elif error:
        fault = "token_refused"
    else:
        fault = "no_token"
    return EndpointError(facts | {"auth_fault": fault}, answer=_without_tokens(answer))


def _without_tokens(answer: Answer) -> Answer:
    """The answer as it may be shown and recorded: one that says yes in a way of its own may have a token somewhere."""
    if answer.status >= 400 or b"token" not in answer.body.lower():
        return answer
    return replace(answer, body=b"(not kept: it may hold a token)", raw=b"")


def _unreachable(login: OAuthLogin, error: DialError) -> EndpointError:
    from wireyard.session.wording import words  # it has the words for whatever happened on the way

    said = words(error.failure)
    facts = {"auth_fault": "unreachable", "endpoint": login.token_url, "why": said.title, "why_more": said.explanation}
    return EndpointError(facts, error.failure.technical, error.failure.answer)


def _client(login: OAuthLogin, form: Form) -> tuple[Form, Form]:
    """Headers and form with the client's name and secret (RFC 6749 section 2.3.1)."""
    if login.client_secret and login.client_auth == "basic":
        # Both are encoded as in a form before they are put together: a colon may be in either.
        pair = f"{quote_plus(login.client_id)}:{quote_plus(login.client_secret)}"
        return [("Authorization", f"Basic {base64.b64encode(pair.encode()).decode()}")], form
    fields = [*form, ("client_id", login.client_id)]
    return [], [*fields, ("client_secret", login.client_secret)] if login.client_secret else fields


def _scope(login: OAuthLogin) -> Form:
    return [(name, value) for name, value in (("scope", login.scope), ("audience", login.audience)) if value]


def _said(answer: Answer) -> dict[str, Any]:
    """The fields of the answer: JSON, or a form as some older servers answer."""
    if "x-www-form-urlencoded" in header_of(answer, "content-type").lower():
        return {name: values[0] for name, values in parse_qs(answer.body.decode("utf-8", "replace")).items()}
    try:
        said: object = msgspec.json.decode(answer.body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return {}
    return cast("dict[str, Any]", said) if isinstance(said, dict) else {}


def _seconds(said: object) -> float | None:
    if isinstance(said, bool):
        return None
    try:
        seconds = float(said) if isinstance(said, int | float | str) else None
    except ValueError:
        return None
    return seconds if seconds is not None and 0 <= seconds < 1e12 else None


def _words(said: object) -> str:
    text = said if isinstance(said, str) else ""
    return "".join(char for char in text if char.isprintable())[:_MAX_WORDS]
