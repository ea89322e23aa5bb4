"""Which requests use which variables, and which of them nobody gives a value: from all files, on a worker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import msgspec

from wireyard.workspace.model import FolderFile, RequestFile
from wireyard.workspace.tree import Item, Tree
from wireyard.workspace.variables.template import names


@dataclass(frozen=True, slots=True)
class Usage:
    """The requests and folders in which each name stands, and which names each of these defines itself."""

    uses: dict[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    own: dict[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])

    def count(self, name: str) -> int:
        """In how many requests and folders a variable stands."""
        return len(self.uses.get(name, ()))

    def undefined(self, defined: Iterable[str]) -> list[tuple[str, int]]:
        """Names without a value, each with the number of places that want it; the most wanted first."""
        known = set(defined)
        found: list[tuple[str, int]] = []
        for name, ids in self.uses.items():
            if name in known or name.startswith("$"):
                continue
            open_ids = [id_ for id_ in ids if not any(name in self.own.get(at, ()) for at in _way(id_))]
            if open_ids:
                found.append((name, len(open_ids)))
        return sorted(found, key=lambda each: (-each[1], each[0].casefold()))


def find_usage(
    tree: Tree,
    read: Callable[[Item], RequestFile | FolderFile | None],
    breathe: Callable[[], None],
    is_cancelled: Callable[[], bool],
) -> Usage:
    """Read everything. ``read`` answers nothing for a file that can't be read (worker)."""
    uses: dict[str, set[str]] = {}
    own: dict[str, frozenset[str]] = {}
    for item in tree.walk():
        if is_cancelled():
            break
        breathe()
        file = read(item)
        if file is None:
            continue
        if file.variables:
            own[item.id] = frozenset(name for name, variable in file.variables.items() if not variable.off)
        for text in _texts(msgspec.to_builtins(file)):
            for name in names(text) if "{{" in text else ():
                uses.setdefault(name, set()).add(item.id)
    return Usage({name: frozenset(ids) for name, ids in uses.items()}, own)


def _way(id_: str) -> Iterator[str]:
    """An item and the folders above it."""
    while id_:
        yield id_
        id_ = id_.rpartition("/")[0]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in cast("dict[str, Any]", value).values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in cast("Sequence[Any]", value):
            yield from _texts(inner)
