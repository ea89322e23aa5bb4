"""Answers the 401 of an upgrade by Digest: once for each target, and again only for a nonce that was too old."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from wireyard.domain.auth import DigestLogin
from wireyard.domain.request import ConnectRequest
from wireyard.engine.answer import values_of
from wireyard.engine.refusal import Another, Refusal, SignInError
from wireyard.session.auth.challenges import Challenge, challenges
from wireyard.session.auth.digest import authorization, choose, new_cnonce

_MAX_STALE = 2


class DigestAnswer:
    """For one attempt. A server on another origin, to which a redirect led, gets no answer."""

    def __init__(self, make_cnonce: Callable[[], str] = new_cnonce) -> None:
        self._make_cnonce = make_cnonce
        self._answered: set[str] = set()
        self._stale = 0

    async def __call__(self, refusal: Refusal) -> Another | None:
        """The request with the answer in it. Raises `SignInError`."""
        login = refusal.request.login
        if not isinstance(login, DigestLogin):
            return None
        challenge = choose(challenges(values_of(refusal.answer, "www-authenticate")))
        if refusal.target in self._answered:
            self._stale += _is_stale(challenge)
            if not _is_stale(challenge) or self._stale > _MAX_STALE:
                raise SignInError({"auth_fault": "digest_password"})
        self._answered.add(refusal.target)
        header = authorization(login, challenge, refusal.target, make_cnonce=self._make_cnonce)
        algorithm = challenge.parameters.get("algorithm", "MD5")
        return Another(with_authorization(refusal.request, header), f"The server asked for Digest ({algorithm}).")


def with_authorization(request: ConnectRequest, value: str) -> ConnectRequest:
    """The request with this Authorization header, in the place of any other."""
    headers = tuple(pair for pair in request.headers if pair[0].lower() != "authorization")
    return replace(request, headers=(*headers, ("Authorization", value)))


def _is_stale(challenge: Challenge) -> bool:
    return challenge.parameters.get("stale", "").lower() == "true"
