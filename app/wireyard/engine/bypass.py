"""Which hosts are reached without the proxy: lists as in the variable ``NO_PROXY``, read as curl reads them."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable


def split_bypass(text: str) -> tuple[str, ...]:
    """The entries of a list with commas or blanks between them."""
    return tuple(entry for entry in re.split(r"[,\s]+", text) if entry)


def is_bypassed(host: str, entries: Iterable[str]) -> bool:
    """Whether one of the entries means this host.

    A name means itself and all below it, with a leading dot or without; a number itself, or with ``/bits`` its network;
    ``*`` means every host.
    """
    number = _number(host)
    name = host.rstrip(".").lower()
    return any(_means(entry.strip().lower(), name, number) for entry in entries)


def is_loopback(host: str) -> bool:
    """Whether the host is this computer by name or number."""
    number = _number(host)
    if number is not None:
        return number.is_loopback
    name = host.rstrip(".").lower()
    return name == "localhost" or name.endswith(".localhost")


def _means(entry: str, name: str, number: ipaddress.IPv4Address | ipaddress.IPv6Address | None) -> bool:
    if entry == "*":
        return True
    if number is not None:
        return _holds(entry, number)
    entry = entry.removeprefix("*").strip(".")
    return bool(entry) and (name == entry or name.endswith(f".{entry}"))


def _holds(entry: str, number: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    address, slash, bits = entry.partition("/")
    address = address.removeprefix("[").removesuffix("]")
    try:
        return number in ipaddress.ip_network(f"{address}{slash}{bits}", strict=False)
    except ValueError:
        return False


def _number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0].removeprefix("[").removesuffix("]"))
    except ValueError:
        return None
