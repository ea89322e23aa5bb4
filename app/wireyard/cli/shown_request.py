"""What ``wireyard show`` tells of a request. Secrets are hidden, and not even looked up, unless they are asked for."""

from __future__ import annotations

from typing import Any, cast

import msgspec
from msgspec.structs import replace

from wireyard.cli.finding import paths
from wireyard.cli.listing import shown_row, shown_url
from wireyard.cli.resolving import LOCAL_SERVER, Choices, RequestAtHand
from wireyard.cli.secret_input import vault_of
from wireyard.cli.workspaces import Shelf
from wireyard.domain.request import Proxy
from wireyard.exchange.redact import SECRET_HEADERS, redact_url
from wireyard.exchange.secret_values import SecretValues
from wireyard.servers.address import HOST
from wireyard.session.plan.connecting import plan_connect
from wireyard.session.plan.opening import opening_messages
from wireyard.workspace.auth_secrets import literals_of, only_of_its_kind, with_secret
from wireyard.workspace.inheritance import effective
from wireyard.workspace.model import AuthSettings, Field, RequestFile, SavedMessage, Variable
from wireyard.workspace.tree import Item
from wireyard.workspace.variables.resolve import Resolver

HIDDEN = "(hidden)"
Record = dict[str, Any]
_SECRET_HEADERS = {name.lower() for name in SECRET_HEADERS}


def written_record(shelf: Shelf, item: Item, *, with_secrets: bool) -> Record:
    """The request's file, without what is not said in it."""
    file = shelf.workspace.read_request(item.id).value
    shown = file if with_secrets else _without_secrets(file)
    record: Record = msgspec.to_builtins(shown)
    record.pop("wireyard", None)
    return {**_head(shelf, item), **record}


def resolved_record(shelf: Shelf, item: Item, choices: Choices, *, with_secrets: bool) -> Record:
    """What would be dialled and sent. Raises `WorkspaceError` where a variable has no value."""
    port = shelf.setup.settings.general.echo_port
    secrets = vault_of(shelf.setup, shelf.workspace.root, choices.passphrase_file).value if with_secrets else _hidden
    at_hand = RequestAtHand(shelf, item, "", choices, {LOCAL_SERVER: f"{HOST}:{port}"}, secrets)
    planned = plan_connect(
        at_hand.file,
        at_hand.levels,
        at_hand.scope,
        defaults=shelf.setup.settings.network,
        root=shelf.workspace.root,
        dynamic=at_hand.dynamic,
    )
    resolver = Resolver(at_hand.scope, at_hand.dynamic)
    request = planned.request
    record: Record = {
        **_head(shelf, item),
        "environment": choices.environment,
        "url": request.url,
        "auth": _auth(at_hand),
        "headers": _headers(at_hand, request.headers),
        "subprotocols": list(request.subprotocols),
        "tls": {
            "verify": request.tls.verify,
            "ca_file": request.tls.ca_file or None,
            "client_certificate": request.tls.client_certificate or None,
            "client_key": request.tls.client_key or None,
            "pinned_sha256": request.tls.pinned_sha256 or None,
            "server_name": request.tls.server_name or None,
            "minimum_version": request.tls.minimum_version,
            "alpn": list(request.tls.alpn),
        },
        "network": msgspec.to_builtins(request.network),
        "proxy": _proxy(request.proxy),
        "reconnect": msgspec.to_builtins(request.reconnect),
        "removed_headers": list(request.removed_headers),
        "on_open": [_message(each, resolver) for each in opening_messages(at_hand.file, at_hand.levels)],
        "messages": [_message(message, resolver) for message in at_hand.file.messages],
    }
    if with_secrets:
        return record
    record["url"] = redact_url(request.url)
    if request.proxy.password:
        record["proxy"]["password"] = HIDDEN
    for header in record["headers"]:
        if header["name"].lower() in _SECRET_HEADERS:
            header["value"] = HIDDEN
    return _masked(record, SecretValues((*planned.secrets, *resolver.secrets)))


def as_text(record: Record) -> str:
    """The record as lines for people."""
    lines = [record["path"], *_row("File", record["file"])]
    if record.get("environment"):
        lines += _row("Environment", record["environment"])
    lines += _row("Address", record.get("url", ""))
    rows = (("In the path", "path_params", "="), ("Parameter", "params", "="), ("Header", "headers", ": "))
    for label, key, joint in rows:
        for row in record.get(key, ()):
            lines += _row(label, _pair(row, joint))
    if record.get("removed_headers"):
        lines += _row("Left out", ", ".join(record["removed_headers"]))
    if record.get("subprotocols"):
        lines += _row("Subprotocols", ", ".join(record["subprotocols"]))
    for label, key in (
        ("Auth", "auth"),
        ("TLS", "tls"),
        ("Network", "network"),
        ("Proxy", "proxy"),
        ("Reconnect", "reconnect"),
    ):
        said = {name: value for name, value in record.get(key, {}).items() if value not in (None, "", [], ())}
        lines += _row(label, ", ".join(f"{name} {_spelled(value)}" for name, value in said.items()))
    for name, variable in record.get("variables", {}).items():
        lines += _row("Variable", f"{name} = {'(secret)' if variable.get('secret') else variable.get('value', '')}")
    for message in record.get("on_open") or ():
        lines += _row("On opening", message.get("name") or message.get("saved") or message.get("body", ""))
    lines += _row("Notes", record.get("notes", ""))
    for message in record.get("messages", ()):
        lines += _row("Message", f"{message['name']} ({message.get('format', 'json')})")
        lines += _row("", message.get("body") or message.get("file", ""))
    return "\n".join(_printable(line) for line in lines) + "\n"


