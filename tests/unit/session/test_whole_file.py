"""A file written as a whole takes its place at the end; anything else leaves what was there."""

from __future__ import annotations

from pathlib import Path

import pytest

from wireyard.session.whole_file import whole_file


def test_the_older_file_stays_until_all_is_written(tmp_path: Path) -> None:
    target = tmp_path / "a.jsonl"
    target.write_bytes(b"older")
    with whole_file(target) as file:
        file.write(b"new")
        assert target.read_bytes() == b"older"
    assert target.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a.jsonl"]


class Interrupted(BaseException):
    """Like a cancellation: no `Exception`."""


def write_half(target: Path, trouble: BaseException) -> None:
    with whole_file(target) as file:
        file.write(b"half")
        raise trouble


@pytest.mark.parametrize("trouble", [OSError("disk full"), Interrupted()])
def test_when_writing_ends_early_nothing_is_left_behind(tmp_path: Path, trouble: BaseException) -> None:
    target = tmp_path / "a.jsonl"
    target.write_bytes(b"older")
    with pytest.raises(type(trouble)):
        write_half(target, trouble)
    assert target.read_bytes() == b"older"
    assert [path.name for path in tmp_path.iterdir()] == ["a.jsonl"]


def test_a_target_that_is_a_folder_is_refused_and_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "folder"
    target.mkdir()
    with pytest.raises(OSError, match="folder"), whole_file(target) as file:
        file.write(b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_a_folder_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), whole_file(tmp_path / "missing" / "a.jsonl"):
        pytest.fail("nothing may be written")
