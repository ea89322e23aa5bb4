"""What a request gets from the folders that it is in: the nearest that says something counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

import msgspec

from wireyard.workspace.documents import Levels
from wireyard.workspace.model import (
    AuthSettings,
    Field,
    FolderFile,
    NetworkSettings,
    OpeningMessage,
    ProxySettings,
    ReconnectSettings,
    RequestFile,
    TlsSettings,
)

_T = TypeVar("_T")
_Sources = list[tuple[FolderFile | RequestFile, str]]


class Sourced(msgspec.Struct, Generic[_T], frozen=True):
    """A value and where it is from: the name of a folder or collection, or "" for the request itself."""

    value: _T
    source: str


class Effective(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for a request. None and a key that is missing: nobody says anything, the settings decide.

    ``headers`` has every row that would be sent, those of the outermost level first; one that is named again further
    in stands there instead. ``tls``, ``network`` and ``reconnect`` have the names of the fields; a proxy is one, and so
    is ``auth``. ``has_own_login`` is true where a level further in than that sets an Authorization header by hand.
    """

    headers: tuple[Sourced[Field], ...] = ()
    removed_headers: Sourced[tuple[str, ...]] | None = None
    subprotocols: Sourced[tuple[str, ...]] | None = None
    auth: Sourced[AuthSettings] | None = None
    has_own_login: bool = False
    tls: dict[str, Sourced[Any]] = {}
    network: dict[str, Sourced[Any]] = {}
    proxy: Sourced[ProxySettings] | None = None
    reconnect: dict[str, Sourced[Any]] = {}
    on_open: Sourced[tuple[OpeningMessage, ...]] | None = None

    def tls_settings(self) -> TlsSettings:
        """The values alone."""
        return msgspec.convert({name: each.value for name, each in self.tls.items()}, TlsSettings)

    def network_settings(self) -> NetworkSettings:
        """The values alone."""
        return msgspec.convert({name: each.value for name, each in self.network.items()}, NetworkSettings)

    def reconnect_settings(self) -> ReconnectSettings:
        """The values alone."""
        return msgspec.convert({name: each.value for name, each in self.reconnect.items()}, ReconnectSettings)


def effective(request: RequestFile, levels: Levels) -> Effective:
    """What holds for a request in these levels, the collection first."""
    sources: _Sources = [*((level.file, level.name) for level in levels), (request, "")]
    return Effective(
        headers=_headers(sources),
        removed_headers=_nearest(sources, lambda file: file.removed_headers),
        subprotocols=_nearest(sources, lambda file: file.subprotocols),
        auth=_nearest(sources, _own_auth),
        has_own_login=_has_own_login(sources),
        tls=_fields(sources, lambda file: file.tls),
        network=_fields(sources, lambda file: file.network),
        proxy=_nearest(sources, lambda file: file.proxy if file.proxy.mode is not None else None),
        reconnect=_fields(sources, lambda file: file.reconnect),
        on_open=_nearest(sources, lambda file: file.on_open),
    )


def _headers(sources: _Sources) -> tuple[Sourced[Field], ...]:
    rows: list[Sourced[Field]] = []
    for file, source in sources:
        if not file.inherit_headers:
            rows = []
        own = [Sourced(field, source) for field in file.headers if field.name]
        # A row that is off says that the header is not sent, whoever set it further out.
        named = {row.value.name.casefold() for row in own}
        rows = [row for row in rows if row.value.name.casefold() not in named] + own
    return tuple(row for row in rows if not row.value.off)


def _own_auth(file: FolderFile | RequestFile) -> AuthSettings | None:
    return file.auth if file.auth.kind != "inherit" else None


def _has_own_login(sources: _Sources) -> bool:
    """Whether somebody wrote the header nearer to the request than the one who chose how to sign in."""
    for file, _ in reversed(sources):
        if _own_auth(file) is not None:
            return False
        if any(row.name.strip().casefold() == "authorization" and not row.off for row in file.headers):
            return True
    return False


def _nearest(sources: _Sources, value_of: Callable[[FolderFile | RequestFile], _T | None]) -> Sourced[_T] | None:
    for file, source in reversed(sources):
        value = value_of(file)
        if value is not None:
            return Sourced(value, source)
    return None


def _fields(
    sources: _Sources, block_of: Callable[[FolderFile | RequestFile], msgspec.Struct]
) -> dict[str, Sourced[Any]]:
    found: dict[str, Sourced[Any]] = {}
    for file, source in sources:
        for name, value in msgspec.structs.asdict(block_of(file)).items():
            if value is not None:
                found[name] = Sourced(value, source)
    return found
