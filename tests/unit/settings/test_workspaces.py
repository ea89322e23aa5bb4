"""The list of workspaces that were open."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from wireyard.settings.workspaces import MAX_WORKSPACES, WorkspaceBook


def test_what_was_chosen_in_a_workspace_is_there_after_a_restart(tmp_path: Path) -> None:
    book = WorkspaceBook(tmp_path / "workspaces.json")
    book.keep(replace(book.of(tmp_path / "orders"), environment="Staging"))
    assert WorkspaceBook(tmp_path / "workspaces.json").of(tmp_path / "orders").environment == "Staging"


def test_the_newest_comes_first_and_each_folder_stands_once(tmp_path: Path) -> None:
    book = WorkspaceBook(tmp_path / "workspaces.json")
    for name in ("a", "b", "a"):
        book.keep(book.of(tmp_path / name))
    assert [Path(each.path).name for each in book.known] == ["a", "b"]


def test_the_list_is_bounded(tmp_path: Path) -> None:
    book = WorkspaceBook(tmp_path / "workspaces.json")
    for number in range(MAX_WORKSPACES + 5):
        book.keep(book.of(tmp_path / str(number)))
    assert len(book.known) == MAX_WORKSPACES


def test_a_forgotten_folder_is_gone_from_the_file_too(tmp_path: Path) -> None:
    book = WorkspaceBook(tmp_path / "workspaces.json")
    book.keep(book.of(tmp_path / "a"))
    book.forget(str(tmp_path / "a"))
    assert WorkspaceBook(tmp_path / "workspaces.json").known == ()


def test_a_damaged_list_counts_as_empty(tmp_path: Path) -> None:
    file = tmp_path / "workspaces.json"
    file.write_text("[{")
    assert WorkspaceBook(file).known == ()