def _head(shelf: Shelf, item: Item) -> Record:
    path = next(path for path, each in paths(shelf.tree) if each is item)
    return {"path": path, "file": item.id, "name": item.name}


def _hidden(environment: str, name: str) -> str:
    return HIDDEN


def _without_secrets(file: RequestFile) -> RequestFile:
    """Literal values that are secrets by their place; variables in their stead are none."""
    return replace(
        file,
        url=shown_url(file.url),
        path_params=tuple(row if "{{" in row.value else shown_row(row) for row in file.path_params),
        params=tuple(row if "{{" in row.value else shown_row(row) for row in file.params),
        headers=tuple(_shown_header(row) for row in file.headers),
        variables={name: _shown_variable(each) for name, each in file.variables.items()},
        tls=replace(file.tls, client_key_password=_shown_password(file.tls.client_key_password)),
        proxy=replace(file.proxy, password=_shown_password(file.proxy.password) or ""),
        auth=_shown_auth(file.auth),
    )


def _shown_auth(auth: AuthSettings) -> AuthSettings:
    for field in literals_of(auth):
        auth = with_secret(auth, field, HIDDEN)
    return auth


def _shown_header(row: Field) -> Field:
    is_secret = row.name.strip().lower() in _SECRET_HEADERS and "{{" not in row.value
    return replace(row, value=HIDDEN) if is_secret and row.value else row


def _shown_variable(variable: Variable) -> Variable:
    return replace(variable, value=HIDDEN) if variable.secret and variable.value else variable


def _shown_password(password: str | None) -> str | None:
    return HIDDEN if password and "{{" not in password else password


def _proxy(proxy: Proxy) -> Record:
    """The fields that count for its kind."""
    record: Record = msgspec.to_builtins(proxy)
    return record if proxy.host else {"mode": proxy.mode, "bypass": list(proxy.bypass)}


def _headers(at_hand: RequestAtHand, sent: tuple[tuple[str, str], ...]) -> list[Record]:
    """Each with the level that it is from; those that sign in are from the level that says so."""
    whole = effective(at_hand.file, at_hand.levels)
    resolver = Resolver(at_hand.scope, at_hand.dynamic)
    sources: dict[str, list[str]] = {}
    for row in whole.headers:
        sources.setdefault(resolver.resolve(row.value.name).text.strip(), []).append(row.source)
    auth = whole.auth.source if whole.auth is not None else ""
    return [{"name": name, "value": value, "source": _next(sources.get(name), auth) or None} for name, value in sent]


def _next(sources: list[str] | None, otherwise: str) -> str:
    return sources.pop(0) if sources else otherwise


def _auth(at_hand: RequestAtHand) -> Record:
    """How one signs in, and which level says so."""
    found = effective(at_hand.file, at_hand.levels).auth
    if found is None:
        return {"kind": "none", "source": None}
    return {**msgspec.to_builtins(_shown_auth(only_of_its_kind(found.value))), "source": found.source or None}


def _message(message: SavedMessage, resolver: Resolver) -> Record:
    record: Record = {"name": message.name, "format": message.format, "send_as": message.send_as}
    if message.file:
        return {**record, "file": resolver.resolve(message.file).text}
    return {**record, "body": resolver.resolve(message.body).text}


def _masked(value: Any, secrets: SecretValues) -> Any:
    if isinstance(value, str):
        return secrets.in_text(value)
    if isinstance(value, dict):
        return {key: _masked(each, secrets) for key, each in cast("Record", value).items()}
    return [_masked(each, secrets) for each in cast("list[Any]", value)] if isinstance(value, list) else value


def _pair(row: Record, mark: str) -> str:
    text = f"{row.get('name', '')}{mark}{row.get('value', '')}"
    more = ["off"] if row.get("disabled") else []
    more += [f"from {row['source']}"] if row.get("source") else []
    more += [row["note"]] if row.get("note") else []
    return f"{text}   ({', '.join(more)})" if more else text


def _spelled(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _row(label: str, text: str) -> list[str]:
    """A label and its text, whose further lines stand below each other; nothing where there is no text."""
    first, *rest = text.splitlines() or [""]
    return [f"  {label:<13}{first}", *(f"  {'':<13}{line}" for line in rest)] if text else []


def _printable(line: str) -> str:
    return "".join(c if c.isprintable() or c == "\t" else "\ufffd" for c in line)
