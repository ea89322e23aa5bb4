"""``sessions --prune``: what is beyond the settings' limits goes, and is listed."""

from __future__ import annotations

import json

from tests.helpers import recordings as make
from tests.helpers.command_line import CommandLine


async def test_a_dry_run_lists_what_would_go_and_the_real_one_removes_it(wireyard: CommandLine) -> None:
    folder = wireyard.profile / "sessions"
    path = make.record(folder, [make.message(), make.closed()])
    trial = await wireyard.run("sessions", "--prune", "--dry-run", "--json")
    assert [each["path"] for each in json.loads(trial.stdout)] == [str(path)]
    assert "Would remove 1 session" in trial.stderr
    assert path.exists()
    done = await wireyard.run("sessions", "--prune")
    assert done.code == 0
    assert str(path).encode() in done.stdout
    assert "Removed 1 session" in done.stderr
    assert "older than 30 days, or beyond 2 GB" in done.stderr
    assert not path.exists()
    again = await wireyard.run("sessions", "--prune")
    assert (again.code, again.stdout) == (0, b"")
    assert "Nothing is older than 30 days" in again.stderr


async def test_without_limits_it_says_that_there_are_none(wireyard: CommandLine) -> None:
    wireyard.profile.mkdir(parents=True)
    (wireyard.profile / "settings.toml").write_text("[recording]\nmax_age_days = 0\nmax_size_gb = 0\n")
    path = make.record(wireyard.profile / "sessions", [make.message()])
    outcome = await wireyard.run("sessions", "--prune")
    assert (outcome.code, outcome.stdout) == (0, b"")
    assert "No limit is set" in outcome.stderr
    assert path.exists()


async def test_a_dry_run_of_nothing_is_refused(wireyard: CommandLine) -> None:
    outcome = await wireyard.run("sessions", "--dry-run")
    assert outcome.code == 2
    assert "--dry-run goes with --prune" in outcome.stderr
