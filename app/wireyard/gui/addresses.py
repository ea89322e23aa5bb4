"""Addresses as the window shows and keeps them."""

from __future__ import annotations

from wireyard.engine.address import parse_address
from wireyard.engine.errors import AddressError
from wireyard.exchange.redact import redact_url
from wireyard.gui.widgets.scheme_badge import typed_scheme


def short_name(address: str) -> str:
    """What a tab is called that has no name: host and path, without secrets."""
    try:
        parsed = parse_address(address)
    except AddressError:
        return address.strip()[:40] or "New tab"
    path = parsed.target.split("?", 1)[0]
    return parsed.host + (path if path != "/" else "")


def is_secure(address: str) -> bool | None:
    """Whether an address means wss; None while there is none."""
    try:
        return parse_address(address).secure
    except AddressError:
        return None


def shown_secure(address: str) -> bool | None:
    """The same for an address with variables in it, of which only the scheme may be known."""
    typed = typed_scheme(address)
    return is_secure(address) if typed is None else typed


def without_secrets(url: str) -> str:
    """An address worth remembering: what looks like a secret goes, and the whole query with it."""
    if redact_url(url) == url:
        return url
    try:
        return parse_address(url).url.split("?", 1)[0]
    except AddressError:
        return ""
