"""One text as rows: ties bytes, row index, layouts and colours together, with the few rows on screen kept ready."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from wireyard.formats.visible import encode
from wireyard.gui.inspector.row_layout import RowLayout, Run, make_layout
from wireyard.gui.inspector.rows import Row, RowIndex
from wireyard.gui.inspector.source import ByteSource
from wireyard.gui.theme.look import Look

Highlight = Callable[[Row, "TextRows"], Sequence[Run]]
"""Gives the colours of one row; it may look at others."""

_KEPT_ROWS = 400


class Place(NamedTuple):
    """A row and a column in it."""

    row: int
    column: int


class _Ready(NamedTuple):
    layout: RowLayout
    runs: Sequence[Run]


class TextRows:
    """The rows of one source, cut by one index."""

    def __init__(self, look: Look, source: ByteSource, index: RowIndex, highlight: Highlight | None) -> None:
        self.source = source
        self.index = index
        self._look = look
        self._highlight = highlight
        self._ready: OrderedDict[int, _Ready] = OrderedDict()

    def row(self, number: int) -> Row | None:
        """The row, or ``None`` while its bytes are on their way."""
        if not 0 <= number < self.index.row_count:
            return None
        return self.index.row(number, self.source)

    def layout(self, row: Row) -> RowLayout:
        return self._prepare(row).layout

    def runs(self, row: Row) -> Sequence[Run]:
        return self._prepare(row).runs

    def set_highlight(self, highlight: Highlight | None) -> None:
        """Colour the rows otherwise."""
        self._highlight = highlight
        self._ready.clear()

    def offset(self, row: Row, column: int) -> int:
        """The byte at a column."""
        if len(row.text) == row.end - row.start:
            return row.start + column
        return row.start + len(encode(row.text[:column]))

    def column(self, row: Row, offset: int) -> int:
        """The column of a byte; inside a character, the character's own."""
        within = max(0, min(offset, row.end) - row.start)
        if len(row.text) == row.end - row.start:
            return within
        return len(encode(row.text)[:within].decode("utf-8", "surrogateescape"))

    def place(self, offset: int) -> Place | None:
        """The row and column of a byte, or ``None`` while its row is on its way or not cut yet."""
        number = self.index.row_at(offset, self.source)
        row = None if number is None else self.row(number)
        if number is None or row is None:
            return None
        return Place(number, self.column(row, offset))

    def row_with(self, offset: int) -> Row | None:
        """The row of a byte, or ``None`` while it is on its way or not cut yet."""
        number = self.index.row_at(offset, self.source)
        return None if number is None else self.row(number)

    def end_of(self, number: int, row: Row) -> int:
        """Where End goes: behind the last character, but not onto the next row when the line goes on there."""
        following = self.row(number + 1)
        if following is None or following.is_first:
            return row.end
        return self.offset(row, max(0, len(row.text) - 1))

    def _prepare(self, row: Row) -> _Ready:
        ready = self._ready.get(row.start)
        if ready is None:
            runs = self._highlight(row, self) if self._highlight is not None else ()
            ready = self._ready[row.start] = _Ready(make_layout(row.text, self._look), runs)
            while len(self._ready) > _KEPT_ROWS:
                self._ready.popitem(last=False)
        else:
            self._ready.move_to_end(row.start)
        return ready
