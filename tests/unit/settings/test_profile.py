"""One folder holds everything, and only its owner may look."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from wireyard.settings.profile import Profile, ProfileError


def test_everything_is_inside_the_root(tmp_path: Path) -> None:
    profile = Profile.at(tmp_path / "p")
    paths = [
        profile.sessions,
        profile.settings_file,
        profile.tabs_file,
        profile.addresses_file,
        profile.crashes,
    ]
    assert len(set(paths)) == len(paths)
    assert all(path.parent == tmp_path / "p" for path in paths)


def test_a_relative_folder_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert Profile.at("here").root == tmp_path / "here"


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are POSIX")
def test_folders_are_private(tmp_path: Path) -> None:
    profile = Profile.at(tmp_path / "a" / "b")
    profile.prepare()
    assert stat.S_IMODE(profile.root.stat().st_mode) == 0o700
    assert stat.S_IMODE(profile.sessions.stat().st_mode) == 0o700


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "p").write_text("")
    with pytest.raises(ProfileError, match="can't be used"):
        Profile.at(tmp_path / "p").prepare()


def test_without_a_folder_it_is_the_users_own() -> None:
    assert Profile.at(None).root.name == "wireyard"
