"""Which saved request is meant: its path by names, or its file's; and what else the typed one could have been."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from wireyard.workspace.names import REQUEST_SUFFIX
from wireyard.workspace.tree import Item, Tree

_MOST_NEAR = 3
_LIKENESS = 0.85
_LAST_LIKENESS = 0.75


def paths(tree: Tree) -> Iterator[tuple[str, Item]]:
    """Every request with its path: the names from the collection down, with ``/`` between them."""
    return _paths(tree.items, "")


def matching(tree: Tree, wanted: str) -> list[Item]:
    """The requests that this path means. More than one where several have the same names.

    A file's path in the workspace, with or without its ending, always means that file. Names are compared as they are
    written, and only where that finds nothing without regard to capitals.
    """
    wanted = wanted.strip("/")
    known = list(paths(tree))
    by_file = [item for _, item in known if item.id in (wanted, wanted + REQUEST_SUFFIX)]
    by_name = [item for path, item in known if path == wanted]
    if len(by_name) > 1 and by_file and not wanted.endswith(REQUEST_SUFFIX):
        return by_name
    return by_file or by_name or [item for path, item in known if _plain(path) == _plain(wanted)]


def near(tree: Tree, wanted: str) -> list[str]:
    """Paths that are like this one, the likeliest first: those that end like it, then those with a slip in them."""
    from difflib import get_close_matches

    known = {_plain(path): path for path, _ in paths(tree)}
    plain = _plain(wanted.strip("/"))
    found = [each for each in known if each.endswith(f"/{plain}")]
    found += get_close_matches(plain, known, _MOST_NEAR, _LIKENESS)
    by_last = {each.rpartition("/")[2]: each for each in known}
    found += [
        by_last[each] for each in get_close_matches(plain.rpartition("/")[2], by_last, _MOST_NEAR, _LAST_LIKENESS)
    ]
    return [known[each] for each in dict.fromkeys(found)][:_MOST_NEAR]


def _paths(items: Iterable[Item], before: str) -> Iterator[tuple[str, Item]]:
    for item in items:
        if item.kind == "request":
            yield before + item.name, item
        yield from _paths(item.children, f"{before}{item.name}/")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
