"""Finds the next or previous row of a kind, off the window's thread: the same direction, or trouble."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wireyard.domain.event import Closed
from wireyard.domain.frame import Direction
from wireyard.gui.timeline.overdue import is_waiting_for_pong, overdue_in_ns
from wireyard.gui.timeline.reader_thread import IsCancelled
from wireyard.recording.kinds import RowKind
from wireyard.recording.reader import SessionReader
from wireyard.recording.row import Row
from wireyard.recording.search import RowFilter, search

_FIRST_WINDOW = 500
_LAST_WINDOW = 32_000
_ROWS_WINDOW = 2_000


@dataclass(frozen=True, slots=True)
class Seek:
    """Look beyond ``from_seq`` as far as ``end_seq`` for a ``direction``, or for trouble when it is None."""

    from_seq: int
    end_seq: int
    direction: Direction | None
    row_filter: RowFilter | None = None


def find(reader: SessionReader, seek: Seek, is_cancelled: IsCancelled) -> int | None:
    """The number of the nearest such row, None when there is none."""
    is_forward = seek.end_seq >= seek.from_seq
    for first, last in _windows(seek, is_forward):
        if is_cancelled():
            return None
        found = _in_window(reader, seek, first, last, is_cancelled)
        if found:
            return found[0] if is_forward else found[-1]
    return None


def is_trouble(row: Row) -> bool:
    """Whether a row tells that something went wrong."""
    if row.failed or row.fault or row.kind in (RowKind.ERROR, RowKind.LOST):
        return True
    if isinstance(row.detail, Closed):
        return row.detail.code not in (1000, 1001, 1005)
    return is_waiting_for_pong(row) and overdue_in_ns(row, row.ts_ns) == 0


def _in_window(reader: SessionReader, seek: Seek, first: int, last: int, is_cancelled: IsCancelled) -> list[int]:
    if seek.direction is None:
        return [row.seq for row in reader.rows(first, last) if is_trouble(row)]
    text = seek.row_filter or RowFilter()
    wanted = RowFilter(text=text.text, match_case=text.match_case, direction=seek.direction)
    return [seq for seqs in search(reader, wanted, first, last, is_cancelled) for seq in seqs]


def _windows(seek: Seek, is_forward: bool) -> Iterator[tuple[int, int]]:
    """Ranges of numbers from near to far, growing where looking is cheap."""
    size = _ROWS_WINDOW if seek.direction is None else _FIRST_WINDOW
    at = seek.from_seq
    while (at < seek.end_seq) if is_forward else (at > seek.end_seq):
        if is_forward:
            yield at + 1, min(seek.end_seq, at + size)
            at += size
        else:
            yield max(seek.end_seq, at - size), at - 1
            at -= size
        if seek.direction is not None:
            size = min(_LAST_WINDOW, size * 2)
