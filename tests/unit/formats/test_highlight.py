"""Colours for a stretch of markup: the same as in the middle of the whole."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.formats.highlight import Language, MarkupHighlighter
from wireyard.formats.json_tokens import begins_inside_string, json_runs
from wireyard.formats.runs import Run, overlay

_XML = MarkupHighlighter("xml")
_HTML = MarkupHighlighter("html")


def coloured(text: str, highlighter: MarkupHighlighter, before: str = "") -> list[tuple[str, str]]:
    return [(text[start : start + size], role) for start, size, role in highlighter.runs(text, before)]


def test_json_strings_before_colons_are_keys() -> None:
    line = '  "a\\"b" : "c",'
    assert [(line[start : start + size], role) for start, size, role in json_runs(line)] == [
        ('"a\\"b"', "key"),
        (":", "punct"),
        ('"c"', "string"),
        (",", "punct"),
    ]


def test_xml_tags_attributes_and_texts() -> None:
    assert coloured('<a b="c">x &amp; y</a>', _XML) == [
        ("<a", "key"),
        ("b=", "literal"),
        ('"c"', "string"),
        (">", "key"),
        ("&amp;", "literal"),
        ("</a>", "key"),
    ]


def test_html_scripts_are_in_their_own_language() -> None:
    found = coloured("<p class='x'>hi<script>var x = 1;</script>", _HTML)
    assert ("'x'", "string") in found
    assert ("var", "literal") in found
    assert ("1", "number") in found


@pytest.mark.parametrize(
    ("before", "text", "first"),
    [
        ("<a><!-- a comment", "still <b> one -->", ("still <b> one -->", "punct")),
        ("<a><!-- a comment", "and on <b>", ("and on <b>", "punct")),
        ('<a b="x', 'y" c="z">', ('y"', "string")),
        ("<a b='x", "y' c='z'>", ("y'", "string")),
        ("<a b='x'", 'c="z">', ("c=", "literal")),
        ("<a><![CDATA[x", "<b>]]>", ("<b>]]>", "punct")),
        ("<a><!-- over -->", "<b>", ("<b", "key")),
    ],
)
def test_what_is_open_above_is_known(before: str, text: str, first: tuple[str, str]) -> None:
    assert coloured(text, _XML, before)[0] == first


def test_a_script_open_above_is_known() -> None:
    assert coloured('return "x"', _HTML, "<p><script>\nif (a < b)") == [("return", "literal"), ('"x"', "string")]


@given(
    st.lists(
        st.sampled_from(["<a>", "</a>", '<b c="d e">', "<!-- <x> -->", "text ", "<![CDATA[ <y> ]]>", "&lt;", "\n"]),
        max_size=12,
    ).map("".join),
    st.integers(0, 200),
)
def test_a_stretch_has_the_colours_it_has_in_the_whole(text: str, at: int) -> None:
    at = min(at, len(text))
    # A bracket or a name cut in two is no construct yet.
    while at and text[at - 1] in "<!-[/abcCDATx&lt=]":
        at -= 1
    whole = [(start - at, size, role) for start, size, role in _XML.runs(text) if start >= at]
    assert [run for run in _XML.runs(text[at:], text[:at]) if run in whole] == whole


@pytest.mark.parametrize("language", ["xml", "html"])
@pytest.mark.parametrize("part", ["<a", "<!--", "<?", "<a '", '<a b="c', "<script>", "<", "x", "<a b"])
def test_nothing_holds_the_window_up(language: Language, part: str) -> None:
    highlighter = _XML if language == "xml" else _HTML
    text = "<a " + part * (8000 // len(part))
    began_s = time.perf_counter()
    highlighter.runs(text, text * 8)
    assert time.perf_counter() - began_s < 1


@given(st.text("<>/!-ab ='\"?[]\n&;"), st.text("<>/!-ab ='\"?[]\n&;"))
def test_runs_of_any_text_are_in_order_and_within_it(before: str, text: str) -> None:
    for highlighter in (_XML, _HTML):
        runs = highlighter.runs(text, before)
        assert all(a[0] + a[1] <= b[0] for a, b in pairwise(runs))
        assert all(start >= 0 and start + size <= len(text) for start, size, _ in runs)


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
