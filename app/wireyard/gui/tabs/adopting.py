"""What a changed request means for the one that is edited: the blocks of its file that say the change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec.structs import fields, replace

from wireyard.domain.request import ConnectRequest, Network, Tls
from wireyard.workspace.documents import Levels
from wireyard.workspace.inheritance import effective
from wireyard.workspace.model import Field, RequestFile

# Fields that no file holds in this form; see `network_changes`.
_RESOLVE = "resolve"


def network_changes(before: ConnectRequest, after: ConnectRequest) -> dict[str, Any]:
    """The fields of `NetworkSettings` that say what is different; 0 is no limit."""
    changes = _changes(before.network, after.network, Network)
    if _RESOLVE in changes:
        chosen = [rule for rule in changes.pop(_RESOLVE) if not rule.host]
        changes["resolve_to"] = chosen[0].addresses if chosen else ()
    return {name: 0 if value is None else value for name, value in changes.items()}


def tls_changes(before: ConnectRequest, after: ConnectRequest) -> dict[str, Any]:
    """The fields of `TlsSettings`; that a certificate isn't checked is never one of them."""
    changes = _changes(before.tls, after.tls, Tls)
    changes.pop("verify", None)
    return changes


def without_headers(own: Iterable[Field], gone: set[str], levels: Levels) -> tuple[Field, ...]:
    """The rows with these headers switched off; an inherited one by a row of its name that is off."""
    rows = [replace(row, off=True) if row.name.casefold() in gone else row for row in own]
    named = {row.name.casefold() for row in rows}
    above = [each.value.name for each in effective(RequestFile(), levels).headers]
    rows += [Field(name=name, off=True) for name in dict.fromkeys(above) if name.casefold() in gone - named]
    return tuple(rows)


def _changes(before: Any, after: Any, kind: type[Any]) -> dict[str, Any]:
    return {
        field.name: getattr(after, field.name)
        for field in fields(kind)
        if getattr(before, field.name) != getattr(after, field.name)
    }
