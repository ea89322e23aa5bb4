"""Listing saved requests."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.unit.cli.conftest import Run

from wireyard.cli.listing import shown_url


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("wss://{{host}}/x?token={{token}}&a=1", "wss://{{host}}/x?token={{token}}&a=1"),
        ("wss://h/x?token=hush&a=1", "wss://h/x?token=(hidden)&a=1"),
        ("wss://me:hush@h/x", "wss://(hidden)@h/x"),
        ("wss://h/x?live", "wss://h/x?live"),
        ("h:80/x?", "h:80/x?"),
    ],
)
def test_an_address_is_shown_without_what_is_secret_in_it(url: str, shown: str) -> None:
    assert shown_url(url) == shown


def test_requests_are_lines_of_columns(run: Run) -> None:
    run("new", "Shop/One", "ws://h/?a=1", "--message", "Hello=x", "--message", "Bye=y")
    outcome = run("list")
    assert (outcome.code, outcome.out) == (0, "Shop/One\tws://h/\tHello, Bye\n")


def test_an_environment_that_can_not_be_read_is_a_problem(run: Run, root: Path) -> None:
    (root / "environments" / "bad.yaml").write_text("variables: [\n")
    outcome = run("list", "--json")
    record = json.loads(outcome.out)
    assert (outcome.code, record["environments"], len(record["problems"])) == (17, [], 1)
    assert record["problems"][0]["file"] == "environments/bad.yaml"
    assert "environments/bad.yaml, line" in outcome.err


def test_nothing_saved_is_no_failure(run: Run) -> None:
    assert run("list") == (0, "", "")


def test_on_a_narrow_terminal_the_paths_stay_whole(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    messages = [word for number in range(8) for word in ("--message", f"A message of some length {number}=x")]
    run("new", "Shop/A request with a long name", f"ws://{'h' * 80}/", *messages)
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    outcome = run("list")
    assert "Shop/A request with a long name" in outcome.out
    assert all(len(line) <= 60 for line in outcome.out.splitlines()[1:])
