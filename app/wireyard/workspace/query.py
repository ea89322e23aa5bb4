"""An address and its parameters as one thing: the query string taken apart into rows, and put together again.

Nothing is encoded, decoded or reordered: taking an address apart and joining it gives the same characters. A piece
without ``=`` (``?live``) is a row without a name whose value stands as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from wireyard.workspace.model import Field

# A variable is one piece, whatever is in its braces.
_UNITS = re.compile(r"\{\{[^{}]*\}\}|.", re.DOTALL)


def split_address(address: str) -> tuple[str, tuple[Field, ...]]:
    """The address without its query, and a row for each parameter. A ``?`` that nothing follows stays."""
    base, mark, query = _cut(address, "?")
    if not mark or not query:
        return address, ()
    return base, tuple(_row(piece) for piece in _pieces(query))


def join_address(url: str, params: Iterable[Field]) -> str:
    """The address that is dialled: the parameters that are on behind what ``url`` has."""
    pieces = [piece_of(row) for row in params if not row.off]
    if not pieces:
        return url
    _, mark, query = _cut(url, "?")
    joint = "?" if not mark else "&" if query else ""
    return url + joint + "&".join(pieces)


def piece_of(row: Field) -> str:
    """How a row stands in the query."""
    return f"{row.name}={row.value}" if row.name else row.value


def _row(piece: str) -> Field:
    name, mark, value = _cut(piece, "=")
    return Field(name=name, value=value) if mark and name else Field(value=piece)


def _pieces(query: str) -> Iterable[str]:
    rest, mark = query, "&"
    while mark:
        piece, mark, rest = _cut(rest, "&")
        yield piece


def _cut(text: str, mark: str) -> tuple[str, str, str]:
    """`str.partition`, blind to what is inside variables."""
    if "{{" not in text:
        return text.partition(mark)
    for unit in _UNITS.finditer(text):
        if unit[0] == mark:
            return text[: unit.start()], mark, text[unit.end() :]
    return text, "", ""
