"""A YAML text as nodes that know where they stand in it. Indexes are characters; lines count from 1."""

from __future__ import annotations

import dataclasses
from typing import Final

MAX_DEPTH: Final = 32
MAX_NODES: Final = 200_000
MAX_BYTES: Final = 8 * 1024 * 1024
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})


class YamlFault(Exception):  # noqa: N818 - it is the file's
    """Why a text is not taken, in a plain sentence, and in which line. 0 where that is not known."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


@dataclasses.dataclass(slots=True)
class Scalar:
    """A value. ``style`` is ``|``, ``>``, a quotation mark, or nothing for a plain one."""

    start: int
    end: int
    line: int
    value: str
    style: str

    @property
    def is_block(self) -> bool:
        return self.style in ("|", ">")

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands there at all."""
        return self.start == self.end

    @property
    def is_null(self) -> bool:
        """Whether it stands for "nothing" wherever text is not wanted."""
        return not self.style and self.value in _NULLS


@dataclasses.dataclass(slots=True)
class Entry:
    """A key and its value."""

    key: Scalar
    value: Node


@dataclasses.dataclass(slots=True)
class Mapping:
    """Keys and values. ``column`` is that of the keys, unless it is written in braces (``is_flow``)."""

    start: int
    end: int
    line: int
    column: int
    is_flow: bool
    entries: list[Entry]

    def entry(self, key: str) -> Entry | None:
        """The entry of this key."""
        return next((entry for entry in self.entries if entry.key.value == key), None)


@dataclasses.dataclass(slots=True)
class Sequence:
    """A list. ``column`` is that of the dashes, unless it is written in brackets (``is_flow``)."""

    start: int
    end: int
    line: int
    column: int
    is_flow: bool
    items: list[Node]


Node = Scalar | Mapping | Sequence
