"""Rows: cut the same way from any remembered place, whatever the text is, and cheap in memory."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from wireyard.formats.visible import decode, encode
from wireyard.gui.inspector.rows import STRIDE, Row, RowIndex
from wireyard.gui.inspector.shown import show
from wireyard.gui.inspector.source import MemorySource

_TEXT = st.lists(
    st.one_of(
        st.sampled_from(
            [b"\n", b"\t", b"\xff", b"\x00", b"\r\n", b"a" * 50, "漢字".encode(), "é".encode(), "👩‍💻".encode()]
        ),
        st.binary(max_size=20),
    ),
    max_size=60,
).map(b"".join)


def _index(data: bytes, columns: int, step: int) -> RowIndex:
    index = RowIndex(columns)
    for start in range(0, len(data), step):
        index.feed(data[start : start + step])
    index.feed(b"", last=True)
    return index


def _rows(index: RowIndex, data: bytes) -> list[Row]:
    source = MemorySource(data)
    rows = [index.row(number, source) for number in range(index.row_count)]
    return [row for row in rows if row is not None]


@given(_TEXT, st.integers(8, 40), st.integers(1, 200))
@settings(max_examples=300, deadline=None)
def test_rows_hold_every_byte_once_however_the_text_arrives(data: bytes, columns: int, step: int) -> None:
    index = _index(data, columns, step)
    rows = _rows(index, data)

    assert len(rows) == index.row_count
    assert index.line_count == data.count(b"\n") + 1
    joined = b""
    for number, row in enumerate(rows):
        if number:
            joined += b"\n" if row.is_first else b""
        assert row.start == len(joined)
        assert encode(row.text) == data[row.start : row.end]
        joined += data[row.start : row.end]
    assert joined == data
    assert rows == _rows(_index(data, columns, len(data) + 1), data)


@given(_TEXT, st.integers(8, 40))
@settings(max_examples=100, deadline=None)
def test_a_row_is_found_by_any_of_its_bytes(data: bytes, columns: int) -> None:
    index = _index(data, columns, 64)
    source = MemorySource(data)
    for number, row in enumerate(_rows(index, data)):
        for offset in {row.start, max(row.start, row.end - 1)}:
            assert index.row_at(offset, source) == number


def test_an_empty_text_has_one_empty_row() -> None:
    index = _index(b"", 80, 1)

    assert (index.row_count, index.line_count) == (1, 1)
    assert index.row(0, MemorySource(b"")) == Row(0, 0, 0, True, "")


def test_one_endless_line_is_cut_at_the_columns_and_stays_one_line() -> None:
    data = b"x" * 100_000
    index = _index(data, 100, 4096)

    assert (index.row_count, index.line_count) == (1000, 1)
    assert index.row(999, MemorySource(data)) == Row(99_900, 100_000, 0, False, "x" * 100)


def test_wide_characters_take_two_cells() -> None:
    data = "漢".encode() * 30
    rows = _rows(_index(data, 20, 7), data)

    assert [len(row.text) for row in rows] == [10, 10, 10]


def test_a_text_of_line_breaks_only_remembers_few_places() -> None:
    index = _index(b"\n" * 64_000, 80, 8192)

    assert index.row_count == 64_001
    assert len(index._starts) == 64_001 // STRIDE + 1


def test_what_cannot_be_seen_is_drawn_as_an_escape() -> None:
    text = decode(b"a\xff\x00\t" + "\u202e\u200bé👍".encode())
    shown = show(text, bool)

    assert shown.text == "a\\xFF\u2400  \\u202E\\u200Bé👍"
    assert len(shown.columns) == len(text) + 1
    assert shown.columns[-1] == len(shown.text) + 1  # the emoji is two UTF-16 units
    assert [mark.role for mark in shown.marks] == ["err", "text.3", "text.3", "text.3"]


def test_lone_surrogates_survive_as_their_bytes() -> None:
    assert encode(decode(b"\xed\xa0\x80")) == b"\xed\xa0\x80"
    assert show(decode(b"\xed\xa0\x80"), bool).text == "\\xED\\xA0\\x80"


def test_controls_are_spelled_where_no_font_has_their_pictures() -> None:
    shown = show("a\0b\r\x1b", lambda picture: picture == "␛")

    assert shown.text == "a\\0b\\r␛"
    assert shown.columns == [0, 1, 3, 4, 6, 7]
    assert [(mark.start, mark.end) for mark in shown.marks] == [(1, 3), (4, 6), (6, 7)]
