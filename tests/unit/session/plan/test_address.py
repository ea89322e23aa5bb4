"""The address that is dialled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.engine.address import parse_address
from wireyard.session.plan.address import address_of
from wireyard.session.plan.errors import EmptyPathParameter
from wireyard.workspace.model import Field

VALUES = {"host": "example.com", "q": "a&b=c#d", "password": "p@ss/w:rd?#"}


def resolve(text: str) -> str:
    for name, value in VALUES.items():
        text = text.replace("{{" + name + "}}", value)
    return text


def address(url: str, *rows: tuple[str, str]) -> str:
    return address_of(url, [Field(name=name, value=value) for name, value in rows], resolve)


@pytest.mark.parametrize(
    ("url", "rows", "wanted"),
    [
        ("wss://{{host}}/v1", [], "wss://example.com/v1"),
        ("wss://h/", [("a", "1"), ("b", "")], "wss://h/?a=1&b="),
        ("wss://h/?x=1", [("a", "2")], "wss://h/?x=1&a=2"),
        ("wss://h/?live", [("", "fast")], "wss://h/?live&fast"),
        ("wss://h/", [("q", "a b&c")], "wss://h/?q=a%20b%26c"),
        ("wss://h/", [("a=b", "c=d")], "wss://h/?a%3Db=c=d"),
        ("wss://h/", [("q", "50% a%20b 1+1")], "wss://h/?q=50%25%20a%20b%201+1"),
        ("wss://h/", [("q", "{{q}}")], "wss://h/?q=a%26b=c%23d"),
        ("wss://h/?q={{q}}", [], "wss://h/?q=a%26b=c%23d"),
        ("wss://h/", [("q", "é\n\x00")], "wss://h/?q=%C3%A9%0A%00"),
        ("wss://me:{{password}}@{{host}}/", [], "wss://me:p%40ss%2Fw:rd%3F%23@example.com/"),
        ("wss://{{host}}/a@b", [], "wss://example.com/a@b"),
        ("wss://h/?a=b#c", [], "wss://h/?a=b#c"),
        ("example.com?", [("a", "1")], "example.com?a=1"),
        ("", [], ""),
    ],
)
def test_what_an_address_can_carry_stays_as_spelled(url: str, rows: list[tuple[str, str]], wanted: str) -> None:
    assert address(url, *rows) == wanted


def test_rows_that_are_off_or_empty_are_left_out() -> None:
    rows = [Field(name="a", value="1", off=True), Field(), Field(name="b", value="2")]
    assert address_of("wss://h/", rows, resolve) == "wss://h/?b=2"


@given(st.lists(st.tuples(st.text(min_size=1), st.text()), max_size=4))
def test_any_rows_make_an_address_that_can_be_dialled(rows: list[tuple[str, str]]) -> None:
    dialled = parse_address(address_of("wss://h/p", [Field(name=n, value=v) for n, v in rows], lambda text: text))
    query = dialled.target.partition("?")[2]
    assert query.count("&") == max(0, len(rows) - 1)


@pytest.mark.parametrize(
    ("value", "segment"),
    [
        ("7", "7"),
        ("a/b?c#d", "a%2Fb%3Fc%23d"),
        ("a b", "a%20b"),
        ("50%", "50%25"),
        ("a%2Fb", "a%2Fb"),
        (":x", ":x"),
        ("ü", "%C3%BC"),
        ("{{word}}", "x%2Fy"),
    ],
)
def test_a_parameter_of_the_path_is_one_segment(value: str, segment: str) -> None:
    def put(text: str) -> str:
        return text.replace("{{word}}", "x/y")

    rows = [Field(name="id", value=value), Field(name="other", value="no")]
    assert address_of("ws://h/rooms/:id/x", [Field(name="q", value="1")], put, rows) == f"ws://h/rooms/{segment}/x?q=1"


def test_what_a_variable_holds_is_no_parameter_and_a_backslash_keeps_one() -> None:
    def put(text: str) -> str:
        return text.replace("{{base}}", "ws://h/:a")

    rows = [Field(name="a", value="1"), Field(name="b", value="2")]
    assert address_of(r"{{base}}/\:a/:b", [], put, rows) == "ws://h/:a/:a/2"


def test_a_parameter_without_a_value_stops() -> None:
    with pytest.raises(EmptyPathParameter, match=r"“:id” in the address has no value") as caught:
        address_of("ws://h/:id", [], str)
    assert caught.value.name == "id"
    assert address_of("ws://h/:id", [], str, keep_empty=True) == "ws://h/:id"
