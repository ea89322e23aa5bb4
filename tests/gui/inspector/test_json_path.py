"""The path under the caret agrees with the value that is there."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.formats.json_pretty import pretty_lines
from wireyard.gui.inspector.json_path import path_at

_TEXT = b"""\
{
  "id": "7",
  "payload": {
    "orders": [
      {
        "sku": "A-204, a name that is long enough to break the line it stands on",
        "odd key": [{ "a": 1 }, { "b": [true, 2] }]
      },
      "text: with a colon",
      [1, 2, 3]
    ]
  },
  "end": {}
}"""


def _read(data: bytes):
    return lambda start, end: data[start:end]


@pytest.mark.parametrize(
    ("before", "path"),
    [
        (b"{\n", "$"),
        (b'"id"', "$.id"),
        (b'"7"', "$.id"),
        (b'"payload"', "$.payload"),
        (b'"orders"', "$.payload.orders"),
        (b'"sku"', "$.payload.orders[0].sku"),
        (b'"odd key"', '$.payload.orders[0]["odd key"]'),
        (b'"a": 1', '$.payload.orders[0]["odd key"][0].a'),
        (b"true", '$.payload.orders[0]["odd key"][1].b[0]'),
        (b"2] }", '$.payload.orders[0]["odd key"][1].b[1]'),
        (b'"text: with', "$.payload.orders[1]"),
        (b"3]\n", "$.payload.orders[2][2]"),
        (b"      }", "$.payload.orders[0]"),
        (b"    ]\n", "$.payload.orders"),
        (b"  },\n", "$.payload"),
        (b'"end"', "$.end"),
    ],
)
def test_the_path_of_what_stands_there(before: bytes, path: str) -> None:
    offset = _TEXT.index(b"\n" + before) + 1 if before.startswith(b"  ") else _TEXT.index(before)
    offset += len(before) - len(before.lstrip(b" "))

    assert path_at(_read(_TEXT), offset) == path


def test_elements_far_apart_are_counted() -> None:
    data = b"\n".join(
        line
        for lines in pretty_lines(json.dumps([{"n": n, "t": "x" * 80} for n in range(9000)]).encode())
        for line in lines
    )

    assert path_at(_read(data), data.index(b'"n": 8765')) == "$[8765].n"


_LEAVES = st.one_of(st.integers(0, 10**9), st.booleans(), st.none(), st.text('ab:,{}[]"\\ é', max_size=40))
_VALUES = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text("abc d", max_size=8), inner, max_size=5),
)


def _marked(value: Any, path: str, marks: dict[str, str]) -> Any:
    """The value with every leaf replaced by a mark of its own, and what path each mark has."""
    if isinstance(value, dict):
        return {key: _marked(inner, path + _step(key), marks) for key, inner in value.items()}
    if isinstance(value, list):
        return [_marked(inner, f"{path}[{number}]", marks) for number, inner in enumerate(value)]
    mark = f"mark{len(marks)}" + "x" * (len(marks) % 5 * 12)
    marks[mark] = path
    return mark


def _step(key: str) -> str:
    return f".{key}" if key.isidentifier() else f'["{key}"]'


@given(_VALUES)
def test_every_leaf_has_its_own_path(value: Any) -> None:
    marks: dict[str, str] = {}
    data = json.dumps(_marked(value, "$", marks)).encode()
    text = b"\n".join(line for lines in pretty_lines(data) for line in lines)
    for mark, path in marks.items():
        assert path_at(_read(text), text.index(f'"{mark}"'.encode())) == path
