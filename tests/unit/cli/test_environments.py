"""Variables of environments from the command line."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from tests.unit.cli.conftest import Run

COMMENTED = """\
# What the team agreed on
variables:
  host: a.example # the old one
  key: {value: plain, note: of the team}
"""


def pipe(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


@pytest.fixture
def file(root: Path) -> Path:
    path = root / "environments" / "staging.yaml"
    path.write_text(COMMENTED)
    return path


def test_setting_a_value_changes_its_line_only(run: Run, file: Path) -> None:
    assert run("env", "set", "staging", "host", "b.example").code == 0
    assert file.read_text() == COMMENTED.replace("a.example", "b.example")


def test_the_same_value_again_changes_nothing(run: Run, file: Path) -> None:
    assert run("env", "set", "staging", "host", "a.example").code == 0
    assert file.read_text() == COMMENTED


def test_a_shared_value_behind_one_of_this_machine_is_told(run: Run, file: Path) -> None:
    run("env", "set", "staging", "host", "mine", "--local")
    assert (
        "On this machine the value in environments/staging.local.yaml" in run("env", "set", "staging", "host", "x").err
    )


def test_an_environment_is_made_only_when_told_so(run: Run, root: Path) -> None:
    assert run("env", "set", "New one", "host", "h").code == 2
    assert run("env", "set", "New one", "host", "h", "--create").code == 0
    assert "host: h" in (root / "environments" / "New one.yaml").read_text()


def test_a_plain_value_that_becomes_a_secret_leaves_the_files(
    run: Run, file: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIREYARD_PASSPHRASE", "open sesame")
    run("env", "set", "staging", "key", "mine", "--local")
    pipe(monkeypatch, b"new value\r\n")
    outcome = run("env", "set", "staging", "key", "--secret")
    assert (outcome.code, "still in the history" in outcome.err) == (0, True)
    assert "note: of the team" in file.read_text()
    for path in root.rglob("*.yaml"):
        assert not any(value in path.read_text() for value in ("plain", "mine", "new value"))
    assert run("env", "list", "staging").out == "host\ta.example\tstaging\nkey\t(secret)\tstaging\n"


def test_unset_forgets_a_secrets_value_too(run: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREYARD_PASSPHRASE", "open sesame")
    pipe(monkeypatch, b"value-1")
    run("env", "set", "staging", "token", "--secret")
    assert run("env", "unset", "staging", "token").code == 0
    assert file.read_text() == COMMENTED
    pipe(monkeypatch, b"value-2")
    monkeypatch.delenv("WIREYARD_PASSPHRASE")
    assert run("env", "set", "staging", "token", "--secret").code == 18
    assert run("env", "unset", "staging", "token").code == 18
    assert file.read_text() == COMMENTED


@pytest.mark.parametrize("data", [b"", b"\n", b"\xff", b"x" * (1024 * 1024 + 1)])
def test_what_is_no_value_is_refused_and_nothing_is_written(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    pipe(monkeypatch, data)
    assert run("env", "set", "staging", "token", "--secret").code == 2
    assert file.read_text() == COMMENTED


def test_a_file_that_can_not_be_read_is_not_written_over(run: Run, file: Path) -> None:
    file.write_text("variables: [\n")
    outcome = run("env", "set", "staging", "host", "x")
    assert (outcome.code, "environments/staging.yaml, line" in outcome.err) == (17, True)
    assert file.read_text() == "variables: [\n"


def test_a_variable_that_is_not_there_can_not_be_unset(run: Run, file: Path) -> None:
    outcome = run("env", "unset", "staging", "hots")
    assert (outcome.code, "Did you mean “host”?" in outcome.err) == (2, True)
    assert run("env", "unset", "staging", "host", "--local").code == 2


def test_environments_are_listed_in_their_order(run: Run, root: Path, file: Path) -> None:
    run("env", "set", "alpha", "host", "h", "--create")
    workspace = root / "wireyard.yaml"
    workspace.write_text(f"{workspace.read_text()}environments: [staging]\n")
    assert [line.partition("\t")[0] for line in run("env", "list").out.splitlines()][:2] == ["staging", "alpha"]
