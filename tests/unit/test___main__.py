"""The entry sends addresses to the window and everything else to the command line."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from wireyard.__main__ import COMMANDS, CONNECT_FLAGS, CONNECT_VALUES, WindowArguments, window_arguments
from wireyard.cli import main as command_line
from wireyard.cli import window_tabs


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        ([], WindowArguments((), False, None)),
        (["ws://a"], WindowArguments(("ws://a",), False, None)),
        (["a:1", "wss://b"], WindowArguments(("a:1", "wss://b"), False, None)),
        (["--connect", "ws://a"], WindowArguments(("ws://a",), True, None)),
        (["ws://a", "--connect", "--profile", "p"], WindowArguments(("ws://a",), True, Path("p"))),
        (["--profile=p/q", "ws://a"], WindowArguments(("ws://a",), False, Path("p/q"))),
        (["--", "record", "-x"], WindowArguments(("record", "-x"), False, None)),
        (["--workspace", "w", "ws://a"], WindowArguments(("ws://a",), False, None, Path("w"))),
        (["--workspace=w/x", "--profile=p"], WindowArguments((), False, Path("p"), Path("w/x"))),
        (["ws://a", "echo"], WindowArguments(("ws://a", "echo"), False, None)),
        (
            ["-H", "X: 1", "ws://a", "-k", "--cert=c"],
            WindowArguments(("ws://a",), False, None, options=("-H", "X: 1", "-k", "--cert=c")),
        ),
    ],
)
def test_addresses_open_the_window(argv: list[str], expected: WindowArguments) -> None:
    assert window_arguments(argv) == expected


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_a_commands_name_is_for_the_command_line(command: str) -> None:
    assert window_arguments([command, "ws://a", "--count", "1"]) is None


@pytest.mark.parametrize(
    "argv",
    [
        ["--help"],
        ["-h"],
        ["--version"],
        ["--profile"],
        ["--profile="],
        ["--workspace"],
        ["--workspace", "w", "list"],
        ["--conect", "ws://a"],
        ["--profile", "p", "echo"],
        ["-H", "X: 1"],
        ["ws://a", "-H"],
        ["ws://a", "-x"],
        ["ws://a", "--max-time", "3"],
    ],
)
def test_options_the_window_does_not_take_are_for_the_command_line(argv: list[str]) -> None:
    assert window_arguments(argv) is None


def test_the_window_takes_every_option_of_connecting() -> None:
    options = [each for each in window_tabs.COMMAND.params if isinstance(each, click.Option)]
    assert {name for each in options if each.is_flag for name in each.opts} == CONNECT_FLAGS
    assert {name for each in options if not each.is_flag for name in each.opts} == CONNECT_VALUES


def test_the_entry_and_the_command_line_know_the_same_options_of_the_window() -> None:
    assert command_line.OF_THE_WINDOW == CONNECT_FLAGS | CONNECT_VALUES


def test_the_entry_and_the_command_line_know_the_same_commands() -> None:
    assert set(command_line.COMMANDS) == COMMANDS
