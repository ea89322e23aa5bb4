"""Profile and settings say where and how a session is recorded."""

from __future__ import annotations

from pathlib import Path

from wireyard.domain.request import ConnectRequest
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
