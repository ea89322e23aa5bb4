"""JSON cut into items: a member or element with its key, or a bracket, exactly as it is spelled.

This is the one grammar behind validation and re-spacing (RFC 8259). Values are never decoded, so big integers,
``1.0``, duplicate keys and the order of keys survive whatever is done with the items. There is no recursion, and the
work goes in slices, so that neither depth nor size can hurt.

Possessive loops keep it linear. Their bodies must not backtrack: Python before 3.11.5 gets that wrong (gh-106052).
"""

from __future__ import annotations

import re

SLICE_BYTES = 16 * 1024

# A key or nothing; a scalar, a closing bracket or a leaf; the comma after it; an opening bracket; what fits none of
# these and all that follows it.
Item = tuple[bytes, bytes, bytes, bytes, bytes]

_WS = rb"[ \t\n\r]*+"
# Escapes are checked elsewhere, all at once: here only where a string ends matters.
_STRING = rb'"[^"\\\x00-\x1f]*+(?:\\[^\x00-\x1f][^"\\\x00-\x1f]*+)*+"'
_NUMBER = rb"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?"
_KEY = rb"(?:(" + _STRING + rb")" + _WS + rb":" + _WS + rb")?"


# A leaf: a bracket with its scalars up to its partner, no other bracket within. Escapes are left to the slow way.
_LEAF = rb'[\[{](?:[^\[\]{}"\\]*+"[^"\\\x00-\x1f]*+")*+[^\[\]{}"\\]*+[\]}]'


def _item(end: bytes, value: bytes) -> re.Pattern[bytes]:
    after = rb"(?:(,)|(?=[\]}]" + end + rb"))"
    scalar = rb"(" + value + _STRING + rb"|" + _NUMBER + rb"|true|false|null|[\]}])" + _WS + after
    return re.compile(
        _WS + rb"(?:" + _KEY + rb"(?:" + scalar + rb"|([\[{]))|([^ \t\n\r].*+)|\Z)",
        re.DOTALL,
    )


# What stands before the contents of a string that a slice does not end, and some more of these contents.
_BEFORE_CONTENTS = re.compile(_WS + _KEY + rb'"')
_CONTENTS = re.compile(rb'[^"\\\x00-\x1f]*+(?:\\[^\x00-\x1f][^"\\\x00-\x1f]*+)*+')
_PIECE_BYTES = 256 * 1024

_NOTHING: Item = (b"", b"", b"", b"", b"")


class Cut:
    """One way to cut a document into items: every bracket an item, or `leaves` in one piece.

    In the middle of a document an item must be followed by what ends it, else the slice may have cut it in two.
    """

    def __init__(self, value: bytes) -> None:
        self.middle = _item(rb"", value)
        self.last = _item(rb"|\Z", value)


BRACKETS = Cut(b"")
LEAVES = Cut(_LEAF + rb"|")


def json_items(data: bytes, start: int, stop: int, cut: Cut = BRACKETS) -> tuple[list[Item], int]:
    """Cut out the items from ``start`` to about ``stop``; also say where the next item begins.

    What fits no item is the last item (its fifth part) only when the rest of the document can't make it fit.
    """
    size = stop - start
    while True:
        stop = start + size
        is_last = stop >= len(data)
        items: list[Item] = (cut.last if is_last else cut.middle).findall(data, start, stop)
        # The end of the slice, with or without white space before it, is found as an item of nothing.
        while items and items[-1] == _NOTHING:
            items.pop()
        if is_last:
            return items, len(data)
        rest = items[-1][4] if items else b""
        if not rest:
            return items, stop
        if len(items) > 1:
            items.pop()
            return items, stop - len(rest)
        # One item longer than the slice, or a fault: look further.
        long = _with_long_string(data, start, cut) if size < _PIECE_BYTES <= 4 * size else None
        if long is not None:
            return long
        size *= 4


def _with_long_string(data: bytes, start: int, cut: Cut) -> tuple[list[Item], int] | None:
    """The same for an item with a string of megabytes, in short steps: one search would keep other threads waiting.

    The item is cut out as if the string were empty, and gets it back.
    """
    before = _BEFORE_CONTENTS.match(data, start, start + SLICE_BYTES)
    if before is None:
        return None
    begin = end = before.end()
    while (more := _CONTENTS.match(data, end, end + _PIECE_BYTES)) is not None and more.end() > end:
        end = more.end()
    if data[end : end + 1] != b'"':
        return None
    short = data[start:begin] + data[end : end + SLICE_BYTES]
    is_last = end + SLICE_BYTES >= len(data)
    items: list[Item] = (cut.last if is_last else cut.middle).findall(short)
    while items and items[-1] == _NOTHING:
        items.pop()
    if not items or items[0][4]:
        return None
    key, scalar, comma, opener, rest = items[0]
    string = data[begin - 1 : end + 1]
    items[0] = (key, string, comma, opener, rest) if before[1] or not key else (string, scalar, comma, opener, rest)
    if is_last:
        return items, len(data)
    rest = items[-1][4]
    if rest:
        items.pop()
    return items, end + SLICE_BYTES - len(rest)


def item_start(data: bytes, start: int, number: int, cut: Cut = BRACKETS) -> int:
    """Where the item with this number of the slice that began at ``start`` begins, its white space left out."""
    for found, match in enumerate(cut.last.finditer(data, start)):
        if found == number:
            return match.end() - len(match[0].lstrip(b" \t\n\r"))
    return len(data)
