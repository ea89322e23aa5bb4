"""What was chosen in the palette: newest first, kept from one start to the next, and never in anybody's way."""

from __future__ import annotations

from pathlib import Path

import pytest

from wireyard.settings.choices import MAX_CHOICES, ChoiceBook


def test_the_latest_comes_first_and_once(tmp_path: Path) -> None:
    book = ChoiceBook(tmp_path / "palette.json")
    for key in ("a", "b", "a"):
        book.add(key)
    assert book.keys == ("a", "b")


def test_it_is_there_after_a_restart(tmp_path: Path) -> None:
    ChoiceBook(tmp_path / "palette.json").add("request:Orders/Echo.ws.yaml")
    assert ChoiceBook(tmp_path / "palette.json").keys == ("request:Orders/Echo.ws.yaml",)


def test_it_does_not_grow_for_ever(tmp_path: Path) -> None:
    book = ChoiceBook(tmp_path / "palette.json")
    for number in range(MAX_CHOICES + 5):
        book.add(str(number))
    assert len(book.keys) == MAX_CHOICES


@pytest.mark.parametrize("content", [b"", b"{", b'{"a": 1}', b"[1]", b"\xff"])
def test_a_damaged_file_counts_as_empty(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "palette.json"
    path.write_bytes(content)
    assert ChoiceBook(path).keys == ()


def test_a_file_that_can_not_be_written_is_left_alone(tmp_path: Path) -> None:
    book = ChoiceBook(tmp_path)  # a folder
    book.add("a")
    assert book.keys == ("a",)
