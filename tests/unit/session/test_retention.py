"""Nothing is removed before it was told, and a day has passed."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.helpers import recordings as make

from wireyard.recording.catalogue import Catalogue
from wireyard.session.retention import GRACE_S, limits_of, rule_words, tend
from wireyard.settings.model import Recording, Settings
from wireyard.settings.profile import Profile

NOW_S = make.START_NS / 1e9 + 100 * 24 * 3600.0


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    profile = Profile.at(tmp_path)
    profile.prepare()
    return profile


def count(profile: Profile) -> int:
    return len(Catalogue(profile.sessions).sessions())


def test_the_first_look_only_warns(profile: Profile) -> None:
    make.record(profile.sessions, [make.message()])
    outcome = tend(profile, Settings(), profile.sessions, now_s=NOW_S)
    assert outcome.is_warning
    assert len(outcome.pruned.sessions) == 1
    assert count(profile) == 1


def test_within_a_day_it_warns_again_and_then_removes(profile: Profile) -> None:
    make.record(profile.sessions, [make.message()])
    tend(profile, Settings(), profile.sessions, now_s=NOW_S)
    assert tend(profile, Settings(), profile.sessions, now_s=NOW_S + GRACE_S - 60).is_warning
    outcome = tend(profile, Settings(), profile.sessions, now_s=NOW_S + GRACE_S + 60)
    assert (outcome.is_warning, len(outcome.pruned.sessions), count(profile)) == (False, 1, 0)


def test_nothing_is_told_while_nothing_is_due(profile: Profile) -> None:
    make.record(profile.sessions, [make.message()])
    outcome = tend(profile, Settings(), profile.sessions, now_s=make.START_NS / 1e9 + 3600)
    assert not outcome.pruned.sessions
    assert not profile.retention_file.exists()


def test_another_folder_is_told_of_by_itself(profile: Profile, tmp_path: Path) -> None:
    make.record(profile.sessions, [make.message()])
    make.record(tmp_path / "team", [make.message()])
    tend(profile, Settings(), profile.sessions, now_s=NOW_S)
    assert tend(profile, Settings(), tmp_path / "team", now_s=NOW_S + GRACE_S + 60).is_warning


def test_a_note_from_the_future_or_a_broken_one_counts_for_nothing(profile: Profile) -> None:
    make.record(profile.sessions, [make.message()])
    tend(profile, Settings(), profile.sessions, now_s=NOW_S + 10 * GRACE_S)
    assert tend(profile, Settings(), profile.sessions, now_s=NOW_S).is_warning
    profile.retention_file.write_text("{")
    assert tend(profile, Settings(), profile.sessions, now_s=NOW_S + 20 * GRACE_S).is_warning


def test_never_is_never(profile: Profile) -> None:
    make.record(profile.sessions, [make.message()])
    never = Settings(recording=Recording(max_age_days=0, max_size_gb=0))
    for later_s in (0.0, 9 * GRACE_S):
        assert not tend(profile, never, profile.sessions, now_s=NOW_S + later_s).pruned.sessions
    assert count(profile) == 1


def test_the_limits_are_those_of_the_settings() -> None:
    limits = limits_of(Settings(recording=Recording(max_age_days=7, max_size_gb=0.5)))
    assert (limits.max_age_s, limits.max_bytes) == (7 * 86400.0, 512 * 1024 * 1024)
    never = limits_of(Settings(recording=Recording(max_age_days=0, max_size_gb=0)))
    assert (never.max_age_s, never.max_bytes) == (None, None)


def test_the_rule_in_words() -> None:
    assert rule_words(Settings()) == "older than 30 days, or beyond 2 GB"
    assert rule_words(Settings(recording=Recording(max_age_days=1, max_size_gb=0))) == "older than 1 day"
    assert rule_words(Settings(recording=Recording(max_age_days=0, max_size_gb=0.5))) == "beyond 0.5 GB"
