"""Colours for the lines on the screen."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.formats.highlight import Language, highlight, styled_lines
from wireyard.formats.json_tokens import begins_inside_string
from wireyard.formats.lines import LineIndex
from wireyard.formats.runs import Run, overlay


def coloured(line: str, language: Language, before: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    (runs,) = highlight([line], language, before)
    return [(line[start : start + size], role) for start, size, role in runs]


def test_json_strings_before_colons_are_keys() -> None:
    assert coloured('  "a\\"b" : "c",', "json") == [
        ('"a\\"b"', "key"),
        (":", "punct"),
        ('"c"', "string"),
        (",", "punct"),
    ]


def test_xml_tags_attributes_and_texts() -> None:
    found = coloured('<a b="c">x &amp; y</a>', "xml")
    assert ("<a", "key") in found
    assert ('"c"', "string") in found
    assert ("&amp;", "literal") in found


def test_a_comment_begun_above_is_known() -> None:
    assert coloured("still a comment -->", "xml", ("<a><!-- a comment",))[0][1] == "punct"


def test_html_is_coloured() -> None:
    assert ("p", "key") in coloured("<p class='x'>hi</p>", "html") or ("<p", "key") in coloured("<p>", "html")


def test_text_has_no_colours() -> None:
    assert coloured('{"a":1}', "text") == []


@pytest.mark.parametrize(
    ("piece", "inside"),
    [
        ('rest of a text", "next": 1', True),
        ('"begins": 1, "b": "c"', False),
        ('1, 2, "a", 3', False),
        ("1,2,3,4", False),
        ("QUJDREVGR0g", True),
        ('x"}, {"a": 1', True),
        (' "key": "v', False),
        ('\\"quoted\\" words", "b": 1', True),
    ],
)
def test_a_piece_of_a_line_is_guessed_to_begin_inside_a_text(piece: str, inside: bool) -> None:
    assert begins_inside_string(piece) is inside


def test_lines_are_styled_with_what_is_unseen_marked() -> None:
    lines = LineIndex(b'{\n "a\xe2\x80\xae": 1}')
    lines.complete()
    first, second = styled_lines(lines, 0, 99, "json")
    assert (first.text, first.number) == ("{", 1)
    assert second.text == ' "a\\u202E": 1}'
    assert (3, 6, "invisible") in second.runs


def test_a_megabyte_on_one_line_is_styled_piece_by_piece() -> None:
    lines = LineIndex(b'["' + b"a" * 1_000_000 + b'"]')
    lines.complete()
    styled = styled_lines(lines, 500, 50, "json")
    assert all(line.runs == ((0, len(line.text), "string"),) for line in styled)


RUNS = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 5)), max_size=6)


@given(RUNS, RUNS)
def test_marks_lie_over_runs(gaps: list[tuple[int, int]], marks: list[tuple[int, int]]) -> None:
    def placed(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
        at, out = 0, list[tuple[int, int]]()
        for gap, size in pairs:
            out.append((at + gap, size))
            at += gap + size
        return out

    def painted(*layers: list[Run]) -> dict[int, str]:
        return {at: role for layer in layers for start, size, role in layer for at in range(start, start + size)}

    under: list[Run] = [(start, size, "string") for start, size in placed(gaps)]
    over: list[Run] = [(start, size, "invisible") for start, size in placed(marks)]
    result = list(overlay(under, placed(marks)))
    assert painted(result) == painted(under, over)
    assert all(a[0] + a[1] <= b[0] for a, b in pairwise(result))
