"""An environment's two files as rows, and what each change makes of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.gui.environments.rows import (
    Files,
    Row,
    name_fault,
    rows_of,
    with_local,
    with_name,
    with_note,
    with_on,
    with_secret,
    with_shared,
    without,
)
from wireyard.workspace.model import EnvironmentFile, Variable

NAMES = st.sampled_from(["host", "token", "port"])
VARIABLES = st.builds(Variable, value=st.sampled_from(["", "a", "b"]), secret=st.booleans(), off=st.booleans())
ENVIRONMENTS = st.builds(EnvironmentFile, variables=st.dictionaries(NAMES, VARIABLES))
FILES = st.builds(Files, ENVIRONMENTS, ENVIRONMENTS)


def files(shared: dict[str, Variable] | None = None, local: dict[str, Variable] | None = None) -> Files:
    return Files(EnvironmentFile(variables=shared or {}), EnvironmentFile(variables=local or {}))


def test_a_row_has_the_shared_value_and_the_one_of_this_machine() -> None:
    both = files({"host": Variable(value="a", note="n")}, {"host": Variable(value="b"), "mine": Variable(value="c")})
    assert rows_of(both) == [
        Row("host", shared="a", local="b", note="n"),
        Row("mine", local="c", is_local=True),
    ]


def test_renaming_keeps_the_place_in_both_files() -> None:
    both = files({"a": Variable(value="1"), "b": Variable(value="2")}, {"a": Variable(value="3")})
    renamed = with_name(both, "a", "z")
    assert list(renamed.shared.variables) == ["z", "b"]
    assert renamed.local.variables == {"z": Variable(value="3")}


def test_an_empty_value_of_this_machine_is_none() -> None:
    both = with_local(files({"a": Variable(value="1")}), "a", "2")
    assert both.local.variables == {"a": Variable(value="2")}
    assert with_local(both, "a", "").local.variables == {}


def test_a_variable_of_this_machine_only_is_not_shared_by_a_note() -> None:
    noted = with_note(files({}, {"mine": Variable(value="x")}), "mine", "why")
    assert noted.shared.variables == {}
    assert noted.local.variables["mine"].note == "why"


@given(FILES, NAMES)
def test_a_secret_has_no_value_in_any_file(both: Files, name: str) -> None:
    secret = with_secret(both, name, is_secret=True)
    for file in (secret.shared, secret.local):
        assert file.variables.get(name, Variable()).value == ""
    assert all(row.is_secret for row in rows_of(secret) if row.name == name)


@given(FILES, NAMES, st.booleans())
def test_off_is_off_in_both_files(both: Files, name: str, is_on: bool) -> None:
    switched = with_on(both, name, is_on)
    assert all(row.is_on is is_on for row in rows_of(switched) if row.name == name)
    assert all(
        file.variables[name].off is not is_on for file in (switched.shared, switched.local) if name in file.variables
    )


@given(FILES, NAMES)
def test_a_deleted_name_is_gone_and_the_others_stay(both: Files, name: str) -> None:
    left = without(both, {name})
    assert [row.name for row in rows_of(left)] == [row.name for row in rows_of(both) if row.name != name]


@given(FILES, NAMES, st.text(max_size=4))
def test_a_change_of_one_leaves_all_others(both: Files, name: str, value: str) -> None:
    changed = with_shared(both, name, value)
    others = [row for row in rows_of(changed) if row.name != name]
    assert sorted(others, key=lambda row: row.name) == sorted(
        (row for row in rows_of(both) if row.name != name), key=lambda row: row.name
    )


@pytest.mark.parametrize(
    ("name", "is_good"), [("host", True), ("a.b-c_1", True), ("", False), ("two words", False), ("taken", False)]
)
def test_names_are_checked(name: str, is_good: bool) -> None:
    assert (name_fault(name, ["taken"]) == "") is is_good
