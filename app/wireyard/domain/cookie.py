"""A cookie as it is kept (RFC 6265 section 5.3), and what became of one that a server sent."""

from __future__ import annotations

from typing import Literal

import msgspec

CookieFate = Literal["kept", "deleted", "refused"]


class Cookie(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One cookie. ``domain`` is a host in lower case, without a dot in front; ``path`` begins with a slash.

    ``host_only`` keeps it from hosts below the domain, ``secure`` from connections without TLS. ``expires_s`` is in
    seconds since 1970, None for one that never runs out by itself; ``created_s`` is when it was first set.
    """

    name: str
    value: str = ""
    domain: str
    path: str = "/"
    host_only: bool = True
    secure: bool = False
    http_only: bool = False
    expires_s: float | None = None
    created_s: float = 0.0

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from others: another one with the same replaces it."""
        return self.domain, self.path, self.name

    def __repr__(self) -> str:
        return f"Cookie(name={self.name!r}, domain={self.domain!r}, path={self.path!r}, …)"


class CookieOutcome(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a jar did with a cookie that a server sent, without its value. ``why`` says in words why it was refused."""

    name: str
    fate: CookieFate
    domain: str = ""
    path: str = ""
    why: str = ""
