"""The file kinds of a workspace as types: what a person saves, exactly as the YAML files say it.

Each type is one kind of file or one block in it. Left out means the default, or, where the type allows ``None``,
inherited from the folder above. Text is kept as it was spelled: ``{{name}}`` stays until something is sent. The JSON
Schemas in ``resources/schemas`` are made from these types.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

FORMAT_VERSION = 1

MessageFormat = Literal["json", "text", "hex", "base64"]
SendAs = Literal["text", "binary"]
Color = Literal["", "green", "amber", "red", "blue", "violet"]
TlsVersion = Literal["1.2", "1.3"]
IpVersion = Literal["any", "4", "6"]
WindowBits = Literal["any", "9", "10", "11", "12", "13", "14", "15"]
ProxyMode = Literal["system", "none", "http", "socks4", "socks5"]
AuthKind = Literal["inherit", "none", "basic", "bearer", "api_key", "digest", "oauth2", "message"]
KeyPlace = Literal["header", "query", "cookie"]
Grant = Literal["client_credentials", "password", "authorization_code"]
ClientAuth = Literal["basic", "post"]
# Failures that may be otherwise next time; see `wireyard.domain.failure.FailureCode`.
PassingFailure = Literal[
    "name_not_found",
    "name_lookup_failed",
    "refused",
    "unreachable",
    "reset",
    "timeout",
    "unix_socket",
    "proxy_failed",
    "tls_failed",
    "status",
    "not_websocket",
    "bad_answer",
    "no_answer",
]


class _Block(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Part of a file. Keys that this version doesn't know are passed over, and stay in the file."""


class Field(_Block, frozen=True, kw_only=True):
    """One row of a grid: a header or a query parameter. A row that is ``off`` is kept and not sent.

    In the file the key is ``disabled``: for older YAML readers "off" is no word but a truth value.
    """

    name: str = ""
    value: str = ""
    off: bool = msgspec.field(default=False, name="disabled")
    note: str = ""


class Variable(_Block, frozen=True, kw_only=True):
    """A value behind a name. A secret's value is never in a file: only that there is one."""

    value: str = ""
    secret: bool = False
    off: bool = msgspec.field(default=False, name="disabled")
    note: str = ""


class SavedMessage(_Block, frozen=True, kw_only=True):
    """A message kept to be sent again. ``file`` is a path inside the workspace and stands instead of ``body``.

    ``body`` is as written in ``format``: hex stays hex, Base64 stays Base64.
    ``group`` is a heading in the list, empty for none.
    """

    name: str
    group: str = ""
    format: MessageFormat = "json"
    send_as: SendAs = "text"
    body: str = ""
    file: str = ""
    note: str = ""


class OpeningMessage(_Block, frozen=True, kw_only=True):
    """A message that is sent after every opening. ``saved`` names one of the request's `messages`, as "Name" or
    "Group/Name", and stands instead of ``body``, which is as in `SavedMessage`.
    """

    saved: str = ""
    format: MessageFormat = "text"
    send_as: SendAs = "text"
    body: str = ""


class TlsSettings(_Block, frozen=True, kw_only=True):
    """How the server's certificate is checked, and which one we show. Paths are relative to the workspace.

    ``client_certificate`` may be a PKCS#12 file. See `wireyard.domain.request.Tls`.
    """

    verify: bool | None = None
    ca_file: str | None = None
    client_certificate: str | None = None
    client_key: str | None = None
    client_key_password: str | None = None
    pinned_sha256: str | None = None
    server_name: str | None = None
    minimum_version: TlsVersion | None = None
    alpn: tuple[str, ...] | None = None


class NetworkSettings(_Block, frozen=True, kw_only=True):
    """How the server is reached, and the limits of one connection; 0 switches a limit off.

    ``resolve_to`` has the addresses that the host of the request has instead of those that are looked up.
    ``ping_payload`` is text; without ``cookies`` none of the jar are sent or kept. See
    `wireyard.domain.request.Network`.
    """

    open_timeout_s: Annotated[float, Meta(ge=0, le=3600)] | None = None
    close_timeout_s: Annotated[float, Meta(ge=0.1, le=300)] | None = None
    max_message_bytes: Annotated[int, Meta(ge=0, le=2**31 - 1)] | None = None
    ping_interval_s: Annotated[float, Meta(ge=0, le=3600)] | None = None
    pong_timeout_s: Annotated[float, Meta(ge=0, le=3600)] | None = None
    compression: bool | None = None
    server_window_bits: WindowBits | None = None
    client_window_bits: WindowBits | None = None
    server_context_takeover: bool | None = None
    client_context_takeover: bool | None = None
    resolve_to: tuple[str, ...] | None = None
    ip_version: IpVersion | None = None
    unix_socket: str | None = None
    max_redirects: Annotated[int, Meta(ge=0, le=50)] | None = None
    ping_payload: str | None = None
    auto_pong: bool | None = None
    waiting_bytes: Annotated[int, Meta(ge=2**16, le=2**31 - 1)] | None = None
    cookies: bool | None = None


