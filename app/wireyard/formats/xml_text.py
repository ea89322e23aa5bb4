"""XML and HTML spaced out for reading: one element a line, two spaces a level, an element with only text in one piece.

Tags are told apart by their brackets and nothing is parsed, so no entity is ever expanded and nothing is fetched.
It is a view: where text stands beside elements the view puts it on a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable

MAX_BYTES = 1024 * 1024
"""Larger payloads take seconds and are shown as they came."""
INDENT = 2
MAX_INDENT_LEVELS = 64

_TAG = rb"|<[^<>\"']*+(?:(?:\"[^\"]*+\"|'[^']*+')[^<>\"']*+)*>|[^<]++|<"
_XML_TOKEN = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>" + _TAG, re.DOTALL)
# What stands in the elements named here is no markup, or its white space counts. What does not end is all one token:
# else each beginning of such a thing would be followed to the end of the page.
_HTML_TOKEN = re.compile(
    rb"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?[^>]*+>?"
    rb"|<(script|style|pre|textarea)\b[^>]*+>.*?(?:</\1\s*+>|\Z)" + _TAG,
    re.DOTALL | re.IGNORECASE,
)
_NAME = re.compile(rb"</?([^\s/>]++)")
_RAW = re.compile(rb"<(?:script|style|pre|textarea)\b", re.IGNORECASE)
_VOID = frozenset(b"area base br col embed hr img input link meta param source track wbr".split())
# What ends an element whose end tag may be left out (HTML Standard, 13.1.2.4), among its brothers.
_ENDED_BY = {
    b"li": (b"li",),
    b"p": (b"p",),
    b"dt": (b"dt", b"dd"),
    b"dd": (b"dt", b"dd"),
    b"tr": (b"tr",),
    b"td": (b"td", b"th"),
    b"th": (b"td", b"th"),
    b"option": (b"option",),
}


def space_xml(data: bytes, breathe: Callable[[], object] = bool) -> bytes | None:
    """Indent a document; nothing where its tags don't pair up. ``breathe`` is called as the work gets on."""
    tokens = _xml_tokens(data, breathe)
    if tokens is None:
        return None
    lines: list[bytes] = []
    opened: list[bytes] = []
    at = 0
    while at < len(tokens):
        breathe()
        token = tokens[at]
        size = _leaf_size(tokens, at)
        if size:
            lines.append(_indent(opened) + b"".join(tokens[at : at + size]))
        elif token.startswith(b"</"):
            if not opened or opened.pop() != _name(token):
                return None
            lines.append(_indent(opened) + token)
        elif not token.isspace():
            lines.append(_indent(opened) + token.strip())
            if _is_opening(token):
                opened.append(_name(token))
        at += size or 1
    return None if opened else b"\n".join(lines)


def space_html(data: bytes, breathe: Callable[[], object] = bool) -> bytes:
    """Indent a page. Tags may be missing, as HTML allows, or wrong, as pages are: the indent is then a guess."""
    tokens: list[bytes] = []
    for match in _HTML_TOKEN.finditer(data):
        breathe()
        tokens.append(match[0])
    lines: list[bytes] = []
    opened: list[bytes] = []
    at = 0
    while at < len(tokens):
        breathe()
        token = tokens[at]
        name = _name(token).lower()
        opens = _is_opening(token) and name not in _VOID and _RAW.match(token) is None
        if opened and _is_opening(token) and name in _ENDED_BY.get(opened[-1], ()):
            opened.pop()
        size = _leaf_size(tokens, at) if opens else 0
        if size:
            lines.append(_indent(opened) + b"".join(tokens[at : at + size]))
        elif token.startswith(b"</"):
            if name in opened:
                while opened.pop() != name:
                    pass
            lines.append(_indent(opened) + token)
        elif not token.isspace():
            lines.append(_indent(opened) + token.strip())
            if opens:
                opened.append(name)
        at += size or 1
    return b"\n".join(lines)


def _xml_tokens(data: bytes, breathe: Callable[[], object]) -> list[bytes] | None:
    """Tags, comments and texts; nothing when a bracket does not close (and then without reading on)."""
    tokens: list[bytes] = []
    for match in _XML_TOKEN.finditer(data):
        breathe()
        if match[0] == b"<":
            return None
        tokens.append(match[0])
    return tokens


def _leaf_size(tokens: list[bytes], at: int) -> int:
    """How many tokens an element takes that holds text or nothing; 0 where none begins or it holds more."""
    if not _is_opening(tokens[at]):
        return 0
    name = _name(tokens[at])
    for size in (2, 3):
        last = tokens[at + size - 1] if at + size <= len(tokens) else b""
        if last.startswith(b"</"):
            return size if _name(last) == name and (size == 2 or not tokens[at + 1].startswith(b"<")) else 0
    return 0


def _is_opening(token: bytes) -> bool:
    return token[:1] == b"<" and token[1:2] not in (b"!", b"?", b"/", b"") and not token.endswith(b"/>")


def _name(token: bytes) -> bytes:
    match = _NAME.match(token)
    return match[1] if match else b""


def _indent(opened: list[bytes]) -> bytes:
    return b" " * (INDENT * min(len(opened), MAX_INDENT_LEVELS))
