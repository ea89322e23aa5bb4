"""Spellings that every reader takes for the same text."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from tests.helpers.workspace_files import TEXTS

from wireyard.workspace.yaml_text.scalars import block, inline, number, scalar

LOADERS = [yaml.SafeLoader, yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [yaml.SafeLoader]


def _read(text: str) -> list[object]:
    return [yaml.load(text, Loader=loader) for loader in LOADERS]


def _all(value: object) -> list[object]:
    return [value] * len(LOADERS)


@given(TEXTS)
def test_a_text_is_the_same_text_in_a_line(text: str) -> None:
    assert _read(f"a: {inline(text)}\n") == _all({"a": text})


@given(TEXTS)
def test_a_text_is_the_same_text_in_braces(text: str) -> None:
    spelled = inline(text, is_flow=True)
    assert _read(f"a: {{b: {spelled}, c: [{spelled}]}}\n") == _all({"a": {"b": text, "c": [text]}})


@given(TEXTS)
def test_a_text_is_the_same_text_in_the_marks_that_were_there(text: str) -> None:
    assert _read(f"a: {inline(text, like=chr(34))}\nb: {inline(text, like=chr(39))}\n") == _all({"a": text, "b": text})


@given(TEXTS)
def test_a_text_is_the_same_text_below_its_key(text: str) -> None:
    head, lines = scalar(text, is_payload=True)
    below = "".join(f"{'    ' if line else ''}{line}\n" for line in lines)
    assert _read(f"x:\n- a: {head}\n{below}  b: 1\n") == _all({"x": [{"a": text, "b": 1}]})


@pytest.mark.parametrize(
    "text", ["wss://a.b/c?d=e#f", "it's", 'say "hi"', "$.a.b", "Ünïcode", "日本", "x y-z_1", "/a/b"]
)
def test_harmless_texts_stand_plain(text: str) -> None:
    assert inline(text) == text


@pytest.mark.parametrize(
    "text", ["1.0", "no", "Off", "null", "007", "", "~", "y", "2024-01-01", "{{a}}", "- x", "a: b"]
)
def test_texts_that_look_like_something_else_are_quoted(text: str) -> None:
    assert inline(text) == f'"{text}"'


@pytest.mark.parametrize(
    ("text", "spelled"), [("a\u202eb\x1b", '"a\\u202Eb\\e"'), ("{\\}", "'{\\}'"), ("a\tb", '"a\\tb"')]
)
def test_what_can_not_be_seen_is_escaped(text: str, spelled: str) -> None:
    assert inline(text) == spelled


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb", ("|-", ["a", "b"])),
        ("a\n\nb\n", ("|", ["a", "", "b"])),
        (" a\nb", ("|2-", [" a", "b"])),
        ("\na", ("|2-", ["", "a"])),
        ("a\r\nb", None),
        ("a\n\n", None),
        ("\n", None),
    ],
)
def test_blocks(text: str, expected: tuple[str, list[str]] | None) -> None:
    assert block(text) == expected


@pytest.mark.parametrize(("value", "spelled"), [(True, "true"), (2.0, "2"), (2.5, "2.5"), (7, "7"), (1e22, "1e+22")])
def test_numbers(value: float, spelled: str) -> None:
    assert number(value) == spelled
