"""Tokens that OAuth 2 gave, kept in memory until the program ends: never in a file, a recording or an export."""

from __future__ import annotations

import time
from collections.abc import Callable

import msgspec

from wireyard.domain.auth import OAuthLogin

# A token is renewed before it ends, so that it does not end on its way.
_MARGIN_S = 30.0
_SHARE = 0.2  # of a life that is short


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """``expires_at`` is in seconds since 1970, None where the server did not say."""

    access: str
    refresh: str = ""
    obtained_at: float = 0.0
    expires_at: float | None = None
    scope: str = ""

    def __repr__(self) -> str:
        return f"Token(…, expires_at={self.expires_at!r})"

    def is_fresh(self, now: float) -> bool:
        """Whether it holds for a while yet."""
        if self.expires_at is None:
            return True
        margin = min(_MARGIN_S, _SHARE * max(0.0, self.expires_at - self.obtained_at))
        return now < self.expires_at - margin


class Tokens:
    """By what they were asked for with: requests that say the same share one."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._kept: dict[OAuthLogin, Token] = {}

    def now(self) -> float:
        """Seconds since 1970."""
        return self._now()

    def of(self, login: OAuthLogin) -> Token | None:
        """The token, also one that has ended."""
        return self._kept.get(login)

    def keep(self, login: OAuthLogin, token: Token) -> None:
        """Put one in the place of the last."""
        self._kept[login] = token

    def forget(self, login: OAuthLogin) -> None:
        """It is of no use any more."""
        self._kept.pop(login, None)
