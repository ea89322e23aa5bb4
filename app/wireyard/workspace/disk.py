"""Bytes of a workspace: read with a limit and never through a link that leads out, written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
from pathlib import Path
from typing import Final

from wireyard.workspace.errors import FileProblem, Problem, SaveError, WorkspaceError
from wireyard.workspace.yaml_text.nodes import MAX_BYTES

# Nothing that shows in the tree; the workspace's .gitignore leaves it out.
TEMPORARY: Final = ".wireyard-"
_FLAGS: Final = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
_READ_FLAGS: Final = (
    os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
)
Stamp = tuple[int, int, int]
"""Size, time of the last change in ns, inode: another stamp is another text."""


class Disk:
    """The folder of one workspace. Paths are relative to it, with ``/``."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    def path(self, relative: str) -> Path:
        """Where a file really is. Raises `FileProblem` when a link leads out of the workspace."""
        parts = relative.split("/") if relative else []
        if any(part in ("", ".", "..") or "\0" in part or ("\\" in part and os.sep == "\\") for part in parts):
            raise WorkspaceError(f"{relative} is no path in a workspace.")
        path = self.root.joinpath(*parts)
        try:
            real = path.resolve()
        except (OSError, RuntimeError):
            raise fault(relative, "This is a link that leads in a circle.") from None
        if not real.is_relative_to(self.root):
            raise fault(relative, "This is a link that leads out of the workspace. It is not followed.")
        return real

    def read(self, relative: str) -> tuple[str, Stamp]:
        """A file's text. Raises `FileNotFoundError`, or `FileProblem` when it is no text of a sensible size."""
        try:
            handle = os.open(self.path(relative), _READ_FLAGS)
        except FileNotFoundError:
            raise
        except OSError as error:
            raise fault(relative, f"It can't be read: {why(error)}.") from None
        try:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                raise fault(relative, "This is no regular file.")
            data = _read_limited(handle, found.st_size, relative)
        finally:
            os.close(handle)
        try:
            return data.decode(), stamp_of(found)
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise fault(relative, "This is not UTF-8 text.", line) from None

    def write(self, relative: str, text: str) -> None:
        """Replace a file, or make it. Whatever happens, it holds the old text or the new. Raises `SaveError`."""
        target = self.path(relative)
        temporary = target.with_name(f"{TEMPORARY}{hashlib.sha1(target.name.encode()).hexdigest()[:12]}.tmp")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            # A rename asks only whether the folder may be written: a file that somebody protected is left alone.
            if target.exists() and not os.access(target, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
                raise SaveError(f"{relative} can't be saved: it is write-protected. Nothing was changed.")
            _write(temporary, target, text.encode())
            temporary.replace(target)
            _sync_folder(target.parent)
        except OSError as error:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise save_error(relative, error) from error


def stamp_of(found: os.stat_result) -> Stamp:
    """The stamp of a file."""
    return found.st_size, found.st_mtime_ns, found.st_ino


def fault(path: str, reason: str, line: int = 0) -> FileProblem:
    """The error for a file that can't be taken."""
    return FileProblem(Problem(path, line, reason))


def save_error(path: str, error: OSError, doing: str = "saved") -> SaveError:
    """The error for something that could not be written, or what else was meant; with what to do about it."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        todo = "Make room on the disk and try again."
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        todo = "Its folder has to be writable for you."
    else:
        todo = "Nothing was changed."
    return SaveError(f"{path} can't be {doing}: {why(error)}. {todo}")


def why(error: OSError | RuntimeError) -> str:
    """What the system says of a file that can't be used, to stand in a sentence."""
    # pathlib said so itself before Python 3.13.
    if isinstance(error, RuntimeError) or error.errno == errno.ELOOP:
        return "the link leads in a circle"
    return (error.strerror or str(error)).lower()


def _read_limited(handle: int, size: int, relative: str) -> bytes:
    if size <= MAX_BYTES:
        parts: list[bytes] = []
        left = MAX_BYTES + 1
        while left > 0 and (part := os.read(handle, min(left, 1 << 20))):
            parts.append(part)
            left -= len(part)
        if left > 0:
            return b"".join(parts)
    raise fault(relative, f"It is larger than {MAX_BYTES >> 20} MiB.")


def _write(temporary: Path, target: Path, data: bytes) -> None:
    # Left over from a program that was killed, or put there by somebody else: never written through.
    temporary.unlink(missing_ok=True)
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _FLAGS, 0o666)
    with os.fdopen(handle, "wb") as file:
        if hasattr(os, "fchmod"):
            # A new file has no mode to keep, and some file systems have no modes at all.
            with contextlib.suppress(OSError):
                os.fchmod(file.fileno(), stat.S_IMODE(target.stat().st_mode))
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make a new name last through a power cut, where the system can."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
