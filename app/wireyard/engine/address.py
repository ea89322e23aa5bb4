"""From what a person typed or pasted to an address that can be dialled, or to one sentence about what is wrong.

Kind where the meaning is plain: white space and line breaks of a paste go, quotes and angle brackets around it go,
``http`` means ``ws``, a blank in the path becomes ``%20``. Without a scheme, names and addresses of this machine and
its own network (loopback, private, link-local, single-label, ``.local`` and the like) and port 80 mean ``ws``; all else
means ``wss``, because a guess must not put a secret on a public network in the clear.
"""

from __future__ import annotations

import base64
import ipaddress
import re
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, unquote_to_bytes

from wireyard.engine.errors import AddressError
from wireyard.engine.hostname import ascii_host

MAX_ADDRESS_CHARS = 64 * 1024
_SCHEMES = {"ws": False, "http": False, "wss": True, "https": True}
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
# A slash or colon too few: "wss:example.com", "ws:/example.com", "wss//example.com"; but "ws:8080" is host and port.
_SLOPPY_SCHEME = re.compile(r"(wss?|https?)(?::/?(?![/\d])|//)", re.IGNORECASE)
_INVISIBLE = "\ufeff\u200b\u2060\u00ad"
_QUOTES = {'"': '"', "'": "'", "<": ">", "`": "`", "“": "”", "‘": "’", "«": "»"}
_LOCAL_SUFFIXES = (".localhost", ".local", ".lan", ".internal", ".home.arpa", ".test")
# What RFC 3986 lets a path and a query hold; anything else is percent-encoded. "%" stays: it is encoded already.
_PATH_SAFE = "/%:@!$&'()*+,;=~[]|"
_QUERY_SAFE = _PATH_SAFE + "?{}\\^`"


@dataclass(frozen=True, slots=True)
class Address:
    """Where to dial. ``url`` is canonical and holds no user name or password; ``host`` is ASCII, without brackets."""

    url: str
    secure: bool
    host: str
    port: int
    target: str
    host_header: str
    authorization: str | None = field(default=None, repr=False)

    @property
    def is_literal(self) -> bool:
        """Whether the host is an IP address, so that there is no name to look up."""
        return _literal(self.host) is not None


def parse_address(text: str) -> Address:
    """Read an address as a person means it; raise `AddressError` with a sentence and the index it points at."""
    source = _Source(text)
    secure, position = _read_scheme(source)
    typed = source.text
    end = next((i for i in range(position, len(typed)) if typed[i] in "/\\?#"), len(typed))
    authority_start = typed.rfind("@", position, end) + 1
    authorization = _authorization(typed[position : authority_start - 1]) if authority_start else None
    host, port = _read_host_and_port(source, authority_start or position, end)
    if secure is None:
        secure = not _means_plain(host, port)
    target = _read_target(source, end)
    if port is None:
        port = 443 if secure else 80
    shown = f"[{host.partition('%')[0]}]" if ":" in host else host
    host_header = shown if port == (443 if secure else 80) else f"{shown}:{port}"
    url_host = host_header.replace(shown, "[" + host.replace("%", "%25") + "]", 1) if "%" in host else host_header
    url = f"{'wss' if secure else 'ws'}://{url_host}{target}"
    return Address(url, secure, host, port, target, host_header, authorization)


class _Source:
    """The text without what a paste adds, and for every character left its index in what was typed."""

    def __init__(self, typed: str) -> None:
        kept = [(char, index) for index, char in enumerate(typed) if char not in _INVISIBLE]
        kept = _stripped(kept)
        while len(kept) > 1 and _QUOTES.get(kept[0][0]) == kept[-1][0]:
            kept = _stripped(kept[1:-1])
        self._refuse_second_address(kept)
        kept = _without_line_breaks(kept)
        self.text = "".join(char for char, _ in kept)
        self._indexes = [index for _, index in kept]
        self._typed_size = len(typed)
        if not kept:
            raise AddressError("Type an address, for example wss://example.com/socket.", 0)
        if len(kept) > MAX_ADDRESS_CHARS:
            raise self.fault(
                f"The address is {len(kept):,} characters long: the limit is {MAX_ADDRESS_CHARS:,}.", MAX_ADDRESS_CHARS
            )
        for position, char in enumerate(self.text):
            if char < " " or "\x7f" <= char <= "\x9f" or "\ud800" <= char <= "\udfff":
                raise self.fault(f"The address holds a control character (U+{ord(char):04X}).", position)

    def fault(self, sentence: str, position: int) -> AddressError:
        """An error that points at this position of the cleaned text, as an index into what was typed."""
        index = self._indexes[position] if position < len(self._indexes) else self._typed_size
        return AddressError(sentence, index)

    def _refuse_second_address(self, kept: list[tuple[str, int]]) -> None:
        text = "".join(char for char, _ in kept)
        second = re.search(r"\s(?:wss?|https?)://", text, re.IGNORECASE)
        if second:
            raise AddressError("There are two addresses here: keep one.", kept[second.start() + 1][1])


def _stripped(kept: list[tuple[str, int]]) -> list[tuple[str, int]]:
    start, end = 0, len(kept)
    while start < end and kept[start][0].isspace():
        start += 1
    while end > start and kept[end - 1][0].isspace():
        end -= 1
    return kept[start:end]


