"""Where the caret goes: by character, word and line. Places are byte offsets, so they survive wrapping."""

from __future__ import annotations

import re
from typing import NamedTuple

from wireyard.gui.inspector.text_rows import TextRows

_WORD = re.compile(r"\w+|[^\w\s]+|\s+")
_LOOK_BYTES = 64 * 1024


class Selection(NamedTuple):
    """From where it was begun to where the caret stands, in bytes."""

    anchor: int = 0
    caret: int = 0

    @property
    def start(self) -> int:
        return min(self.anchor, self.caret)

    @property
    def end(self) -> int:
        return max(self.anchor, self.caret)

    @property
    def is_empty(self) -> bool:
        return self.anchor == self.caret


def step(rows: TextRows, offset: int, forward: bool) -> int:
    """One character on or back."""
    place = rows.place(offset)
    row = None if place is None else rows.row(place.row)
    if place is None or row is None:
        return offset
    layout = rows.layout(row)
    if forward:
        if place.column < len(row.text):
            return rows.offset(row, layout.next_column(place.column))
        following = rows.row(place.row + 1)
        return offset if following is None else following.start
    if place.column > 0:
        return rows.offset(row, layout.previous_column(place.column))
    if row.is_first:
        return max(0, row.start - 1)
    before = rows.row(place.row - 1)
    return offset if before is None else rows.offset(before, max(0, len(before.text) - 1))


def step_word(rows: TextRows, offset: int, forward: bool) -> int:
    """To the beginning of the next word, or of this or the previous one."""
    place = rows.place(offset)
    row = None if place is None else rows.row(place.row)
    if place is None or row is None:
        return offset
    at_edge = place.column == len(row.text) if forward else place.column == 0
    if at_edge:
        return step(rows, offset, forward)
    starts = [found.start() for found in _WORD.finditer(row.text) if not found[0].isspace()]
    if forward:
        column = next((start for start in starts if start > place.column), len(row.text))
    else:
        column = next((start for start in reversed(starts) if start < place.column), 0)
    return rows.offset(row, column)


def word_at(rows: TextRows, offset: int) -> Selection:
    """The word under a byte: what a double click selects."""
    place = rows.place(offset)
    row = None if place is None else rows.row(place.row)
    if place is None or row is None:
        return Selection(offset, offset)
    for found in _WORD.finditer(row.text):
        if found.start() <= place.column < found.end() or found.end() == place.column == len(row.text):
            return Selection(rows.offset(row, found.start()), rows.offset(row, found.end()))
    return Selection(offset, offset)


def line_at(rows: TextRows, offset: int) -> Selection:
    """The whole line with its line break: what a triple click selects. Bytes that aren't here yet end it."""
    start = offset
    while start > 0:
        begin = max(0, start - _LOOK_BYTES)
        part = rows.source.read(begin, start)
        if part is None:
            break
        at = part.rfind(b"\n")
        start = begin if at < 0 else begin + at + 1
        if at >= 0:
            break
    end, size = offset, rows.source.size()
    while end < size:
        part = rows.source.read(end, min(size, end + _LOOK_BYTES))
        if not part:
            break
        at = part.find(b"\n")
        end += len(part) if at < 0 else at + 1
        if at >= 0:
            break
    return Selection(start, end)
