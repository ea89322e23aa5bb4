"""A saved request, with what it inherits and the values of its variables: what the engine dials."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from wireyard.domain.request import DEFAULT_ALPN, ConnectRequest, Tls
from wireyard.session.outbox import Outgoing
from wireyard.session.plan.address import address_of
from wireyard.session.plan.authorizing import auth_of, merged_headers
from wireyard.session.plan.files import own_path
from wireyard.session.plan.reaching import network_of, proxy_of, reconnect_of
from wireyard.session.plan.sending import plan_message
from wireyard.settings import model as settings
from wireyard.workspace.documents import Levels
from wireyard.workspace.errors import WorkspaceError
from wireyard.workspace.inheritance import Effective, Sourced, effective
from wireyard.workspace.model import RequestFile, SavedMessage
from wireyard.workspace.variables.dynamic import Dynamic
from wireyard.workspace.variables.resolve import Resolver
from wireyard.workspace.variables.scope import Scope


def _nothing() -> tuple[Outgoing, ...]:
    return ()


class PlannedConnect(msgspec.Struct, frozen=True, kw_only=True):
    """What to dial; the secret values that are in it, which are to be hidden in what is told of it; the variables.

    ``first`` makes the message that signs in, anew for each opening, before any other: none, or one.
    """

    request: ConnectRequest
    secrets: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    first: Callable[[], tuple[Outgoing, ...]] = _nothing

    def __repr__(self) -> str:
        return f"PlannedConnect(…, used={self.used!r})"


def plan_connect(
    request: RequestFile,
    levels: Levels,
    scope: Scope,
    *,
    defaults: settings.Network,
    root: Path | None,
    dynamic: Dynamic | None = None,
    keep_undefined: bool = False,
) -> PlannedConnect:
    """Put all together. ``root`` is the workspace's folder. With ``keep_undefined`` variables without a value stay as
    they are typed. Raises `WorkspaceError`: a variable's, or a path's that leads out of the workspace.
    """
    resolver = Resolver(scope, dynamic, keep_undefined=keep_undefined)

    def resolve(text: str) -> str:
        return resolver.resolve(text).text

    whole = effective(request, levels)
    auth = auth_of(whole, resolver)
    made = ConnectRequest(
        url=address_of(
            request.url, (*request.params, *auth.params), resolve, request.path_params, keep_empty=keep_undefined
        ),
        headers=merged_headers(_headers(whole, resolver), auth),
        removed_headers=_names(whole.removed_headers, resolver),
        subprotocols=_names(whole.subprotocols, resolver),
        network=network_of(whole, resolver, defaults),
        tls=_tls(whole, resolver, Resolver(scope, dynamic, keep_undefined=keep_undefined), root),
        proxy=proxy_of(whole, resolver),
        reconnect=reconnect_of(whole),
        login=auth.login,
    )
    first = first_message(auth.first, scope, dynamic, keep_undefined=keep_undefined)
    secrets = tuple(dict.fromkeys((*resolver.secrets, *auth.secrets)))
    return PlannedConnect(request=made, secrets=secrets, used=resolver.used, first=first)


def first_message(
    message: SavedMessage | None, scope: Scope, dynamic: Dynamic | None, *, keep_undefined: bool
) -> Callable[[], tuple[Outgoing, ...]]:
    """What makes the message. It is made once at once, to raise `WorkspaceError` before anything is dialled."""
    if message is None:
        return _nothing

    def make() -> tuple[Outgoing, ...]:
        planned = plan_message(
            message.body, message.format, message.send_as, scope, dynamic, keep_undefined=keep_undefined
        )
        return (Outgoing(planned.opcode, planned.payload, planned.secrets),)

    made = make()

    def again() -> tuple[Outgoing, ...]:
        try:
            return make()
        except WorkspaceError:
            return made  # a value went away meanwhile: what was right at the start is the best there is

    return again


def _headers(whole: Effective, resolver: Resolver) -> tuple[tuple[str, str], ...]:
    rows = (sourced.value for sourced in whole.headers)
    return tuple((resolver.resolve(row.name).text.strip(), resolver.resolve(row.value).text) for row in rows)


def _names(said: Sourced[tuple[str, ...]] | None, resolver: Resolver) -> tuple[str, ...]:
    if said is None:
        return ()
    resolved = (resolver.resolve(name).text.strip() for name in said.value)
    return tuple(name for name in resolved if name)


def _tls(whole: Effective, resolver: Resolver, for_password: Resolver, root: Path | None) -> Tls:
    """Paths and passphrase. The passphrase opens a file here and is never sent, so it has a resolver of its own: it
    need not be hidden in what was sent."""
    tls = whole.tls_settings()

    def path(name: str | None) -> str:
        return own_path(root, resolver.resolve(name).text) if name else ""

    return Tls(
        verify=True if tls.verify is None else tls.verify,
        ca_file=path(tls.ca_file),
        client_certificate=path(tls.client_certificate),
        client_key=path(tls.client_key),
        client_key_password=for_password.resolve(tls.client_key_password or "").text,
        pinned_sha256=resolver.resolve(tls.pinned_sha256 or "").text.strip(),
        server_name=resolver.resolve(tls.server_name or "").text.strip(),
        minimum_version=tls.minimum_version or Tls().minimum_version,
        alpn=DEFAULT_ALPN if tls.alpn is None else tls.alpn,
    )
