"""Built-in values."""

from __future__ import annotations

import contextlib
import re
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.workspace.variables.dynamic import DYNAMIC, Dynamic, DynamicValue
from wireyard.workspace.variables.errors import BadArgument, NoFact

NOON_NS = 1_767_323_045_100_000_000
FACTS = {"$localServer": "127.0.0.1:9600"}


def dynamic(seed: int = 7) -> Dynamic:
    return Dynamic(seed, lambda: NOON_NS, FACTS)


def test_there_are_about_thirty_each_told_once() -> None:
    names = [value.name for value in DYNAMIC]
    assert len(names) == len(set(names)) > 29
    assert all(value.help and value.example for value in DYNAMIC)


@pytest.mark.parametrize("name", [value.name for value in DYNAMIC])
def test_the_same_seed_gives_the_same_value_again(name: str) -> None:
    arguments = ("red", "green") if name == "$randomChoice" else ()
    assert dynamic().value(name, arguments) == dynamic().value(name, arguments) != ""


@pytest.mark.parametrize(
    ("name", "arguments", "pattern"),
    [
        ("$timestamp", (), "1767323045"),
        ("$timestamp", ("-45",), "1767323000"),
        ("$timestampMs", (), "1767323045100"),
        ("$isoTimestamp", (), r"2026-01-02T03:04:05\.100Z"),
        ("$isoTimestamp", ("86400",), r"2026-01-03T03:04:05\.100Z"),
        ("$isoDate", (), "2026-01-02"),
        ("$randomInt", ("5", "5"), "5"),
        ("$randomInt", ("3",), "[0-3]"),
        ("$randomFloat", ("2", "2", "3"), r"2\.000"),
        ("$randomDigits", ("4",), r"\d{4}"),
        ("$randomHex", ("3",), "[0-9a-f]{6}"),
        ("$randomString", ("0",), ""),
        ("$randomChoice", ("on", "off"), "on|off"),
        ("$randomWord", ("3",), r"\w+ \w+ \w+"),
        ("$randomEmail", (), r"\w+\.\w+@example\.\w{3}"),
        ("$localServer", (), r"127\.0\.0\.1:9600"),
    ],
)
def test_values_look_as_told(name: str, arguments: tuple[str, ...], pattern: str) -> None:
    assert re.fullmatch(pattern, dynamic().value(name, arguments))


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("$randomInt", ("a",)),
        ("$randomInt", ("2", "1")),
        ("$randomInt", ("1", "2", "3")),
        ("$randomInt", ("9" * 30,)),
        ("$randomString", ("-1",)),
        ("$randomString", ("100001",)),
        ("$randomFloat", ("1",)),
        ("$randomFloat", ("nan", "inf")),
        ("$randomChoice", ()),
        ("$uuid", ("x",)),
        ("$isoTimestamp", ("9" * 18,)),
    ],
)
def test_wrong_arguments_are_told(name: str, arguments: tuple[str, ...]) -> None:
    with pytest.raises(BadArgument, match=re.escape(name)):
        dynamic().value(name, arguments)


def test_identifiers_have_their_versions() -> None:
    assert uuid.UUID(dynamic().value("$uuid")).version == 4
    sorted_by_time = uuid.UUID(dynamic().value("$uuid7"))
    assert sorted_by_time.version == 7
    assert sorted_by_time.int >> 80 == NOON_NS // 1_000_000


def test_a_counter_counts() -> None:
    one = dynamic()
    assert [one.value("$counter"), one.value("$counter"), one.value("$counter", ("10",))] == ["1", "2", "10"]


def test_a_fact_that_is_not_there_is_told() -> None:
    with pytest.raises(NoFact, match="built-in server is not running"):
        Dynamic().value("$localServer")


@given(st.sampled_from(DYNAMIC), st.lists(st.text(max_size=25), max_size=4))
def test_any_arguments_give_a_value_or_a_told_error(known: DynamicValue, arguments: list[str]) -> None:
    with contextlib.suppress(BadArgument):
        assert isinstance(dynamic().value(known.name, tuple(arguments)), str)
