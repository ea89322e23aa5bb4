"""Cuts a text of any size into rows that a view can draw, and remembers only every thirty-second of them.

A row is a line, or a piece of a line too long to be drawn at once (a payload of 10 MB may be one line). Where a row is
cut depends only on the bytes that follow its beginning, so any row can be found again from the nearest remembered one,
and a text of nothing but line breaks costs no more memory than any other.

A worker feeds the index while the view already uses it: the arrays grow before the counts do.
"""

from __future__ import annotations

import bisect
from array import array
from collections import OrderedDict
from itertools import accumulate, islice
from typing import NamedTuple

from wireyard.formats.visible import decode, encode
from wireyard.gui.inspector.shown import TAB_CELLS, columns_fitting
from wireyard.gui.inspector.source import ByteSource

STRIDE = 32
MAX_COLUMNS = 1000
_KEPT_BLOCKS = 48
# A character takes up to four bytes; what takes no cell at all must not make a row endless.
_BYTES_PER_COLUMN = 4


class Row(NamedTuple):
    """One row: its bytes from ``start`` up to ``end`` (without the line break), and the line it belongs to, from 0."""

    start: int
    end: int
    line: int
    is_first: bool
    text: str


class RowIndex:
    """The rows of one text, cut at ``columns`` cells."""

    def __init__(self, columns: int = MAX_COLUMNS) -> None:
        self.columns = max(8, min(columns, MAX_COLUMNS))
        self.row_count = 0
        self.line_count = 0
        self.widest = 0
        self.is_complete = False
        self._starts = array("Q")
        self._lines = array("Q")
        self._window = self.columns * _BYTES_PER_COLUMN
        self._tail = b""
        self._at = 0
        self._line = 0
        self._is_first = True
        self._blocks: OrderedDict[int, list[Row]] = OrderedDict()

    @property
    def indexed_bytes(self) -> int:
        """How far the text has been cut."""
        return self._at

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        """Cut the next bytes of the text; ``last`` says that nothing follows."""
        data = self._tail + chunk
        pieces = data.split(b"\n")
        rest = pieces.pop()
        if pieces:
            self._add_lines(pieces, b"\t" in data)
        self._tail = self._cut_open_line(rest)
        if last:
            self._add_lines([self._tail], b"\t" in self._tail)
            self._at -= 1  # no line break follows the last line
            self._tail = b""
            self.is_complete = True

    def row(self, number: int, source: ByteSource) -> Row | None:
        """The row ``number``, or ``None`` while its bytes are on their way."""
        block = self.block(number // STRIDE, source)
        if block is None:
            return None
        within = number % STRIDE
        return block[within] if within < len(block) else None

    def row_at(self, offset: int, source: ByteSource) -> int | None:
        """The number of the row that holds the byte at ``offset``, or ``None`` while that can't be told."""
        number = max(0, bisect.bisect_right(self._starts, offset) - 1)
        block = self.block(number, source)
        if not block:
            return None
        within = bisect.bisect_right(block, offset, key=lambda row: row.start) - 1
        return number * STRIDE + max(0, within)

    def nearest_row(self, offset: int) -> int:
        """A row at most thirty-two before the one that holds ``offset``: for jumps before the bytes are here."""
        return max(0, bisect.bisect_right(self._starts, offset) - 1) * STRIDE

    def block(self, number: int, source: ByteSource) -> list[Row] | None:
        """The thirty-two rows from row ``32 * number`` on."""
        block = self._blocks.get(number)
        if block is not None:
            self._blocks.move_to_end(number)
            return block
        if number >= len(self._starts):
            return None
        is_whole = number + 1 < len(self._starts)
        start = self._starts[number]
        # A row's cut may depend on what follows it, as far as one row can reach.
        end = (self._starts[number + 1] if is_whole else self._at) + self._window
        data = source.read(start, min(end, source.size()))
        if data is None:
            return None
        block = self._cut_block(number, data, is_whole)
        if is_whole or self.is_complete:
            self._blocks[number] = block
            while len(self._blocks) > _KEPT_BLOCKS:
                self._blocks.popitem(last=False)
        return block

    def _add_lines(self, lines: list[bytes], has_tabs: bool) -> None:
        sizes = [_cells_at_most(line) for line in lines] if has_tabs else list(map(len, lines))
        longest = max(sizes)
        if self._is_first and longest <= self.columns:
            self._add_short_lines(lines, longest)
            return
        for line, cells in zip(lines, sizes, strict=True):
            if cells <= self.columns:
                self._add_row(len(line), cells)
            else:
                self._add_long_line(line)
            self._end_line()

    def _add_long_line(self, line: bytes) -> None:
        at = 0
        if _is_even(line):
            count = (len(line) - 1) // self.columns
            self._add_even_rows(count)
            at = count * self.columns
        while (cut := cut_at(line, self.columns, at)) < len(line) - at:
            self._add_row(cut, self.columns)
            self._is_first = False
            at += cut
        self._add_row(len(line) - at, min(self.columns, len(line) - at))

    def _add_short_lines(self, lines: list[bytes], longest: int) -> None:
        steps = [len(line) + 1 for line in lines]
        first = -self.row_count % STRIDE
        starts = accumulate(steps, initial=self._at)
        self._lines.extend(number << 1 | 1 for number in range(self._line + first, self._line + len(steps), STRIDE))
        self._starts.extend(islice(starts, first, len(steps), STRIDE))
        self._at += sum(steps)
        self._line += len(steps)
        self.widest = max(self.widest, longest)
        self.line_count = self._line
        self.row_count += len(steps)

    def _add_even_rows(self, count: int) -> None:
        """Add rows of one line that are all ``columns`` bytes long."""
        if count <= 0:
            return
        first = -self.row_count % STRIDE
        inner = self._line << 1
        marks = array("Q", [inner]) * len(range(first, count, STRIDE))
        if first == 0:
            marks[0] = inner | self._is_first
        self._lines.extend(marks)
        end = self._at + count * self.columns
        self._starts.extend(range(self._at + first * self.columns, end, STRIDE * self.columns))
        self._at = end
        self._is_first = False
        self.widest = max(self.widest, self.columns)
        self.line_count = self._line + 1
        self.row_count += count

    def _add_row(self, size: int, cells: int) -> None:
        if self.row_count % STRIDE == 0:
            self._lines.append(self._line << 1 | self._is_first)
            self._starts.append(self._at)
        self._at += size
        self.widest = max(self.widest, cells)
        self.row_count += 1

    def _end_line(self) -> None:
        self._at += 1
        self._line += 1
        self._is_first = True
        self.line_count = self._line

    def _cut_open_line(self, rest: bytes) -> bytes:
        """Cut rows off a line whose end has not come yet; give back what must wait for more bytes."""
        at = 0
        if len(rest) > self._window and _is_even(rest):
            count = (len(rest) - self._window - 1) // self.columns + 1
            self._add_even_rows(count)
            at = count * self.columns
        while len(rest) - at > self._window:
            cut = cut_at(rest, self.columns, at)
            self._add_row(cut, self.columns)
            self._is_first = False
            self.line_count = self._line + 1
            at += cut
        return rest[at:]

    def _cut_block(self, number: int, data: bytes, is_whole: bool) -> list[Row]:
        start, mark = self._starts[number], self._lines[number]
        line, is_first = mark >> 1, bool(mark & 1)
        rows: list[Row] = []
        wanted = STRIDE if is_whole else self.row_count - number * STRIDE
        for piece in data.split(b"\n"):
            if len(rows) >= wanted:
                break
            at = 0
            while len(rows) < wanted:
                cut = cut_at(piece, self.columns, at)
                rows.append(Row(start, start + cut, line, is_first, decode(piece[at : at + cut])))
                start += cut
                is_first = False
                at += cut
                if at == len(piece):
                    break
            start += 1
            line += 1
            is_first = True
        return rows


def cut_at(line: bytes, columns: int, at: int = 0) -> int:
    """How many bytes of ``line`` from ``at`` on make one row. What lies far behind is not looked at."""
    window = line[at : at + columns * _BYTES_PER_COLUMN]
    left = len(line) - at
    if _cells_at_most(window[: columns + 1]) <= columns:
        return left
    if window.isascii() and b"\t" not in window[:columns]:
        return min(columns, left)
    text = decode(window)
    fitting = columns_fitting(text, columns)
    if fitting == len(text) and len(window) < left:
        fitting = _whole_characters(text, window)
    return len(encode(text[:fitting]))


def _is_even(line: bytes) -> bool:
    """Whether every row of a line takes as many bytes as columns."""
    return line.isascii() and b"\t" not in line


def _cells_at_most(line: bytes) -> int:
    # Text is never wider in cells than in bytes, but for tabs and for the escapes of what can't be seen. Those are
    # rare, and may make a row stick out.
    return len(line) + line.count(b"\t") * (TAB_CELLS - 1)


def _whole_characters(text: str, window: bytes) -> int:
    """Leave a character for the next row when the window's edge goes through it."""
    tail = window[-3:]
    for back in range(1, len(tail) + 1):
        lead = tail[-back]
        if lead >= 0xC0:
            needed = 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
            return len(text) - back if needed > back else len(text)
        if lead < 0x80:
            break
    return len(text)
