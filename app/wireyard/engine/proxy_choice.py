"""Which proxy, if any, a connection goes through: the request's own, the environment's or the system's.

The environment is read as curl does: ``wss_proxy``, ``https_proxy`` and ``all_proxy`` for TLS, ``ws_proxy``,
``http_proxy`` and ``all_proxy`` without, small letters before capitals, but ``HTTP_PROXY`` never (a web server could
set it from a visitor's header). Behind it come the settings of Windows and macOS. The system's proxy is never asked
for this computer itself.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from msgspec.structs import replace

from wireyard.domain.request import Proxy
from wireyard.engine.address import Address
from wireyard.engine.bypass import is_bypassed, is_loopback, split_bypass
from wireyard.engine.errors import AddressError
from wireyard.engine.hostname import ascii_host, ip_text
from wireyard.engine.proxy_address import DEFAULT_PORT, ProxyAddressError, parse_proxy

HAS_SYSTEM_SETTINGS = sys.platform in ("win32", "darwin")


def choose_proxy(proxy: Proxy, address: Address, environ: Mapping[str, str] = os.environ) -> Proxy | None:
    """The proxy with kind, host and port, or None. May ask the system: call it off the event loop there.

    Raises `ProxyAddressError`.
    """
    if proxy.mode == "none" or is_bypassed(address.host, proxy.bypass):
        return None
    if proxy.mode == "system":
        return _system_proxy(address, environ)
    host = ip_text(proxy.host.strip().removeprefix("[").removesuffix("]"))
    try:
        host = host or ascii_host(proxy.host.strip())
    except AddressError as error:
        raise ProxyAddressError(f"The proxy's address can't be read. {error.fault}") from error
    if not host:
        raise ProxyAddressError("The proxy has no host.")
    if not 0 <= proxy.port <= 65535:
        raise ProxyAddressError("The proxy's port is a number from 1 to 65535.")
    return replace(proxy, host=host, port=proxy.port or DEFAULT_PORT)


def _system_proxy(address: Address, environ: Mapping[str, str]) -> Proxy | None:
    if is_loopback(address.host):
        return None
    text = _from_environment(address.secure, environ)
    if text is not None:
        none = environ.get("no_proxy") or environ.get("NO_PROXY") or ""
        return parse_proxy(text) if text and not is_bypassed(address.host, split_bypass(none)) else None
    return _from_settings(address) if HAS_SYSTEM_SETTINGS else None


def _from_environment(secure: bool, environ: Mapping[str, str]) -> str | None:
    """The first variable that is set; empty means no proxy."""
    names = ["ws_proxy", "WS_PROXY", "http_proxy"]
    if secure:
        names = ["wss_proxy", "WSS_PROXY", "https_proxy", "HTTPS_PROXY"]
    return next((environ[name].strip() for name in (*names, "all_proxy", "ALL_PROXY") if name in environ), None)


def _from_settings(address: Address) -> Proxy | None:
    from urllib.request import getproxies, proxy_bypass  # a tenth of a second, and only some systems have settings

    found = getproxies()
    kinds = ("https", "http") if address.secure else ("http", "https")
    text = next((found[kind] for kind in (*kinds, "socks", "all") if found.get(kind)), "")
    if not text or proxy_bypass(address.host):
        return None
    # Windows says https:// for the proxy that is for https, and speaks http to it.
    return parse_proxy(text.replace("https://", "http://", 1))
