"""Changing lists and maps of names: rows are kept, changed, moved, added and taken out, each in its own place."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, cast

from wireyard.workspace.yaml_text import rendering
from wireyard.workspace.yaml_text.align import align_keys, align_rows, staying
from wireyard.workspace.yaml_text.edits import CannotSplice, Edits
from wireyard.workspace.yaml_text.flow_rows import insert_in_flow, quotes, remove_from_flow
from wireyard.workspace.yaml_text.layout import Span
from wireyard.workspace.yaml_text.nodes import Entry, Mapping, Node, Sequence
from wireyard.workspace.yaml_text.scalars import inline
from wireyard.workspace.yaml_text.shapes import Shape


@dataclasses.dataclass(frozen=True, slots=True)
class Spot:
    """Where a value stands: in which block, behind which key (None for a row of a list)."""

    parent: Mapping | Sequence
    entry: Entry | None


Change = Callable[[Edits, Node, Shape, Any, Any, Spot], None]
"""Changes one value in its place: edits, its node, its shape, what it says, what it shall say, where it stands."""


@dataclasses.dataclass(slots=True)
class _Row:
    span: Span
    node: Node
    tree: Any
    spot: Spot


class RowSplicer:
    """The rows of one list or map, neither of them empty before or after."""

    def __init__(self, edits: Edits, node: Sequence | Mapping, shape: Shape, change: Change) -> None:
        self._edits = edits
        self._layout = edits.layout
        self._node = node
        self._shape = shape
        self._change = change

    def splice(self, old: Any, new: Any) -> None:
        """Collect the edits from ``old`` to ``new``: two dicts or two lists."""
        pairs = align_keys(old, new) if self._shape.kind == "map" else align_rows(old, new)
        stays = staying(pairs)
        if not stays and self._node.is_flow:
            text = rendering.flow(new, self._shape, like=quotes(self._node))
            self._edits.replace(self._node.start, self._node.end, text)
            return
        rows = self._rows(old)
        spans = [row.span for row in rows]
        anchor: int | None = None
        for index, (key, tree) in enumerate(_items(new)):
            place = pairs[index]
            if index in stays and place is not None:
                self._edit(self._edits, rows[place], key, tree)
                anchor = place
            elif place is not None:
                self._insert(spans, anchor, self._moved(rows[place], key, tree))
            else:
                self._insert(spans, anchor, self._rendered(key, tree))
        kept = {pairs[index] for index in stays}
        self._remove(spans, [place for place in range(len(rows)) if place not in kept])

    def _rows(self, old: Any) -> list[_Row]:
        node = self._node
        trees = [tree for _, tree in _items(old)]
        if isinstance(node, Mapping):
            places = [(entry.key.start, entry.value, Spot(node, entry)) for entry in node.entries]
        else:
            firsts = [item.start if node.is_flow else self._layout.dash(node, item) for item in node.items]
            places = [(first, item, Spot(node, None)) for first, item in zip(firsts, node.items, strict=True)]
        return [
            _Row(self._span(first, value, spot), value, tree, spot)
            for (first, value, spot), tree in zip(places, trees, strict=True)
        ]

    def _span(self, first: int, value: Node, spot: Spot) -> Span:
        end = self._layout.end(value)
        if spot.entry is not None:
            end = max(end, self._layout.colon(spot.entry))
        if self._node.is_flow:
            return first, end
        if not self._layout.is_first_in_line(first):
            raise CannotSplice
        return self._layout.lines(first, max(end, first))

    def _edit(self, edits: Edits, row: _Row, key: str | None, tree: Any) -> None:
        entry = row.spot.entry
        if entry is not None and key is not None and entry.key.value != key:
            spelled = inline(key, is_flow=self._node.is_flow, like=entry.key.style)
            edits.replace(entry.key.start, entry.key.end, spelled)
        if row.tree != tree:
            self._change(edits, row.node, self._shape.inner(), row.tree, tree, row.spot)

    def _moved(self, row: _Row, key: str | None, tree: Any) -> str:
        """The row's own text, changed where it has changed."""
        edits = Edits(self._layout)
        self._edit(edits, row, key, tree)
        return edits.applied(*row.span)

    def _rendered(self, key: str | None, tree: Any) -> str:
        node, inner = self._node, self._shape.inner()
        if node.is_flow:
            like = quotes(node)
            if key is None:
                return rendering.flow(tree, inner, like=like)
            return rendering.flow_entry(key, tree, self._shape, like=like)
        if key is None:
            lines = rendering.row(tree, inner, node.column)
        else:
            lines = rendering.entry(key, tree, self._shape, node.column)
        return self._layout.newline.join(lines)

    def _insert(self, spans: list[Span], anchor: int | None, text: str) -> None:
        if self._node.is_flow:
            insert_in_flow(self._edits, spans, anchor, text)
            return
        index = spans[0][0] if anchor is None else spans[anchor][1]
        self._edits.replace_lines(index, index, [text.removesuffix("\n").removesuffix("\r")])

    def _remove(self, spans: list[Span], gone: list[int]) -> None:
        if self._node.is_flow:
            remove_from_flow(self._edits, spans, gone)
            return
        for place in gone:
            self._edits.replace(*spans[place], "")


def _items(rows: Any) -> list[tuple[str | None, Any]]:
    """Names and values of a dict, or None and the rows of a list."""
    if isinstance(rows, dict):
        return list(cast("dict[str | None, Any]", rows).items())
    return [(None, row) for row in rows]
