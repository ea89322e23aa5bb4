"""Digest (RFC 7616): what answers a challenge, so that a password never crosses the connection."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from typing import Final
from urllib.parse import quote

from wireyard.domain.auth import DigestLogin
from wireyard.engine.refusal import SignInError
from wireyard.session.auth.challenges import Challenge

_HASHES: Final = {"md5": "md5", "sha-256": "sha256", "sha-512-256": "sha512_256"}
_METHOD: Final = "GET"  # what every upgrade is (RFC 6455 section 4.1)


def new_cnonce() -> str:
    """The client's nonce: 128 bits, as hex."""
    return secrets.token_hex(16)


def choose(found: list[Challenge]) -> Challenge:
    """The first challenge that can be answered, as RFC 7616 section 3.7 wants it. Raises `SignInError`."""
    digests = [each for each in found if each.scheme == "digest"]
    if not digests:
        asked = ", ".join(dict.fromkeys(each.scheme.capitalize() for each in found))
        raise SignInError({"auth_fault": "no_digest", "asked": asked})
    for each in digests:
        if _hash_name(each) in hashlib.algorithms_available and _qop(each) is not None and each.parameters.get("nonce"):
            return each
    first = digests[0]
    if not first.parameters.get("nonce"):
        raise SignInError({"auth_fault": "digest_challenge", "missing": "nonce"})
    if _qop(first) is None:
        raise SignInError({"auth_fault": "digest_qop", "asked": first.parameters.get("qop", "")})
    asked = ", ".join(each.parameters.get("algorithm", "MD5") for each in digests)
    raise SignInError({"auth_fault": "digest_algorithm", "asked": asked})


def authorization(
    login: DigestLogin,
    challenge: Challenge,
    target: str,
    *,
    count: int = 1,
    make_cnonce: Callable[[], str] = new_cnonce,
    method: str = _METHOD,
) -> str:
    """The value of the Authorization header for one request (RFC 7616 section 3.4).

    ``target`` is the request target as it stands in the request line; ``count`` how often this nonce was used.
    """
    given = challenge.parameters
    realm, nonce, qop, cnonce = given.get("realm", ""), given["nonce"], _qop(challenge), make_cnonce()
    is_utf8 = given.get("charset", "").lower() == "utf-8"
    hashed = _Hash(_hash_name(challenge), is_utf8=is_utf8)
    first = hashed(f"{login.user}:{realm}:{login.password}")
    is_session = given.get("algorithm", "").lower().endswith("-sess")
    if is_session:
        first = hashed(f"{first}:{nonce}:{cnonce}")
    second = hashed(f"{method}:{target}" + (f":{hashed('')}" if qop == "auth-int" else ""))
    middle = f"{nonce}:{count:08x}:{cnonce}:{qop}" if qop else nonce
    parts = [
        *_user(login.user, realm, hashed, wants_hash=given.get("userhash", "").lower() == "true"),
        ("realm", _quoted(realm)),
        ("uri", _quoted(target)),
        *((("algorithm", given["algorithm"]),) if given.get("algorithm") else ()),
        ("nonce", _quoted(nonce)),
        *((("nc", f"{count:08x}"),) if qop else ()),
        *((("cnonce", _quoted(cnonce)),) if qop or is_session else ()),
        *((("qop", qop),) if qop else ()),
        ("response", _quoted(hashed(f"{first}:{middle}:{second}"))),
        *((("opaque", _quoted(given["opaque"])),) if "opaque" in given else ()),
    ]
    return "Digest " + ", ".join(f"{name}={value}" for name, value in parts)


class _Hash:
    """H of the RFC: hex of the digest of a text."""

    def __init__(self, name: str, *, is_utf8: bool) -> None:
        self._name = name
        self._is_utf8 = is_utf8

    def __call__(self, text: str) -> str:
        # Not for keeping passwords: the RFC says which.
        return hashlib.new(self._name, self._encoded(text), usedforsecurity=False).hexdigest()

    def _encoded(self, text: str) -> bytes:
        if self._is_utf8:
            return text.encode()
        try:
            return text.encode("latin-1")
        except UnicodeEncodeError:
            return text.encode()


def _hash_name(challenge: Challenge) -> str:
    word = challenge.parameters.get("algorithm", "MD5").lower().removesuffix("-sess")
    return _HASHES.get(word, "")


def _qop(challenge: Challenge) -> str | None:
    """The quality that is taken, empty for a server of RFC 2069 that offers none; None where there is none we know."""
    offered = challenge.parameters.get("qop")
    if offered is None:
        return ""
    words = [word.strip().lower() for word in offered.split(",")]
    return next((word for word in ("auth", "auth-int") if word in words), None)


def _user(user: str, realm: str, hashed: _Hash, *, wants_hash: bool) -> tuple[tuple[str, str], ...]:
    if wants_hash:
        return ("username", _quoted(hashed(f"{user}:{realm}"))), ("userhash", "true")
    if user.isascii():
        return (("username", _quoted(user)),)
    return (("username*", f"UTF-8''{quote(user, safe='')}"),)  # RFC 8187


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
