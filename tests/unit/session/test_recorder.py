"""Profile and settings say where and how a session is recorded."""

from __future__ import annotations

from pathlib import Path

import pytest

from wireyard.domain.event import Note
from wireyard.domain.request import ConnectRequest
from wireyard.domain.session import SessionInfo
from wireyard.recording.errors import RecordingError
from wireyard.recording.open import open_recording
from wireyard.recording.values import Progress
from wireyard.session.identity import new_session
from wireyard.session.recorder import record_into, sessions_folder
from wireyard.settings.model import Recording, Settings
from wireyard.settings.profile import Profile


def test_sessions_go_to_the_profile_unless_a_folder_was_set(tmp_path: Path) -> None:
    profile = Profile.at(tmp_path)
    assert sessions_folder(profile, Settings()) == tmp_path / "sessions"
    chosen = Settings(recording=Recording(folder=str(tmp_path / "mine")))
    assert sessions_folder(profile, chosen) == tmp_path / "mine"


def test_a_recording_is_started_there_and_tells_of_its_progress(tmp_path: Path) -> None:
    told: list[Progress] = []
    start = record_into(tmp_path / "s", Settings(), on_progress=told.append)
    recording = start(new_session(ConnectRequest(url="ws://h/")))
    assert recording.path.parent == tmp_path / "s"
    recording.close()


def test_where_no_file_can_be_made_a_session_may_begin_in_memory_and_move_to_a_file_later(tmp_path: Path) -> None:
    (tmp_path / "s").write_text("a file where the folder should be")
    start = record_into(tmp_path / "s", Settings(), goes_on_in_memory=True)
    recording = start(SessionInfo(id="1", url="ws://h/", created_ts_ns=1))
    assert recording.health.failing
    assert recording.health.reason
    recording.put(Note(ts_ns=1, mono_ns=1, text="kept"))
    recording.flush()
    reader = recording.reader()
    assert [event for _, event in reader.events(1, 9)] == [Note(ts_ns=1, mono_ns=1, text="kept")]
    path = recording.save_elsewhere(tmp_path / "elsewhere")
    assert not recording.health.failing
    reader.close()
    recording.close()
    saved = open_recording(path)
    assert [event for _, event in saved.events(1, 9)] == [Note(ts_ns=1, mono_ns=1, text="kept")]
    saved.close()


def test_without_that_leave_it_raises(tmp_path: Path) -> None:
    (tmp_path / "s").write_text("a file where the folder should be")
    with pytest.raises(RecordingError):
        record_into(tmp_path / "s", Settings())(SessionInfo(id="1", url="ws://h/", created_ts_ns=1))
