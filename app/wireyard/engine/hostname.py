"""Host names as they go to the resolver and into the Host header: lower-case ASCII.

International names follow UTS 46 without transitional mapping, as browsers do ("straße.de" is not "strasse.de");
the standard library's ``idna`` codec is IDNA 2003 and would dial another host than a browser.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from urllib.parse import unquote

from wireyard.engine.errors import AddressError

_DOTS = "。．｡"
_LABEL_CATEGORIES = ("L", "M", "N")
_JOINERS = "\u200c\u200d"
_ASCII_LABEL = re.compile("[a-z0-9_-]*")
_NUMERIC = re.compile(r"\d+\.\d+\.\d+\.\d+")


def ascii_host(typed: str) -> str:
    """Give a host's ASCII form; raise `AddressError` whose position is an index into ``typed``."""
    name = typed
    if "%" in typed:
        name = unquote(typed, errors="replace")
    for position, char in enumerate(name):
        _check_character(char, position if name is typed else 0)
    labels = _mapped(name).split(".")
    if labels[-1] == "" and len(labels) > 1:
        labels.pop()  # a trailing dot: the name is absolute
    encoded = [_ascii_label(label) for label in labels]
    host = ".".join(encoded)
    if "" in encoded:
        at = 0 if name.startswith(".") else max(name.find(".."), 0)
        raise AddressError("The host has an empty part between two dots.", at)
    if len(host) > 253:
        raise AddressError("The host is longer than the 253 characters that a name may have.", 0)
    if _NUMERIC.fullmatch(host) and any(int(part) > 255 for part in host.split(".")):
        raise AddressError(f"“{host}” is not an IPv4 address: each part is at most 255.", 0)
    return host


def ip_text(text: str) -> str | None:
    """The number in its usual form, or None for what is no IP address."""
    try:
        return ipaddress.ip_address(text).compressed
    except ValueError:
        return None


def _check_character(char: str, position: int) -> None:
    if char.isspace():
        raise AddressError("The host has a blank in it.", position)
    if char.isascii() and not (char.isalnum() or char in "-._"):
        raise AddressError(f"“{char}” can't be part of a host.", position)
    if char in _DOTS or char in _JOINERS or char.isascii():
        return
    if not unicodedata.category(unicodedata.normalize("NFKC", char)[:1]).startswith(_LABEL_CATEGORIES):
        raise AddressError(f"“{char}” can't be part of a host.", position)


def _mapped(name: str) -> str:
    """Lower-case and normalised, with the dots of East Asian scripts as dots.

    Character by character: `str.lower` on a whole word makes a final sigma, which UTS 46 does not.
    """
    for dot in _DOTS:
        name = name.replace(dot, ".")
    lowered = "".join(char.lower() for char in name)
    return unicodedata.normalize("NFKC", lowered)


def _ascii_label(label: str) -> str:
    encoded = label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")
    if len(encoded) > 63:
        raise AddressError("A part of the host is longer than the 63 characters that a label may have.", 0)
    if label.isascii() and not _ASCII_LABEL.fullmatch(label):
        raise AddressError("A character of the host can't be part of a name.", 0)
    return encoded
