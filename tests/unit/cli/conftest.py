"""The command line in this process, with a profile of its own and no keyring."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from wireyard.cli.main import main


class Outcome(NamedTuple):
    """What came of a command."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace without anything in it."""
    folder = tmp_path / "workspace"
    (folder / "environments").mkdir(parents=True)
    (folder / "wireyard.yaml").write_text("wireyard: 1\n")
    return folder


@pytest.fixture
def run(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on the workspace."""
    monkeypatch.setattr("wireyard.workspace.secrets.keyring_store._backend", lambda: None)
    monkeypatch.setattr("wireyard.cli.secret_input._has_terminal", lambda: False)
    monkeypatch.delenv("WIREYARD_PASSPHRASE", raising=False)

    def run_command(*arguments: str) -> Outcome:
        code = main([*arguments, "--profile", str(tmp_path / "profile"), "--workspace", str(root)])
        said = capsys.readouterr()
        return Outcome(code, said.out, said.err)

    return run_command
