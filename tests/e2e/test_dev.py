"""The script for every chore: how it is asked, and what it makes of a system that lacks something."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "dev"


@pytest.fixture
def dev() -> ModuleType:
    """The script as a module."""
    loader = SourceFileLoader("wireyard_dev", str(SCRIPT))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def _call(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_help_lists_every_chore_on_stdout() -> None:
    finished = _call("--help")
    assert finished.returncode == 0
    assert all(f"./dev {chore}" in finished.stdout for chore in ("run", "test", "check", "bench", "shots", "package"))


@pytest.mark.parametrize("arguments", [[], ["tset"]])
def test_a_chore_that_is_not_one_is_a_usage_error(arguments: list[str]) -> None:
    finished = _call(*arguments)
    assert finished.returncode == 2
    assert "./dev run" in finished.stderr


def test_a_package_is_named_as_this_release_names_it(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "known_packages", lambda names: names & {"libglib2.0-0t64", "libegl1"})
    assert dev.packages_for(["libglib-2.0.so.0", "libEGL.so.1"]) == ["libegl1", "libglib2.0-0t64"]


def test_a_package_keeps_its_old_name_where_the_release_does_not_know_the_new_one(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "known_packages", lambda names: names & {"libglib2.0-0"})
    assert dev.packages_for(["libglib-2.0.so.0", "libgthread-2.0.so.0"]) == ["libglib2.0-0"]


def test_without_root_the_command_to_install_libraries_is_told(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "missing_libraries", lambda environment: ["libEGL.so.1", "libxcb-cursor.so.0"])
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}" if name == "apt-get" else None)
    assert dev.provide_qt_libraries(dev.Environment()) is False
    command = "sudo apt-get install -y --no-install-recommends libegl1 libxcb-cursor0"
    assert command in capsys.readouterr().err


def test_a_python_without_a_lock_is_told_which_ones_have_one(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "lock_for", lambda major, minor: Path("no-such-lock"))
    monkeypatch.setattr(dev.shutil, "which", lambda name: None)
    with pytest.raises(dev.SetupError, match=r"python3\.11, python3\.12, python3\.13"):
        dev.use_a_supported_python()
