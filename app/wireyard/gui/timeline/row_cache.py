"""The rows that are on screen or were lately: a few pages of a recording that may hold millions."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Protocol

from wireyard.gui.timeline.row_index import RowIndex
from wireyard.recording.row import Row

PAGE_ROWS = 32
CAPACITY_ROWS = 1_000


class RowSource(Protocol):
    """The part of a session reader that the timeline's rows come from."""

    def rows(self, first_seq: int, last_seq: int) -> list[Row]: ...

    def rows_at(self, seqs: Sequence[int]) -> list[Row]: ...


class RowCache:
    """Least recently used rows by number. A page is read at once, as the rows around one are wanted next."""

    def __init__(self, source: RowSource, capacity_rows: int = CAPACITY_ROWS) -> None:
        self._source = source
        self._capacity_rows = capacity_rows
        self._rows: OrderedDict[int, Row] = OrderedDict()

    def get(self, index: RowIndex, row: int) -> Row:
        """The row at a place of the index, read with its page when it isn't here. Raises `KeyError` if it is gone."""
        seq = index.seq_at(row)
        found = self._rows.get(seq)
        if found is None:
            self.load(index, row, row)
            return self._rows[seq]
        self._rows.move_to_end(seq)
        return found

    def peek(self, seq: int) -> Row | None:
        """The row of a record if it is here."""
        return self._rows.get(seq)

    def load(self, index: RowIndex, first_row: int, last_row: int) -> None:
        """Have these rows and the rest of their pages here, with one question to the recording."""
        first_row -= first_row % PAGE_ROWS
        last_row = min(len(index) - 1, last_row - last_row % PAGE_ROWS + PAGE_ROWS - 1)
        if last_row < first_row:
            return
        seqs = index.seqs(first_row, last_row)
        missing = [seq for seq in seqs if seq not in self._rows]
        if not missing:
            return
        # Matches of a filter lie apart; rows in a row are one range of the table, which is the cheapest question.
        is_dense = missing[-1] - missing[0] < 2 * len(missing)
        rows = self._source.rows(missing[0], missing[-1]) if is_dense else self._source.rows_at(missing)
        for row in rows:
            self._rows[row.seq] = row
        for seq in seqs:
            if seq in self._rows:
                self._rows.move_to_end(seq)
        while len(self._rows) > max(self._capacity_rows, len(seqs)):
            self._rows.popitem(last=False)

    def clear(self) -> None:
        """All rows look different now."""
        self._rows.clear()

    def forget(self, seqs: Iterable[int]) -> None:
        """These rows look different now: read them again when they are wanted."""
        for seq in seqs:
            self._rows.pop(seq, None)
