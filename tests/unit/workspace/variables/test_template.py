"""How variables are spelled."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wireyard.workspace.variables.template import Reference, Text, escape, is_name, names, parse, references

TEXTS = st.text(st.sampled_from('{}\\$ab ._-1\n\t"é'), max_size=40)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("wss://{{host}}/v1", ["host"]),
        ("{{ host }}{{host}}", ["host"]),
        ("{{a.b-c_1}} {{größe}}", ["a.b-c_1", "größe"]),
        ('{"a":{{obj}}}', ["obj"]),
        ("{{{name}}}", ["name"]),
        ("{{$uuid}} {{ $randomInt 1 100 }}", ["$uuid", "$randomInt"]),
        ('{{ {"a":1} }}', []),
        ("{{#each items}}{{/each}}{{else if}}{{a b}}", []),
        ("{{}} {{ }} {{ a\n}} {a} {{a}", []),
        (r"\{{name}}", []),
        (r"\\{{name}}", ["name"]),
        (r"\\\{{name}}", []),
        (r"\{{a}}{{b}}", ["b"]),
    ],
)
def test_only_names_between_two_braces_are_variables(text: str, found: list[str]) -> None:
    assert names(text) == found


def test_a_reference_knows_where_it_stands_and_its_arguments() -> None:
    assert references("x {{ $randomInt 1  100 }}") == [Reference("$randomInt", ("1", "100"), 2, 25)]


def test_an_odd_backslash_makes_the_braces_text() -> None:
    assert "".join(part.text for part in parse(r"a\{{b}}\\\{{c}}") if isinstance(part, Text)) == r"a{{b}}\\{{c}}"


@given(TEXTS)
def test_text_without_escapes_is_its_parts(text: str) -> None:
    if "\\{{" not in text:
        parts = parse(text)
        spelled = [text[part.start : part.end] if isinstance(part, Reference) else part.text for part in parts]
        assert "".join(spelled) == text


@given(TEXTS)
@example(r"\{{a}}")
@example("{{{a}}}{{b}}")
@example(r"\\{{a}}")
def test_an_escaped_text_stands_for_itself(text: str) -> None:
    escaped = escape(text)
    if escaped is None:
        assert "\\{{" in text
    else:
        assert all(isinstance(part, Text) for part in parse(escaped))
        assert "".join(part.text for part in parse(escaped) if isinstance(part, Text)) == text


@pytest.mark.parametrize("piece", ["{", "{{", "\\", "{{ ", "{{a", "{{$a ", "\\{{", " ", "{{a."])
def test_any_text_is_read_in_a_time_that_follows_its_length(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    begin = time.process_time()
    parse(text)
    assert time.process_time() - begin < 2


@pytest.mark.parametrize(("name", "fits"), [("a.b", True), ("größe", True), ("a b", False), ("", False), ("$a", False)])
def test_names_are_letters_digits_underscore_dash_and_point(name: str, fits: bool) -> None:
    assert is_name(name) is fits
