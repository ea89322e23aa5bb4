"""Parts of JSON by their path: exactly as they are spelled, and what is no path said with its place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.formats.json_path import JsonPath, JsonPathError, Step, find, parse_path

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS
DOCUMENTS = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=20
)


def found(document: str, path: str) -> list[str]:
    return [value.decode() for value in find(document.encode(), parse_path(path))]


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("$.payload.data", ['{"id": 12345678901234567890123, "total":1.0}']),
        ("$.payload.data.id", ["12345678901234567890123"]),
        ("$['payload'][\"data\"].total", ["1.0"]),
        ("$.list[0]", ["[1, 2]"]),
        ("$.list[-1]", ['"\\u00e4"']),
        ("$.list[0][*]", ["1", "2"]),
        ("$.list[*][1]", ["2"]),
        ("$.payload.data.*", ["12345678901234567890123", "1.0"]),
        ("$.order-id", ["7"]),
        ("$['a.b']", ["true"]),
        ("$.twice", ["2"]),
        ("$.größe", ["null"]),
        ("$.list[2]", []),
        ("$.list[-3]", []),
        ("$.list.name", []),
        ("$.payload[0]", []),
        ("$.missing", []),
    ],
)
def test_a_part_comes_as_it_is_spelled(path: str, part: list[str]) -> None:
    document = """ {"payload" : { "data": {"id": 12345678901234567890123, "total":1.0} }, "list":[ [1, 2] , "\\u00e4" ],
      "order-id": 7, "a.b": true, "twice": 1, "twice": 2, "gr\\u00f6\\u00dfe": null}\n"""
    assert found(document, path) == part


@pytest.mark.parametrize("name", ["it's", 'say "hi"', "back\\slash", "tab\t", "ä]"])
def test_a_name_in_quotes_may_hold_anything(name: str) -> None:
    document = json.dumps({name: 1})
    assert found(document, f"$[{json.dumps(name)}]") == ["1"]
    single = json.dumps(name)[1:-1].replace('\\"', '"').replace("'", "\\'")
    assert found(document, f"$['{single}']") == ["1"]


@pytest.mark.parametrize(
    "data", [b"", b"no", b'{"a":1', b'{"a":1} x', b'{"a":01}', b'{"a":1,"\xff":2}', b"[" * 100_000]
)
def test_what_is_no_json_has_no_parts(data: bytes) -> None:
    assert list(find(data, parse_path("$.a"))) == []
    assert list(find(data, parse_path("$[0]"))) == []


@pytest.mark.parametrize(
    ("path", "at", "words"),
    [
        ("", 0, "begins with $"),
        ("payload", 0, "begins with $"),
        ("$payload", 1, ". or ["),
        ("$.", 2, "name is missing"),
        ("$..a", 2, "any depth"),
        ("$.a b", 3, ". or ["),
        ("$.1", 2, "no name begins with 1"),
        ("$.a[", 4, "a number"),
        ("$.a[1", 5, "character 4 is not closed"),
        ("$.a[1:2]", 5, "slices"),
        ("$[1,2]", 3, "slices"),
        ("$[?@.a]", 2, "conditions"),
        ("$['a", 2, "not closed"),
        ("$['\\x']", 2, "escape"),
        ("$['a'x]", 5, "] should stand here"),
        ("$.a" + "b" * 500, 500, "at most 500"),
    ],
)
def test_a_fault_says_where_and_why(path: str, at: int, words: str) -> None:
    with pytest.raises(JsonPathError, match=r"^Character \d+: ") as caught:
        parse_path(path)
    assert caught.value.at == at
    assert words in caught.value.reason


@given(DOCUMENTS, st.data(), st.sampled_from([None, 2]))
def test_it_finds_what_pythons_json_finds(document: Any, data: st.DataObject, indent: int | None) -> None:
    steps: list[Step] = []
    wanted = document
    while wanted and isinstance(wanted, dict | list) and data.draw(st.booleans()):
        if isinstance(wanted, dict):
            step: Any = data.draw(st.sampled_from(sorted(wanted)))
        else:
            step = data.draw(st.integers(-len(wanted), len(wanted) - 1))
        steps.append(step)
        wanted = wanted[step]
    spelled = json.dumps(document, indent=indent).encode()
    (part,) = find(spelled, JsonPath(tuple(steps)))
    assert json.loads(part) == wanted
    assert part in spelled


@given(TEXTS)
def test_any_name_can_be_written(name: str) -> None:
    assert parse_path(f"$[{json.dumps(name)}]").steps == (name,)


@given(st.text(max_size=20))
def test_any_text_is_a_path_or_a_fault_within_it(text: str) -> None:
    at = 0
    try:
        parse_path(f"${text}")
    except JsonPathError as error:
        at = error.at
    assert 0 <= at <= len(text) + 1
