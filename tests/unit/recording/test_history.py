"""Keeping, deleting and bringing back past sessions."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.helpers import recordings as make
from tests.helpers.rights import needs_permissions, protected

from wireyard.domain.event import Message
from wireyard.recording import history
from wireyard.recording.catalogue import Catalogue
from wireyard.recording.errors import RecordingError
from wireyard.recording.open import open_recording

APP = str(Path(__file__).resolve().parents[3] / "app")
_WRITER = """
import sys, time
from pathlib import Path
from tests.helpers import recordings as make
from tests.helpers.rights import needs_permissions, protected
from wireyard.recording.recording import Recording
made = Recording.create(Path(sys.argv[1]), make.INFO)
made.put(make.message("written by another"))
made.flush()
print(made.path, flush=True)
sys.stdin.read()
made.put(make.message("and still"))
made.close()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "sessions"


def is_kept(folder: Path) -> bool:
    (summary,) = Catalogue(folder).sessions()
    return summary.kept


def texts(path: Path) -> list[bytes]:
    reader = open_recording(path)
    try:
        return [event.payload for _, event in reader.events(1, reader.last_seq()) if isinstance(event, Message)]
    finally:
        reader.close()


def crashed(folder: Path, tmp_path: Path) -> Path:
    """A session whose writer was killed: its newest message is in the log only."""
    with make.recording(tmp_path / "live", [make.message("in the log")]) as made:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / made.path.name
        for ending in ("", "-wal"):
            shutil.copyfile(f"{made.path}{ending}", f"{path}{ending}")
    return path


