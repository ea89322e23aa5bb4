"""Changing a block of known keys: some change, some come, some go; those that nobody knows stay."""

from __future__ import annotations

from typing import Any, Final, cast

from wireyard.workspace.yaml_text import rendering
from wireyard.workspace.yaml_text.edits import Edits
from wireyard.workspace.yaml_text.flow_rows import insert_in_flow, quotes, remove_from_flow
from wireyard.workspace.yaml_text.nodes import Entry, Mapping, Node, Sequence
from wireyard.workspace.yaml_text.shapes import Shape
from wireyard.workspace.yaml_text.splice_rows import RowSplicer, Spot
from wireyard.workspace.yaml_text.splice_values import change_value

_NOTHING: Final[dict[str, Any]] = {"leaf": "", "list": [], "map": {}, "struct": {}}


def change_keys(edits: Edits, node: Mapping, shape: Shape, old: dict[str, Any], new: dict[str, Any]) -> None:
    """Collect the edits of one block from ``old`` to ``new``."""
    gone: list[int] = []
    for index, entry in enumerate(node.entries):
        key = entry.key.value
        field = shape.fields.get(key)
        if field is None or is_same(old.get(key), new.get(key)):
            continue
        if key in new:
            _change(edits, entry.value, field, old.get(key, _NOTHING[field.kind]), new[key], Spot(node, entry))
        elif isinstance(entry.value, Mapping) and _has_strangers(entry.value, field):
            change_keys(edits, entry.value, field, old[key], {})
        else:
            gone.append(index)
    present = {entry.key.value for entry in node.entries}
    added = sorted((key for key in new if key not in present), key=shape.rank)
    if gone or added:
        _Block(edits, node, shape, gone).apply({key: new[key] for key in added})


def is_same(old: Any, new: Any) -> bool:
    """Whether two values are equal, the order of names included."""
    if isinstance(old, dict) and isinstance(new, dict):
        return list(cast("dict[str, Any]", old)) == list(cast("dict[str, Any]", new)) and old == new
    return old == new


def _change(edits: Edits, node: Node, shape: Shape, old: Any, new: Any, spot: Spot) -> None:
    if isinstance(node, Mapping) and shape.kind == "struct" and (new or _has_strangers(node, shape)):
        change_keys(edits, node, shape, old, new)
    elif new and _has_rows(node, shape) and isinstance(node, Mapping | Sequence):
        RowSplicer(edits, node, shape, _change).splice(old, new)
    elif isinstance(node, Mapping) and not node.is_flow and not new and node.entries:
        _Block(edits, node, shape, list(range(len(node.entries)))).apply({})
    else:
        change_value(edits, node, shape, new, spot)


def _has_rows(node: Node, shape: Shape) -> bool:
    if isinstance(node, Mapping):
        return shape.kind == "map" and bool(node.entries)
    return isinstance(node, Sequence) and shape.kind == "list" and bool(node.items)


def _has_strangers(node: Mapping, shape: Shape) -> bool:
    return shape.kind == "struct" and any(entry.key.value not in shape.fields for entry in node.entries)


class _Block:
    """The coming and going of keys in one block."""

    def __init__(self, edits: Edits, node: Mapping, shape: Shape, gone: list[int]) -> None:
        self._edits = edits
        self._layout = edits.layout
        self._node = node
        self._shape = shape
        self._gone = gone
        self._stay = [entry for index, entry in enumerate(node.entries) if index not in gone]

    def apply(self, added: dict[str, Any]) -> None:
        """Collect the edits."""
        if self._node.is_flow:
            self._apply_in_flow(added)
        elif not self._stay:
            self._replace_all(added)
        else:
            before = [
                line for key, tree in added.items() if self._before(key) is None for line in self._lines(key, tree)
            ]
            for key, tree in added.items():
                entry = self._before(key)
                if entry is not None:
                    index = self._layout.next_line(self._end(entry))
                    self._edits.replace_lines(index, index, self._lines(key, tree))
            self._remove(before)

    def _before(self, key: str) -> Entry | None:
        """The entry behind which a key comes: the nearest that stands before it in a new file."""
        rank = self._shape.rank(key)
        known = [entry for entry in self._stay if self._shape.rank(entry.key.value) < rank]
        return max(known, key=lambda entry: self._shape.rank(entry.key.value), default=None)

    def _lines(self, key: str, tree: Any) -> list[str]:
        return rendering.entry(key, tree, self._shape, self._node.column)

    def _end(self, entry: Entry) -> int:
        return max(self._layout.end(entry.value), self._layout.colon(entry))

    def _remove(self, before: list[str]) -> None:
        """Take out what goes, and put lines before the first key that stays and stood, or now stands, at the top."""
        entries = self._node.entries
        first = entries[0].key.start
        gone = list(self._gone)
        if self._layout.is_first_in_line(first):
            index = self._layout.line_start(first)
            self._edits.replace_lines(index, index, before)
        else:
            # Behind a dash: what comes first has to begin there.
            leading = sum(1 for index, place in enumerate(gone) if index == place)
            gone = gone[leading:]
            if self._has_remarks(leading):
                for entry in entries[:leading]:
                    change_value(self._edits, entry.value, Shape("leaf"), "", Spot(self._node, entry))
                leading = 0
            newline, pad = self._layout.newline, " " * self._node.column
            text = "".join(line + newline for line in before).lstrip(" ") + (pad if before else "")
            self._edits.replace(first, entries[leading].key.start, text)
        for place in gone:
            self._edits.replace(*self._layout.lines(entries[place].key.start, self._end(entries[place])), "")

    def _has_remarks(self, leading: int) -> bool:
        """Whether a comment stands between the first keys and the rest: then texts are emptied and not taken out."""
        entries = self._node.entries
        if not leading or not all(self._shape.fields[entry.key.value].is_text for entry in entries[:leading]):
            return False
        after = self._layout.next_line(self._end(entries[leading - 1]))
        return "#" in self._layout.text[after : entries[leading].key.start]

    def _replace_all(self, added: dict[str, Any]) -> None:
        entries = self._node.entries
        first, end = entries[0].key.start, self._end(entries[-1])
        lines = [line for key, tree in added.items() for line in self._lines(key, tree)]
        if self._layout.is_first_in_line(first):
            self._edits.replace_lines(*self._layout.lines(first, end), lines)
        else:
            text = self._layout.newline.join(lines).lstrip(" ") or "{}"
            self._edits.replace(first, end, text)

    def _apply_in_flow(self, added: dict[str, Any]) -> None:
        like = quotes(self._node)
        if not self._stay:
            self._edits.replace(self._node.start, self._node.end, rendering.flow(added, self._shape, like=like))
            return
        entries = self._node.entries
        spans = [(entry.key.start, self._end(entry)) for entry in entries]
        for key, tree in added.items():
            entry = self._before(key)
            anchor = None if entry is None else entries.index(entry)
            text = rendering.flow_entry(key, tree, self._shape, like=like)
            insert_in_flow(self._edits, spans, anchor, text)
        remove_from_flow(self._edits, spans, self._gone)
