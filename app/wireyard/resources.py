"""Finds the files that ship with the program: icons, themes, samples.

They live in the top-level folder ``resources/`` of a checkout and travel as ``wireyard/_resources`` inside a wheel and
a frozen build. Callers name a file relative to that folder, with forward slashes, and get a path on any of the three.
"""

from __future__ import annotations

import functools
from pathlib import Path, PurePosixPath, PureWindowsPath

PACKAGE_DIR = Path(__file__).parent


class ResourceError(Exception):
    """A resource was named in a way that is not allowed, or is not there."""


@functools.cache
def resource_root() -> Path:
    """The folder that holds every resource. Raises `ResourceError` when the installation has none."""
    # A frozen build unpacks the package as a wheel does, so one place serves both; a checkout keeps the folder two
    # levels up, beside app/.
    for root in (PACKAGE_DIR / "_resources", PACKAGE_DIR.parent.parent / "resources"):
        if root.is_dir():
            return root
    raise ResourceError(f"This installation of Wireyard has no resources beside {PACKAGE_DIR}. Install it again.")


def resource_path(name: str) -> Path:
    """The path of the resource ``name``, such as ``icons/send.svg``. Raises `ResourceError`."""
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or "\\" in name or PurePosixPath(name).is_absolute() or PureWindowsPath(name).drive:
        raise ResourceError(f"A resource is named by a relative path without “..”, not {name!r}.")
    path = resource_root().joinpath(*parts)
    if not path.exists():
        raise ResourceError(f"There is no resource {name!r} in {resource_root()}.")
    return path


def resource_text(name: str) -> str:
    """The text of the resource ``name``, read as UTF-8. Raises `ResourceError`."""
    return resource_path(name).read_text(encoding="utf-8")


def resource_names(folder: str, suffix: str = "") -> list[str]:
    """The names of the files right inside ``folder`` that end in ``suffix``, sorted. Raises `ResourceError`."""
    root = resource_path(folder)
    return sorted(f"{folder}/{path.name}" for path in root.iterdir() if path.is_file() and path.name.endswith(suffix))
