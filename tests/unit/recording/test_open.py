"""Opening a file that may be anything."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.helpers import recordings as make

from wireyard.recording.errors import RecordingError
from wireyard.recording.open import open_recording
from wireyard.recording.search import RowFilter, search


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    events = [make.step(), make.opened(), *[make.message(f"message {i}" * 20, ms=i) for i in range(600)], make.closed()]
    return make.record(tmp_path_factory.mktemp("sound"), events)


def read_all(path: Path) -> int:
    reader = open_recording(path)
    try:
        last = reader.last_seq()
        rows = len(reader.rows(1, last))
        list(reader.events(1, last))
        reader.hidden()
        reader.totals()
        list(search(reader, RowFilter(text="x"), 1, last))
        return rows
    finally:
        reader.close()


def test_a_sound_file_opens_and_is_not_touched(sound: Path) -> None:
    before = sound.read_bytes(), sound.stat().st_mtime_ns, sorted(sound.parent.iterdir())
    reader = open_recording(sound)
    assert reader.info == make.INFO
    reader.close()
    assert read_all(sound) == 602
    assert (sound.read_bytes(), sound.stat().st_mtime_ns, sorted(sound.parent.iterdir())) == before


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "not a Wireyard recording"),
        (b"hello\n" * 1000, "not a Wireyard recording"),
        (b"SQLite format 3\0", "not a Wireyard recording"),
        (b"SQLite format 3\0" + b"\xff" * 5000, "can't be read"),
        (b"SQLite format 3\0" + bytes(5000), "can't be read"),
    ],
)
def test_what_is_no_recording_is_refused_in_words(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "x.sqlite"
    path.write_bytes(content)
    with pytest.raises(RecordingError) as caught:
        open_recording(path)
    assert what in caught.value.what
    assert caught.value.path == path
    assert caught.value.advice.endswith(".")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="no such file"):
        open_recording(tmp_path / "none.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_recording(tmp_path: Path) -> None:
    with pytest.raises(RecordingError):
        open_recording(tmp_path)


def test_a_database_of_another_program(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "x.sqlite")
    connection.execute("create table event(seq)")
    connection.close()
    with pytest.raises(RecordingError, match="another program"):
        open_recording(tmp_path / "x.sqlite")


def test_a_file_of_a_newer_program(sound: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(sound, tmp_path))
    connection = sqlite3.connect(path)
    connection.execute("pragma user_version=99")
    connection.close()
    with pytest.raises(RecordingError, match="newer Wireyard") as caught:
        open_recording(path)
    assert caught.value.advice == "Install the newest version."


@pytest.mark.parametrize("share", [0.05, 0.5, 0.99])
def test_a_file_cut_short(sound: Path, tmp_path: Path, share: float) -> None:
    path = Path(shutil.copy(sound, tmp_path))
    os.truncate(path, int(path.stat().st_size * share))
    with pytest.raises(RecordingError, match="cut short"):
        open_recording(path)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_junk_anywhere_gives_an_answer_or_a_clear_error(sound: Path, tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(sound.read_bytes())
    start = data.draw(st.integers(0, len(content) - 1))
    junk = data.draw(st.binary(min_size=1, max_size=200)) * data.draw(st.sampled_from([1, 50]))
    content[start : start + len(junk)] = junk
    path = tmp_path / "junk.sqlite"
    path.write_bytes(content[: sound.stat().st_size])
    with contextlib.suppress(RecordingError):
        read_all(path)


def test_pages_of_junk_are_an_error_when_they_are_read(sound: Path, tmp_path: Path) -> None:
    content = bytearray(sound.read_bytes())
    # Everything but the first page, which holds the schema.
    content[32768:] = os.urandom(len(content) - 32768)
    path = tmp_path / "junk.sqlite"
    path.write_bytes(content)
    with pytest.raises(RecordingError, match="damaged"):
        read_all(path)


def test_a_log_left_behind_is_read_and_nothing_is_changed(tmp_path: Path) -> None:
    with make.recording(tmp_path / "live", [make.message(f"{i}") for i in range(500)]) as made:
        crashed = tmp_path / "crashed"
        crashed.mkdir()
        for more in ("", "-wal"):
            shutil.copy(f"{made.path}{more}", crashed)
    path = crashed / made.path.name
    before = path.read_bytes(), Path(f"{path}-wal").read_bytes()
    assert read_all(path) == 500
    assert (path.read_bytes(), Path(f"{path}-wal").read_bytes()) == before
    # And again: reading left nothing that hinders.
    assert read_all(path) == 500


def test_a_live_recording_can_be_opened_by_another_program(tmp_path: Path) -> None:
    with make.recording(tmp_path, [make.message("a")]) as made:
        reader = open_recording(made.path)
        assert reader.last_seq() == 1
        made.put(make.message("b"))
        made.flush()
        assert reader.last_seq() == 2
        assert [row.head for row in reader.rows(1, 9)] == [b"a", b"b"]
        reader.close()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may mount")
@pytest.mark.parametrize("has_log", [False, True])
def test_read_only_media(tmp_path: Path, has_log: bool) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(disk)], check=False).returncode:
        pytest.skip("may not mount")
    try:
        with make.recording(tmp_path / "live", [make.message(f"{i}") for i in range(50)]) as made:
            for more in ("", "-wal") if has_log else ():
                shutil.copy(f"{made.path}{more}", disk)
        if not has_log:
            shutil.copy(made.path, disk)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        assert read_all(disk / made.path.name) == 50
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)
