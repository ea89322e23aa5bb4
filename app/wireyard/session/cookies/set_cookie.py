"""What one Set-Cookie line says, and whether it may say so (RFC 6265 sections 5.2 and 5.3)."""

from __future__ import annotations

import re

import msgspec

from wireyard.domain.cookie import Cookie
from wireyard.engine.errors import AddressError
from wireyard.engine.hostname import ascii_host
from wireyard.session.cookies.dates import read_date
from wireyard.session.cookies.matching import belongs, canonical, default_path, is_ip, is_shared_suffix

# As in browsers (RFC 6265bis section 5.6).
MAX_COOKIE_BYTES = 4096
MAX_ATTRIBUTE_BYTES = 1024
_FOREVER_S = 253_402_300_799.0  # the year 9999
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f]")
_MAX_AGE = re.compile(r"-?\d+")


class RefusedError(Exception):
    """It is not kept; the text says why. ``name`` is the cookie's, as far as it has one."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(why)
        self.name = name


class Origin(msgspec.Struct, frozen=True):
    """Who sends or asks: a connection with or without TLS, its host, and the path and query."""

    secure: bool
    host: str
    target: str


def read_set_cookie(line: str, origin: Origin, now_s: float) -> Cookie:
    """The cookie of one line; one that has run out already is to be deleted. Raises `RefusedError`."""
    pair, *attributes = line.split(";")
    name, equals, value = pair.partition("=")
    name, value = name.strip(" \t"), value.strip(" \t")
    if not equals or not name:
        raise RefusedError(name or pair.strip()[:40], "It has no name.")
    if _CONTROL.search(line):
        raise RefusedError(name, "It has a control character in it.")
    if len(name) + len(value) > MAX_COOKIE_BYTES:
        raise RefusedError(name[:40], f"It is over {MAX_COOKIE_BYTES:,} bytes.")
    said = dict(map(_attribute, attributes))
    domain, host_only = _domain(name, said.get("domain", ""), origin)
    path = said.get("path", "")
    cookie = Cookie(
        name=name,
        value=value,
        domain=domain,
        path=path if path.startswith("/") else default_path(origin.target),
        host_only=host_only,
        secure="secure" in said,
        http_only="httponly" in said,
        expires_s=_expiry(said, now_s),
        created_s=now_s,
    )
    _check_security(cookie, origin, has_path=path == "/")
    return cookie


def _attribute(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    value = value.strip(" \t")
    # One that is too long is as if it were not there.
    return (name.strip(" \t").lower() if len(value) <= MAX_ATTRIBUTE_BYTES else ""), value


def _domain(name: str, said: str, origin: Origin) -> tuple[str, bool]:
    """The domain, and whether only that host gets it."""
    host = canonical(origin.host)
    domain = said.removeprefix(".")
    if not domain:
        return host, True
    try:
        domain = canonical(domain if is_ip(domain) else ascii_host(domain))
    except AddressError:
        raise RefusedError(name, f"Its domain, {domain[:80]}, is no host's name.") from None
    if not belongs(host, domain):
        raise RefusedError(name, f"It is for another host, {domain}.")
    if domain != host and is_shared_suffix(domain):
        raise RefusedError(name, f"It is for everything below {domain}.")
    return domain, is_ip(host) or is_shared_suffix(domain)


def _expiry(said: dict[str, str], now_s: float) -> float | None:
    """Max-Age goes before Expires."""
    age = said.get("max-age", "")
    if _MAX_AGE.fullmatch(age) and age.isascii():
        return min(now_s + int(age), _FOREVER_S) if int(age) > 0 else 0.0
    date = read_date(said["expires"]) if "expires" in said else None
    return None if date is None else max(0.0, min(date, _FOREVER_S))


def _check_security(cookie: Cookie, origin: Origin, *, has_path: bool) -> None:
    if cookie.secure and not origin.secure:
        raise RefusedError(cookie.name, "It is for TLS only, and this connection has none.")
    prefix = cookie.name.lower()
    if prefix.startswith(("__secure-", "__host-")) and not cookie.secure:
        raise RefusedError(cookie.name, "Its name promises TLS, and it is not Secure.")
    if prefix.startswith("__host-") and not (cookie.host_only and has_path):
        raise RefusedError(cookie.name, "Its name promises one host and the path /, and it says another.")
