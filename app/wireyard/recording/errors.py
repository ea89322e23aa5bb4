"""What can go wrong with a recording, told apart: the world failed (say what, where, what to do) or we did."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from wireyard.domain.failure import Failure


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

_REASONS: dict[int, str] = {
    sqlite3.SQLITE_FULL: _DISK_FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_AUTH: _READ_ONLY,
    sqlite3.SQLITE_IOERR: _IO_ERROR,
    sqlite3.SQLITE_NOLFS: _IO_ERROR,
    sqlite3.SQLITE_CANTOPEN: _CANNOT_OPEN,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_PROTOCOL: _BUSY,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}


def worlds_fault(error: sqlite3.Error | OSError) -> str | None:
    """Say in one sentence what the world did, or None when the fault is ours (a wrong statement, a broken rule)."""
    if isinstance(error, OSError):
        return f"{error.strerror or type(error).__name__}."
    # Extended result codes keep the primary code in their low byte. Errors that Python's module raises by itself
    # have no code.
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else _REASONS.get(code & 0xFF)