class ProxySettings(_Block, frozen=True, kw_only=True):
    """Through whom the server is reached. One block, which counts where it says a ``mode``: a password never meets
    another level's address.

    ``address`` is the proxy's host and port. See `wireyard.domain.request.Proxy`.
    """

    mode: ProxyMode | None = None
    address: str = ""
    user: str = ""
    password: str = ""
    remote_names: bool = True
    bypass: tuple[str, ...] = ()


class AuthSettings(_Block, frozen=True, kw_only=True):
    """How one signs in. One block, which counts where its ``kind`` is another than ``inherit``.

    Basic and digest have ``user`` and ``password``, bearer ``token``; an API key is ``key`` with the name ``key_name``,
    ``sent_in`` a header, the query or a cookie. OAuth 2 has the rest up to ``extra``, whose rows go along to both
    addresses; its token is sent in the Authorization header, or in the query as ``key_name``. ``body`` is the message
    that is sent first after every opening.

    What is secret is only written into a file as a variable; see `wireyard.workspace.auth_secrets`.
    """

    kind: AuthKind = "inherit"
    user: str = ""
    password: str = ""
    token: str = ""
    key_name: str = ""
    key: str = ""
    sent_in: KeyPlace = "header"
    grant: Grant = "client_credentials"
    authorization_url: str = ""
    token_url: str = ""
    client_id: str = ""
    client_secret: str = ""
    client_auth: ClientAuth = "basic"
    scope: str = ""
    audience: str = ""
    extra: tuple[Field, ...] = ()
    format: MessageFormat = "json"
    send_as: SendAs = "text"
    body: str = ""


class ReconnectSettings(_Block, frozen=True, kw_only=True):
    """Whether a lost connection is made again; 0 attempts: it isn't. See `wireyard.domain.request.Reconnect`.

    ``endless`` true doesn't count the attempts, whatever ``attempts`` says.
    """

    attempts: Annotated[int, Meta(ge=0, le=1_000_000)] | None = None
    endless: bool | None = None
    first_delay_s: Annotated[float, Meta(ge=0, le=3600)] | None = None
    factor: Annotated[float, Meta(ge=1, le=10)] | None = None
    max_delay_s: Annotated[float, Meta(ge=0, le=3600)] | None = None
    jitter_percent: Annotated[int, Meta(ge=0, le=100)] | None = None
    close_codes: tuple[Annotated[int, Meta(ge=1000, le=4999)], ...] | None = None
    failures: tuple[PassingFailure, ...] | None = None
    statuses: tuple[Annotated[int, Meta(ge=100, le=599)], ...] | None = None
    from_start: bool | None = None


class _Level(_Block, frozen=True, kw_only=True):
    """What collection, folder and request have in common; the nearest that says something counts.

    ``inherit_headers`` false keeps the headers of the levels above out. ``removed_headers`` names headers that the
    program sends by itself and is not to send. ``on_open`` is sent after every opening, in this order.
    """

    wireyard: Annotated[int, Meta(ge=1)] = FORMAT_VERSION
    name: str = ""
    notes: str = ""
    headers: tuple[Field, ...] = ()
    inherit_headers: bool = True
    removed_headers: tuple[str, ...] | None = None
    subprotocols: tuple[str, ...] | None = None
    auth: AuthSettings = AuthSettings()
    tls: TlsSettings = TlsSettings()
    network: NetworkSettings = NetworkSettings()
    proxy: ProxySettings = ProxySettings()
    reconnect: ReconnectSettings = ReconnectSettings()
    on_open: tuple[OpeningMessage, ...] | None = None
    variables: dict[str, Variable] = {}


class RequestFile(_Level, frozen=True, kw_only=True):
    """``NAME.ws.yaml``: one request. ``name`` is only there where the file's name can't say it.

    ``url`` is without the query that `params` hold; a file written by hand may have one in ``url`` all the same, and
    then those parameters come first. ``path_params`` have the values of its segments ``:name``.
    """

    url: str = ""
    path_params: tuple[Field, ...] = ()
    params: tuple[Field, ...] = ()
    preview_path: str = ""
    messages: tuple[SavedMessage, ...] = ()


class FolderFile(_Level, frozen=True, kw_only=True):
    """``folder.yaml`` in a folder, or ``collection.yaml`` in a folder right below the workspace's.

    ``order`` names children (file names without ``.ws.yaml``, folder names); the others follow by name.
    """

    order: tuple[str, ...] = ()


class WorkspaceFile(_Block, frozen=True, kw_only=True):
    """``wireyard.yaml``, which makes a folder a workspace. ``order`` names collections, as in `FolderFile`.

    ``environments`` does the same for environments, by the names of their files; the others follow by name.
    """

    wireyard: Annotated[int, Meta(ge=1)] = FORMAT_VERSION
    name: str = ""
    notes: str = ""
    order: tuple[str, ...] = ()
    environments: tuple[str, ...] = ()


class EnvironmentFile(_Block, frozen=True, kw_only=True):
    """``environments/NAME.yaml``, shared; ``NAME.local.yaml`` beside it has the values of this machine only.

    ``inherits`` names the environment whose variables stand behind these.
    """

    wireyard: Annotated[int, Meta(ge=1)] = FORMAT_VERSION
    name: str = ""
    color: Color = ""
    inherits: str = ""
    variables: dict[str, Variable] = {}
