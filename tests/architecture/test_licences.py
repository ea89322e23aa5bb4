"""Whatever the program is handed out with is named, with its licence, in the documents and in the window."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from wireyard.gui.window.about_sheet import PARTS

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
# Every system that has packages of its own; the Python is the one of the test.
SYSTEMS = [
    {"extra": "", "sys_platform": sys_platform, "platform_system": system, "os_name": os_name}
    for sys_platform, system, os_name in [
        ("linux", "Linux", "posix"),
        ("darwin", "Darwin", "posix"),
        ("win32", "Windows", "nt"),
    ]
]


def shipped() -> set[str]:
    """What the dependencies need in turn, on any system. What is not installed here has nothing to say."""
    found: set[str] = set()
    waiting: list[str] = list(PROJECT["project"]["dependencies"])
    while waiting:
        requirement = Requirement(waiting.pop())
        name = canonicalize_name(requirement.name)
        is_wanted = requirement.marker is None or any(requirement.marker.evaluate(system) for system in SYSTEMS)
        if name in found or not is_wanted:
            continue
        found.add(name)
        try:
            waiting += metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue
    return found


def test_the_window_names_every_package_that_is_handed_out() -> None:
    assert shipped() - {canonicalize_name(name) for name, _ in PARTS} == set()


def test_the_window_names_no_package_that_is_gone() -> None:
    # Some are needed by one Python and not by another.
    locks = [lock.read_text(encoding="utf-8") for lock in (ROOT / "packaging" / "locks").glob("py3*.txt")]
    locked = {canonicalize_name(name) for lock in locks for name in re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)}
    assert {canonicalize_name(name) for name, _ in PARTS} - shipped() - locked == set()


def test_the_documents_name_what_the_window_names() -> None:
    text = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    rows = "\n".join(line.split("|")[1] for line in text.splitlines() if line.startswith("| "))
    assert [name for name, _ in PARTS if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", rows)] == []
