"""Typed beginnings of words."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.gui.palette.loose import find, letters_of, quick_pattern

WORDS = st.lists(st.text("abc", min_size=1, max_size=5), min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("letters", "title", "places"),
    [
        ("ordup", "order updates", (0, 1, 2, 6, 7)),
        ("ou", "order updates", (0, 6)),
        ("ord", "show or hide", None),
        ("rder", "order", None),
        ("su", "status updates", (0, 7)),
    ],
)
def test_each_letter_is_the_next_or_begins_a_word(letters: str, title: str, places: tuple[int, ...] | None) -> None:
    assert find(letters, title) == places


@given(WORDS, st.lists(st.integers(1, 3), min_size=5, max_size=5))
def test_beginnings_of_words_are_always_found(words: list[str], sizes: list[int]) -> None:
    title = " ".join(words)
    letters = "".join(word[:size] for word, size in zip(words, sizes, strict=False))
    places = find(letters, title)
    assert places is not None
    assert "".join(title[at] for at in places) == letters
    assert quick_pattern(letters).match(title) is not None


def test_nothing_makes_it_slow() -> None:
    begun = time.perf_counter()
    find("a" * 24, "a " * 200)
    quick_pattern("a" * 23 + "b").match("a" * 5000)
    assert time.perf_counter() - begun < 0.5


def test_long_texts_are_no_beginnings_of_words() -> None:
    assert letters_of("o u") == "ou"
    assert letters_of("o") == ""
    assert letters_of("x" * 40) == ""
