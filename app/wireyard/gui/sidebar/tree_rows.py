"""What the tree shows, made from a snapshot of the workspace: every row with its key, its count and the hits in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from wireyard.workspace.tree import Hit, Item, MessageLine, Tree

RowKind = Literal["collection", "folder", "request", "message"]
Badge = Literal["WSS", "WS", "–"]
Spans = tuple[tuple[int, int], ...]

_SOON = 6
_SEPARATOR = "\n"  # no path holds one


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found in one row: places in its name, or a piece of other text with the places in that."""

    name_spans: Spans = ()
    text: str = ""
    text_spans: Spans = ()


@dataclass(frozen=True, slots=True)
class TreeRow:
    """One row. ``key`` is the item's id, for a saved message with its number; ``count`` the requests inside."""

    key: str
    kind: RowKind
    name: str
    item: Item
    message: int = -1
    count: int = 0
    found: Found | None = None
    children: tuple[TreeRow, ...] = field(default=(), compare=False)

    @property
    def id(self) -> str:
        """The item in the workspace: for a message the request that holds it."""
        return self.item.id

    @property
    def is_broken(self) -> bool:
        """Whether its file could not be read."""
        return self.item.problem is not None

    @property
    def holds_items(self) -> bool:
        return self.kind in ("collection", "folder")


def message_key(request: str, number: int) -> str:
    """The key of a request's saved message."""
    return f"{request}{_SEPARATOR}{number}"


def moved_key(key: str, old: str, new: str) -> str | None:
    """What a key becomes when ``old`` is called ``new``; None when it isn't in it."""
    inside = key == old or key.startswith((f"{old}/", f"{old}{_SEPARATOR}"))
    return new + key[len(old) :] if inside else None


def badge_of(url: str) -> Badge:
    """The word in front of a request; a dash where a variable decides."""
    scheme = url.lstrip()[:8].lower()
    if scheme.startswith(("wss:", "https:")):
        return "WSS"
    return "WS" if scheme.startswith(("ws:", "http:")) else "–"


def rows_of(tree: Tree) -> tuple[TreeRow, ...]:
    """Every row of a workspace."""
    return tuple(_row(item, None) for item in tree.items)


def rows_found(tree: Tree, found: dict[str, Found]) -> tuple[TreeRow, ...]:
    """The rows with hits, and those above them; ``found`` goes by key."""
    rows = (_found_row(item, found) for item in tree.items)
    return tuple(row for row in rows if row is not None)


def all_rows(rows: Iterable[TreeRow]) -> Iterable[TreeRow]:
    """Rows and all that is in them, from the top down."""
    for row in rows:
        yield row
        yield from all_rows(row.children)


def found_in(tree: Tree, hits: Iterable[Hit]) -> dict[str, Found]:
    """What a search found, by row: a hit in the name is marked there, another one shown behind it."""
    names = {item.id: item for item in tree.walk()}
    found: dict[str, Found] = {}
    for hit in hits:
        item = names.get(hit.id)
        if item is None:
            continue
        key = message_key(hit.id, hit.message_index) if hit.message_index >= 0 else hit.id
        before = found.get(key, Found())
        name = hit.message if hit.message_index >= 0 else item.name
        if hit.where == "name" and hit.text == name:
            found[key] = replace(before, name_spans=before.name_spans + hit.spans)
        elif not before.text:
            found[key] = replace(before, **_begun_at_hit(hit.text, hit.spans))
    return found


def _begun_at_hit(text: str, spans: Spans) -> dict[str, Any]:
    """A text that begins at its first hit, unless that comes soon: what stands behind a name has little room."""
    start = spans[0][0] if spans and spans[0][0] > _SOON else 0
    lead = "…" if start else ""
    shift = len(lead) - start
    piece = lead + text[start:].replace("\n", " ")
    return {"text": piece, "text_spans": tuple((a + shift, b + shift) for a, b in spans)}


def _row(item: Item, found: dict[str, Found] | None) -> TreeRow:
    children = (
        _messages(item, found) if item.kind == "request" else tuple(_row(child, found) for child in item.children)
    )
    return _made(item, children, found)


def _found_row(item: Item, found: dict[str, Found]) -> TreeRow | None:
    if item.kind == "request":
        children = tuple(row for row in _messages(item, found) if row.found is not None)
    else:
        inner = (_found_row(child, found) for child in item.children)
        children = tuple(row for row in inner if row is not None)
    if not children and item.id not in found:
        return None
    return _made(item, children, found)


def _made(item: Item, children: tuple[TreeRow, ...], found: dict[str, Found] | None) -> TreeRow:
    count = sum(1 if child.kind == "request" else child.count for child in children) if item.kind != "request" else 0
    hit = found.get(item.id) if found else None
    return TreeRow(item.id, item.kind, item.name, item, count=count, found=hit, children=children)


def _messages(item: Item, found: dict[str, Found] | None) -> tuple[TreeRow, ...]:
    return tuple(_message(item, number, line, found) for number, line in enumerate(item.messages))


def _message(item: Item, number: int, line: MessageLine, found: dict[str, Found] | None) -> TreeRow:
    key = message_key(item.id, number)
    return TreeRow(key, "message", line.name, item, message=number, found=found.get(key) if found else None)
