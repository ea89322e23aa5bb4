"""Marks at rows: live, afterwards, while the disk fails, in files of older programs, and where they can't be kept."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from tests.helpers import recordings as make

from wireyard.domain.event import Message, Note
from wireyard.recording.errors import RecordingError
from wireyard.recording.history import set_marks
from wireyard.recording.open import open_recording
from wireyard.recording.recording import Recording


def marks_of(path: Path) -> dict[int, str]:
    reader = open_recording(path)
    try:
        return reader.marks()
    finally:
        reader.close()


def test_a_live_session_is_marked_and_says_so_afterwards(tmp_path: Path) -> None:
    recording = Recording.create(tmp_path, make.INFO)
    recording.put(make.message("a", 1))
    recording.put(make.message("b", 2))
    recording.flush()
    recording.set_marks({2: "second", 1: ""})
    reader = recording.reader()
    assert list(reader.marks().items()) == [(1, ""), (2, "second")]
    recording.set_marks({1: None, 2: "changed \udcff"})
    assert reader.marks() == {2: "changed \\udcff"}
    reader.close()
    recording.close()
    assert marks_of(recording.path) == {2: "changed \\udcff"}


def test_a_mark_of_its_own_stands_behind_what_was_given_before(tmp_path: Path) -> None:
    recording = Recording.create(tmp_path, make.INFO)
    recording.put(make.step(1))
    recording.put(make.message("a", 2))
    seq = recording.insert_mark("here")
    recording.put(make.message("b", 3))
    recording.flush()
    reader = recording.reader()
    events = [event for _, event in reader.events(1, 4)]
    assert seq == 3
    assert isinstance(events[2], Note)
    assert events[2].topic == "mark"
    assert isinstance(events[3], Message)
    assert reader.marks() == {3: "here"}
    reader.close()
    recording.close()


def test_marks_follow_a_session_whose_file_fails(tmp_path: Path) -> None:
    recording = Recording.in_memory(tmp_path / "gone", make.INFO, "No room.")
    recording.put(make.message("a", 1))
    recording.flush()
    recording.set_marks({1: "kept"})
    path = recording.save_elsewhere(tmp_path)
    recording.close()
    assert marks_of(path) == {1: "kept"}


def test_a_past_session_is_marked_also_while_it_is_read(tmp_path: Path) -> None:
    path = make.record(tmp_path, [make.message("a", 1)])
    reader = open_recording(path)
    assert reader.marks() == {}
    set_marks(path, {1: "later", 2: "x" * 100_000})
    assert marks_of(path) == {1: "later", 2: "x" * 100_000}
    # Who has it open already reads what happened as before.
    assert [event for _, event in reader.events(1, 1)] == [make.message("a", 1)]
    set_marks(path, {1: None})
    assert list(marks_of(path)) == [2]
    reader.close()


def test_a_file_of_an_older_program_has_none_and_can_have_some(tmp_path: Path) -> None:
    path = make.record(tmp_path, [make.message("a", 1)])
    connection = sqlite3.connect(path)
    connection.executescript("drop view marks; drop table mark;")
    connection.close()
    assert marks_of(path) == {}
    set_marks(path, {1: "now"})
    assert marks_of(path) == {1: "now"}


def test_where_the_file_can_not_be_written_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="The mark can't be kept"):
        set_marks(tmp_path / "none.sqlite", {1: ""})
    recording = Recording.create(tmp_path, make.INFO)
    recording.put(make.message("a", 1))
    recording.flush()
    with pytest.raises(RecordingError, match="It is being recorded"):
        set_marks(recording.path, {1: ""})
    recording.close()


def test_the_view_tells_of_marks_to_any_tool(tmp_path: Path) -> None:
    path = make.record(tmp_path, [make.message("a", 1), make.message("b", 2)])
    set_marks(path, {2: "n"})
    connection = sqlite3.connect(path)
    assert connection.execute("select seq, note from marks").fetchall() == [(2, "n")]
    connection.close()
