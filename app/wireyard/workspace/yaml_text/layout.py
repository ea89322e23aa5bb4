"""Where things stand in a text: lines, the ends of values, and what belongs to an entry."""

from __future__ import annotations

import re
from typing import Final

from wireyard.workspace.yaml_text.nodes import Entry, Mapping, Node, Scalar, Sequence

_BREAK: Final = re.compile(r"\r\n|\n|\r")
_HEADER: Final = re.compile(r"[|>][0-9+-]*")
Span = tuple[int, int]


class Layout:
    """A text, and answers about it."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = _BREAK.search(text)
        self.newline = found[0] if found else "\n"
        self._first = 1 if text.startswith("\ufeff") else 0

    def line_start(self, index: int) -> int:
        """Where the line of ``index`` begins."""
        start = max(self.text.rfind("\n", 0, index), self.text.rfind("\r", 0, index)) + 1
        return start or self._first

    def next_line(self, index: int) -> int:
        """Where the line after that of ``index`` begins, or the text ends."""
        found = _BREAK.search(self.text, index)
        return found.end() if found else len(self.text)

    def is_first_in_line(self, index: int) -> bool:
        """Whether only spaces stand before ``index`` in its line."""
        return not self.text[self.line_start(index) : index].strip(" ")

    def end(self, node: Node) -> int:
        """Where the last sign of a value ends: the parser's own ends reach to whatever follows."""
        if isinstance(node, Scalar):
            return self._block_end(node) if node.is_block else node.end
        if node.is_flow:
            return node.end
        if isinstance(node, Mapping):
            last = node.entries[-1]
            return max(self.end(last.value), self.colon(last))
        item = node.items[-1]
        return max(self.end(item), self.dash(node, item) + 1)

    def colon(self, entry: Entry) -> int:
        """The place right after the colon of an entry. A key without one (in braces) ends itself."""
        index = entry.key.end
        while self.text[index : index + 1] in (" ", "\t"):
            index += 1
        return index + 1 if self.text[index : index + 1] == ":" else entry.key.end

    def dash(self, sequence: Sequence, item: Node) -> int:
        """Where the dash of an item of a block sequence stands."""
        start = self.line_start(item.start)
        while True:
            index = start + sequence.column
            if self.text[index : index + 1] == "-" and not self.text[start:index].strip(" "):
                return index
            if start <= sequence.start:
                return item.start
            start = self.line_start(start - 1)

    def lines(self, first: int, last: int) -> Span:
        """The whole lines from that of ``first`` to that of ``last``."""
        return self.line_start(first), self.next_line(last)

    def header(self, scalar: Scalar) -> Span:
        """The sign of a block scalar and what belongs to it."""
        found = _HEADER.match(self.text, scalar.start)
        return scalar.start, found.end() if found else scalar.start + 1

    def content(self, scalar: Scalar) -> Span:
        """The whole lines of a block scalar below its header."""
        start = self.next_line(scalar.start)
        return start, max(start, self.next_line(self._block_end(scalar)))

    def step(self, scalar: Scalar, column: int) -> int:
        """How much deeper than ``column`` the lines of a block scalar stand; 0 for one without lines."""
        start, end = self.content(scalar)
        indent = self._indent(start, end)
        header = self.text[slice(*self.header(scalar))]
        digits = re.search(r"\d", header)
        return int(digits[0]) if digits else max(0, indent - column)

    def _indent(self, start: int, end: int) -> int:
        for line in _BREAK.split(self.text[start:end]):
            if line.strip(" "):
                return len(line) - len(line.lstrip(" "))
        return 0

    def _block_end(self, scalar: Scalar) -> int:
        """Where the last line of a block scalar that is part of its text ends, without its line break."""
        header_start, header_end = self.header(scalar)
        start = self.next_line(scalar.start)
        if "+" in self.text[header_start:header_end]:
            end = max(scalar.end, header_end)
            return end - 1 if end > start and self.text[end - 1 : end] in "\r\n" else end
        indent = self._indent(start, scalar.end)
        last, index = header_end, start
        while index < scalar.end:
            following = min(self.next_line(index), len(self.text))
            line = self.text[index:following].rstrip("\r\n")
            if line.strip(" ") or (indent and len(line) > indent):
                last = index + len(line)
            if following <= index:
                break
            index = following
        return last
