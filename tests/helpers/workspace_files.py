"""Files of all kinds, made up by hypothesis."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from wireyard.workspace.model import (
    AuthKind,
    AuthSettings,
    EnvironmentFile,
    Field,
    FolderFile,
    MessageFormat,
    NetworkSettings,
    OpeningMessage,
    PassingFailure,
    ProxySettings,
    ReconnectSettings,
    RequestFile,
    SavedMessage,
    TlsSettings,
    Variable,
    WorkspaceFile,
)

_SIGNS = st.sampled_from("ab 01.:#-?{}[],&*!|>'\"%@`\n\t\r\\~=<yn\u2028\x85\ufeff\x00é🎉")
_WORDS = st.sampled_from(
    [
        "",
        "no",
        "null",
        "1.0",
        "007",
        "~",
        "a: b",
        "x #y",
        "{{host}}",
        " lead",
        "trail ",
        "a\nb\n",
        "\n\n",
        "- x",
        "a\n\n",
    ]
)
TEXTS = _WORDS | st.text(st.characters(exclude_categories=("Cs",)), max_size=20) | st.text(_SIGNS, max_size=12)
NAMES = st.sampled_from(["A", "B", "C", "Origin"]) | TEXTS

FIELDS = st.builds(Field, name=NAMES, value=TEXTS, off=st.booleans(), note=TEXTS)
VARIABLES = st.builds(Variable, value=TEXTS, secret=st.booleans(), off=st.booleans(), note=TEXTS)


def _block(kind: type[Any], /, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A block of a file, every key of it: a key that is new has to be made up here too."""
    assert set(fields) == set(kind.__struct_fields__), set(fields) ^ set(kind.__struct_fields__)
    return st.builds(kind, **fields)


MESSAGES = _block(
    SavedMessage,
    name=NAMES,
    group=TEXTS,
    format=st.sampled_from(get_args(MessageFormat)),
    send_as=st.sampled_from(["text", "binary"]),
    body=TEXTS,
    file=TEXTS,
    note=TEXTS,
)


def rows(of: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=5).map(tuple)


def maybe(of: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | of


TLS = _block(
    TlsSettings,
    verify=maybe(st.booleans()),
    ca_file=maybe(TEXTS),
    client_certificate=maybe(TEXTS),
    client_key=maybe(TEXTS),
    client_key_password=maybe(TEXTS),
    pinned_sha256=maybe(TEXTS),
    server_name=maybe(TEXTS),
    minimum_version=maybe(st.sampled_from(["1.2", "1.3"])),
    alpn=maybe(rows(TEXTS)),
)
NETWORK = _block(
    NetworkSettings,
    open_timeout_s=maybe(st.floats(0, 3600)),
    close_timeout_s=maybe(st.floats(0.1, 300)),
    max_message_bytes=maybe(st.integers(0, 2**31 - 1)),
    ping_interval_s=maybe(st.floats(0, 3600)),
    pong_timeout_s=maybe(st.floats(0, 3600)),
    compression=maybe(st.booleans()),
    server_window_bits=maybe(st.sampled_from(["any", "9", "15"])),
    client_window_bits=maybe(st.sampled_from(["any", "9", "15"])),
    server_context_takeover=maybe(st.booleans()),
    client_context_takeover=maybe(st.booleans()),
    resolve_to=maybe(rows(TEXTS)),
    ip_version=maybe(st.sampled_from(["any", "4", "6"])),
    unix_socket=maybe(TEXTS),
    max_redirects=maybe(st.integers(0, 50)),
    ping_payload=maybe(TEXTS),
    auto_pong=maybe(st.booleans()),
    cookies=maybe(st.booleans()),
    waiting_bytes=maybe(st.integers(2**16, 2**31 - 1)),
)
PROXY = _block(
    ProxySettings,
    mode=maybe(st.sampled_from(["system", "none", "http", "socks4", "socks5"])),
    address=TEXTS,
    user=TEXTS,
    password=TEXTS,
    remote_names=st.booleans(),
    bypass=rows(TEXTS),
)
AUTH = _block(
    AuthSettings,
    kind=st.sampled_from(get_args(AuthKind)),
    user=TEXTS,
    password=TEXTS,
    token=TEXTS,
    key_name=TEXTS,
    key=TEXTS,
    sent_in=st.sampled_from(["header", "query", "cookie"]),
    grant=st.sampled_from(["client_credentials", "password", "authorization_code"]),
    authorization_url=TEXTS,
    token_url=TEXTS,
    client_id=TEXTS,
    client_secret=TEXTS,
    audience=TEXTS,
    client_auth=st.sampled_from(["basic", "post"]),
    scope=TEXTS,
    extra=rows(FIELDS),
    format=st.sampled_from(get_args(MessageFormat)),
    send_as=st.sampled_from(["text", "binary"]),
    body=TEXTS,
)
RECONNECT = _block(
    ReconnectSettings,
    attempts=maybe(st.integers(0, 1_000_000)),
    endless=maybe(st.booleans()),
    first_delay_s=maybe(st.floats(0, 3600)),
    factor=maybe(st.floats(1, 10)),
    max_delay_s=maybe(st.floats(0, 3600)),
    jitter_percent=maybe(st.integers(0, 100)),
    close_codes=maybe(rows(st.integers(1000, 4999))),
    failures=maybe(rows(st.sampled_from(get_args(PassingFailure)))),
    statuses=maybe(rows(st.integers(100, 599))),
    from_start=maybe(st.booleans()),
)
OPENING = _block(
    OpeningMessage,
    saved=TEXTS,
    format=st.sampled_from(get_args(MessageFormat)),
    send_as=st.sampled_from(["text", "binary"]),
    body=TEXTS,
)
_LEVEL: dict[str, st.SearchStrategy[Any]] = {
    "name": TEXTS,
    "notes": TEXTS,
    "headers": rows(FIELDS),
    "inherit_headers": st.booleans(),
    "subprotocols": maybe(rows(TEXTS)),
    "auth": st.just(AuthSettings()) | AUTH,
    "tls": st.just(TlsSettings()) | TLS,
    "network": st.just(NetworkSettings()) | NETWORK,
    "removed_headers": maybe(rows(TEXTS)),
    "proxy": st.just(ProxySettings()) | PROXY,
    "reconnect": st.just(ReconnectSettings()) | RECONNECT,
    "on_open": maybe(rows(OPENING)),
    "variables": st.dictionaries(NAMES, VARIABLES, max_size=4),
}
REQUEST_KEYS: dict[str, st.SearchStrategy[Any]] = {
    **_LEVEL,
    "url": TEXTS,
    "path_params": rows(FIELDS),
    "params": rows(FIELDS),
    "preview_path": TEXTS,
    "messages": rows(MESSAGES),
}
REQUESTS = st.builds(RequestFile, **REQUEST_KEYS)
FOLDERS = st.builds(FolderFile, **_LEVEL, order=rows(TEXTS))
WORKSPACES = st.builds(WorkspaceFile, name=TEXTS, notes=TEXTS, order=rows(TEXTS))
ENVIRONMENTS = st.builds(
    EnvironmentFile,
    name=TEXTS,
    color=st.sampled_from(["", "green", "red"]),
    inherits=TEXTS,
    variables=st.dictionaries(NAMES, VARIABLES, max_size=4),
)
FILES = REQUESTS | FOLDERS | WORKSPACES | ENVIRONMENTS
