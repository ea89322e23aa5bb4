"""Starting costs only what the start needs: heavy libraries are loaded when they are first used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"PySide6", "qasync", "pygments", "websockets", "cryptography", "sqlite3", "tomlkit", "truststore", "keyring"}


def _imported(*arguments: str) -> set[str]:
    """The top-level names of the modules that a start with these arguments imports."""
    command = [sys.executable, "-X", "importtime", "-m", "wireyard", *arguments]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert finished.returncode == 0, finished.stderr
    lines = (line for line in finished.stderr.splitlines() if line.startswith("import time:"))
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_asking_for_the_version_or_help_imports_nothing_heavy(argument: str) -> None:
    assert _imported(argument) & HEAVY == set()


@pytest.mark.parametrize("command", ["record", "new", "list", "show", "env", "export"])
def test_the_help_of_a_command_imports_nothing_heavy(command: str) -> None:
    assert _imported(command, "--help") & (HEAVY | {"yaml"}) == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",),
        ("show", "Local playground/Echo"),
        ("env", "list"),
        ("env", "set", "e", "name", "value", "--create"),
        ("new", "Mine/One", "ws://h/"),
    ],
)
def test_commands_on_the_workspace_import_nothing_heavy(arguments: tuple[str, ...], tmp_path: Path) -> None:
    assert _imported(*arguments, "--profile", str(tmp_path / "profile")) & HEAVY == set()
