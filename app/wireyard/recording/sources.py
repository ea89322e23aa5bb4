"""Connections that read: how a part of a session is opened, and whose turn it is where a connection is shared."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import Final

import msgspec

from wireyard.recording.errors import RecordingError, worlds_fault
from wireyard.recording.parts import FilePart, Gaps, SharedPart

DAMAGED_ADVICE = "Other recordings are not affected; restore this one from a copy if there is one."

# A damaged schema can put bytes into an error's message that the sqlite3 module can't decode.
_FAULTS: Final = (sqlite3.Error, UnicodeDecodeError)


class Source:
    """One part, opened for reading."""

    def __init__(self, part: FilePart | SharedPart) -> None:
        self.part = part
        self._copy: tempfile.TemporaryDirectory[str] | None = None
        if isinstance(part, SharedPart):
            if not part.retain():
                raise RecordingError("The rows that were in memory only are gone.", Path(), "")
            self._connection = part.connection
        else:
            self._connection = self._open(part)

    @property
    def first_seq(self) -> int:
        """The first number that can be read here."""
        return self.part.kept_first if isinstance(self.part, SharedPart) else self.part.first_seq

    @property
    def gaps(self) -> Gaps:
        """Numbers left out within the part."""
        return self.part.gaps

    @contextlib.contextmanager
    def use(self) -> Generator[sqlite3.Connection]:
        """Lend the connection for one short read. Raises RecordingError for what the disk or the file does to us."""
        part = self.part
        if isinstance(part, SharedPart):
            with part.lock:
                yield self._connection
            return
        try:
            yield self._connection
        except _FAULTS as error:
            raise unreadable(part.path, error, part.is_ours) from error

    @contextlib.contextmanager
    def decoding(self) -> Generator[None]:
        """Say that a file is damaged where its values make no sense."""
        try:
            yield
        except (msgspec.MsgspecError, ValueError, KeyError, TypeError) as error:
            if isinstance(self.part, SharedPart):
                raise
            what = "The recording can't be read: The file is damaged."
            raise RecordingError(what, self.part.path, DAMAGED_ADVICE, repr(error)) from error

    def last_seq(self) -> int:
        """The last number that is here now."""
        last = self.part.last_seq
        if last is not None:
            return last
        with self.use() as connection:
            found = connection.execute("select max(seq) from event").fetchone()[0]
        return self.part.first_seq - 1 if found is None else found

    def close(self) -> None:
        """Close what was opened for this reader alone."""
        if isinstance(self.part, SharedPart):
            self.part.release()
        else:
            self._connection.close()
        if self._copy is not None:
            self._copy.cleanup()

    def _open(self, part: FilePart) -> sqlite3.Connection:
        path = part.path
        try:
            return _connect_to_own(path) if part.is_ours else connect_to_read(path)
        except _FAULTS as error:
            # After a crash the newest rows are in the log beside the file; reading that needs a place to write an
            # index, which a read-only medium doesn't give.
            if not _log_of(path).exists():
                raise unreadable(path, error, part.is_ours) from error
            return self._open_copy(path)

    def _open_copy(self, path: Path) -> sqlite3.Connection:
        try:
            self._copy = tempfile.TemporaryDirectory(prefix="wireyard-")
            copy = Path(self._copy.name) / path.name
            shutil.copyfile(path, copy)
            shutil.copyfile(_log_of(path), _log_of(copy))
            return connect_to_read(copy)
        except (OSError, *_FAULTS) as error:
            if self._copy is not None:
                self._copy.cleanup()
            raise unreadable(path, error) from error


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Open a session file without ever changing it. Raises sqlite3.DatabaseError.

    Where no log lies beside it nobody is writing, and the file is read as it is: that works on read-only media, and
    leaves no files behind. A log of a writer, or of one that was killed, is read together with the file.
    """
    log = _log_of(path)
    alone = not log.exists()
    return _connect(path, "mode=ro&immutable=1" if alone else "mode=ro")


def _connect_to_own(path: Path) -> sqlite3.Connection:
    # Were it read-only, then the last to close would leave the log and its index behind.
    connection = _connect(path, "mode=rw")
    connection.execute("pragma query_only=1")
    return connection


def _connect(path: Path, options: str) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?{options}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=5.0)
    try:
        connection.execute("select count(*) from sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def read_part(connection: sqlite3.Connection, seq: int, start: int, size: int) -> bytes:
    """Read some bytes of a payload and no more. Raises sqlite3.Error where the row has no payload."""
    with connection.blobopen("event", "payload", seq, readonly=True) as blob:
        blob.seek(min(start, len(blob)))
        return blob.read(size)


def unreadable(
    path: Path, error: sqlite3.Error | UnicodeDecodeError | OSError, is_ours: bool = False
) -> RecordingError:
    """Say that a file can't be read. A fault of ours is raised as what it is."""
    reason = "The file is damaged." if isinstance(error, UnicodeDecodeError) else worlds_fault(error)
    if reason is None:
        # In a file from elsewhere even the statements' own errors, such as a missing column, tell of damage.
        if is_ours or not isinstance(error, sqlite3.DatabaseError) or isinstance(error, sqlite3.ProgrammingError):
            raise error
        reason = "The file is damaged."
    return RecordingError(f"The recording can't be read: {reason}", path, DAMAGED_ADVICE, str(error))


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")
