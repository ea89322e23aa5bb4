"""Searching names, addresses, notes and payloads as somebody types: every word must be there, in any case."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from typing import Final

import msgspec

from wireyard.workspace.facts import Facts, Index
from wireyard.workspace.tree import Hit, Item, Tree, Where

_BEFORE: Final = 30
_SHOWN: Final = 160
# With more finds than anybody looks through, one is told of each further item.
_MANY: Final = 1000
Spans = tuple[tuple[int, int], ...]


class _Text(msgspec.Struct, frozen=True):
    """One text that is searched, and the same without regard to case. ``message`` is the number of its message."""

    where: Where
    text: str
    folded: str
    message: int = -1


class _Texts(msgspec.Struct, frozen=True):
    """All texts of one item; ``item`` and ``facts`` are what they were made from."""

    item: Item
    facts: Facts | None
    texts: tuple[_Text, ...]
    heap: str


class Search:
    """Finds items of a workspace; keeps what it searches in, so that the next letter costs little."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._kept: dict[str, _Texts] = {}

    def prepare(self, tree: Tree, rest: Callable[[], None]) -> None:
        """Make ready what is searched in, so that the first letter costs no more than the next."""
        for item in tree.walk():
            self._texts(item)
            rest()

    def find(self, tree: Tree, text: str) -> list[Hit]:
        """Where the words of ``text`` stand, in the order of the tree. Nothing for no words."""
        words = sorted(set(text.casefold().split()), key=len, reverse=True)
        if not words:
            return []
        pattern = re.compile("|".join(re.escape(word) for word in words))
        hits: list[Hit] = []
        for item in tree.walk():
            texts = self._texts(item)
            if all(word in texts.heap for word in words):
                found = _hits(item, texts, pattern)
                hits += found if len(hits) < _MANY else itertools.islice(found, 1)
        return hits

    def _texts(self, item: Item) -> _Texts:
        facts = self._index.known(item.id) if item.kind == "request" else None
        kept = self._kept.get(item.id)
        if kept is not None and kept.facts is facts and (facts is not None or kept.item is item):
            return kept
        texts = tuple(_text(*each) for each in _searched(item, facts))
        made = _Texts(item, facts, texts, "\n".join(each.folded for each in texts))
        self._kept[item.id] = made
        return made


def _searched(item: Item, facts: Facts | None) -> Iterator[tuple[Where, str, int]]:
    yield "name", item.name, -1
    yield "url", item.url, -1
    yield "notes", item.notes, -1
    bodies = facts.bodies if facts is not None else ()
    for number, line in enumerate(item.messages):
        yield "name", line.name, number
        if number < len(bodies):
            yield "payload", bodies[number], number


def _text(where: Where, text: str, message: int) -> _Text:
    return _Text(where, text, text.casefold(), message)


def _hits(item: Item, texts: _Texts, pattern: re.Pattern[str]) -> Iterator[Hit]:
    told = -1
    for text in texts.texts:
        found = pattern.search(text.folded)
        # A message is told once, by its name rather than by its payload.
        if found is None or (text.message >= 0 and text.message == told):
            continue
        shown, spans = _shown(text, found.start(), pattern)
        if text.message < 0:
            yield Hit(id=item.id, where=text.where, text=shown, spans=spans)
            continue
        told = text.message
        name = item.messages[told].name
        yield Hit(id=item.id, where=text.where, text=shown, spans=spans, message=name, message_index=told)


def _shown(text: _Text, first: int, pattern: re.Pattern[str]) -> tuple[str, Spans]:
    """The part of a text to show, around the first find in it, and the finds in that part."""
    start = max(0, first - _BEFORE) if len(text.text) > _SHOWN else 0
    if len(text.folded) == len(text.text):
        part, folded = text.text[start : start + _SHOWN], text.folded[start : start + _SHOWN]
        return part, tuple(found.span() for found in pattern.finditer(folded))
    # Some letters become two ("ß"), so the places have to be counted.
    places = [index for index, character in enumerate(text.text) for _ in character.casefold()]
    start = places[start]
    finds = (
        (places[found.start()] - start, places[found.end() - 1] + 1 - start) for found in pattern.finditer(text.folded)
    )
    return text.text[start : start + _SHOWN], tuple(span for span in finds if span[0] >= 0 and span[1] <= _SHOWN)
