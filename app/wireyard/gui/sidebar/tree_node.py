"""One row of the tree model: it knows its place, its parent and its children."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Sequence

from msgspec import structs

from wireyard.gui.sidebar.tree_rows import TreeRow

_numbers = itertools.count(1)


class Node:
    """``number`` stands for it in Qt's indexes and is never used twice."""

    __slots__ = ("children", "key", "number", "parent", "place", "row")

    def __init__(self, row: TreeRow | None, parent: Node | None) -> None:
        self.row = row
        self.key = row.key if row is not None else ""
        self.parent = parent
        self.number = next(_numbers)
        self.place = 0
        self.children: list[Node] = []

    def insert(self, place: int, nodes: Sequence[Node]) -> None:
        """Put children in at a place."""
        self.children[place:place] = nodes
        self._count_from(place)

    def take(self, first: int, end: int) -> None:
        """Take children out."""
        del self.children[first:end]
        self._count_from(first)

    def move(self, source: int, target: int) -> None:
        """Put one child elsewhere."""
        self.children.insert(target, self.children.pop(source))
        self._count_from(min(source, target))

    def rename(self, key: str, id_: str | None) -> None:
        """Have another key, and stand for an item that has another id until the next snapshot says so too."""
        self.key = key
        if self.row is not None and id_ is not None:
            self.row = dataclasses.replace(self.row, key=key, item=structs.replace(self.row.item, id=id_))

    def _count_from(self, place: int) -> None:
        for number in range(place, len(self.children)):
            self.children[number].place = number


def place_of(nodes: Sequence[Node], key: str, start: int) -> int:
    """Where the node with a key is, from ``start`` on; -1 for nowhere."""
    return next((place for place in range(start, len(nodes)) if nodes[place].key == key), -1)
