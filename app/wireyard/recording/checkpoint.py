"""Folds the write-ahead log into the session file, beside the writer and not in its way.

Folding costs as much as writing did, and more where the disk is slow to confirm, so a burst is written first and
folded when it is over, or when the log has grown large. A passive checkpoint on a connection of its own lets the writer
go on. The log starts over once all of it is folded at a moment when nobody writes; that last piece the writer does.
"""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path
from typing import Final

from wireyard.recording.errors import worlds_fault

# What the writer may fold by itself between two batches: some 20 ms.
_SMALL_BYTES: Final = 16 * 1024 * 1024
# From this size on the log must shrink, and the writer waits.
_LARGE_FACTOR: Final = 4


class Checkpointer:
    """Used by the writer thread alone. ``unfolded_bytes`` is about what the log holds."""

    def __init__(self, path: Path, start_bytes: int) -> None:
        self.unfolded_bytes = 0
        self._path = path
        self._start_bytes = start_bytes
        self._thread: threading.Thread | None = None
        self._since_start_bytes = 0

    @property
    def is_running(self) -> bool:
        """Whether a checkpoint is under way."""
        return self._thread is not None

    def note(self, size_bytes: int) -> None:
        """Note what a commit added to the log."""
        self.unfolded_bytes += size_bytes
        self._since_start_bytes += size_bytes

    def tend(self, connection: sqlite3.Connection, is_idle: bool = False) -> None:
        """Start or end a checkpoint where it is time. Called between two batches."""
        if self._thread is not None:
            if not self._thread.is_alive() or self.unfolded_bytes > _LARGE_FACTOR * self._start_bytes:
                self._end(connection)
        elif self.unfolded_bytes >= self._start_bytes or (is_idle and self.unfolded_bytes):
            self._since_start_bytes = 0
            self._thread = threading.Thread(target=self._fold_all, name="recording-checkpoint", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Wait for a checkpoint that is under way."""
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _end(self, connection: sqlite3.Connection) -> None:
        too_large = self.unfolded_bytes > _LARGE_FACTOR * self._start_bytes
        self.stop()
        self.unfolded_bytes = self._since_start_bytes
        if too_large or self.unfolded_bytes <= _SMALL_BYTES:
            fold(connection)
            self.unfolded_bytes = 0

    def _fold_all(self) -> None:
        try:
            connection = sqlite3.connect(self._path.absolute().as_uri() + "?mode=rw", uri=True, timeout=0)
            try:
                connection.execute("pragma synchronous=normal")
                fold(connection)
            finally:
                connection.close()
        except sqlite3.Error as error:
            if worlds_fault(error) is None:
                raise


def fold(connection: sqlite3.Connection) -> None:
    """Fold what no reader still needs. When the disk refuses, the log still has everything."""
    try:
        connection.execute("pragma wal_checkpoint(passive)").fetchone()
    except sqlite3.Error as error:
        if worlds_fault(error) is None:
            raise
