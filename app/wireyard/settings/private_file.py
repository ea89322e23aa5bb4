"""Files of the profile: written at once and as a whole, readable by this user only, never lost to a bad one."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

from wireyard.settings.profile import FILE_MODE, FOLDER_MODE


def write_private(path: Path, data: bytes) -> None:
    """Replace a file at once and as a whole, readable by this user only. Raises `OSError`."""
    import tempfile  # with archives and random numbers behind it: not for a start that writes nothing

    path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    # A link stays a link: people keep their settings under version control.
    target = path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(FILE_MODE)
        Path(name).replace(target)
    except OSError:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def set_aside(path: Path) -> Path:
    """Give a file that can't be read another name beside it, and return that. Raises `OSError`."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    candidate = path.with_name(f"{path.stem}.unreadable-{stamp}{path.suffix}")
    number = 1
    while candidate.exists():
        number += 1
        candidate = path.with_name(f"{path.stem}.unreadable-{stamp}-{number}{path.suffix}")
    return path.rename(candidate)
