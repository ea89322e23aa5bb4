"""Where batches go: a session file on disk, or, when that fails, a bounded database in memory with the same tables."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import time
from array import array
from collections import deque
from collections.abc import Generator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import msgspec

from wireyard.domain.event import Closed
from wireyard.domain.session import SessionInfo, Totals
from wireyard.recording.batch import Batch, Ending
from wireyard.recording.checkpoint import Checkpointer, fold
from wireyard.recording.codec import encode_structured, to_json
from wireyard.recording.errors import RecordingError, worlds_fault
from wireyard.recording.kinds import HIDDEN
from wireyard.recording.marks import MarkChanges, read_marks, write_marks
from wireyard.recording.parts import SharedPart
from wireyard.recording.schema import PAGE_BYTES, SUFFIX, lay_out
from wireyard.recording.statements import write_rows

_TOTALS_EVERY_S: Final = 5.0
_LOOK_FOR_FILE_EVERY_S: Final = 1.0
_ROW_OVERHEAD_BYTES: Final = 64
# The log is cut down to this when it starts over.
_LOG_KEPT_BYTES: Final = 16 * 1024 * 1024
_SET: Final = "insert or replace into session(key, value) values (?, ?)"


class StorageFailedError(Exception):
    """A batch could not be written, and the world is to blame. The message is a sentence."""


class FileStore:
    """Writes one session file. One thread at a time."""

    def __init__(self, path: Path, connection: sqlite3.Connection, last_seq: int, checkpoint_bytes: int) -> None:
        self.path = path
        self.connection = connection
        self.checkpointer = Checkpointer(path, checkpoint_bytes)
        self._last_seq = last_seq
        self._totals_due = time.monotonic() + _TOTALS_EVERY_S
        self._look_due = time.monotonic() + _LOOK_FOR_FILE_EVERY_S
        self._identity = _identity(path)

    @classmethod
    def create(cls, folder: Path, info: SessionInfo, first_seq: int, checkpoint_bytes: int) -> FileStore:
        """Start a new file in ``folder``, which is made when missing. Raises RecordingError."""
        try:
            _make_folder(folder)
            path = _new_file(folder, info)
        except OSError as error:
            raise RecordingError(
                f"The recording can't be started: {worlds_fault(error)}", folder, "Choose another folder.", str(error)
            ) from error
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=5.0)
        try:
            connection.execute(f"pragma page_size={PAGE_BYTES}")
            connection.execute("pragma journal_mode=wal")
            connection.execute("pragma synchronous=normal")
            connection.execute("pragma wal_autocheckpoint=0")
            connection.execute(f"pragma journal_size_limit={_LOG_KEPT_BYTES}")
            connection.execute("begin immediate")
            lay_out(connection)
            connection.executemany(_SET, _head(info, first_seq))
            connection.execute("commit")
        except sqlite3.Error as error:
            connection.close()
            path.unlink(missing_ok=True)
            reason = worlds_fault(error)
            if reason is None:
                raise
            raise RecordingError(
                f"The recording can't be started: {reason}", path, "Choose another folder.", str(error)
            ) from error
        return cls(path, connection, first_seq - 1, checkpoint_bytes)

    def write(self, batch: Batch) -> None:
        """Write a batch in one transaction. Raises StorageFailedError, and then nothing of it was written."""
        now = time.monotonic()
        with _storage_faults():
            if now >= self._look_due:
                self._look_due = now + _LOOK_FOR_FILE_EVERY_S
                if self.is_gone():
                    raise StorageFailedError("The file was removed or replaced.")
            with _transaction(self.connection):
                write_rows(self.connection, batch, self._last_seq)
                if batch.ending_changed:
                    self._write_ending(batch.ending)
                if now >= self._totals_due or batch.ending is not None:
                    self._write_totals(batch.totals, batch.last_seq, batch.last_ts_ns)
                    self._totals_due = now + _TOTALS_EVERY_S
        self._last_seq = batch.last_seq
        self.checkpointer.note(batch.size_bytes + 2 * PAGE_BYTES)

    def size_bytes(self) -> int:
        """Size of the session on disk, as it will be when the log is folded in."""
        return self.connection.execute("pragma page_count").fetchone()[0] * PAGE_BYTES

    @property
    def needs_tending(self) -> bool:
        """Whether something is left to fold when nothing else is to be done."""
        return self.checkpointer.is_running or self.checkpointer.unfolded_bytes > 0

    def tend_log(self, is_idle: bool = False) -> None:
        """Fold the write-ahead log into the file where it is time."""
        self.checkpointer.tend(self.connection, is_idle)

    def set_secrets(self, secrets: tuple[str, ...]) -> None:
        """Write down which values of this session are secret. Raises StorageFailedError."""
        with _storage_faults(), _transaction(self.connection):
            self.connection.execute(_SET, ("secrets", to_json(secrets)))

    def set_gaps(self, gaps: tuple[tuple[int, int], ...]) -> None:
        """Write down which numbers were left out."""
        with _storage_faults(), _transaction(self.connection):
            self.connection.execute(_SET, ("gaps", to_json(gaps)))

    def set_marks(self, changes: MarkChanges) -> None:
        """Set and take away marks. Raises StorageFailedError."""
        with _storage_faults(), _transaction(self.connection):
            write_marks(self.connection, changes)

    def copy_from(self, part: SharedPart) -> None:
        """Take over the rows of a part that only our own connection can read. Raises StorageFailedError."""
        with part.lock, _storage_faults(), _transaction(self.connection):
            for table, row in (("event", "?, ?, ?, ?, ?, ?"), ("detail", "?, ?")):
                rows = part.connection.execute(f"select * from {table} order by seq")
                self.connection.executemany(f"insert or replace into {table} values ({row})", rows)
            write_marks(self.connection, read_marks(part.connection))
            if part.gaps:
                self.connection.execute(_SET, ("gaps", to_json(part.gaps)))
        self._last_seq = part.last_seq
        self.checkpointer.note(self.size_bytes())

    def is_gone(self) -> bool:
        """Tell whether the file at our path is not ours any more."""
        return _identity(self.path) != self._identity

    def abandon(self) -> None:
        """Close a file that can't be written; what was committed stays in it and its log."""
        self.checkpointer.stop()
        with contextlib.suppress(sqlite3.Error):
            self.connection.close()

    def discard(self) -> None:
        """Close and remove a file that came to nothing."""
        self.abandon()
        for more in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                self.path.with_name(self.path.name + more).unlink()

    def finish(self, totals: Totals, last_seq: int, last_ts_ns: int, ending: Ending | None) -> None:
        """Write the last sums and close the file, leaving one plain file where no reader has it open."""
        self.checkpointer.stop()
        try:
            with _transaction(self.connection):
                self._write_totals(totals, last_seq, last_ts_ns)
                self._write_ending(ending)
                self.connection.execute(_SET, ("ended_ts_ns", last_ts_ns))
            fold(self.connection)
            self.connection.execute("pragma busy_timeout=0")
            # A file that is not in WAL mode opens read-only from anywhere, with any tool.
            with contextlib.suppress(sqlite3.OperationalError):
                self.connection.execute("pragma journal_mode=delete")
        except sqlite3.Error as error:
            if worlds_fault(error) is None:
                raise
        finally:
            self.connection.close()

    def _write_ending(self, ending: Ending | None) -> None:
        self.connection.execute("delete from session where key in ('close', 'failure')")
        if isinstance(ending, Closed):
            self.connection.execute(_SET, ("close", encode_structured(ending)))
        elif ending is not None:
            self.connection.execute(_SET, ("failure", ending.failure.code))

    def _write_totals(self, totals: Totals, last_seq: int, last_ts_ns: int) -> None:
        values = {"last_seq": last_seq, "last_ts_ns": last_ts_ns, **msgspec.to_builtins(totals)}
        self.connection.execute(_SET, ("totals", to_json(values)))


