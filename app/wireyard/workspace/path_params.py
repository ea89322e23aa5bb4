"""Parameters in the path of an address: a segment ``:name`` stands for a value that is kept beside the address.

Only whole segments are parameters, and only behind the host: neither a port nor ``::1`` is one, nor what a variable
holds. ``\\:name`` is the segment ``:name`` itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_VARIABLE = re.compile(r"\{\{[^{}]*\}\}")
_SEGMENT = re.compile(r"(?<=/)(\\?):([A-Za-z_][A-Za-z0-9_-]*)(?=/|$)")
_PATH_END = re.compile(r"[?#]")


class Piece(NamedTuple):
    """A part of an address: text as it stands, or, with ``name``, a parameter as it was written."""

    text: str
    name: str = ""


def path_names(url: str) -> tuple[str, ...]:
    """The names of the parameters, each once, in their order."""
    return tuple(dict.fromkeys(piece.name for piece in pieces_of(url) if piece.name))


def pieces_of(url: str) -> Iterator[Piece]:
    """The address cut at its parameters, without the backslashes that keep segments from being some."""
    if ":" not in url:
        yield Piece(url)
        return
    done = 0
    for found in _SEGMENT.finditer(masked := _masked(url), *_path_of(masked)):
        if found[1]:
            yield Piece(url[done : found.start()])
            done = found.start() + 1
            continue
        yield Piece(url[done : found.start()])
        yield Piece(found[0], found[2])
        done = found.end()
    yield Piece(url[done:])


def has_path_syntax(url: str) -> bool:
    """Whether something in the address is not dialled as it is written."""
    return any(piece.name for piece in pieces_of(url)) or "".join(piece.text for piece in pieces_of(url)) != url


def with_plain_path(url: str) -> str:
    """The address in which every segment stands for itself."""
    return "".join(f"\\{piece.text}" if piece.name else piece.text for piece in pieces_of(url))


def _masked(url: str) -> str:
    """The address without what is in variables, in as many characters."""
    return _VARIABLE.sub(lambda found: "\0" * len(found[0]), url) if "{{" in url else url


def _path_of(masked: str) -> tuple[int, int]:
    """Where the path begins and ends."""
    end = found.start() if (found := _PATH_END.search(masked)) else len(masked)
    mark = masked.find("://", 0, end)
    host = mark + 3 if mark >= 0 else 2 if masked.startswith("//") else 0
    slash = masked.find("/", host, end)
    # The slash itself is looked at from its segment.
    return (slash, end) if slash >= 0 else (end, end)