def _without_line_breaks(kept: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Join wrapped lines: the break and the blanks around it go, as one address was cut by a mail or a terminal."""
    text = "".join(char for char, _ in kept)
    joined: list[tuple[str, int]] = []
    position = 0
    for gap in re.finditer(r"[ \t]*[\r\n\t\x0b\x0c\u2028\u2029\x85]+\s*", text):
        joined += kept[position : gap.start()]
        position = gap.end()
    return joined + kept[position:]


def _read_scheme(source: _Source) -> tuple[bool | None, int]:
    """Whether the connection is secure (None: not said) and where the host begins."""
    text = source.text
    normal = _SCHEME.match(text.replace("\\", "/"))
    if normal:
        name = normal[1].lower()
        if name not in _SCHEMES:
            raise source.fault(f"“{normal[1]}” is not a WebSocket scheme: use ws:// or wss://.", 0)
        return _SCHEMES[name], normal.end()
    sloppy = _SLOPPY_SCHEME.match(text)
    if sloppy:
        return _SCHEMES[sloppy[1].lower()], sloppy.end()
    if text.startswith("://"):
        raise source.fault("The scheme is missing before “://”: use ws:// or wss://.", 0)
    return None, 2 if text.startswith("//") else 0


def _authorization(userinfo: str) -> str:
    """User name and password of an address as the header they mean (RFC 7617)."""
    user, _, password = userinfo.partition(":")
    credentials = unquote_to_bytes(user) + b":" + unquote_to_bytes(password)
    return "Basic " + base64.b64encode(credentials).decode("ascii")


def _read_host_and_port(source: _Source, start: int, end: int) -> tuple[str, int | None]:
    text = source.text[start:end]
    if text.startswith("["):
        close = text.find("]")
        if close < 0:
            raise source.fault("The bracket “[” of the IPv6 address is never closed.", start)
        host = _ipv6(source, text[1:close], start + 1)
        return host, _read_port(source, start + close + 1, end)
    if text.count(":") > 1 and _literal(unquote(text)) is not None:
        return _ipv6(source, text, start), None
    colon = text.find(":")
    name = text if colon < 0 else text[:colon]
    if not name:
        raise source.fault("The host is missing, for example example.com.", start)
    try:
        host = ascii_host(name)
    except AddressError as error:
        raise source.fault(error.fault, start + error.position) from None
    return host, None if colon < 0 else _read_port(source, start + colon, end)


def _ipv6(source: _Source, text: str, start: int) -> str:
    """Check an IPv6 address, with its zone if it has one (RFC 6874 writes the zone's ``%`` as ``%25``)."""
    address, percent, zone = text.partition("%")
    try:
        compressed = ipaddress.IPv6Address(address).compressed
    except ValueError:
        raise source.fault(f"“{address}” is not an IPv6 address.", start) from None
    if not percent:
        return compressed
    zone = unquote(zone.removeprefix("25") if len(zone) > 2 else zone)
    if not re.fullmatch(r"[A-Za-z0-9_.~-]+", zone):
        raise source.fault("The zone of the IPv6 address has no name.", start + len(address))
    return f"{compressed}%{zone}"


def _read_port(source: _Source, start: int, end: int) -> int | None:
    """Read ``:port`` that begins at ``start``; nothing, or a colon alone, means the default."""
    if start >= end:
        return None
    digits = source.text[start + 1 : end]
    if source.text[start] != ":":
        raise source.fault("Only a port may follow the host, for example :8080.", start)
    if not digits:
        return None
    if not re.fullmatch("[0-9]+", digits):
        at = next((i for i, char in enumerate(digits) if char not in "0123456789"), 0)
        raise source.fault(f"“{_short(digits)}” is not a port: a port is a number from 1 to 65535.", start + 1 + at)
    significant = digits.lstrip("0")
    if len(significant) > 5 or int(significant or "0") > 65535:
        raise source.fault(f"Port {_short(digits)} is too high: the highest is 65535.", start + 1)
    if not significant:
        raise source.fault("Port 0 can't be connected to: the lowest is 1.", start + 1)
    return int(significant)


def _read_target(source: _Source, start: int) -> str:
    """The request target (RFC 6455 section 3): path and query, percent-encoded; a fragment is not allowed."""
    text = source.text
    fragment = text.find("#", start)
    if fragment >= 0:
        raise source.fault(
            "A WebSocket address has no fragment: remove “#” and what follows, or write “#” as %23.", fragment
        )
    path, question_mark, query = text[start:].partition("?")
    path = quote(path.replace("\\", "/"), safe=_PATH_SAFE)
    return (path or "/") + question_mark + quote(query, safe=_QUERY_SAFE)


def _means_plain(host: str, port: int | None) -> bool:
    """Whether an address without a scheme means ``ws``."""
    if port in {80, 443}:
        return port == 80
    literal = _literal(host)
    if literal is not None:
        return literal.is_loopback or literal.is_private or literal.is_link_local or literal.is_unspecified
    return "." not in host.rstrip(".") or host.rstrip(".").endswith(_LOCAL_SUFFIXES)


def _literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _short(text: str, limit: int = 24) -> str:
    return text if len(text) <= limit else text[:limit] + "…"
