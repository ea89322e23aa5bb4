"""The cache reads pages, keeps few rows, and reads again what changed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from wireyard.gui.timeline.row_cache import PAGE_ROWS, RowCache
from wireyard.gui.timeline.row_index import AllRows, MatchedRows
from wireyard.recording.kinds import RowKind
from wireyard.recording.row import Row


class Source:
    def __init__(self, last_seq: int, gone: Sequence[int] = ()) -> None:
        self.last_seq = last_seq
        self.gone = set(gone)
        self.asked: list[int] = []

    def rows(self, first_seq: int, last_seq: int) -> list[Row]:
        return self.rows_at(range(first_seq, last_seq + 1))

    def rows_at(self, seqs: Sequence[int]) -> list[Row]:
        self.asked.append(len(seqs))
        return [Row(seq, 0, seq, RowKind.MESSAGE) for seq in seqs if seq <= self.last_seq and seq not in self.gone]


def test_one_question_serves_a_page() -> None:
    source = Source(10_000)
    cache, index = RowCache(source), AllRows(1, 10_000)
    assert [cache.get(index, row).seq for row in range(PAGE_ROWS)] == list(range(1, PAGE_ROWS + 1))
    assert source.asked == [PAGE_ROWS]


def test_memory_is_bounded_wherever_one_looks() -> None:
    source = Source(100_000)
    cache, index = RowCache(source, capacity_rows=100), AllRows(1, 100_000)
    for row in range(0, 100_000, 997):
        cache.get(index, row)
    assert sum(cache.peek(seq) is not None for seq in range(1, 100_001)) <= 100


def test_the_growing_end_is_read_only_where_it_is_new() -> None:
    source = Source(40)
    cache, index = RowCache(source), AllRows(1, 40)
    cache.load(index, 35, 39)
    source.last_seq = 44
    index.extend(44)
    cache.load(index, 35, 43)
    assert source.asked == [8, 4]


def test_matches_far_apart_are_asked_for_by_number() -> None:
    source = Source(1_000_000)
    cache, index = RowCache(source), MatchedRows(range(1, 1_000_000, 1_000))
    assert cache.get(index, 5).seq == 5_001
    assert source.asked == [PAGE_ROWS]


def test_a_changed_row_is_read_again() -> None:
    source = Source(10)
    cache, index = RowCache(source), AllRows(1, 10)
    cache.get(index, 4)
    cache.forget([5])
    assert cache.peek(5) is None
    assert cache.get(index, 4).seq == 5


def test_a_record_that_is_gone_raises_and_its_neighbours_do_not() -> None:
    cache, index = RowCache(Source(10, gone=[3])), AllRows(1, 10)
    with pytest.raises(KeyError):
        cache.get(index, 2)
    assert cache.get(index, 3).seq == 4
