"""Says across windows and programs that a finished session is being looked at, so that none removes it.

One that is recorded has SQLite's own locks. A finished one is read without any, so that reading leaves nothing behind
and works on read-only media; who shows it for a while holds a shared lock on the file itself (``flock``, which has
nothing to do with SQLite's). On Windows a file that is open can't be moved, which says the same.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Generator
from pathlib import Path

if sys.platform != "win32":
    import fcntl


class Hold:
    """A session is in use until `release`. Never raises: where no lock can be had, nothing is held."""

    def __init__(self, path: Path) -> None:
        self._handle: int | None = None
        if _log_of(path).exists():
            # Somebody may be writing it, perhaps this process: opening and closing the file by hand would drop the
            # locks that SQLite has on it, and these say already that it is in use.
            return
        with contextlib.suppress(OSError):
            self._handle = os.open(path, os.O_RDONLY)
        if self._handle is not None and sys.platform != "win32":
            with contextlib.suppress(OSError):
                fcntl.flock(self._handle, fcntl.LOCK_SH | fcntl.LOCK_NB)

    def release(self) -> None:
        """It is not in use any more, as far as this holder goes."""
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)


@contextlib.contextmanager
def alone(path: Path) -> Generator[bool]:
    """Whether nobody holds a session that has no log beside it; nobody can begin to until the end of the block."""
    if sys.platform == "win32":
        yield True  # moving it fails where somebody has it open
        return
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        yield False
        return
    try:
        yield _is_ours(handle)
    finally:
        os.close(handle)


if sys.platform != "win32":

    def _is_ours(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True  # a file system without locks: nobody could hold it
        return True


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")
