"""What is secret in an ``auth`` block never stands in a file: it becomes a variable, and its value goes elsewhere."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from tests.helpers.workspace_files import AUTH, VARIABLES

from wireyard.workspace.auth_secrets import (
    FIELDS_OF_KIND,
    literals_of,
    only_of_its_kind,
    sealed,
    unsealed,
    without_literals,
)
from wireyard.workspace.model import AuthSettings, Field, Variable


def test_a_password_becomes_a_secret_variable() -> None:
    made = sealed(AuthSettings(kind="basic", user="ann", password="hunter2"), {})
    assert made.auth == AuthSettings(kind="basic", user="ann", password="{{auth_password}}")
    assert made.variables == {"auth_password": Variable(secret=True)}
    assert made.values == {"auth_password": "hunter2"}


def test_what_is_a_variable_already_stays_one() -> None:
    auth = AuthSettings(kind="bearer", token="{{token}}")
    assert sealed(auth, {}) == (auth, {}, {})


def test_an_extra_parameter_that_sounds_secret_is_one() -> None:
    auth = AuthSettings(kind="oauth2", extra=(Field(name="resource", value="x"), Field(name="API_key", value="k")))
    made = sealed(auth, {})
    assert [row.value for row in made.auth.extra] == ["x", "{{auth_API_key}}"]
    assert made.values == {"auth_API_key": "k"}


def test_a_plain_variable_of_the_name_is_left_alone() -> None:
    made = sealed(AuthSettings(kind="bearer", token="t"), {"auth_token": Variable(value="mine")})
    assert made.auth.token == "{{auth_token_2}}"
    assert made.variables["auth_token"] == Variable(value="mine")


def test_a_new_value_of_the_same_field_takes_the_old_ones_place() -> None:
    made = sealed(AuthSettings(kind="bearer", token="new"), {"auth_token": Variable(secret=True)})
    assert (made.auth.token, made.values) == ("{{auth_token}}", {"auth_token": "new"})


@given(AUTH)
def test_nothing_secret_is_left_and_all_of_it_comes_back(auth: AuthSettings) -> None:
    made = sealed(auth, {})
    assert literals_of(made.auth) == {}
    assert literals_of(without_literals(auth)) == {}
    assert unsealed(made.auth, made.values) == auth
    assert sorted(made.values.values()) == sorted(literals_of(auth).values())


@given(AUTH, VARIABLES)
def test_sealing_twice_changes_nothing_more(auth: AuthSettings, variable: Variable) -> None:
    once = sealed(auth, {"auth_token": variable})
    assert sealed(once.auth, once.variables) == (once.auth, once.variables, {})


@pytest.mark.parametrize("kind", FIELDS_OF_KIND)
def test_a_kind_has_only_its_own_fields(kind: str) -> None:
    names = [name for name in AuthSettings.__struct_fields__ if name not in ("kind", "extra")]
    full = AuthSettings(**dict.fromkeys(names, "x"), extra=(Field(name="a"),), kind=kind)  # type: ignore[arg-type]
    kept = msgspec.structs.asdict(only_of_its_kind(full))
    defaults = msgspec.structs.asdict(AuthSettings(kind=kind))  # type: ignore[arg-type]
    assert {name for name in kept if kept[name] != defaults[name]} == set(FIELDS_OF_KIND[kind])  # type: ignore[index]
