"""What goes before a command, and how commands end."""

from __future__ import annotations

import sys

import pytest

from wireyard.__main__ import COMMANDS as ENTRY_COMMANDS
from wireyard.cli import main as main_module
from wireyard.cli.exits import CommandError, ExitCode, exit_code
from wireyard.cli.main import COMMANDS, main
from wireyard.domain.failure import Failure, FailureCode, FailureStep


def test_the_entry_knows_the_same_commands() -> None:
    assert set(COMMANDS) == ENTRY_COMMANDS


def test_the_help_names_every_command_without_loading_one(capsys: pytest.CaptureFixture[str]) -> None:
    loaded = {name for name in sys.modules if name.startswith("wireyard.engine")}
    assert main(["--help"]) == 0
    text = capsys.readouterr().out
    assert all(f"  {name} " in text for name in COMMANDS)
    assert {name for name in sys.modules if name.startswith("wireyard.engine")} == loaded


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_its_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    assert "--profile DIR" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        ([], "Missing command"),
        (["--connect", "echo"], "--connect goes with addresses"),
        (["ws://h/", "--conect"], "--conect"),
        (["ws://h/", "--profile"], "--profile needs a folder"),
        (["ws://h/", "-H"], "-H needs a value"),
        (["ws://h/", "--max-time", "3"], "--max-time goes with record and probe"),
    ],
)
def test_wrong_usage_is_explained(argv: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == ExitCode.USAGE
    assert words in capsys.readouterr().err


def test_help_after_an_address_is_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ws://h/", "--help"]) == 0
    assert "Commands:" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("error", "code"), [(KeyboardInterrupt(), 130), (CommandError(ExitCode.STORAGE), 17)], ids=["ctrl-c", "said"]
)
def test_an_end_in_the_middle_has_its_code(error: BaseException, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def end(**_: object) -> None:
        raise error

    monkeypatch.setattr(main_module.commands, "main", end)
    assert main(["sessions"]) == code


@pytest.mark.parametrize(
    ("code", "step", "expected"),
    [
        ("bad_address", "address", 10),
        ("bad_header", "address", 2),
        ("name_not_found", "resolve", 11),
        ("timeout", "resolve", 11),
        ("timeout", "tcp", 12),
        ("timeout", "proxy", 13),
        ("reset", "tls", 14),
        ("tls_refused", "upgrade", 14),
        ("status", "upgrade", 15),
        ("lost", "open", 16),
        ("storage", "storage", 17),
        ("cancelled", "resolve", 130),
    ],
)
def test_the_step_that_failed_is_the_exit_code(code: FailureCode, step: FailureStep, expected: int) -> None:
    assert exit_code(Failure(code=code, step=step)) == expected
