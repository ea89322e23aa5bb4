"""Lines of any payload: found in slices, cut where they are endless, copied and searched exactly."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.formats import visible
from wireyard.formats.lines import Hit, LineIndex, TextLines

PAYLOADS = st.binary(max_size=300) | st.text("ab\n\r\té\u202e🙂", max_size=200).map(str.encode)


def indexed(data: bytes, piece_bytes: int = 1024, budget_bytes: int = 1 << 20) -> LineIndex:
    lines = LineIndex(data, piece_bytes=piece_bytes)
    while not lines.extend(budget_bytes):
        pass
    return lines


def texts(lines: TextLines) -> list[str]:
    return [lines.text(index) for index in range(lines.line_count)]


def test_lines_are_shown_with_their_controls() -> None:
    lines = indexed(b"a\tb\r\n\n\xff\xe2\x80\xae")
    assert texts(lines) == ["a␉b␍", "", "\\xFF\\u202E"]
    assert [lines.number(index) for index in range(3)] == [1, 2, 3]


def test_an_empty_payload_has_one_empty_line() -> None:
    assert texts(LineIndex(b"")) == [""]
    assert LineIndex(b"").is_complete


def test_a_last_line_feed_begins_an_empty_line() -> None:
    assert texts(indexed(b"a\n")) == ["a", ""]


def test_long_lines_are_cut_between_characters() -> None:
    lines = indexed("ééééé\nab".encode(), piece_bytes=5)
    assert texts(lines) == ["éé", "éé", "é", "ab"]
    assert [lines.number(index) for index in range(4)] == [1, 0, 0, 2]


@given(PAYLOADS, st.integers(8, 40), st.integers(1, 60))
def test_pieces_make_the_payload_whatever_the_slices(data: bytes, piece_bytes: int, budget_bytes: int) -> None:
    lines = indexed(data, piece_bytes, budget_bytes)
    whole = indexed(data, piece_bytes)
    assert texts(lines) == texts(whole)
    rebuilt = ""
    for index in range(lines.line_count):
        number = lines.number(index)
        assert number == whole.number(index)
        rebuilt += ("\n" if index and number else "") + lines.source(index)
        assert lines.span(index)[1] - lines.span(index)[0] <= piece_bytes
    assert visible.encode(rebuilt) == data
    assert max(lines.number(index) for index in range(lines.line_count)) == data.count(b"\n") + 1


@given(PAYLOADS, st.integers(8, 40), st.data())
def test_places_and_offsets_map_both_ways(data: bytes, piece_bytes: int, draw: st.DataObject) -> None:
    lines = indexed(data, piece_bytes)
    offset = draw.draw(st.integers(0, len(data)))
    line, column = lines.place_of(offset)
    assert 0 <= column <= len(lines.text(line)) or data[offset - 1 : offset] == b"\n"
    line = draw.draw(st.integers(0, lines.line_count - 1))
    start, end = lines.span(line)
    for column in range(len(lines.text(line)) + 1):
        assert start <= lines.offset_of(line, column) <= end
    assert lines.offset_of(line, 0) == start


@given(PAYLOADS, st.integers(8, 40))
def test_copying_everything_gives_the_text(data: bytes, piece_bytes: int) -> None:
    lines = indexed(data, piece_bytes)
    last = lines.line_count - 1
    everything = lines.copy((0, 0), (last, len(lines.text(last))))
    assert everything == data.decode("utf-8", "replace") or "\ufffd" in everything


def test_copying_gives_what_stands_behind_the_pictures() -> None:
    lines = indexed("a\tb\n\u202ec\nd".encode())
    assert lines.copy((0, 1), (1, 6)) == "\tb\n\u202e"
    assert lines.copy((1, 6), (0, 1)) == "\tb\n\u202e"


@given(PAYLOADS, st.sampled_from(["a", "B", "ab", "É", "é\té", "\u202e", "🙂"]), st.booleans())
def test_finding_agrees_with_a_search_of_the_text(data: bytes, needle: str, match_case: bool) -> None:
    lines = LineIndex(data)
    hits = [hit for part in lines.find(needle, match_case=match_case) for hit in part]
    pattern = re.compile(re.escape(needle), 0 if match_case else re.IGNORECASE)
    wanted = list(pattern.finditer(visible.decode(data)))
    assert len(hits) == len(wanted)
    for hit, match in zip(hits, wanted, strict=True):
        shown = lines.text(hit.line)[hit.column : hit.column + hit.length]
        assert shown == visible.show(match.group())


def test_finding_crosses_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wireyard.formats.lines._SEARCH_BYTES", 4)
    for needle in ("abc", "ÄBC"):
        data = needle.encode() * 50
        hits = [hit for part in LineIndex(data).find(needle.lower()) for hit in part]
        assert hits == [Hit(0, 3 * index, 3) for index in range(50)]


def test_finding_stops_when_cancelled_or_at_its_limit() -> None:
    lines = LineIndex(b"a" * 1000)
    assert list(lines.find("a", cancelled=lambda: True)) == []
    assert sum(map(len, lines.find("a", limit=10))) == 10
    assert list(lines.find("")) == []


def test_work_stops_when_cancelled() -> None:
    lines = LineIndex(b"a\n" * 5_000_000)
    assert not lines.complete(lambda: True)
    assert lines.complete()
    assert lines.line_count == 5_000_001
