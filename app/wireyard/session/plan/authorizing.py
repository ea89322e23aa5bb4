"""How one signs in, with the values of variables in place: headers, parameters and cookies, a login, or a message."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import msgspec

from wireyard.domain.auth import DigestLogin, Login, OAuthLogin
from wireyard.session.plan.errors import PlanError
from wireyard.workspace.auth_secrets import literals_of, only_of_its_kind
from wireyard.workspace.inheritance import Effective
from wireyard.workspace.model import AuthSettings, Field, SavedMessage
from wireyard.workspace.variables.resolve import Resolver

Pairs = tuple[tuple[str, str], ...]


class PlannedAuth(msgspec.Struct, frozen=True, kw_only=True):
    """What signing in adds to a request. ``first`` is sent after every opening, before anything else.

    ``secrets`` are values that stand in the file itself; those of variables the resolver knows.
    """

    headers: Pairs = ()
    params: tuple[Field, ...] = ()
    cookies: Pairs = ()
    login: Login | None = None
    first: SavedMessage | None = None
    secrets: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "PlannedAuth(…)"


def auth_of(whole: Effective, resolver: Resolver) -> PlannedAuth:
    """What the nearest level that says how to sign in leads to. Raises `WorkspaceError`."""
    if whole.auth is None:
        return PlannedAuth()
    said = only_of_its_kind(whole.auth.value)
    needs_header = said.kind in ("basic", "bearer", "digest") or (said.kind == "oauth2" and said.sent_in != "query")
    if needs_header and whole.has_own_login:
        return PlannedAuth()  # the header that was written by hand, nearer to the request, is what is meant
    make = _MAKERS.get(said.kind)
    made = make(said, resolver) if make is not None else PlannedAuth()
    return msgspec.structs.replace(made, secrets=tuple(literals_of(said).values()))


def merged_headers(rows: Pairs, auth: PlannedAuth) -> Pairs:
    """The headers with those of signing in: in place of others of their name, and a cookie behind the others."""
    names = {name.casefold() for name, _ in auth.headers}
    headers = [(name, value) for name, value in rows if name.casefold() not in names] + list(auth.headers)
    for name, value in auth.cookies:
        at = next((at for at, (other, _) in enumerate(headers) if other.casefold() == "cookie"), None)
        if at is None:
            headers.append(("Cookie", f"{name}={value}"))
        else:
            headers[at] = (headers[at][0], f"{headers[at][1].rstrip('; ')}; {name}={value}")
    return tuple(headers)


def _basic(said: AuthSettings, resolver: Resolver) -> PlannedAuth:
    user, password = resolver.resolve(said.user).text, resolver.resolve(said.password).text
    if ":" in user:
        raise PlanError("Auth: a user name for Basic can't have a colon in it (RFC 7617 section 2).")
    login = base64.b64encode(f"{user}:{password}".encode("utf-8", "surrogatepass")).decode("ascii")
    return PlannedAuth(headers=(("Authorization", f"Basic {login}"),))


def _bearer(said: AuthSettings, resolver: Resolver) -> PlannedAuth:
    token = resolver.resolve(said.token).text.strip()
    if not token:
        raise PlanError("Auth: there is no bearer token yet.")
    return PlannedAuth(headers=(("Authorization", f"Bearer {token}"),))


def _api_key(said: AuthSettings, resolver: Resolver) -> PlannedAuth:
    name, key = resolver.resolve(said.key_name).text.strip(), resolver.resolve(said.key).text
    if not name:
        raise PlanError("Auth: the API key has no name yet.")
    if said.sent_in == "header":
        return PlannedAuth(headers=((name, key.strip()),))
    if said.sent_in == "cookie":
        if any(char in ";, \t" or not char.isprintable() for char in key):
            raise PlanError("Auth: a cookie can't hold blanks, commas and semicolons (RFC 6265 section 4.1.1).")
        return PlannedAuth(cookies=((name, key),))
    return PlannedAuth(params=(Field(name=name, value=key),))


def _digest(said: AuthSettings, resolver: Resolver) -> PlannedAuth:
    user = resolver.resolve(said.user).text
    if not user:
        raise PlanError("Auth: Digest needs a user name.")
    return PlannedAuth(login=DigestLogin(user=user, password=resolver.resolve(said.password).text))


def _oauth2(said: AuthSettings, resolver: Resolver) -> PlannedAuth:
    return PlannedAuth(login=oauth_login(said, resolver))


def oauth_login(said: AuthSettings, resolver: Resolver) -> OAuthLogin:
    """What a token is asked for with. Raises `WorkspaceError`."""

    def text(value: str) -> str:
        return resolver.resolve(value).text

    needs_browser = said.grant == "authorization_code"
    made = OAuthLogin(
        grant=said.grant,
        token_url=_endpoint(text(said.token_url), "token"),
        authorization_url=_endpoint(text(said.authorization_url), "authorization") if needs_browser else "",
        client_id=text(said.client_id).strip(),
        client_secret=text(said.client_secret),
        client_auth=said.client_auth,
        user=text(said.user) if said.grant == "password" else "",
        password=text(said.password) if said.grant == "password" else "",
        scope=" ".join(text(said.scope).split()),
        audience=text(said.audience).strip(),
        extra=tuple((text(row.name), text(row.value)) for row in said.extra if row.name and not row.off),
        query_name=(text(said.key_name).strip() or "access_token") if said.sent_in == "query" else "",
    )
    if not made.client_id and (needs_browser or made.client_secret):
        raise PlanError("Auth: OAuth 2 needs a client ID.")
    return made


def _message(said: AuthSettings, _resolver: Resolver) -> PlannedAuth:
    if not said.body:
        raise PlanError("Auth: the first message is empty.")
    return PlannedAuth(first=SavedMessage(name="", format=said.format, send_as=said.send_as, body=said.body))


_MAKERS: dict[str, Callable[[AuthSettings, Resolver], PlannedAuth]] = {
    "basic": _basic,
    "bearer": _bearer,
    "api_key": _api_key,
    "digest": _digest,
    "oauth2": _oauth2,
    "message": _message,
}


def _endpoint(text: str, word: str) -> str:
    """An address of OAuth's, which is written out: nothing is guessed where a secret goes."""
    address = text.strip()
    if not address:
        raise PlanError(f"Auth: OAuth 2 needs the {word} URL.")
    if "{{" in address:  # a variable without a value: shown, and never asked
        return address
    try:
        parts: Any = urlsplit(address)
        is_usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_usable = False
    if not is_usable:
        raise PlanError(f"Auth: the {word} URL begins with https:// and a host.")
    return address
