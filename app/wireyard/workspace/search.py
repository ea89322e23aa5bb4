"""Searching names, addresses, notes and payloads as somebody types: every word must be there, in any case."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wireyard.workspace.facts import Facts, Index
from wireyard.workspace.tree import Hit, Item, Tree, Where

_BEFORE: Final = 30
_SHOWN: Final = 160


class Search:
    """Finds items of a workspace; keeps what it searches in, so that the next letter costs little."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._heaps: dict[str, tuple[Facts | None, str]] = {}

    def find(self, tree: Tree, text: str) -> list[Hit]:
        """Where the words of ``text`` stand, in the order of the tree. Nothing for no words."""
        words = sorted(set(text.casefold().split()), key=len, reverse=True)
        if not words:
            return []
        hits: list[Hit] = []
        for item in tree.walk():
            heap = self._heap(item)
            if all(word in heap for word in words):
                hits += self._hits(item, words)
        return hits

    def _heap(self, item: Item) -> str:
        facts = self._index.known(item.id) if item.kind == "request" else None
        kept = self._heaps.get(item.id)
        if kept is not None and kept[0] is facts and facts is not None:
            return kept[1]
        parts = [item.name, item.url, item.notes]
        for line in item.messages:
            parts += (line.name, line.group)
        heap = "\n".join(parts + list(facts.bodies if facts else ())).casefold()
        self._heaps[item.id] = (facts, heap)
        return heap

    def _hits(self, item: Item, words: list[str]) -> Iterator[Hit]:
        places: tuple[tuple[Where, str], ...] = (("name", item.name), ("url", item.url), ("notes", item.notes))
        for where, text in places:
            shown = _shown(text, words)
            if shown is not None:
                yield Hit(id=item.id, where=where, text=shown[0], spans=shown[1])
        facts = self._index.known(item.id) if item.kind == "request" else None
        for number, line in enumerate(item.messages):
            name = _shown(line.name, words)
            bodies = facts.bodies if facts else ()
            body = _shown(bodies[number], words) if number < len(bodies) else None
            if name is not None:
                yield _hit(item, "name", name, number)
            elif body is not None:
                yield _hit(item, "payload", body, number)


def _hit(item: Item, where: Where, shown: tuple[str, tuple[tuple[int, int], ...]], number: int) -> Hit:
    message = item.messages[number].name
    return Hit(id=item.id, where=where, text=shown[0], spans=shown[1], message=message, message_index=number)


def _shown(text: str, words: list[str]) -> tuple[str, tuple[tuple[int, int], ...]] | None:
    """The part of a text to show and the finds in it; None when no word is there."""
    folded = text.casefold()
    firsts = [place for word in words if (place := folded.find(word)) >= 0]
    if not firsts:
        return None
    start = 0
    if len(text) > _SHOWN:
        # Folding may move places by a few; the part is wide enough for that.
        start = max(0, min(firsts) - _BEFORE)
    part = text[start : start + _SHOWN]
    return part, spans(part, words)


def spans(text: str, words: list[str]) -> tuple[tuple[int, int], ...]:
    """Where folded ``words`` stand in a text, merged where they touch."""
    places: list[int] = []
    for index, character in enumerate(text):
        places += [index] * len(character.casefold())
    folded = text.casefold()
    found: list[tuple[int, int]] = []
    for word in words:
        start = folded.find(word)
        while start >= 0:
            found.append((places[start], places[start + len(word) - 1] + 1))
            start = folded.find(word, start + len(word))
    merged: list[tuple[int, int]] = []
    for first, last in sorted(found):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)
