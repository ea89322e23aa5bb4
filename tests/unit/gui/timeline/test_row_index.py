"""Rows and numbers map to each other as a plain list would say, whatever is hidden and however it grows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.gui.timeline.row_index import AllRows, MatchedRows


@st.composite
def sessions(draw: st.DrawFn) -> tuple[int, int, list[int]]:
    first = draw(st.integers(1, 50))
    last = draw(st.integers(first - 1, first + 200))
    numbers = list(range(first, last + 1))
    hidden = draw(st.lists(st.sampled_from(numbers), unique=True)) if numbers else []
    return first, last, sorted(hidden)


@given(sessions())
def test_rows_are_all_numbers_but_the_hidden_ones(session: tuple[int, int, list[int]]) -> None:
    first, last, hidden = session
    expected = [seq for seq in range(first, last + 1) if seq not in set(hidden)]
    index = AllRows(first, last, hidden)
    assert len(index) == len(expected)
    assert [index.seq_at(row) for row in range(len(index))] == expected
    assert [index.row_of(seq) for seq in expected] == list(range(len(expected)))
    assert all(index.row_of(seq) is None for seq in (*hidden, first - 1, last + 1))
    if expected:
        assert list(index.seqs(0, len(expected) - 1)) == expected


@given(sessions(), st.integers(0, 260))
def test_nearest_row_is_the_last_one_shown_at_or_before(session: tuple[int, int, list[int]], seq: int) -> None:
    first, last, hidden = session
    expected = [seq for seq in range(first, last + 1) if seq not in set(hidden)]
    before = [row for row, shown in enumerate(expected) if shown <= seq]
    wanted = before[-1] if before else 0
    assert AllRows(first, last, hidden).nearest_row(seq) == wanted
    assert MatchedRows(expected).nearest_row(seq) == wanted


@given(sessions(), st.data())
def test_growing_gives_the_same_as_starting_with_all(session: tuple[int, int, list[int]], data: st.DataObject) -> None:
    first, last, hidden = session
    index = AllRows(first)
    at = first - 1
    while at < last:
        to = data.draw(st.integers(at + 1, last))
        new = [seq for seq in hidden if at < seq <= to]
        before = len(index)
        expected_growth = index.grown_by(to, new)
        index.extend(to, new)
        assert len(index) - before == expected_growth
        at = to
    assert [index.seq_at(row) for row in range(len(index))] == [
        AllRows(first, last, hidden).seq_at(row) for row in range(len(index))
    ]


@given(sessions(), st.data())
def test_hiding_takes_away_one_row(session: tuple[int, int, list[int]], data: st.DataObject) -> None:
    first, last, hidden = session
    expected = [seq for seq in range(first, last + 1) if seq not in set(hidden)]
    if not expected:
        return
    gone = data.draw(st.sampled_from(expected))
    expected.remove(gone)
    for index in (
        AllRows(first, last, hidden),
        MatchedRows([*expected, gone] if expected[-1:] < [gone] else sorted([*expected, gone])),
    ):
        index.hide(gone)
        index.hide(gone)
        assert [index.seq_at(row) for row in range(len(index))] == expected


def test_what_is_behind_the_end_already_is_ignored() -> None:
    index = AllRows(1, 10, [4])
    index.extend(10, [5])
    index.extend(8, [6])
    assert len(index) == 9
    index.extend(12, [4, 11])
    assert len(index) == 10


@pytest.mark.parametrize("index", [AllRows(1, 3), MatchedRows([1, 2, 3])])
def test_a_row_that_is_not_there_raises(index: AllRows | MatchedRows) -> None:
    for row in (-1, 3):
        with pytest.raises(IndexError):
            index.seq_at(row)


def test_matches_keep_their_numbers() -> None:
    index = MatchedRows([3, 9])
    index.extend([12, 40])
    assert [index.seq_at(row) for row in range(4)] == [3, 9, 12, 40]
    assert (index.row_of(12), index.row_of(13)) == (2, None)
    assert list(index.seqs(1, 2)) == [9, 12]


def test_a_dense_part_is_a_range() -> None:
    assert isinstance(AllRows(1, 5_000_000, [7]).seqs(10, 4_999_000), range)
