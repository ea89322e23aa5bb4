"""One writer at a time in a workspace, whichever program or window it is."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Generator
from pathlib import Path
from typing import Final

from wireyard.workspace.errors import SaveError

_WAIT_S: Final = 3.0
_STEP_S: Final = 0.01
LOCK_FILE: Final = ".wireyard-lock"


@contextlib.contextmanager
def locked(root: Path) -> Generator[None]:
    """Hold the workspace's lock. Raises `SaveError` when another holds it for long.

    A file system that has no locks lets everybody in: what is on disk is compared before it is written in any case.
    """
    handle = _open(root)
    if handle is None:
        yield
        return
    try:
        deadline = time.monotonic() + _WAIT_S
        while not _try_lock(handle):
            if time.monotonic() > deadline:
                raise SaveError(f"Another program is writing in {root}. Try again.")
            time.sleep(_STEP_S)
        try:
            yield
        finally:
            _unlock(handle)
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _open(root: Path) -> int | None:
        try:
            return os.open(root / LOCK_FILE, os.O_RDWR | os.O_CREAT)
        except OSError:
            return None

    def _try_lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _open(root: Path) -> int | None:
        # The folder itself is locked, so that no file of ours shows up in git.
        try:
            return os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError:
            return None

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True

    def _unlock(handle: int) -> None:
        with contextlib.suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_UN)
