"""File names that work on all systems."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.workspace.errors import NameFault
from wireyard.workspace.names import checked, file_name, folded, free_name, shown, sort_key

RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(10))}


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Order updates", "Order updates"),
        ("a/b\\c:d", "a-b-c-d"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("Console", "Console"),
        (".hidden", "_hidden"),
        ("-rf", "_rf"),
        ("dots...", "dots"),
        ("...", "_"),
        ("🎉 Party", "🎉 Party"),
        ("  much\n\tblank  ", "much blank"),
        ("Ele\u0301ve", "Eléve"),
        ("x.ws.yaml", "x-ws-yaml"),
        ("Mine.local", "Mine-local"),
        ("?", "_"),
    ],
)
def test_names_become_stems(name: str, stem: str) -> None:
    assert file_name(name, []) == stem


@pytest.mark.parametrize("name", ["", "  ", "\n", "\ud800"])
def test_nothing_is_no_name(name: str) -> None:
    with pytest.raises(NameFault):
        checked(name)


@pytest.mark.parametrize(
    ("taken", "stem"),
    [
        (["other"], "Name"),
        (["name"], "Name 2"),
        (["NAME", "name 2"], "Name 3"),
    ],
)
def test_no_two_stems_are_one_to_any_system(taken: list[str], stem: str) -> None:
    assert file_name("Name", taken) == stem


def test_accents_apart_from_their_letter_are_the_same_name() -> None:
    assert file_name("é", ["e\u0301"]) == "é 2"
    assert shown("e\u0301") == "é"


def test_a_number_goes_on() -> None:
    assert file_name("Try 7", ["Try 7", "try 8"]) == "Try 9"


def test_names_people_see_differ_as_they_are_written() -> None:
    assert free_name("Orders", ["orders"]) == "Orders"
    assert free_name("Orders", ["Orders", "Orders 2"]) == "Orders 3"


def test_long_names_are_cut_between_characters() -> None:
    stem = file_name("é" * 300, ["é" * 100])
    assert len(stem.encode()) <= 200
    assert stem == "é" * 99 + " 2"


@given(st.text(st.characters(exclude_categories=("Cs",))), st.lists(st.text(max_size=3), max_size=5))
def test_any_name_gives_a_stem_that_is_allowed_everywhere(name: str, taken: list[str]) -> None:
    try:
        stem = file_name(name, taken)
    except NameFault:
        return
    assert 0 < len(stem.encode()) <= 200
    assert not set(stem) & set('<>:"/\\|?*\0\n')
    assert not stem.startswith(".")
    assert not stem.endswith((".", " "))
    assert stem.partition(".")[0].casefold() not in RESERVED
    assert folded(stem) not in {folded(each) for each in taken}


@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=300))
def test_any_stem_is_a_file(name: str) -> None:
    try:
        stem = file_name(name, [])
    except NameFault:
        return
    assert Path(f"{stem}.ws.yaml").name == f"{stem}.ws.yaml"


def test_people_sort_numbers_by_size_and_without_case() -> None:
    assert sorted(["f", "A10", "a2", "Z", "é", "e"], key=sort_key) == ["a2", "A10", "e", "é", "f", "Z"]
