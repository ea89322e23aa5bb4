"""Turns exact text into what is drawn: nothing invisible stays invisible, and every column can be found again.

What stands for the unseen is decided in `wireyard.formats.visible`; here it is laid out in cells of a fixed width.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from wireyard.formats.visible import UNSEEN, spelled, stand_in
from wireyard.gui.theme.tokens import TokenName

TAB_CELLS = 4

# What `stand_in` makes longer, as one class of characters.
_HIDDEN = (
    "\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f"
)
# Whatever may not be one cell wide: anything outside ASCII's and Latin's plain letters is looked at one by one.
_NOT_ONE_CELL = re.compile(
    f"[{_HIDDEN}\u0300-\u036f\u0483-\u0489\u0591-\u08ff\u0900-\u1cff\u1dc0-\u1dff\u200d\u20d0-\u20ff"
    "\u231a\u231b\u2e80-\uffef\U00010000-\U0010ffff]"
)
_WIDE = re.compile(
    "[\u1100-\u115f\u231a\u231b\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f"
    "\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\U0001f000-\U0001faff\U00020000-\U0003fffd]"
)
# Tabs depend on where they stand, hidden characters become long, and marks take no cell.
_ZERO_RANGES = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0900-\u0902\u093c\u094d\u0e31\u0e34-\u0e3a"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef"
)
_ZERO = re.compile(f"[{_ZERO_RANGES}]")
_NOT_ONE_OR_TWO = re.compile(f"[{_HIDDEN}{_ZERO_RANGES}]")


class Mark(NamedTuple):
    """A stretch of the drawn text that is not the text itself, with the role it is drawn in."""

    start: int
    end: int
    role: TokenName


class Shown(NamedTuple):
    """Drawn text. ``columns`` gives for every column of the exact text, and its end, the index into ``text``."""

    text: str
    columns: list[int]
    marks: list[Mark]


def is_plain(text: str) -> bool:
    """Tell whether every column is one cell wide and drawn as it is."""
    return text.isascii() and text.isprintable()


def show(text: str, can_draw: Callable[[str], bool]) -> Shown:
    """Make drawn text from exact text; indexes count UTF-16 units, as Qt does.

    Control characters are spelled where ``can_draw`` says that no font has their pictures.
    """
    parts: list[str] = []
    columns: list[int] = []
    marks: list[Mark] = []
    at = cells = 0
    unseen = {found.start() for found in UNSEEN.finditer(text)}
    known: dict[tuple[str, bool], tuple[str, TokenName | None, int]] = {}
    for index, char in enumerate(text):
        columns.append(at)
        key = char, index in unseen
        if key not in known or char == "\t":  # only a tab depends on where it stands
            known[key] = (*_drawn(char, cells, key[1], can_draw), _char_cells(char, cells))
        drawn, role, taken = known[key]
        units = len(drawn) + (drawn > "\uffff")
        if role is not None:
            marks.append(Mark(at, at + units, role))
        parts.append(drawn)
        at += units
        cells += taken
    columns.append(at)
    return Shown("".join(parts), columns, marks)


def columns_fitting(text: str, cells: int) -> int:
    """How many characters of ``text`` fit into ``cells`` cells; at least one, so that a cut always advances."""
    head = text[:cells]
    if not _NOT_ONE_CELL.search(head):
        return len(head)
    if not _NOT_ONE_OR_TWO.search(head):
        # Chinese, Japanese and Korean text: each wide character moves what follows by one cell.
        wides = [found.start() for found in _WIDE.finditer(head)]
        for number, place in enumerate(wides):
            if place + number + 2 > cells:
                return max(1, min(place, cells - number))
        return max(1, min(len(head), cells - len(wides)))
    used = 0
    for index, char in enumerate(text):
        used += _char_cells(char, used)
        if used > cells:
            return max(1, index)
    return len(text)


def _drawn(char: str, cells: int, is_unseen: bool, can_draw: Callable[[str], bool]) -> tuple[str, TokenName | None]:
    if char == "\t":
        return " " * (TAB_CELLS - cells % TAB_CELLS), None
    if not is_unseen:
        return char, None
    is_bad_byte = "\udc80" <= char <= "\udcff"
    drawn = stand_in(char)
    # Pictures alone are one character; escapes are plain letters.
    if len(drawn) == 1 and not can_draw(drawn):
        drawn = spelled(char)
    return drawn, "err" if is_bad_byte else "text.3"


def _char_cells(char: str, column: int) -> int:
    """How many cells a character takes when it begins at ``column``."""
    if not _NOT_ONE_CELL.match(char):
        return 1
    if char == "\t":
        return TAB_CELLS - column % TAB_CELLS
    if UNSEEN.match(char):
        return len(stand_in(char))
    if _ZERO.match(char):
        return 0
    return 2 if _WIDE.match(char) else 1
