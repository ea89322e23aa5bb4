"""What editors show of a variable: the value as it would be sent, and never a secret."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from tests.helpers.variables import staging

from wireyard.gui.widgets.variable_source import DOTS, NoVariables, shown_value


@dataclass(frozen=True)
class Value:
    text: str
    source: str = "Staging"
    is_secret: bool = False


def test_variables_in_a_value_are_filled_in() -> None:
    value = staging().lookup("base")
    assert value is not None
    assert (value.text, value.source) == ("wss://staging.example.com:8443", "Staging")


def test_a_value_that_holds_a_secret_is_one() -> None:
    value = staging().lookup("signed")
    assert value is not None
    assert shown_value(value) == DOTS


def test_a_circle_is_shown_as_it_is_written() -> None:
    value = staging().lookup("round")
    assert value is not None
    assert value.text == "{{round}}"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Value("plain"), "plain"),
        (Value("hidden", is_secret=True), DOTS),
        (Value("two\nlines"), "two␊lines"),
        (Value("x" * 300), "x" * 240 + "…"),
    ],
)
def test_a_value_is_shown_on_one_line(value: Value, shown: str) -> None:
    assert shown_value(value) == shown


def test_without_a_source_nothing_has_a_value() -> None:
    assert NoVariables().lookup("host") is None
    assert not NoVariables().names()
