"""The wheel is all that an empty environment needs: it installs, has its resources, and works as installed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "packaging" / "locks" / f"py{sys.version_info[0]}{sys.version_info[1]}.txt"
BIN = "Scripts" if os.name == "nt" else "bin"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as a release builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("wireyard-*.whl"))


@pytest.fixture(scope="module")
def installation(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that was empty before the wheel was installed into it; gives its folder of programs."""
    folder = tmp_path_factory.mktemp("installation")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    # The versions of the lock; without the hashes, which the wheel we just built can't have.
    constraints = folder / "constraints.txt"
    constraints.write_text("\n".join(re.findall(r"^[\w.-]+==\S+", LOCK.read_text(encoding="utf-8"), re.MULTILINE)))
    programs = folder / BIN
    command = [sys.executable, "-m", "pip", "--python", str(programs / "python"), "install", "-qq", "--no-input"]
    subprocess.run([*command, "-c", str(constraints), str(wheel)], check=True, cwd=folder)
    return programs


def _python(installation: Path, code: str, cwd: Path) -> str:
    command = [str(installation / "python"), "-I", "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=cwd, timeout=60).stdout.strip()


def test_the_wheel_puts_one_package_and_nothing_generic_into_site_packages(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        top_level = {name.partition("/")[0] for name in archive.namelist()}
    assert {name for name in top_level if not name.endswith(".dist-info")} == {"wireyard"}


def test_the_wheel_has_every_resource(wheel: Path) -> None:
    resources = ROOT / "resources"
    wanted = {f"wireyard/_resources/{path.relative_to(resources).as_posix()}" for path in resources.rglob("*.*")}
    with zipfile.ZipFile(wheel) as archive:
        assert wanted - set(archive.namelist()) == set()


def test_an_installed_program_finds_its_resources(installation: Path, tmp_path: Path) -> None:
    code = "from wireyard.resources import resource_path; print(resource_path('icons/send.svg'))"
    path = Path(_python(installation, code, tmp_path))
    assert path.is_file()
    assert path.is_relative_to(installation.parent)


def test_an_installed_program_answers_echoes_and_opens_its_window(installation: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "packaging" / "smoke.py"), str(installation / "wireyard")]
    finished = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, timeout=120)
    assert finished.returncode == 0, finished.stdout + finished.stderr
