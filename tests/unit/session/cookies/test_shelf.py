"""The jars of a profile: a private file each, with what two programs change at once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from wireyard.domain.cookie import Cookie
from wireyard.session.cookies.jar import Jar
from wireyard.session.cookies.shelf import CookieShelf


def names(jar: Jar) -> list[str]:
    return [cookie.name for cookie in jar.cookies]


def put(jar: Jar, name: str) -> None:
    jar.put(Cookie(name=name, value="v", domain="h.example"))


def test_each_environment_of_each_workspace_has_its_own(tmp_path: Path) -> None:
    shelf = CookieShelf(tmp_path)
    for place in (("w", ""), ("w", "staging"), ("v", "staging"), ("", "")):
        put(shelf.jar(*place), "".join(place) or "none")
    shelf.save()
    again = CookieShelf(tmp_path)
    assert names(again.jar("w", "")) == ["w"]
    assert names(again.jar("w", "staging")) == ["wstaging"]
    assert names(again.jar("v", "staging")) == ["vstaging"]
    assert names(again.jar("", "")) == ["none"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_nobody_else_can_read_the_file(tmp_path: Path) -> None:
    shelf = CookieShelf(tmp_path / "cookies")
    put(shelf.jar("w", "e"), "a")
    shelf.save()
    (file,) = (tmp_path / "cookies").rglob("*.json")
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o077 == 0


def test_nothing_is_written_where_nothing_was_kept(tmp_path: Path) -> None:
    shelf = CookieShelf(tmp_path)
    assert names(shelf.jar("w", "e")) == []
    shelf.save()
    assert list(tmp_path.rglob("*")) == []


def test_two_programs_keep_each_other_s_cookies(tmp_path: Path) -> None:
    one, other = CookieShelf(tmp_path), CookieShelf(tmp_path)
    put(one.jar("w", "e"), "old")
    one.save()
    put(one.jar("w", "e"), "a")
    other.jar("w", "e").remove(other.jar("w", "e").cookies)
    put(other.jar("w", "e"), "b")
    other.save()
    one.save()
    assert names(one.jar("w", "e")) == ["a", "b"]
    assert names(other.jar("w", "e")) == ["a", "b"]


def test_a_file_that_is_none_is_empty_and_written_anew(tmp_path: Path) -> None:
    shelf = CookieShelf(tmp_path)
    put(shelf.jar("w", "e"), "a")
    shelf.save()
    (file,) = tmp_path.rglob("*.json")
    file.write_bytes(b"\xff{")
    again = CookieShelf(tmp_path)
    assert names(again.jar("w", "e")) == []
    put(again.jar("w", "e"), "b")
    again.save()
    assert names(CookieShelf(tmp_path).jar("w", "e")) == ["b"]


def test_what_could_not_be_written_is_written_later(tmp_path: Path) -> None:
    (tmp_path / "cookies").write_text("in the way")
    shelf = CookieShelf(tmp_path / "cookies")
    put(shelf.jar("w", "e"), "a")
    with pytest.raises(OSError, match="cookies"):
        shelf.save()
    (tmp_path / "cookies").unlink()
    shelf.save()
    assert names(CookieShelf(tmp_path / "cookies").jar("w", "e")) == ["a"]


def test_a_jar_follows_its_environment_to_another_name(tmp_path: Path) -> None:
    shelf = CookieShelf(tmp_path)
    put(shelf.jar("w", "old"), "a")
    shelf.move("w", "old", "new")
    shelf.save()
    again = CookieShelf(tmp_path)
    assert (names(again.jar("w", "old")), names(again.jar("w", "new"))) == ([], ["a"])


def test_the_shelf_tells_of_changes(tmp_path: Path) -> None:
    told: list[int] = []
    shelf = CookieShelf(tmp_path, lambda: told.append(1))
    put(shelf.jar("w", "e"), "a")
    assert told == [1]
