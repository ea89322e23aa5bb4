"""Addresses are taken apart and joined without changing a character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.workspace.model import Field
from wireyard.workspace.query import join_address, split_address

_TEXT = st.text(alphabet="ab?&=#{}%$ /:{{é", max_size=40)


@given(_TEXT)
def test_taking_apart_and_joining_gives_the_same_characters(address: str) -> None:
    base, params = split_address(address)
    assert join_address(base, params) == address


@given(_TEXT)
def test_what_was_joined_is_taken_apart_the_same_way(address: str) -> None:
    taken = split_address(address)
    assert split_address(join_address(*taken)) == taken


@pytest.mark.parametrize(
    ("address", "base", "rows"),
    [
        ("ws://h/p", "ws://h/p", []),
        ("ws://h/p?a=1&b=2", "ws://h/p", [("a", "1"), ("b", "2")]),
        ("ws://h/p?a=1&a=2", "ws://h/p", [("a", "1"), ("a", "2")]),
        ("ws://h/p?live&x=", "ws://h/p", [("", "live"), ("x", "")]),
        ("ws://h?q=a=b%20c+d", "ws://h", [("q", "a=b%20c+d")]),
        ("{{base}}?t={{token}}", "{{base}}", [("t", "{{token}}")]),
        ("ws://{{a?b}}/?x={{c&d=e}}", "ws://{{a?b}}/", [("x", "{{c&d=e}}")]),
        ("ws://h?", "ws://h?", []),
        ("ws://h?=x", "ws://h", [("", "=x")]),
    ],
)
def test_rows_have_name_and_value_as_spelled(address: str, base: str, rows: list[tuple[str, str]]) -> None:
    got, params = split_address(address)
    assert (got, [(row.name, row.value) for row in params]) == (base, rows)


def test_rows_that_are_off_are_left_out() -> None:
    assert join_address("ws://h", (Field(name="a", value="1", off=True), Field(name="b", value="2"))) == "ws://h?b=2"


def test_a_query_in_the_file_comes_first() -> None:
    assert join_address("ws://h?a=1", (Field(name="b", value="2"),)) == "ws://h?a=1&b=2"
    assert join_address("ws://h?", (Field(name="b", value="2"),)) == "ws://h?b=2"
