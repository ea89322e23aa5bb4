"""From a text to nodes, in one pass over the parser's events. What could do harm is refused before it is built."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, cast

import yaml
from yaml import events

from wireyard.workspace.yaml_text.faults import told
from wireyard.workspace.yaml_text.nodes import (
    MAX_DEPTH,
    MAX_NODES,
    Entry,
    Mapping,
    Node,
    Scalar,
    Sequence,
    YamlFault,
)

BOM: Final = "\ufeff"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# What YAML allows in a text, without the mark of byte order, which is allowed at its beginning only.
_FORBIDDEN: Final = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def compose(text: str) -> Mapping | None:
    """The nodes of a file; None when it holds nothing but comments. Raises `YamlFault`."""
    offset = 1 if text.startswith(BOM) else 0
    body = text[offset:]
    _check_characters(body)
    composer = _Composer(_events(body), offset)
    root = composer.document()
    if root is None or isinstance(root, Mapping):
        return root
    raise YamlFault(root.line, "A file begins with a key, such as “wireyard: 1”.")


def _events(text: str) -> Iterator[events.Event]:
    try:
        yield from yaml.parse(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        raise told(error, text) from None


def _check_characters(text: str) -> None:
    found = _FORBIDDEN.search(text)
    if found is not None:
        line = text.count("\n", 0, found.start()) + 1
        raise YamlFault(line, f"There is a control character (U+{ord(found[0]):04X}), which YAML does not allow.")


class _Composer:
    def __init__(self, source: Iterator[events.Event], offset: int) -> None:
        self._source = source
        self._offset = offset
        self._count = 0

    def document(self) -> Node | None:
        """The one document of the stream."""
        root: Node | None = None
        count = 0
        for event in self._source:
            if isinstance(event, events.DocumentStartEvent):
                count += 1
                line = _start(event).line + 1
                if count > 1:
                    raise YamlFault(line, "A second document begins here. Only one can stand in a file.")
                if event.tags:
                    raise YamlFault(line, "Tags (“%TAG”) are not taken here.")
                node = self._node(next(self._source), 1)
                is_nothing = isinstance(node, Scalar) and node.is_empty
                root = None if is_nothing else node
        return root

    def _node(self, event: events.Event, depth: int) -> Node:
        line = _start(event).line + 1
        self._count += 1
        if isinstance(event, events.AliasEvent):
            raise YamlFault(line, f"Aliases (“*{event.anchor}”) are not taken here. Write the value out.")
        _refuse_marks(event, line)
        if self._count > MAX_NODES:
            raise YamlFault(line, f"There are more than {MAX_NODES:,} values in this file.")
        if isinstance(event, events.ScalarEvent):
            start, end = _start(event).index, _end(event)
            style = event.style if event.style in ("|", ">", "'", '"') else ""
            return Scalar(start + self._offset, end + self._offset, line, event.value, style)
        if depth > MAX_DEPTH:
            raise YamlFault(line, f"This is nested deeper than {MAX_DEPTH} levels.")
        if isinstance(event, events.MappingStartEvent):
            return self._mapping(event, depth)
        return self._sequence(cast("events.SequenceStartEvent", event), depth)

    def _mapping(self, start: events.MappingStartEvent, depth: int) -> Mapping:
        mark = _start(start)
        is_flow = _is_flow(start)
        entries: list[Entry] = []
        seen: dict[str, int] = {}
        for event in self._source:
            if isinstance(event, events.MappingEndEvent):
                end = _end(event) + self._offset
                return Mapping(mark.index + self._offset, end, mark.line + 1, mark.column, is_flow, entries)
            key = self._node(event, depth + 1)
            # "? key" stands further to the right than the mapping that it begins.
            if not isinstance(key, Scalar) or key.is_block or (not is_flow and _start(event).column != mark.column):
                raise YamlFault(key.line, "A key must be a text of one line, without “?” before it.")
            if key.value in seen:
                raise YamlFault(key.line, f"The key “{key.value}” stands here twice: first in line {seen[key.value]}.")
            seen[key.value] = key.line
            entries.append(Entry(key, self._node(next(self._source), depth + 1)))
        raise YamlFault(mark.line + 1, "The file ends too early.")

    def _sequence(self, start: events.SequenceStartEvent, depth: int) -> Sequence:
        mark = _start(start)
        items: list[Node] = []
        for event in self._source:
            if isinstance(event, events.SequenceEndEvent):
                end = _end(event) + self._offset
                return Sequence(mark.index + self._offset, end, mark.line + 1, mark.column, _is_flow(start), items)
            items.append(self._node(event, depth + 1))
        raise YamlFault(mark.line + 1, "The file ends too early.")


def _start(event: events.Event) -> Any:
    mark = event.start_mark
    assert mark is not None
    return mark


def _end(event: events.Event) -> int:
    mark = event.end_mark
    assert mark is not None
    return mark.index


def _is_flow(event: events.MappingStartEvent | events.SequenceStartEvent) -> bool:
    return bool(event.flow_style)


def _refuse_marks(event: events.Event, line: int) -> None:
    anchor = getattr(event, "anchor", None)
    if anchor is not None:
        raise YamlFault(line, f"Anchors (“&{anchor}”) are not taken here. Write the value out where it is used.")
    tag = getattr(event, "tag", None)
    if tag is not None:
        raise YamlFault(line, f"Tags (“{tag}”) are not taken here. Put the text in quotation marks.")
