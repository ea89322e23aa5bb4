"""From a proxy's address, as curl and the environment spell it, to a `Proxy` or one sentence about what is wrong."""

from __future__ import annotations

import re
from urllib.parse import unquote

from wireyard.domain.request import Proxy, ProxyMode
from wireyard.engine.errors import AddressError, EngineError
from wireyard.engine.hostname import ascii_host, ip_text

# curl's, for every kind of proxy.
DEFAULT_PORT = 1080
# What a scheme means: the kind, and whether the proxy looks names up.
_KINDS: dict[str, tuple[ProxyMode, bool]] = {
    "http": ("http", True),
    "socks": ("socks5", True),
    "socks4": ("socks4", False),
    "socks4a": ("socks4", True),
    "socks5": ("socks5", False),
    "socks5h": ("socks5", True),
}
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")


class ProxyAddressError(EngineError):
    """The text is no proxy's address; it is a sentence for people, without the password."""


def parse_proxy(text: str) -> Proxy:
    """Read ``[scheme://][user[:password]@]host[:port]``. Raises `ProxyAddressError`."""
    text = text.strip()
    kind, remote_names = "http", True
    scheme = _SCHEME.match(text)
    if scheme:
        name = scheme[1].lower()
        if name == "https":
            raise ProxyAddressError("A proxy that is itself reached over TLS (https://) is not supported: use http://.")
        if name not in _KINDS:
            raise ProxyAddressError(f"“{scheme[1]}” is no kind of proxy: http, socks4, socks4a, socks5, socks5h are.")
        kind, remote_names = _KINDS[name]
        text = text[scheme.end() :]
    authority = re.split(r"[/?#]", text.rpartition("@")[2], maxsplit=1)[0]
    user, _, password = text.rpartition("@")[0].partition(":")
    host, port = _host_and_port(authority)
    return Proxy(
        mode=kind,
        host=host,
        port=port,
        user=unquote(user),
        password=unquote(password),
        remote_names=remote_names,
    )


def _host_and_port(text: str) -> tuple[str, int]:
    if text.startswith("["):
        name, bracket, rest = text[1:].partition("]")
        host = ip_text(name)
        if host is None or not bracket or (rest and not rest.startswith(":")):
            raise ProxyAddressError("The proxy's IPv6 address can't be read.")
        return host, _port(rest[1:])
    name, _, digits = text.partition(":")
    if not name:
        raise ProxyAddressError("The proxy's address has no host.")
    try:
        return ascii_host(name), _port(digits)
    except AddressError as error:
        raise ProxyAddressError(f"The proxy's address can't be read. {error.fault}") from error


def _port(digits: str) -> int:
    if not digits:
        return DEFAULT_PORT
    if not re.fullmatch(r"[0-9]{1,5}", digits) or not 0 < int(digits) <= 65535:
        raise ProxyAddressError("The proxy's port is a number from 1 to 65535.")
    return int(digits)
