"""What can go wrong with a recording, told apart: the world failed (say what, where, what to do) or we did."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from wireyard.domain.failure import Failure

if TYPE_CHECKING:
    import sqlite3


class RecordingError(Exception):
    """A recording can't be made, opened or read. ``what`` and ``advice`` are sentences for a person."""

    def __init__(self, what: str, path: Path, advice: str, technical: str = "") -> None:
        super().__init__(f"{what} {advice}".strip())
        self.what = what
        self.path = path
        self.advice = advice
        self.technical = technical

    def __str__(self) -> str:
        return f"{self.what} ({self.path}) {self.advice}".strip()

    @property
    def failure(self) -> Failure:
        """The same as a value of the domain."""
        facts = {"what": self.what, "path": str(self.path), "advice": self.advice}
        return Failure(code="storage", step="storage", technical=self.technical, facts=facts)


_DISK_FULL = "The disk is full."
_READ_ONLY = "The place can't be written to."
_IO_ERROR = "The disk reports an error."
_CANNOT_OPEN = "The file can't be opened."
_BUSY = "Another program keeps the file locked."
_DAMAGED = "The file is damaged."

# Primary result codes of SQLite, which never change. Not from sqlite3: the window knows of these errors before it has
# anything to do with a database.
_REASONS: dict[int, str] = {
    13: _DISK_FULL,  # SQLITE_FULL
    8: _READ_ONLY,  # SQLITE_READONLY
    3: _READ_ONLY,  # SQLITE_PERM
    23: _READ_ONLY,  # SQLITE_AUTH
    10: _IO_ERROR,  # SQLITE_IOERR
    22: _IO_ERROR,  # SQLITE_NOLFS
    14: _CANNOT_OPEN,  # SQLITE_CANTOPEN
    5: _BUSY,  # SQLITE_BUSY
    6: _BUSY,  # SQLITE_LOCKED
    15: _BUSY,  # SQLITE_PROTOCOL
    11: _DAMAGED,  # SQLITE_CORRUPT
    26: _DAMAGED,  # SQLITE_NOTADB
}


def worlds_fault(error: sqlite3.Error | OSError) -> str | None:
    """Say in one sentence what the world did, or None when the fault is ours (a wrong statement, a broken rule)."""
    if isinstance(error, OSError):
        return f"{error.strerror or type(error).__name__}."
    # Extended result codes keep the primary code in their low byte. Errors that Python's module raises by itself
    # have no code.
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else _REASONS.get(code & 0xFF)
