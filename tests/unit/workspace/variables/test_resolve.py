"""Texts with the values of their variables."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.workspace.model import Variable
from wireyard.workspace.variables import resolve as resolve_module
from wireyard.workspace.variables.dynamic import Dynamic
from wireyard.workspace.variables.errors import (
    CircularVariable,
    NoFact,
    TooDeep,
    TooLarge,
    UndefinedVariable,
)
from wireyard.workspace.variables.resolve import Resolved, Resolver, resolve
from wireyard.workspace.variables.scope import Layer, Scope
from wireyard.workspace.variables.template import escape


def scope(environment: str = "Staging", secret: dict[str, str] | None = None, **values: str) -> Scope:
    return scope_with(values, secret, environment)


def scope_with(values: dict[str, str], secret: dict[str, str] | None = None, environment: str = "Staging") -> Scope:
    variables = {name: Variable(value=value) for name, value in values.items()}
    variables |= {name: Variable(secret=True) for name in secret or {}}
    return Scope(
        [Layer(environment, variables, "staging")], lambda _, name: (secret or {})[name], environment=environment
    )


def test_values_take_the_place_of_names() -> None:
    resolved = resolve("wss://{{host}}:{{ port }}/", scope(host="example.com", port="8080"))
    assert resolved == Resolved("wss://example.com:8080/", (), ("host", "port"))


def test_a_value_may_name_variables() -> None:
    assert resolve("{{url}}", scope(url="wss://{{host}}", host="h")).text == "wss://h"


def test_a_secret_is_told_of_and_taken_as_it_is() -> None:
    resolved = resolve("Bearer {{auth}}", scope(auth="v1 {{token}}", secret={"token": "{{host}}"}))
    assert resolved == Resolved("Bearer v1 {{host}}", ("{{host}}",), ("token", "auth"))


def test_a_secret_is_not_in_the_repr() -> None:
    assert "hunter2" not in repr(resolve("{{token}}", scope(secret={"token": "hunter2"})))


def test_an_undefined_variable_says_its_name_and_where_it_was_looked_for() -> None:
    with pytest.raises(UndefinedVariable, match=r"^“token” has no value in Staging\.$") as caught:
        resolve("{{token}}", scope())
    assert (caught.value.name, caught.value.where) == ("token", "Staging")
    with pytest.raises(UndefinedVariable, match=r"^“token” has no value, and no environment is chosen\.$"):
        resolve("{{token}}", Scope(()))


def test_a_secret_without_a_value_is_told_as_one() -> None:
    bare = Scope([Layer("Staging", {"token": Variable(secret=True)}, "s")], lambda *_: None, environment="Staging")
    with pytest.raises(UndefinedVariable, match=r"^The secret “token” has no value on this machine, in Staging\.$"):
        resolve("{{token}}", bare)


def test_an_undefined_variable_can_stay_as_typed() -> None:
    kept = resolve(r"{{ a }}{{b}}\{{c}}{{$nope 1}}", scope(b="2"), Dynamic(), keep_undefined=True)
    assert kept.text == "{{ a }}2{{c}}{{$nope 1}}"
    assert resolve("{{$localServer}}", scope(), Dynamic(), keep_undefined=True).text == "{{$localServer}}"


def test_a_circle_is_told_by_its_names() -> None:
    with pytest.raises(CircularVariable, match="“a” leads back to itself: a → b → a"):
        resolve("{{start}}", scope(start="{{a}}", a="{{b}}", b="x{{a}}"))


def test_values_behind_too_many_others_are_refused() -> None:
    values = {f"v{number}": f"{{{{v{number + 1}}}}}" for number in range(30)}
    with pytest.raises(TooDeep):
        resolve("{{v0}}", scope_with(values | {"v30": "end"}))


def test_a_few_lines_cannot_fill_the_memory() -> None:
    values = {f"v{number}": f"{{{{v{number + 1}}}}}" * 10 for number in range(12)}
    with pytest.raises(TooLarge):
        resolve("{{v0}}", scope_with(values | {"v12": "x" * 1000}))


def test_the_limit_counts_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resolve_module, "MAX_BYTES", 100)
    assert resolve("{{a}}", scope(a="x" * 100)).text == "x" * 100
    with pytest.raises(TooLarge):
        resolve("{{a}}", scope(a="é" * 51))


def test_a_variable_has_one_value_in_texts_that_belong_together() -> None:
    resolver = Resolver(scope(id="{{$uuid}}"), Dynamic(1))
    assert resolver.resolve("{{id}}").text == resolver.resolve("{{id}}").text
    assert resolver.resolve("{{$uuid}}").text != resolver.resolve("{{$uuid}}").text


def test_a_built_in_value_that_nobody_knows_is_told() -> None:
    with pytest.raises(NoFact, match=r"“\$nope” is not one of the built-in values\."):
        resolve("{{$nope}}", scope(), Dynamic())


def test_nothing_is_evaluated() -> None:
    text = "{{1+1}} {{__import__('os')}} ${a} #{b} <%= c %> {{a()}}"
    assert resolve(text, scope(a="A", b="B")).text == text


@given(st.text())
def test_a_text_that_was_escaped_stays_itself(text: str) -> None:
    escaped = escape(text)
    if escaped is not None:
        assert resolve(escaped, scope()).text == text


@given(st.dictionaries(st.sampled_from("abcde"), st.text(st.sampled_from("{}abcde\\ "), max_size=30)), st.text())
def test_any_values_give_a_text_or_a_told_error(values: dict[str, str], tail: str) -> None:
    with contextlib.suppress(UndefinedVariable, CircularVariable, NoFact):
        resolve("{{a}}{{b}}" + tail, scope_with(values), Dynamic(0))
