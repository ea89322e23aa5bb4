"""Bytes that are read with a limit and written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest
from tests.helpers.rights import needs_permissions, protected

from wireyard.workspace import disk as disk_module
from wireyard.workspace.disk import Disk
from wireyard.workspace.errors import FileProblem, SaveError, WorkspaceError


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    root = tmp_path / "workspace"
    root.mkdir()
    return Disk(root)


@pytest.mark.parametrize("text", ["", "a\r\nb", "\ufeffa: 🎉\n", "no end"])
def test_text_comes_back_byte_for_byte(disk: Disk, text: str) -> None:
    disk.write("a/b.yaml", text)
    assert disk.read("a/b.yaml")[0] == text


@pytest.mark.parametrize("path", ["../x", "a/../../x", "/etc/passwd", "a//b", ".", "a/./b", "a\0b"])
def test_a_path_stays_inside(disk: Disk, path: str) -> None:
    with pytest.raises(WorkspaceError):
        disk.path(path)


def test_a_huge_file_is_refused_before_it_is_read(disk: Disk) -> None:
    with (disk.root / "huge.yaml").open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    with pytest.raises(FileProblem, match="larger than 8 MiB"):
        disk.read("huge.yaml")


def test_bytes_that_are_no_text_are_told_with_their_line(disk: Disk) -> None:
    (disk.root / "bad.yaml").write_bytes(b"a: 1\nb: \xff\n")
    with pytest.raises(FileProblem, match=r"bad\.yaml, line 2: This is not UTF-8 text\."):
        disk.read("bad.yaml")


@pytest.mark.skipif(sys.platform == "win32", reason="no links without rights")
def test_a_link_that_leads_out_is_not_followed(disk: Disk, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("a: 1")
    (disk.root / "out.yaml").symlink_to(tmp_path / "secret")
    (disk.root / "folder").symlink_to(tmp_path)
    for path in ("out.yaml", "folder/secret"):
        with pytest.raises(FileProblem, match="leads out of the workspace"):
            disk.read(path)
        with pytest.raises(FileProblem, match="leads out of the workspace"):
            disk.write(path, "b: 2")
    assert (tmp_path / "secret").read_text() == "a: 1"


@pytest.mark.skipif(sys.platform == "win32", reason="no links without rights")
def test_a_link_inside_stays_a_link(disk: Disk) -> None:
    disk.write("real.yaml", "a: 1")
    (disk.root / "link.yaml").symlink_to("real.yaml")
    disk.write("link.yaml", "a: 2")
    assert (disk.root / "link.yaml").is_symlink()
    assert disk.read("real.yaml")[0] == "a: 2"


@pytest.mark.skipif(sys.platform == "win32", reason="no links without rights")
def test_a_link_in_a_circle_is_refused(disk: Disk) -> None:
    (disk.root / "a.yaml").symlink_to("b.yaml")
    (disk.root / "b.yaml").symlink_to("a.yaml")
    with pytest.raises(FileProblem):
        disk.read("a.yaml")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes")
def test_a_pipe_is_no_file_and_nobody_waits_for_it(disk: Disk) -> None:
    os.mkfifo(disk.root / "pipe.yaml")
    with pytest.raises(FileProblem, match="no regular file"):
        disk.read("pipe.yaml")


@pytest.mark.skipif(sys.platform == "win32", reason="no modes")
def test_a_file_keeps_its_mode(disk: Disk) -> None:
    disk.write("a.yaml", "a: 1")
    (disk.root / "a.yaml").chmod(0o640)
    disk.write("a.yaml", "a: 2")
    assert stat.S_IMODE((disk.root / "a.yaml").stat().st_mode) == 0o640


@needs_permissions
def test_a_file_that_is_write_protected_is_left_alone(disk: Disk) -> None:
    disk.write("a.yaml", "old")
    with protected(disk.root / "a.yaml"), pytest.raises(SaveError, match="write-protected"):
        disk.write("a.yaml", "new")
    assert disk.read("a.yaml")[0] == "old"


@pytest.mark.parametrize(
    ("number", "todo"),
    [
        (errno.ENOSPC, "Make room on the disk"),
        (errno.EROFS, "has to be writable"),
        (errno.EIO, "Nothing was changed"),
    ],
)
@pytest.mark.parametrize("call", ["fsync", "open"])
def test_a_write_that_fails_leaves_the_old_file(
    disk: Disk, monkeypatch: pytest.MonkeyPatch, number: int, todo: str, call: str
) -> None:
    disk.write("a.yaml", "old")

    def fail(*_args: object, **_options: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(disk_module.os, call, fail)
    with pytest.raises(SaveError, match=todo) as caught:
        disk.write("a.yaml", "new")
    monkeypatch.undo()
    assert str(caught.value).startswith("a.yaml can't be saved: ")
    assert [path.name for path in disk.root.iterdir()] == ["a.yaml"]
    assert disk.read("a.yaml")[0] == "old"


@pytest.mark.skipif(sys.platform == "win32", reason="no links without rights")
def test_a_link_in_the_way_of_the_temporary_file_is_not_written_through(disk: Disk, tmp_path: Path) -> None:
    disk.write("a.yaml", "old")
    victim = tmp_path / "victim"
    victim.write_text("mine")
    name = next(name for name in _temporary_names(disk))
    (disk.root / name).symlink_to(victim)
    disk.write("a.yaml", "new")
    assert (victim.read_text(), disk.read("a.yaml")[0]) == ("mine", "new")


def _temporary_names(disk: Disk) -> list[str]:
    """The name that is used for ``a.yaml``, seen where a write stops half-way."""
    seen: list[str] = []

    def stop(_handle: int) -> None:
        seen.extend(path.name for path in disk.root.iterdir() if path.name != "a.yaml")
        raise OSError(errno.EIO, "stopped")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk_module.os, "fsync", stop)
        with pytest.raises(SaveError):
            disk.write("a.yaml", "x")
    return seen
