"""The locks fit the dependencies that pyproject.toml declares, for every Python that is supported."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DECLARED = [Requirement(text) for text in PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]]


@pytest.mark.parametrize("minor", ["3.11", "3.12", "3.13"])
def test_every_declared_dependency_is_locked_in_a_version_it_allows(minor: str) -> None:
    lock = (ROOT / "packaging" / "locks" / f"py{minor.replace('.', '')}.txt").read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([\w.-]+)==(\S+)", lock, re.MULTILINE))
    for requirement in DECLARED:
        if requirement.marker is None or requirement.marker.evaluate({"python_version": minor}):
            version = locked.get(canonicalize_name(requirement.name))
            assert version is not None, f"{requirement.name} is not locked: run packaging/lock.py"
            assert requirement.specifier.contains(version), f"{requirement} is locked at {version}"


@pytest.mark.parametrize("minor", ["3.11", "3.12", "3.13"])
def test_every_locked_package_has_hashes(minor: str) -> None:
    lock = (ROOT / "packaging" / "locks" / f"py{minor.replace('.', '')}.txt").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[\w.-]+==)", lock, flags=re.MULTILINE)[1:]
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []
