"""Which record stands in which row: the arithmetic that lets a table of millions of rows cost nothing to keep.

Without a filter the rows are all numbers of the session but the few hidden ones, so only those are kept. With a filter
the rows are an ordered list of the numbers that matched, eight bytes each. Both answer either way in O(log n).
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from typing import Protocol


class RowIndex(Protocol):
    """Maps rows, counted from 0, to the numbers of records, and back."""

    def __len__(self) -> int: ...

    def seq_at(self, row: int) -> int:
        """The number of the record in ``row``. Raises `IndexError`."""
        ...

    def row_of(self, seq: int) -> int | None:
        """The row of a record, None when it has none."""
        ...

    def nearest_row(self, seq: int) -> int:
        """The row of the last record shown at or before ``seq``; 0 when there is none before it."""
        ...

    def seqs(self, first_row: int, last_row: int) -> Sequence[int]:
        """The numbers in a range of rows, both ends included."""
        ...

    def hide(self, seq: int) -> None:
        """Take away the row of one record that turned out to be none of its own."""
        ...


class AllRows:
    """Every record from ``first_seq`` on but the hidden ones."""

    def __init__(self, first_seq: int = 1, last_seq: int = 0, hidden: Iterable[int] = ()) -> None:
        self._first = first_seq
        self._last = max(last_seq, first_seq - 1)
        self._hidden = array("q", (seq for seq in hidden if first_seq <= seq <= last_seq))

    def __len__(self) -> int:
        return self._last - self._first + 1 - len(self._hidden)

    @property
    def first_seq(self) -> int:
        return self._first

    @property
    def last_seq(self) -> int:
        return self._last

    def extend(self, last_seq: int, hidden: Iterable[int] = ()) -> None:
        """Take in all records up to ``last_seq``.

        ``hidden`` is in ascending order; what lies before the present end or behind the new one is ignored.
        """
        if last_seq > self._last:
            self._hidden.extend(seq for seq in hidden if self._last < seq <= last_seq)
            self._last = last_seq

    def grown_by(self, last_seq: int, hidden: Iterable[int] = ()) -> int:
        """How many rows `extend` would add."""
        if last_seq <= self._last:
            return 0
        return last_seq - self._last - sum(self._last < seq <= last_seq for seq in hidden)

    def hide(self, seq: int) -> None:
        """Take away the row of one record that turned out to be none of its own."""
        if self.row_of(seq) is not None:
            insort(self._hidden, seq)

    def seq_at(self, row: int) -> int:
        if not 0 <= row < len(self):
            raise IndexError(row)
        # The i-th hidden number has (hidden[i] - first - i) shown ones before it, which never falls as i grows.
        hidden, first = self._hidden, self._first
        low, high = 0, len(hidden)
        while low < high:
            middle = (low + high) // 2
            if hidden[middle] - first - middle <= row:
                low = middle + 1
            else:
                high = middle
        return first + row + low

    def row_of(self, seq: int) -> int | None:
        if not self._first <= seq <= self._last:
            return None
        before = bisect_left(self._hidden, seq)
        if before < len(self._hidden) and self._hidden[before] == seq:
            return None
        return seq - self._first - before

    def nearest_row(self, seq: int) -> int:
        seq = min(seq, self._last)
        return max(0, seq - self._first - bisect_right(self._hidden, seq))

    def seqs(self, first_row: int, last_row: int) -> Sequence[int]:
        first, last = self.seq_at(first_row), self.seq_at(last_row)
        if last - first == last_row - first_row:
            return range(first, last + 1)
        start = bisect_left(self._hidden, first)
        stop = bisect_right(self._hidden, last)
        skipped = set(self._hidden[start:stop])
        return [seq for seq in range(first, last + 1) if seq not in skipped]


class MatchedRows:
    """The records that a filter let through, in order."""

    def __init__(self, seqs: Iterable[int] = ()) -> None:
        self._seqs = array("q", seqs)

    def __len__(self) -> int:
        return len(self._seqs)

    def extend(self, seqs: Iterable[int]) -> None:
        """Take in later matches, in ascending order."""
        self._seqs.extend(seqs)

    def hide(self, seq: int) -> None:
        """Take away the row of one record that turned out to be none of its own."""
        row = self.row_of(seq)
        if row is not None:
            del self._seqs[row]

    def seq_at(self, row: int) -> int:
        if row < 0:
            raise IndexError(row)
        return self._seqs[row]

    def row_of(self, seq: int) -> int | None:
        row = bisect_left(self._seqs, seq)
        if row < len(self._seqs) and self._seqs[row] == seq:
            return row
        return None

    def nearest_row(self, seq: int) -> int:
        return max(0, bisect_right(self._seqs, seq) - 1)

    def seqs(self, first_row: int, last_row: int) -> Sequence[int]:
        if not 0 <= first_row <= last_row < len(self._seqs):
            raise IndexError((first_row, last_row))
        return self._seqs[first_row : last_row + 1]
