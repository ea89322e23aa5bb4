"""Texts that are refused, each with the line and a reason that a person understands."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.workspace.yaml_text.compose import compose
from wireyard.workspace.yaml_text.nodes import Mapping, Scalar, YamlFault

BOMB = "a: &a [x, x]\n" + "".join(f"b{each}: &b{each} [*a, *a]\n" for each in range(20))


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (BOMB, 1, "Anchors (“&a”)"),
        ("a: 1\nb: *other", 2, "Aliases (“*other”)"),
        ("a: !!python/object:os.system x", 1, "Tags (“tag:yaml.org,2002:python/object:os.system”)"),
        ("a: 1\nb: !secret x", 2, "Tags (“!secret”)"),
        ("%TAG ! tag:x,2000:\n---\na: 1", 1, "Tags (“%TAG”)"),
        ("a: 1\nb: 2\na: 3", 3, "The key “a” stands here twice: first in line 1."),
        ("a: {b: 1, b: 2}", 1, "The key “b” stands here twice"),
        ("a: 1\n---\nb: 2", 2, "A second document"),
        ("a: 1\n...\nb: 2", 3, "Only one document"),
        ("a:\n\t- 1", 2, "a tab in the indentation"),
        ("a: 1\n\tb: 2", 2, "a tab in the indentation"),
        ("a: |\n \tx", 2, "a tab in the indentation"),
        ("a: b\0c", 1, "a control character (U+0000)"),
        ("a: 1\nb: \x1b[0m", 2, "a control character (U+001B)"),
        ("a: 1\nb: \ufeff", 2, "a control character (U+FEFF)"),
        ("a: " + "[" * 40, 1, "nested deeper than 32"),
        ("".join(f"{' ' * each}a:\n" for each in range(40)), 33, "nested deeper than 32"),
        ("- a", 1, "begins with a key"),
        ("just text", 1, "begins with a key"),
        ("? a\n: b", 1, "A key must be a text of one line"),
        ("? [a]\n: b", 1, "A key must be a text of one line"),
        ("a: b: c", 1, "a second “: ” in this line"),
        ("a: 1\nb: 'x", 2, "never closed"),
        ('a: "\\q"', 1, "does not exist"),
        ('a: "\\ud800"', 1, "is no character"),
        ("a: [1, 2\nb: 3", 2, "“,” or the closing “]” is missing"),
        ("a: {b: 1\nc: 3", 2, "“,” or the closing “}” is missing"),
        ("a:\n  - b\n c: 1", 3, "indentation fits nothing"),
        ("a:\n    b: 1\n  c: 1", 3, "indentation fits nothing"),
        ("a: @b", 1, "can't begin with “@”"),
        ("a: 1\nb", 2, "A “:” is missing"),
        ("a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> x\n", 2, "a merge that was not finished"),
    ],
)
def test_what_is_refused_is_told_with_its_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(YamlFault) as caught:
        compose(text)
    assert caught.value.line == line
    assert reason in caught.value.reason


def test_a_text_of_very_many_values_is_refused_in_time() -> None:
    began = time.monotonic()
    with pytest.raises(YamlFault, match="more than"):
        compose("a: [" + "1," * 3_000_000 + "]")
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n", "\ufeff", "\ufeff# x"])
def test_a_file_may_hold_nothing(text: str) -> None:
    assert compose(text) is None


def test_places_count_characters_and_the_mark_of_byte_order() -> None:
    text = "\ufeffé: 🎉 # x\nb: c"
    root = compose(text)
    assert isinstance(root, Mapping)
    assert [text[entry.key.start : entry.key.end] for entry in root.entries] == ["é", "b"]
    assert [text[entry.value.start : entry.value.end] for entry in root.entries if isinstance(entry.value, Scalar)] == [
        "🎉",
        "c",
    ]


@given(st.text(st.sampled_from("a1 :-?[]{},#&*!|>'\"%@`\n\t\\"), max_size=40) | st.text(max_size=40))
def test_no_text_does_anything_but_be_taken_or_refused(text: str) -> None:
    with contextlib.suppress(YamlFault):
        compose(text)