class MemoryStore:
    """Keeps the newest rows within a bound, for the time that no file can be written.

    One connection serves the writer and all readers, so whoever uses it holds ``lock``.
    """

    def __init__(self, first_seq: int, limit_bytes: int) -> None:
        connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        connection.execute(f"pragma page_size={PAGE_BYTES}")
        connection.execute("pragma secure_delete=off")
        lay_out(connection)
        self.part = SharedPart(connection, first_seq, first_seq - 1, ())
        self.evicted_hidden = array("q")
        self._limit_bytes = limit_bytes
        self._kept_bytes = 0
        self._sizes: deque[tuple[int, int]] = deque()

    @property
    def kept(self) -> int:
        """How many rows are here."""
        return self.part.last_seq - self.part.kept_first + 1

    @property
    def lost(self) -> int:
        """How many rows fell out."""
        return self.part.kept_first - self.part.first_seq

    def set_secrets(self, secrets: tuple[str, ...]) -> None:
        """Write down which values of this session are secret."""
        with self.part.lock:
            self.part.connection.execute(_SET, ("secrets", to_json(secrets)))

    def set_marks(self, changes: MarkChanges) -> None:
        """Set and take away marks."""
        with self.part.lock, _transaction(self.part.connection):
            write_marks(self.part.connection, changes)

    def write(self, batch: Batch) -> None:
        """Write a batch and drop the oldest rows beyond the bound."""
        part = self.part
        with part.lock:
            with _transaction(part.connection):
                write_rows(part.connection, batch, part.last_seq if self.kept else -1)
            part.last_seq = batch.last_seq
            self._note_sizes(batch)
            self._evict()

    def _note_sizes(self, batch: Batch) -> None:
        # Cut finely enough that evicting one piece doesn't throw away much.
        step = max(1, batch.count // 16)
        rows = self.part.connection.execute(
            "select max(seq), total(length(payload)) from event where seq between ? and ? group by (seq - ?) / ?",
            (batch.first_seq, batch.last_seq, batch.first_seq, step),
        )
        previous = batch.first_seq - 1
        for last, payload_bytes in rows.fetchall():
            size = int(payload_bytes) + _ROW_OVERHEAD_BYTES * (last - previous)
            self._sizes.append((last, size))
            self._kept_bytes += size
            previous = last

    def _evict(self) -> None:
        last = 0
        while self._kept_bytes > self._limit_bytes and self._sizes:
            last, size = self._sizes.popleft()
            self._kept_bytes -= size
        if not last:
            return
        hidden = self.part.connection.execute(
            f"select seq from event indexed by event_hidden where kind & {HIDDEN} and seq <= ?", (last,)
        )
        self.evicted_hidden.extend(row[0] for row in hidden)
        with _transaction(self.part.connection):
            self.part.connection.execute("delete from event where seq <= ?", (last,))
            self.part.connection.execute("delete from detail where seq <= ?", (last,))
        self.part.kept_first = last + 1


@contextlib.contextmanager
def _storage_faults() -> Generator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        reason = worlds_fault(error)
        if reason is None:
            raise
        raise StorageFailedError(reason) from error


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Generator[None]:
    connection.execute("begin immediate")
    try:
        yield
        connection.execute("commit")
    except BaseException:
        # A full disk has often rolled back by itself.
        if connection.in_transaction:
            connection.execute("rollback")
        raise


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


def _make_folder(folder: Path) -> None:
    missing = [folder, *folder.parents]
    for each in reversed(missing):
        if not each.exists():
            each.mkdir(mode=0o700, exist_ok=True)


def _new_file(folder: Path, info: SessionInfo) -> Path:
    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime(info.created_ts_ns // 1_000_000_000))
    host = safe_host(info.url)
    for count in range(1, 10_000):
        more = f"-{count}" if count > 1 else ""
        path = folder / f"{stamp}-{host}{more}{SUFFIX}"
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:
            continue
        return path
    raise FileExistsError(17, "Too many files of the same name", str(folder))


def safe_host(url: str) -> str:
    """The host of an address in letters that every file system takes; never its path, which may hold secrets."""
    try:
        host = urlsplit(url.strip()).hostname or ""
    except ValueError:
        host = ""
    return re.sub(r"[^a-z0-9.]+", "-", host.lower()).strip("-.")[:60].strip("-.") or "session"


def _head(info: SessionInfo, first_seq: int) -> list[tuple[str, str | int]]:
    return [
        ("id", _storable(info.id)),
        ("name", _storable(info.name)),
        ("url", _storable(info.url)),
        ("subprotocols", to_json(info.subprotocols)),
        ("app_version", info.app_version),
        ("request", _storable(info.request)),
        ("label", _storable(info.label)),
        ("created_ts_ns", info.created_ts_ns),
        ("first_seq", first_seq),
    ]


def _storable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()
