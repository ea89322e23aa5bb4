"""Files that a workspace names. It may come from anywhere, so what it sends is read from inside of it only."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from wireyard.session.plan.errors import PlanError

MAX_MESSAGE_FILE_BYTES = 64 * 1024 * 1024


def read_inside(root: Path | None, name: str) -> bytes:
    """The bytes of a file in the workspace. Raises `PlanError`, also for a link that leads out."""
    path = _inside(root, name)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise PlanError(f"{name} is not a file.")
        with path.open("rb") as file:
            data = file.read(MAX_MESSAGE_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise PlanError(f"{name} is not in the workspace.") from error
    except OSError as error:
        raise PlanError(f"{name} can't be read: {error.strerror or error}.") from error
    if len(data) > MAX_MESSAGE_FILE_BYTES:
        raise PlanError(f"{name} is over {MAX_MESSAGE_FILE_BYTES // (1024 * 1024)} MiB.")
    return data


def own_path(root: Path | None, name: str) -> str:
    """Where a certificate or key is: relative to the workspace and then inside of it, or anywhere by a whole path."""
    if not name:
        return ""
    path = _expanded(name)
    return str(path if path.is_absolute() else _inside(root, name))


def _inside(root: Path | None, name: str) -> Path:
    if root is None:
        raise PlanError(f"{name} is a path inside a workspace, and no workspace is open.")
    try:
        real_root = Path(os.path.realpath(root))
        # The links on the way count, not only the dots.
        path = Path(os.path.realpath(real_root / name))
    except (OSError, ValueError) as error:
        raise PlanError(f"“{name}” is not a path.") from error
    if not path.is_relative_to(real_root):
        raise PlanError(f"{name} leads out of the workspace: only files inside of it are used.")
    return path


def _expanded(name: str) -> Path:
    try:
        return Path(name).expanduser()
    except RuntimeError:  # no such user
        return Path(name)
