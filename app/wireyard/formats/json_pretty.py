"""JSON spaced out for reading: two spaces a level, and what fits in 72 columns stays on one line.

Only the white space between tokens changes. Lines come in blocks, each made from one slice of the payload and from a
`State` that says what is open there; so the first lines of 100 MB are there at once, and any block can be made again
without those before it.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from wireyard.formats.json_items import BRACKETS, LEAVES, SLICE_BYTES, Item, item_start, json_items

COLUMNS = 72
INDENT = 2
# Deeper levels are not indented further: 100,000 of them would make gigabytes of white space.
MAX_INDENT_LEVELS = 64
# Every open bracket takes two columns, so more than this many can't close on one line.
_MAX_GROUPS = COLUMNS // 2

_OBJECT = 0x7B
_INDENTS = [b" " * (INDENT * level) for level in range(MAX_INDENT_LEVELS + 1)]
_OPENERS = b"{["
_PARTNERS = {b"}": _OBJECT, b"]": 0x5B}


class _Group:
    """An open bracket that may still close on its line: how it began, where in the width, and what it holds."""

    __slots__ = ("children", "opening", "start")

    def __init__(self, opening: bytes, start: int, children: list[bytes]) -> None:
        self.opening = opening
        self.start = start
        self.children = children


class State(msgspec.Struct):
    """What is open at one place of a payload. ``at`` is where the next item begins."""

    at: int = 0
    # Brackets that have got a line of their own, outermost first.
    broken: bytes = b""
    # Brackets within those that may still close on their line, and the width of all they hold so far.
    groups: list[_Group] = []
    width: int = 0
    after_comma: bool = False
    is_over: bool = False


def next_block(data: bytes, state: State, *, is_last: bool = False) -> tuple[list[bytes], int]:
    """Make the lines of the next slice and move the state behind it.

    The second value is where the payload stops being JSON, or -1. After a fault, or when ``state.at`` is the end of
    the payload, what is open is given as it stands; so it is with ``is_last``, for who wants no more lines.
    """
    items, end = json_items(data, state.at, state.at + SLICE_BYTES, LEAVES)
    spacing = _Spacing(state)
    done = spacing.add(items)
    fault = -1 if done == len(items) else item_start(data, state.at, done, LEAVES)
    if end >= len(data) and fault < 0 and not spacing.is_complete:
        fault = end
    if fault >= 0 or end >= len(data) or is_last:
        spacing.give_up_groups()
    state.at = end if fault < 0 else fault
    spacing.store(state)
    return spacing.lines, fault


def pretty_lines(data: bytes) -> Iterator[list[bytes]]:
    """All lines of a payload, block by block. Where it stops being JSON the rest follows as it came, as last block."""
    state = State()
    fault = -1
    while state.at < len(data) and fault < 0:
        lines, fault = next_block(data, state)
        yield lines
    if 0 <= fault < len(data):
        yield data[fault:].split(b"\n")


class _Spacing:
    """The work on one slice: takes items, gives lines."""

    def __init__(self, state: State) -> None:
        self.lines: list[bytes] = []
        self._broken = bytearray(state.broken)
        self._groups = state.groups
        self._width = state.width
        self._after_comma = state.after_comma
        self._is_over = state.is_over
        self._look_around()

    @property
    def is_complete(self) -> bool:
        return self._is_over and not self._broken and not self._groups

    def store(self, state: State) -> None:
        state.broken = bytes(self._broken)
        state.groups = self._groups
        state.width = self._width
        state.after_comma = self._after_comma
        state.is_over = self._is_over

    def add(self, items: list[Item]) -> int:
        """Take items as long as they are right; say how many were."""
        for number, (key, value, comma, opener, _) in enumerate(items):
            if value == b"}" or value == b"]":
                if key or not self._close(value, comma):
                    return number
                continue
            inside = self._inside
            # Outside of all brackets stands one value and no comma.
            if (inside == _OBJECT) != (key != b"") or (not inside and (self._is_over or comma)):
                return number
            if opener:
                self._open(key + b": " + opener if key else opener)
            elif not value:
                return number
            elif value[0] in _OPENERS:
                if not self._add_leaf(key, value, comma):
                    return number
            else:
                self._add_text(key + b": " + value if key else value, comma)
        return len(items)

    def give_up_groups(self) -> None:
        """Give what is open its lines: nothing more is to come."""
        while self._groups:
            self._break_outermost()
        self._look_around()

    def _look_around(self) -> None:
        """Note what every item asks for: the innermost bracket, the indent, and the width that still fits."""
        level = len(self._broken)
        self._indent = _INDENTS[level if level < MAX_INDENT_LEVELS else MAX_INDENT_LEVELS]
        self._room = COLUMNS - len(self._indent)
        if self._groups:
            self._inside = self._groups[-1].opening[-1]
            self._room += self._groups[0].start
        else:
            self._inside = self._broken[-1] if level else 0
            self._width = 0

    def _add_text(self, text: bytes, comma: bytes) -> None:
        """A scalar or leaf with its key: a line of its own, or part of the innermost group."""
        self._after_comma = comma != b""
        if not self._groups:
            self.lines.append(self._indent + text + comma)
            self._is_over = not self._inside
            return
        self._groups[-1].children.append(text)
        # A child counts with the ", " after it.
        self._width += _columns(text) + 2
        if self._width > self._room:
            self._break_wide()

    def _add_leaf(self, key: bytes, leaf: bytes, comma: bytes) -> bool:
        """A bracket with its scalars: in one piece where it fits on the line, else item by item."""
        # Without any space between its tokens a longer one would still be too wide.
        if len(leaf) <= 4 * COLUMNS:
            try:
                shown = msgspec.json.format(leaf, indent=0)
            except msgspec.DecodeError:
                return False
            if shown[0] == _OBJECT and len(shown) > 2:
                shown = b"{ " + shown[1:-1] + b" }"
            text = key + b": " + shown if key else shown
            if self._width + _columns(text) + (2 if self._groups else 0) <= self._room:
                self._add_text(text, comma)
                return True
        parts = BRACKETS.last.findall((key + b":" if key else b"") + leaf + comma)
        parts.pop()  # the end, found as an item of nothing
        return self.add(parts) == len(parts)

    def _open(self, text: bytes) -> None:
        if self._groups:
            self._width += 2  # the ", " after it counts at once: what is inside must leave room for it
        self._groups.append(_Group(text, self._width, []))
        # "{ a, b }" is two columns wider than "[a, b]".
        self._width += _columns(text) + (1 if text[-1] == _OBJECT else -1)
        self._after_comma = False
        self._look_around()
        if len(self._groups) > _MAX_GROUPS:
            self._break_outermost()
            self._look_around()

    def _close(self, bracket: bytes, comma: bytes) -> bool:
        is_outermost = len(self._groups) + len(self._broken) == 1
        if self._after_comma or self._inside != _PARTNERS[bracket] or (comma and is_outermost):
            return False
        if self._groups:
            text = self._closed_group(bracket)
            self._look_around()
            self._add_text(text, comma)
        else:
            self._broken.pop()
            self._look_around()
            self.lines.append(self._indent + bracket + comma)
        self._after_comma = comma != b""
        self._is_over = is_outermost
        return True

    def _closed_group(self, bracket: bytes) -> bytes:
        group = self._groups.pop()
        self._width = group.start - 2 if self._groups else group.start
        if not group.children:
            return group.opening + bracket
        if bracket == b"}":
            return group.opening + b" " + b", ".join(group.children) + b" }"
        return group.opening + b", ".join(group.children) + b"]"

    def _break_wide(self) -> None:
        """Give lines of their own to the outermost groups as long as they are too wide for one."""
        while self._groups and self._width > self._room:
            self._break_outermost()
            self._look_around()

    def _break_outermost(self) -> None:
        group = self._groups.pop(0)
        self.lines.append(self._indent + group.opening)
        self._broken.append(group.opening[-1])
        self._look_around()
        indent = self._indent
        self.lines += [indent + child + b"," for child in group.children]
        # Only the newest child of the innermost group can be without a comma.
        if group.children and not self._groups and not self._after_comma:
            self.lines[-1] = self.lines[-1][:-1]


def _columns(text: bytes) -> int:
    return len(text) if text.isascii() else len(text.decode(errors="replace"))
