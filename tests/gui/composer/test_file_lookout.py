"""What is told of the file that a message is, whatever becomes of it and of the workspace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.composer.file_lookout import FileLookout
from wireyard.gui.jobs import Jobs
from wireyard.session.plan.files import FileLook


@pytest.fixture
def seen() -> list[FileLook | str]:
    return []


@pytest.fixture
def lookout(qtbot: QtBot, seen: list[FileLook | str]) -> Iterator[FileLookout]:
    owner = QWidget()
    qtbot.addWidget(owner)
    jobs = Jobs(owner)
    made = FileLookout(jobs, owner)
    made.seen.connect(seen.append)
    yield made
    jobs.stop()


def test_a_file_of_a_workspace_that_opens_later_is_found_then(
    qtbot: QtBot, tmp_path: Path, lookout: FileLookout, seen: list[FileLook | str]
) -> None:
    (tmp_path / "a.bin").write_bytes(b"abc")
    lookout.follow("a.bin", chosen=False)
    qtbot.waitUntil(lambda: len(seen) == 1)
    assert "no workspace is open" in str(seen[0])
    lookout.root = tmp_path
    qtbot.waitUntil(lambda: seen[-1] == FileLook(3, b"abc"))


def test_a_file_that_is_replaced_goes_and_comes_back_is_followed(
    qtbot: QtBot, tmp_path: Path, lookout: FileLookout, seen: list[FileLook | str]
) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"abc")
    lookout.follow(str(path), chosen=True)
    qtbot.waitUntil(lambda: seen[-1:] == [FileLook(3, b"abc")])
    (tmp_path / "new").write_bytes(b"other")
    (tmp_path / "new").replace(path)
    qtbot.waitUntil(lambda: seen[-1] == FileLook(5, b"other"))
    path.unlink()
    qtbot.waitUntil(lambda: isinstance(seen[-1], str))
    path.write_bytes(b"back")
    qtbot.waitUntil(lambda: seen[-1] == FileLook(4, b"back"))


def test_with_another_message_it_is_left_alone(
    qtbot: QtBot, tmp_path: Path, lookout: FileLookout, seen: list[FileLook | str]
) -> None:
    path, other = tmp_path / "a.bin", tmp_path / "b.bin"
    path.write_bytes(b"abc")
    other.write_bytes(b"b")
    lookout.follow(str(path), chosen=True)
    qtbot.waitUntil(lambda: len(seen) == 1)
    lookout.follow("", chosen=False)
    path.write_bytes(b"changed")
    lookout.follow(str(other), chosen=True)
    qtbot.waitUntil(lambda: seen[-1] == FileLook(1, b"b"))
    assert len(seen) == 2
