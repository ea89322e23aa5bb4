"""JSON with variables: what counts as valid, where faults are, and a layout that keeps every variable."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.formats import json_text
from wireyard.gui.composer.templated_json import beautify, validate

NAMES = st.sampled_from(["{{a}}", "{{long_name.x}}", "{{$randomInt 1 100}}", "{{ spaced }}"])
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters='"\\{}\x00'), max_size=6).filter(
    lambda word: word.isprintable()
)
STRINGS = st.lists(WORDS | NAMES, max_size=3).map(lambda parts: json.dumps("".join(parts), ensure_ascii=False))
VALUES = st.recursive(
    STRINGS | NAMES | st.sampled_from(["1", "null", "-0.5e3"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: "[" + ",".join(items) + "]")
        | st.lists(st.tuples(STRINGS | NAMES, inner), max_size=3).map(
            lambda items: "{" + ",".join(f" {name} : {value} " for name, value in items) + "}"
        )
    ),
    max_leaves=8,
)


@pytest.mark.parametrize(
    "text",
    [
        '{"n": {{count}}}',
        "{{body}}",
        "{ {{key}}: 1}",
        '{"port": 80{{digits}}}',
        r'{"literal": "\{{x}}"}',
        '["say \\"{{x}}\\"", "{{x}}: {{y}}", {{z}}]',
    ],
)
def test_variables_stand_for_values(text: str) -> None:
    assert validate(text) is None


@pytest.mark.parametrize(
    ("text", "offset", "words"),
    [
        ('{"a": {{x}} {{y}}}', 11, "comma missing"),
        ('{"a": {{x}},}', 11, "comma stands before"),
        ('{"a": {{{x}}}}', 7, "{{x}} can't stand here"),
        ('{"a": {{ not a name }}}', 7, "double quotes"),
        (r'{"a": \{{x}}}', 6, r"\{{ can stand only inside double quotes"),
        (r"\{{x}} {{y}}", 0, r"\{{ can stand only inside double quotes"),
    ],
)
def test_what_is_wrong_beside_them_is_told_where_it_is(text: str, offset: int, words: str) -> None:
    fault = validate(text)
    assert fault is not None
    assert fault.offset == offset
    assert words in fault.message


@given(VALUES)
def test_the_layout_keeps_variables_and_all_but_blanks(text: str) -> None:
    pretty = beautify(text)
    assert validate(text) is None
    assert pretty is not None
    assert "".join(pretty.split()) == "".join(text.split())
    assert beautify(pretty) == pretty


@given(st.text(max_size=40))
def test_without_variables_it_is_plain_json(text: str) -> None:
    plain = text.replace("{{", "{ {")
    assert validate(plain) == json_text.validate(plain)
    assert beautify(plain) == json_text.beautify(plain)


@given(st.lists(st.sampled_from(['"', "{{a}}", "\\", "{", "}", ":", ",", "1", "{{", " ", "\ue000"]), max_size=14))
def test_no_text_makes_it_fail(parts: list[str]) -> None:
    text = "".join(parts)
    validate(text)
    pretty = beautify(text)
    assert pretty is None or "".join(pretty.split()) == "".join(text.split())


def test_a_variable_that_is_part_of_a_number_is_not_laid_out() -> None:
    assert beautify('{"port": 80{{digits}}}') is None


def test_an_escape_stays_one() -> None:
    assert beautify(r'{"a":"\{{x}}"}') == r'{ "a": "\{{x}}" }'
