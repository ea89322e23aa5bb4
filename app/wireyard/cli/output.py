"""Where a command writes its records: stdout or a file, unbuffered, so that a line is out when it is written."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from wireyard.cli.exits import CommandError, ExitCode
from wireyard.cli.say import say


@contextmanager
def open_output(path: Path | None) -> Generator[BinaryIO]:
    """Open the file, or stdout for None. Raises `CommandError` when that can't be done."""
    try:
        # Past sys.stdout and its lock, which a thread that hangs in a full pipe would keep until the end.
        file = cast("BinaryIO", open(1 if path is None else path, "wb", buffering=0, closefd=path is not None))  # noqa: SIM115
    except OSError as error:
        say(f"wireyard: {output_failure(path, error)}")
        raise CommandError(ExitCode.STORAGE) from error
    try:
        yield file
    finally:
        with contextlib.suppress(OSError):
            file.close()


def output_failure(path: Path | None, error: Exception) -> str:
    """Say that the output can't be written, and why."""
    if not isinstance(error, OSError):
        return str(error)  # the recording could not be read
    why = error.strerror or str(error)
    return f"{'stdout' if path is None else path} can't be written: {why}."
