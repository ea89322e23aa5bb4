"""Files that a workspace names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from wireyard.session.plan import files
from wireyard.session.plan.errors import PlanError
from wireyard.session.plan.files import own_path, read_inside


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
    assert read_inside(root, "payloads/a.bin") == b"\0\1"
    assert read_inside(root, "payloads/../payloads/a.bin") == b"\0\1"


@pytest.mark.parametrize("name", ["../outside.txt", "link", "up/outside.txt", "payloads/../../outside.txt"])
def test_nothing_outside_is_read(root: Path, name: str) -> None:
    with pytest.raises(PlanError, match="leads out of the workspace"):
        read_inside(root, name)
    with pytest.raises(PlanError, match="leads out of the workspace"):
        own_path(root, name)


def test_a_whole_path_is_no_path_of_a_message(root: Path, tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="leads out"):
        read_inside(root, str(tmp_path / "outside.txt"))


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
        read_inside(root, name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(root: Path) -> None:
    os.mkfifo(root / "pipe")
    with pytest.raises(PlanError, match="not a file"):
        read_inside(root, "pipe")


def test_a_file_that_is_too_large_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_MESSAGE_FILE_BYTES", 1)
    with pytest.raises(PlanError, match="is over"):
        read_inside(root, "payloads/a.bin")


def test_without_a_workspace_there_is_nothing_inside() -> None:
    with pytest.raises(PlanError, match="no workspace is open"):
        own_path(None, "certs/a.pem")
