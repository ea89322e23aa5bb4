"""Files that a workspace names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from wireyard.session.plan import files
from wireyard.session.plan.errors import PlanError
from wireyard.session.plan.files import FileLook, look_at_file, own_path, read_file, sent_path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "workspace"
    (root / "payloads").mkdir(parents=True)
    (root / "payloads" / "a.bin").write_bytes(b"\0\1")
    (tmp_path / "outside.txt").write_text("private")
    (root / "link").symlink_to(tmp_path / "outside.txt")
    (root / "up").symlink_to(tmp_path)
    return root


def test_a_file_inside_is_read(root: Path) -> None:
    assert read_file(root, "payloads/a.bin") == b"\0\1"
    assert read_file(root, "payloads/../payloads/a.bin") == b"\0\1"


@pytest.mark.parametrize("name", ["../outside.txt", "link", "up/outside.txt", "payloads/../../outside.txt"])
def test_nothing_outside_is_read(root: Path, name: str) -> None:
    with pytest.raises(PlanError, match="leads out of the workspace"):
        read_file(root, name)
    with pytest.raises(PlanError, match="leads out of the workspace"):
        own_path(root, name)


def test_a_whole_path_is_no_path_of_a_message(root: Path, tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="leads out"):
        read_file(root, str(tmp_path / "outside.txt"))


def test_a_certificate_may_be_anywhere_by_its_whole_path(root: Path, tmp_path: Path) -> None:
    assert own_path(root, str(tmp_path / "cert.pem")) == str(tmp_path / "cert.pem")
    assert own_path(root, "certs/a.pem") == str(root.resolve() / "certs" / "a.pem")
    assert own_path(root, "~/cert.pem") == str(Path.home() / "cert.pem")
    assert own_path(root, "") == ""


@pytest.mark.parametrize(
    ("name", "told"), [("gone", "not in the workspace"), ("payloads", "not a file"), ("a\0", "not a path")]
)
def test_what_can_t_be_read_is_told(root: Path, name: str, told: str) -> None:
    with pytest.raises(PlanError, match=told):
        read_file(root, name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(root: Path) -> None:
    os.mkfifo(root / "pipe")
    with pytest.raises(PlanError, match="not a file"):
        read_file(root, "pipe")


def test_a_file_that_is_too_large_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_MESSAGE_FILE_BYTES", 1)
    with pytest.raises(PlanError, match="is over"):
        read_file(root, "payloads/a.bin")


def test_a_file_that_a_person_chose_may_be_anywhere(root: Path, tmp_path: Path) -> None:
    outside = str(tmp_path / "outside.txt")
    assert read_file(root, outside, chosen=True) == b"private"
    assert read_file(None, outside, chosen=True) == b"private"
    assert look_at_file(root, outside, chosen=True) == FileLook(7, b"private")
    with pytest.raises(PlanError, match="is not there"):
        read_file(root, str(tmp_path / "gone"), chosen=True)
    with pytest.raises(PlanError, match="leads out of the workspace"):
        read_file(root, "../outside.txt", chosen=True)


def test_a_chosen_file_is_named_from_the_workspace_where_it_is_inside(root: Path, tmp_path: Path) -> None:
    assert sent_path(root, root / "payloads" / "a.bin") == "payloads/a.bin"
    assert sent_path(root, tmp_path / "outside.txt") == str((tmp_path / "outside.txt").resolve())
    assert sent_path(root, root / "link") == str((tmp_path / "outside.txt").resolve())
    assert sent_path(None, root / "payloads" / "a.bin") == str((root / "payloads" / "a.bin").resolve())


def test_only_the_head_is_looked_at(root: Path) -> None:
    (root / "large").write_bytes(b"x" * 10_000)
    assert look_at_file(root, "large") == FileLook(10_000, b"x" * 2048)


def test_a_file_that_is_written_while_it_is_read_is_not_sent(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stat_before = os.fstat

    def grown(handle: int) -> os.stat_result:
        found = stat_before(handle)
        (root / "payloads" / "a.bin").write_bytes(b"more than before")
        return found

    monkeypatch.setattr(files.os, "fstat", grown)
    with pytest.raises(PlanError, match="changed while it was read"):
        read_file(root, "payloads/a.bin")


def test_without_a_workspace_there_is_nothing_inside() -> None:
    with pytest.raises(PlanError, match="no workspace is open"):
        own_path(None, "certs/a.pem")