def other_writer(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(folder)],
        env={**os.environ, "PYTHONPATH": f"{APP}{os.pathsep}{Path(APP).parent}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_session_is_marked_as_kept_and_the_mark_is_taken_away(folder: Path) -> None:
    path = make.record(folder, [make.message(), make.closed()])
    assert not is_kept(folder)
    history.set_kept(path, True)
    assert is_kept(folder)
    history.set_kept(path, True)
    history.set_kept(path, False)
    assert not is_kept(folder)
    assert texts(path) == [b"hello"]


def test_the_mark_outlives_a_lost_catalogue(folder: Path) -> None:
    path = make.record(folder, [make.message()])
    history.set_kept(path, True)
    Catalogue(folder).path.unlink(missing_ok=True)
    assert is_kept(folder)


def test_keeping_leaves_one_plain_file(folder: Path) -> None:
    path = make.record(folder, [make.message()])
    history.set_kept(path, True)
    assert list(folder.iterdir()) == [path]


def test_a_session_that_is_open_in_a_tab_can_be_kept(folder: Path) -> None:
    path = make.record(folder, [make.message(f"{i}") for i in range(3000)])
    reader = open_recording(path)
    assert len(reader.rows(1, 1000)) == 1000
    history.set_kept(path, True)
    assert len(reader.rows(1, 3000)) == 3000
    reader.close()


def test_what_a_crash_left_is_kept_with_its_log(folder: Path, tmp_path: Path) -> None:
    path = crashed(folder, tmp_path)
    history.set_kept(path, True)
    assert is_kept(folder)
    assert texts(path) == [b"in the log"]


def test_a_live_session_of_this_program_is_neither_kept_nor_deleted(folder: Path) -> None:
    with make.recording(folder, [make.message()]) as made:
        with pytest.raises(RecordingError, match="can't be marked: It is being recorded"):
            history.set_kept(made.path, True)
        with pytest.raises(RecordingError, match="can't be deleted: It is being recorded"):
            history.delete([made.path])
        made.put(make.message("goes on"))
    assert texts(made.path) == [b"hello", b"goes on"]


def test_a_live_session_of_another_program_is_left_alone(folder: Path) -> None:
    other = other_writer(folder)
    assert other.stdout is not None
    path = Path(other.stdout.readline().strip())
    for act in (lambda: history.set_kept(path, True), lambda: history.delete([path])):
        with pytest.raises(RecordingError, match="It is being recorded"):
            act()
    other.communicate("", timeout=20)
    assert texts(path) == [b"written by another", b"and still"]
    history.set_kept(path, True)


def test_what_another_program_left_when_it_was_killed_can_be_deleted(folder: Path) -> None:
    other = other_writer(folder)
    assert other.stdout is not None
    path = Path(other.stdout.readline().strip())
    other.send_signal(signal.SIGKILL)
    other.communicate(timeout=20)
    (restored,) = history.restore(history.delete([path]))
    assert texts(restored) == [b"written by another"]


def test_listing_a_live_session_does_not_take_its_locks_away(folder: Path) -> None:
    """On POSIX closing any descriptor of a file takes away all locks of the process."""
    with make.recording(folder, [make.message()]) as made:
        Catalogue(folder).sessions()
        code = "import sys; from pathlib import Path; from wireyard.recording.history import delete"
        code += "; delete([Path(sys.argv[1])])"
        other = subprocess.run(
            [sys.executable, "-c", code, str(made.path)],
            env={**os.environ, "PYTHONPATH": APP},
            capture_output=True,
            text=True,
            check=False,
        )
        assert "It is being recorded" in other.stderr
        assert made.path.exists()


def test_deleted_sessions_leave_the_list_and_come_back_whole(folder: Path, tmp_path: Path) -> None:
    paths = [make.record(folder, [make.message("one")]), make.record(folder, [make.message("two")])]
    deletion = history.delete(paths)
    assert Catalogue(folder).sessions() == []
    assert history.restore(deletion) == paths
    assert [texts(path) for path in paths] == [[b"one"], [b"two"]]
    history.empty_trash(folder, 0)
    assert sorted(folder.iterdir()) == sorted(paths)


def test_what_a_crash_left_is_deleted_and_restored_with_its_log(folder: Path, tmp_path: Path) -> None:
    path = crashed(folder, tmp_path)
    (restored,) = history.restore(history.delete([path]))
    assert restored == path
    assert texts(path) == [b"in the log"]


def test_a_name_that_is_taken_meanwhile_gets_a_number(folder: Path) -> None:
    path = make.record(folder, [make.message("old")])
    deletion = history.delete([path])
    assert make.record(folder, [make.message("new")]) == path
    (restored,) = history.restore(deletion)
    assert restored.name == f"{path.stem}-2.sqlite"
    assert [texts(path), texts(restored)] == [[b"new"], [b"old"]]


def test_one_that_can_not_be_deleted_leaves_the_others_where_they_are(folder: Path) -> None:
    path = make.record(folder, [make.message()])
    with make.recording(folder, [make.message()]) as live, pytest.raises(RecordingError):
        history.delete([path, live.path])
    assert path.exists()


def test_a_file_that_is_broken_can_be_deleted_but_not_kept(folder: Path) -> None:
    folder.mkdir()
    path = folder / "broken.sqlite"
    path.write_bytes(b"SQLite format 3\0" + b"\x07" * 9000)
    path.with_name("broken.sqlite-wal").write_bytes(b"junk")
    with pytest.raises(RecordingError, match="can't be marked: The file is damaged"):
        history.set_kept(path, True)
    history.delete([path])
    assert Catalogue(folder).sessions() == []


def test_a_database_of_another_program_is_not_touched(folder: Path) -> None:
    folder.mkdir()
    path = folder / "theirs.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("create table session(key, value)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(RecordingError, match="not a Wireyard recording"):
        history.set_kept(path, True)
    assert path.read_bytes() == before


def test_a_file_that_is_gone_is_told_and_not_made(folder: Path) -> None:
    folder.mkdir()
    for act in (lambda: history.set_kept(folder / "no.sqlite", True), lambda: history.delete([folder / "no.sqlite"])):
        with pytest.raises(RecordingError, match="can't be"):
            act()
    assert list(folder.iterdir()) == []


@needs_permissions
def test_a_read_only_session_is_told(folder: Path) -> None:
    path = make.record(folder, [make.message()])
    with protected(path), pytest.raises(RecordingError, match="can't be written to"):
        history.set_kept(path, True)


def test_the_trash_is_emptied_by_age(folder: Path) -> None:
    deletion = history.delete([make.record(folder, [make.message()])])
    history.empty_trash(folder, older_than_s=60)
    assert deletion.moved[0][1].exists()
    old = time.time() - 100
    os.utime(deletion.moved[0][1].parent, (old, old))
    history.empty_trash(folder, older_than_s=60)
    assert not (folder / history.TRASH).exists()
    history.empty_trash(folder, 0)


def test_listing_removes_for_good_what_was_deleted_a_week_ago(folder: Path) -> None:
    deletion = history.delete([make.record(folder, [make.message()])])
    Catalogue(folder).sessions()
    assert deletion.moved[0][1].exists()
    old = time.time() - history.KEPT_S - 1
    os.utime(deletion.moved[0][1].parent, (old, old))
    Catalogue(folder).sessions()
    assert not (folder / history.TRASH).exists()
