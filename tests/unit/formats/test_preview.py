"""One line for the list: short, single, coloured where it is JSON, honest where it is not."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.domain.frame import Opcode
from wireyard.formats.preview import MAX_CHARS, Preview, preview


def coloured(shown: Preview) -> list[tuple[str, str]]:
    return [(shown.text[start : start + size], role) for start, size, role in shown.runs]


def show(text: str) -> Preview:
    data = text.encode()
    return preview(data[:2048], len(data))


def test_json_is_coloured_without_parsing() -> None:
    assert coloured(show('{"id":"7","n":-1.50,"ok":true,"x":[null]}')) == [
        ("{", "punct"),
        ('"id"', "key"),
        (":", "punct"),
        ('"7"', "string"),
        (",", "punct"),
        ('"n"', "key"),
        (":", "punct"),
        ("-1.50", "number"),
        (",", "punct"),
        ('"ok"', "key"),
        (":", "punct"),
        ("true", "literal"),
        (",", "punct"),
        ('"x"', "key"),
        (":[", "punct"),
        ("null", "literal"),
        ("]}", "punct"),
    ]


def test_plain_text_has_no_colours() -> None:
    assert show("hello, world") == Preview("hello, world", ())


def test_line_breaks_are_pictures_in_their_own_colour() -> None:
    shown = show('{\n  "a": 1\n}')
    assert shown.text == '{␊  "a": 1␊}'
    assert ("␊", "invisible") in coloured(shown)


def test_a_control_character_inside_a_string_cuts_its_run() -> None:
    assert coloured(show('["a\u202eb"]'))[1:4] == [('"a', "string"), ("\\u202E", "invisible"), ('b"', "string")]


def test_a_long_text_ends_with_an_ellipsis() -> None:
    shown = show("x" * 5000)
    assert shown.text == "x" * (MAX_CHARS - 1) + "…"


def test_a_text_that_just_fits_is_whole() -> None:
    assert show("y" * MAX_CHARS).text == "y" * MAX_CHARS


def test_a_character_cut_by_the_head_is_not_called_wrong() -> None:
    data = ("a" * 2046 + "é").encode()
    assert "\\x" not in preview(data[:2047], len(data)).text
    assert "\\x" not in preview("é".encode()[:1], 2).text


def test_wrong_bytes_are_shown() -> None:
    assert preview(b"ok\xff!", 4).text == "ok\\xFF!"


def test_an_empty_message_says_so() -> None:
    assert preview(b"", 0).text == "empty"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\x01\x02", "01 02  Binary data"),
        (b'{"a":1}', "7b 22 61 22 3a 31 7d  JSON"),
        (
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x80\0\0\0\x80",
            "89 50 4e 47 0d 0a 1a 0a 00 00 00 0d 49 48 44 52 …  PNG image 128 × 128",
        ),
    ],
)
def test_binary_shows_hex_and_a_guess(data: bytes, text: str) -> None:
    assert preview(data, len(data), Opcode.BINARY).text == text


@given(st.binary(max_size=2048), st.integers(0, 10**9), st.sampled_from([Opcode.TEXT, Opcode.BINARY]))
def test_any_bytes_give_one_short_line_with_runs_in_order(head: bytes, more: int, opcode: Opcode) -> None:
    shown = preview(head, len(head) + more, opcode)
    assert len(shown.text) <= MAX_CHARS
    assert len(shown.text.splitlines()) <= 1
    at = 0
    for start, size, _ in shown.runs:
        assert start >= at
        assert size > 0
        at = start + size
    assert at <= len(shown.text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,  # larger ones are cut, and then there is less to hold them to
)


@given(st.dictionaries(st.text(), JSON, min_size=1))
def test_every_key_that_is_shown_whole_is_a_key(value: dict[str, object]) -> None:
    text = json.dumps(value)
    shown = show(text)
    assert shown.runs[0] == (0, 1, "punct")
    if len(text) <= MAX_CHARS:
        keys = {piece for piece, role in coloured(shown) if role == "key"}
        assert {json.dumps(key) for key in value} <= keys
