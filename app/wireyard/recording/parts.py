"""Of what a session is made for those who read it: one file, or a file and what came after it failed."""

from __future__ import annotations

import sqlite3
import threading
from array import array
from pathlib import Path

Gaps = tuple[tuple[int, int], ...]


class FilePart:
    """Rows in a file, from ``first_seq`` on. ``last_seq`` is None where the file may grow.

    ``is_ours`` is set for a file that this program writes: the last of its readers to close may tidy up after it.
    """

    __slots__ = ("first_seq", "gaps", "is_ours", "last_seq", "path")

    def __init__(
        self, path: Path, first_seq: int, last_seq: int | None = None, gaps: Gaps = (), is_ours: bool = False
    ) -> None:
        self.path = path
        self.is_ours = is_ours
        self.first_seq = first_seq
        self.last_seq = last_seq
        self.gaps = gaps


class SharedPart:
    """Rows behind one connection that the writer and all readers share: whoever uses it holds ``lock``.

    The writer and every reader retain the part while they need it; the last to release it closes the connection.
    """

    __slots__ = ("_users", "connection", "first_seq", "gaps", "kept_first", "last_seq", "lock")

    def __init__(self, connection: sqlite3.Connection, first_seq: int, last_seq: int, gaps: Gaps) -> None:
        self.connection = connection
        self.lock = threading.RLock()
        self.first_seq = first_seq
        self.kept_first = first_seq  # what is before fell out of memory
        self.last_seq = last_seq
        self.gaps = gaps
        self._users = 1

    def retain(self) -> bool:
        """Keep the connection open. Returns False when it was closed already."""
        with self.lock:
            if self._users:
                self._users += 1
            return self._users > 0

    def release(self) -> None:
        """Need the connection no more."""
        with self.lock:
            self._users -= 1
            if not self._users:
                self.connection.close()


Part = FilePart | SharedPart


class Parts:
    """The parts of one session in order, and the hidden numbers among its lost rows.

    Replaced as a whole when a part is added, so that a reader on another thread sees one state or the other.
    """

    __slots__ = ("lost_hidden", "parts")

    def __init__(self, parts: tuple[Part, ...], lost_hidden: array[int] | None = None) -> None:
        self.parts = parts
        self.lost_hidden = lost_hidden if lost_hidden is not None else array("q")
