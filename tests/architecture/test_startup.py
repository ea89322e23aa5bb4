"""Starting costs only what the start needs: heavy libraries are loaded when they are first used."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"PySide6", "qasync", "pygments", "websockets", "cryptography", "sqlite3", "tomlkit", "truststore"}


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
