"""Files that a workspace names. It may come from anywhere, so what it sends is read from inside of it only.

A person's own choice, in a dialog or by a drop, counts for any file: it is told here as ``chosen``.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Generator
from pathlib import Path
from typing import BinaryIO

import msgspec

from wireyard.session.plan.errors import PlanError

MAX_MESSAGE_FILE_BYTES = 64 * 1024 * 1024
HEAD_BYTES = 2048


class FileLook(msgspec.Struct, frozen=True):
    """What a file is before it is sent: its size, and its first 2,048 bytes."""

    size_bytes: int
    head: bytes


def read_file(root: Path | None, name: str, *, chosen: bool = False) -> bytes:
    """The bytes of a file that is sent (worker).

    Raises `PlanError`: not there, not a file, over 64 MiB, changed while it was read, or, unless a person has
    ``chosen`` it, not inside the workspace, which a link that leads out is not.
    """
    with _opened(root, name, chosen=chosen) as (file, size):
        data = file.read(MAX_MESSAGE_FILE_BYTES + 1)
        if len(data) != size or os.fstat(file.fileno()).st_size != size:
            raise PlanError(f"{name} was changed while it was read. Send it again.")
    return data


def look_at_file(root: Path | None, name: str, *, chosen: bool = False) -> FileLook:
    """What is told of a file before it is sent (worker). Raises `PlanError` as `read_file` does."""
    with _opened(root, name, chosen=chosen) as (file, size):
        return FileLook(size, file.read(HEAD_BYTES))


def sent_path(root: Path | None, path: Path) -> str:
    """How a file that was chosen is named: relative to the workspace where it is inside, else by its whole path."""
    real = Path(os.path.realpath(path))
    if root is not None:
        real_root = Path(os.path.realpath(root))
        if real.is_relative_to(real_root):
            return real.relative_to(real_root).as_posix()
    return str(real)


def is_outside(name: str) -> bool:
    """Whether a file is named by its whole path, which no request can keep."""
    return Path(name).is_absolute()


def own_path(root: Path | None, name: str) -> str:
    """Where a certificate or key is: relative to the workspace and then inside of it, or anywhere by a whole path."""
    if not name:
        return ""
    path = _expanded(name)
    return str(path if path.is_absolute() else _inside(root, name))


@contextlib.contextmanager
def _opened(root: Path | None, name: str, *, chosen: bool) -> Generator[tuple[BinaryIO, int]]:
    """The open file and its size."""
    path = Path(name) if chosen and is_outside(name) else _inside(root, name)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise PlanError(f"{name} is not a file.")
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > MAX_MESSAGE_FILE_BYTES:
                raise PlanError(f"{name} is over {MAX_MESSAGE_FILE_BYTES // (1024 * 1024)} MiB.")
            yield file, size
    except FileNotFoundError as error:
        where = "there" if is_outside(name) else "in the workspace"
        raise PlanError(f"{name} is not {where}.") from error
    except OSError as error:
        raise PlanError(f"{name} can't be read: {error.strerror or error}.") from error


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
