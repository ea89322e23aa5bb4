"""JSON is checked, spaced and packed without changing a value, and faults are named where they are."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.formats.json_items import SLICE_BYTES
from wireyard.formats.json_text import beautify, validate

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=40,
)
SEPARATORS = st.sampled_from([(",", ":"), (", ", ": "), (" ,\n", "\t:\r\n")])


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ('{\n  "id": "7"\n  "x": 1\n}', 2, 12, 'comma missing after "id"'),
        ('{"a":1 "b":2}', 1, 7, 'comma missing after "a"'),
        ("[1 2]", 1, 3, "comma missing after 1"),
        ('[{"a":1} {"b":2}]', 1, 9, "comma missing after }"),
        ("[1,2,]", 1, 5, "a comma stands before the closing ]"),
        ('{"a":1,\n}', 1, 7, "a comma stands before the closing }"),
        ("{a:1}", 1, 2, "the name a needs double quotes"),
        ("{'a':1}", 1, 2, "names need double quotes, not single ones"),
        ('{"a" 1}', 1, 5, 'colon missing after "a"'),
        ('{"a":}', 1, 6, 'value missing after "a"'),
        ('{"a":', 1, 6, 'value missing after "a"'),
        ('{"a": 1, {}}', 1, 10, "a name in double quotes must stand before this {"),
        ("['a']", 1, 2, "text needs double quotes, not single ones"),
        ('["abc', 1, 2, "this text has no closing double quote"),
        ('["a\nb"]', 1, 2, "this text has no closing double quote on its line; a line break in it is written \\n"),
        ('["a\tb"]', 1, 4, "a control character inside text is written \\t"),
        ('["é\\x41"]', 1, 4, "\\x is no escape in JSON"),
        ('["\\\\\\q"]', 1, 5, "\\q is no escape in JSON"),
        ('{"a":"\\u12"}', 1, 7, "\\u needs four hex digits after it"),
        ("[True]", 1, 2, "True is no JSON; write true"),
        ("[nope]", 1, 2, "nope needs double quotes, or is no value"),
        ("[01]", 1, 2, "01: a number has no zero in front"),
        ("[1.]", 1, 2, "1.: a digit must follow the dot"),
        ("[.5]", 1, 2, ".5: a digit must stand before the dot"),
        ("[+1]", 1, 2, "+1: a number has no plus sign before it"),
        ("[0x1f]", 1, 2, "0x1f: JSON has no hexadecimal numbers"),
        ("[-]", 1, 2, "a digit must follow the minus sign"),
        ("[1]]", 1, 4, "this ] closes nothing"),
        ('{"a":[1,2}', 1, 10, "} where ] should close the ["),
        ("[,1]", 1, 2, "nothing stands before this comma"),
        ("[1,,2]", 1, 4, "two commas, one after the other"),
        ('["a":1]', 1, 5, 'a colon after "a": only objects have names'),
        ("// x\n1", 1, 1, "JSON has no comments"),
        ('{\n"a": {\n "b": 1\n', 4, 1, "the text ends before the { of line 2 is closed"),
        ("1 2", 1, 3, "text after the end of the JSON"),
        ("{} x", 1, 4, "text after the end of the JSON"),
        ("1,", 1, 2, "text after the end of the JSON"),
        ("", 1, 1, "there is no JSON yet"),
        (" \n ", 2, 2, "there is no JSON yet"),
        ("\ufeff{}", 1, 1, "a byte order mark stands before the JSON"),
    ],
)
def test_faults_are_named_where_they_are(text: str, line: int, column: int, message: str) -> None:
    fault = validate(text)
    assert fault is not None
    assert (fault.line, fault.column, fault.message) == (line, column, message)
    assert str(fault) == f"Line {line}: {message}"


def test_offsets_count_characters_of_a_text_and_bytes_of_a_payload() -> None:
    text = '["éé", x]'
    in_text, in_bytes = validate(text), validate(text.encode())
    assert in_text is not None
    assert in_bytes is not None
    assert (in_text.offset, in_bytes.offset) == (7, 9)


def test_bytes_that_are_not_utf8_are_a_fault() -> None:
    fault = validate(b'["a\xff"]')
    assert fault is not None
    assert (fault.offset, fault.message) == (3, "byte FF is not valid UTF-8")


@pytest.mark.parametrize(
    "text",
    ["1e5", "-0.0e-3", '"x"', "null", " [ ] ", '{"a":{"b":[]},"a":""}', '["\\ud800"]', '["\\u00e9\\/"]', "1" * 400],
)
def test_what_the_standard_allows_is_valid(text: str) -> None:
    assert validate(text) is None


@given(JSON, SEPARATORS, st.booleans())
def test_every_json_is_valid(value: object, separators: tuple[str, str], ascii_only: bool) -> None:
    assert validate(json.dumps(value, separators=separators, ensure_ascii=ascii_only)) is None


@given(JSON, st.data())
def test_it_agrees_with_the_standard_library_on_damaged_json(value: object, data: st.DataObject) -> None:
    text = json.dumps(value)
    at = data.draw(st.integers(0, len(text)))
    damage = data.draw(st.sampled_from(["", ",", "}", "]", '"', "\\", "1", " ", "tru", "[", "{", ":", "\n", "e", "-"]))
    text = text[:at] + damage + text[at + data.draw(st.integers(0, 2)) :]
    assert (validate(text) is None) == _stdlib_accepts(text)


@given(st.text('{}[],:"\\ 01.e-tfn\n'))
def test_it_agrees_with_the_standard_library_on_junk(text: str) -> None:
    fault = validate(text)
    assert (fault is None) == _stdlib_accepts(text)
    assert fault is None or 0 <= fault.offset <= len(text)


def test_the_slow_way_agrees_with_the_quick_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wireyard.formats.json_text._QUICK_BYTES", -1)
    for text in ('{"a":[1,{"b":null}]}', "[]", '"\\u0041"', json.dumps(list(range(10_000)))):
        assert validate(text) is None


def _refuse(name: str) -> None:
    raise ValueError(name)


def _stdlib_accepts(text: str) -> bool:
    try:
        json.loads(text, parse_constant=_refuse)
    except ValueError:
        return False
    return True


# ------------------------------------------------------------------------------------------------ spacing


class Word(str):
    """A scalar as it is spelled."""


def spelled(text: str) -> Any:
    """Read JSON so that every scalar keeps its spelling and every object its members."""

    def member(pairs: list[tuple[str, Any]]) -> tuple[tuple[str, Any], ...]:
        return tuple((json.dumps(key, ensure_ascii=False), scalar(value)) for key, value in pairs)

    def scalar(value: Any) -> Any:
        if isinstance(value, (Word, tuple)):
            return value
        if isinstance(value, list):
            return [scalar(inner) for inner in value]
        return Word(json.dumps(value, ensure_ascii=False))

    return scalar(json.loads(text, object_pairs_hook=member, parse_int=Word, parse_float=Word))


def one_line(value: Any) -> str:
    if isinstance(value, Word):
        return value
    if isinstance(value, list):
        return "[" + ", ".join(map(one_line, value)) + "]"
    return "{ " + ", ".join(f"{key}: {one_line(inner)}" for key, inner in value) + " }" if value else "{}"


def laid_out(value: Any, start: str = "", indent: str = "") -> list[str]:
    """The layout as its specification reads, slow and recursive."""
    line = indent + start + one_line(value)
    if isinstance(value, Word) or not value or len(line) <= 72:
        return [line]
    brackets = "[]" if isinstance(value, list) else "{}"
    lines = [indent + start + brackets[0]]
    members = [("", inner) for inner in value] if isinstance(value, list) else [(f"{k}: ", v) for k, v in value]
    for key, inner in members:
        lines += laid_out(inner, key, indent + "  ")
        lines[-1] += ","
    lines[-1] = lines[-1][:-1]
    return [*lines, indent + brackets[1]]


@given(JSON, SEPARATORS)
def test_spacing_follows_the_specification(value: object, separators: tuple[str, str]) -> None:
    text = json.dumps(value, separators=separators, ensure_ascii=False)
    assert (beautify(text) or "").split("\n") == laid_out(spelled(text))


@given(st.integers(50, 80), st.sampled_from(["[{%s}]", "[[%s]]", '{"a":{%s}}', "[[[%s]],1]", '[1,{"b":[%s]}]']))
def test_spacing_at_the_edge_follows_the_specification(width: int, shape: str) -> None:
    for size in range(width - 12, width):
        inner = '"' + "k" * (size // 2) + '"'
        inner += ":" + inner if "{%s" in shape else "," + inner
        assert (beautify(shape % inner) or "").split("\n") == laid_out(spelled(shape % inner))


def test_small_brackets_stay_on_their_line_as_in_the_picture() -> None:
    text = '{"items":[{"sku":"A-204","qty":2}],"big":12345678901234567890123,"d":1.0,"d":1.00,"e":[],"o":{ }}'
    assert beautify(text) == (
        "{\n"
        '  "items": [{ "sku": "A-204", "qty": 2 }],\n'
        '  "big": 12345678901234567890123,\n'
        '  "d": 1.0,\n'
        '  "d": 1.00,\n'
        '  "e": [],\n'
        '  "o": {}\n'
        "}"
    )


@given(JSON)
def test_spacing_twice_changes_nothing(value: object) -> None:
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    assert beautify(beautify(text) or "") == beautify(text)


@given(st.text('{}[],:"1 '))
def test_what_is_no_json_is_left_alone(text: str) -> None:
    if validate(text) is not None:
        assert beautify(text) is None


@given(
    st.integers(SLICE_BYTES - 60, SLICE_BYTES + 60),
    st.sampled_from(["[{}]", '{"k": [1, "x\\"y", -1.5e3, true]}', '"\\\\"']),
)
def test_a_slice_may_end_anywhere(size: int, tail: str) -> None:
    text = '["' + "a" * size + '",' + tail + "," + tail + "]"
    assert validate(text) is None
    assert json.loads(beautify(text) or "") == json.loads(text)
    assert (beautify(text) or "").split("\n") == laid_out(spelled(text))
    assert validate(text[:-1]) is not None


LONG = ("x" * 100_000 + '\\"' + "ü") * 6


@pytest.mark.parametrize("after", ["", '"\\"', "[{}, 1.0]", '"' + "y" * SLICE_BYTES + '"'])
@pytest.mark.parametrize("shape", ['["%s", %s]', '{"k": "%s", "l": %s}', '{"%s": %s}', '{"k" : [ "%s",%s]}', '"%s"%s'])
def test_a_string_of_any_size_is_cut_whole(shape: str, after: str) -> None:
    text = shape % (LONG, after)
    try:
        value = json.loads(text)
    except ValueError:
        assert validate(text) is not None
        assert beautify(text) is None
    else:
        assert validate(text) is None
        assert json.loads(beautify(text) or "") == value
        assert (beautify(text) or "").split("\n") == laid_out(spelled(text))


@pytest.mark.parametrize("fault", ["\n", "\\", '" "', ""])
def test_a_fault_in_a_string_of_any_size_is_found(fault: str) -> None:
    text = '["' + LONG + fault
    assert validate(text) is not None
    assert beautify(text) is None


def test_white_space_of_any_size_is_skipped() -> None:
    gap = " " * (3 * SLICE_BYTES)
    text = f'{gap}[{gap}1{gap},{gap}{{{gap}"a"{gap}:{gap}2{gap}}}{gap}]{gap}'
    assert beautify(text) == '[1, { "a": 2 }]'


@pytest.mark.parametrize("depth", [1000, 100_000])
def test_depth_does_not_matter(depth: int) -> None:
    text = "[" * depth + "]" * depth
    assert validate(text) is None
    assert validate('{"a":' * depth) is not None
    assert validate(text[:-1]) is not None
    assert "".join((beautify(text) or "").split()) == text
