"""Pretty lines that are made when looked at are the lines that are made all at once."""

from __future__ import annotations

import json
import random

from hypothesis import given
from hypothesis import strategies as st

from wireyard.formats.json_lines import MAX_DEPTH, JsonLines
from wireyard.formats.json_text import beautify
from wireyard.formats.lines import LineIndex, TextLines


def texts(lines: TextLines) -> list[str]:
    lines.complete()
    return [lines.text(index) for index in range(lines.line_count)]


def numbers(lines: TextLines) -> list[int]:
    return [lines.number(index) for index in range(lines.line_count)]


def document(rows: int) -> bytes:
    draw = random.Random(rows)
    value = [
        {"id": f"é{row}", "deep": [[row] * draw.randint(0, 40)], "s": "x" * draw.randint(0, 99)} for row in range(rows)
    ]
    return json.dumps(value, ensure_ascii=False).encode()


def test_blocks_make_the_same_lines_in_any_order() -> None:
    data = document(2000)
    lines = JsonLines(data)
    lines.complete()
    wanted = beautify(data.decode()).split("\n")
    assert lines.line_count == len(wanted)
    order = list(range(0, len(wanted), 97))
    random.Random(1).shuffle(order)
    assert [lines.text(index) for index in order] == [wanted[index] for index in order]
    assert [lines.number(index) for index in order] == [index + 1 for index in order]
    assert lines.note == ""


def test_the_first_lines_are_there_before_the_rest() -> None:
    lines = JsonLines(document(5000))
    assert not lines.extend(1)
    assert lines.text(0) == "["
    assert 10 < lines.line_count < 5000


def test_long_texts_are_cut_into_pieces() -> None:
    lines = JsonLines(json.dumps({"a": "é" * 60, "b": 1}, ensure_ascii=False).encode(), piece_bytes=50)
    assert len(texts(lines)) == 6
    assert numbers(lines) == [1, 2, 0, 0, 3, 4]
    last = lines.line_count - 1
    assert lines.copy((0, 0), (last, 1)) == beautify(json.dumps({"a": "é" * 60, "b": 1}, ensure_ascii=False))


def test_after_a_fault_the_rest_is_shown_as_it_came() -> None:
    lines = JsonLines(b'{"a": [1, 2], "b": oops,\n "c": 3}')
    assert texts(lines) == ["{", '  "a": [1, 2],', '"b": oops,', ' "c": 3}']
    assert numbers(lines) == [1, 2, 3, 4]
    assert "column 15" in lines.note


def test_a_torn_document_keeps_what_is_there() -> None:
    lines = JsonLines(b'{"a": [1, {"b": 2}')
    assert texts(lines) == ["{", '  "a": [', "    1,", '    { "b": 2 }']
    assert lines.note


def test_depth_is_bounded() -> None:
    lines = JsonLines(b"[" * 200_000)
    lines.complete()
    assert lines.line_count < MAX_DEPTH + 20_000
    assert "nested deeper" in lines.note


@given(st.text('{}[],:"1a \n', max_size=60))
def test_nothing_is_lost_of_any_text(text: str) -> None:
    lines = JsonLines(text.encode())
    shown = "".join(texts(lines))
    assert "".join(shown.split()) == "".join(text.split())


@given(
    st.sampled_from(["id", "é1", "x", "\\u", "1, 1", "[", "ID"]),
    st.booleans(),
    st.sampled_from([document(40), document(900)]),
)
def test_finding_agrees_with_the_lines(needle: str, match_case: bool, data: bytes) -> None:
    lines = JsonLines(data)
    hits = [hit for part in lines.find(needle, match_case=match_case, limit=10**9) for hit in part]
    plain = LineIndex("\n".join(texts(lines)).encode())
    assert hits == [hit for part in plain.find(needle, match_case=match_case, limit=10**9) for hit in part]


def test_finding_goes_on_behind_a_fault() -> None:
    lines = JsonLines(b'{"needle": 1, "b": oops,\n "needle": 3}')
    hits = [hit for part in lines.find("needle") for hit in part]
    assert [lines.text(hit.line)[hit.column :][: hit.length] for hit in hits] == ["needle", "needle"]
