"""XML spaced out for reading: one element a line, two spaces a level, an element with only text in one piece.

Tags are told apart by their brackets and nothing is parsed, so no entity is ever expanded and nothing is fetched.
It is a view: where text stands beside elements the view puts it on a line of its own.
"""

from __future__ import annotations

import re

INDENT = 2
MAX_INDENT_LEVELS = 64

_TOKEN = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    rb"|<[^<>\"']*+(?:(?:\"[^\"]*+\"|'[^']*+')[^<>\"']*+)*>|[^<]++|<",
    re.DOTALL,
)
_NAME = re.compile(rb"</?([^\s/>]++)")


def space_xml(data: bytes) -> bytes | None:
    """Indent a document; nothing where its tags don't pair up."""
    tokens = _tokens(data)
    if tokens is None:
        return None
    lines: list[bytes] = []
    opened: list[bytes] = []
    at = 0
    while at < len(tokens):
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


def _tokens(data: bytes) -> list[bytes] | None:
    """Tags, comments and texts; nothing when a bracket does not close (and then without reading on)."""
    tokens: list[bytes] = []
    for match in _TOKEN.finditer(data):
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
    return token[:1] == b"<" and token[1:2] not in (b"!", b"?", b"/") and not token.endswith(b"/>")


def _name(token: bytes) -> bytes:
    match = _NAME.match(token)
    return match[1] if match else b""


def _indent(opened: list[bytes]) -> bytes:
    return b" " * (INDENT * min(len(opened), MAX_INDENT_LEVELS))
