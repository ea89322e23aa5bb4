"""Base64 as people paste it, and where it goes wrong."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.formats.base64_text import Base64Error, parse_base64, wrapped_base64

PLACED = st.lists(st.tuples(st.integers(0, 400), st.sampled_from([" ", "\n", "\r\n", "\t"])), max_size=8)


def with_space(text: str, places: list[tuple[int, str]]) -> str:
    for at, space in places:
        text = text[:at] + space + text[at:]
    return text


@given(st.binary(max_size=200), st.booleans(), st.booleans(), PLACED)
def test_reads_both_alphabets_padded_or_not_with_space_anywhere(
    data: bytes, is_url_safe: bool, is_padded: bool, places: list[tuple[int, str]]
) -> None:
    text = (base64.urlsafe_b64encode if is_url_safe else base64.b64encode)(data).decode()
    assert parse_base64(with_space(text if is_padded else text.rstrip("="), places)) == data


@given(st.binary(max_size=500))
def test_what_is_wrapped_is_read_back(data: bytes) -> None:
    text = wrapped_base64(data)
    assert parse_base64(text) == data
    assert all(len(line) <= 76 for line in text.split("\n"))


@given(st.text(alphabet="Az09+/-_= \n!é\u2028", max_size=40))
def test_every_text_is_read_or_pointed_into(text: str) -> None:
    fault = None
    try:
        parse_base64(text)
    except Base64Error as raised:
        fault = raised
    assert fault is None or (0 <= fault.position < len(text) and fault.message)


@pytest.mark.parametrize(
    ("text", "position", "part"),
    [
        ("AAA$AAAA", 3, '"$" is no Base64 digit'),
        ("AA\n A*", 5, '"*" is no Base64 digit'),
        ("AAAé", 3, "no Base64 digit"),
        ("ab+_", 3, "URL-safe alphabet"),
        ("ab-/", 3, "standard alphabet"),
        ("AA=A", 2, "before the end"),
        ("AAAAA", 4, "makes no byte"),
        ("AA=", 2, '2 "=" are needed'),
        ("AAAA=", 4, 'no "=" is needed'),
        ("AA===", 2, '2 "=" are needed'),
        ("/x==", 1, "cut off"),
        ("=", 0, 'no "=" is needed'),
    ],
)
def test_says_what_is_wrong_and_where(text: str, position: int, part: str) -> None:
    with pytest.raises(Base64Error) as raised:
        parse_base64(text)
    assert part in str(raised.value)
    assert raised.value.position == position


def test_nothing_is_nothing() -> None:
    assert parse_base64(" \n") == b""


def test_a_large_text_is_read_at_once() -> None:
    data = bytes(range(256)) * 8192
    assert parse_base64(wrapped_base64(data)) == data
