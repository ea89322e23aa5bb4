"""What a person does with past sessions: keep one for good, delete some, and take that back.

Keeping is a fact in the session's own file, so it outlives a lost catalogue. Deleting moves a session, with the log
that a crash may have left beside it, into a folder of the same disk, from where it comes back whole. Neither is done to
a session that somebody still writes.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import time
from collections.abc import Generator, Iterable, Sequence
from pathlib import Path
from typing import Final

import msgspec

from wireyard.recording.errors import RecordingError, worlds_fault
from wireyard.recording.marks import MarkChanges, write_marks
from wireyard.recording.schema import APPLICATION_ID, SCHEMA_VERSION

TRASH: Final = ".trash"
KEPT_S: Final = 7 * 24 * 3600.0
# What went because of its age or the size of all is there to give room, and comes back only by Undo.
AGED: Final = "aged-"
AGED_KEPT_S: Final = 3600.0
_COMPANIONS: Final = ("-wal", "-shm")
_PATIENCE_S: Final = 2.0
_FOLDER_MODE: Final = 0o700
# A file that is no database, or a broken one: nobody can be writing it.
_DAMAGE: Final = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
_IN_USE: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class Deletion(msgspec.Struct, frozen=True, kw_only=True):
    """What one deletion did: for each session where it was and where it is now. `restore` takes it back."""

    moved: tuple[tuple[Path, Path], ...] = ()


def set_kept(path: Path, kept: bool) -> None:
    """Mark a session as kept, or take the mark away. Raises RecordingError, also while the session is recorded."""
    what = "The session can't be marked"
    with _own_file(path, what) as connection:
        connection.execute("begin immediate")
        if kept:
            connection.execute("insert or replace into session(key, value) values ('kept', 1)")
        else:
            connection.execute("delete from session where key = 'kept'")
        connection.execute("commit")
    if not path.exists():
        # It was removed while we waited for our turn.
        raise RecordingError(f"{what}: There is no such file.", path, "The list may be out of date.")


def set_marks(path: Path, changes: MarkChanges) -> None:
    """Mark rows of a session that has ended, or take their marks away. Raises RecordingError, also while it is
    recorded and where its file can't be written.
    """
    what = "The mark can't be kept"
    if not path.exists():
        raise RecordingError(f"{what}: There is no such file.", path, "")
    with _own_file(path, what) as connection:
        connection.execute("begin immediate")
        write_marks(connection, changes)
        connection.execute("commit")


def delete(paths: Sequence[Path]) -> Deletion:
    """Move sessions into the trash folder beside them: all, or none of them. Raises RecordingError."""
    for path in paths:
        _refuse_live(path, "The session can't be deleted")
    moved: list[tuple[Path, Path]] = []
    for path in paths:
        try:
            target = _slot(path.parent / TRASH) / path.name
            _move(path, target)
        except OSError as error:
            with contextlib.suppress(RecordingError):
                restore(Deletion(moved=tuple(moved)))
            raise _failure("The session can't be deleted", path, error) from error
        moved.append((path, target))
    return Deletion(moved=tuple(moved))


def restore(deletion: Deletion) -> list[Path]:
    """Bring deleted sessions back and give their paths; a name taken meanwhile gets a number. Raises RecordingError."""
    restored: list[Path] = []
    for path, at in deletion.moved:
        target = _free(path)
        try:
            _move(at, target)
            at.parent.rmdir()
        except OSError as error:
            raise _failure("The session can't be restored", path, error) from error
        restored.append(target)
    return restored


def move_aged(path: Path) -> Path:
    """Move a session that nobody uses into the trash, from where it is soon removed for good; tell where it is.

    Raises OSError, and then it is where it was.
    """
    slot = _slot(path.parent / TRASH, AGED)
    try:
        _move(path, slot / path.name)
    except OSError:
        with contextlib.suppress(OSError):
            slot.rmdir()
        raise
    return slot / path.name


def fold_log(path: Path) -> bool:
    """Fold the log that a killed writer left into the session's file; False while anybody writes or reads the log."""
    if not _beside(path, "-wal").exists():
        return True
    try:
        connection = _open(path)
        try:
            _fold(connection)
        finally:
            connection.close()
    except sqlite3.Error:
        return False
    return not _beside(path, "-wal").exists()


def is_kept(path: Path) -> bool:
    """Whether the file itself says that it is kept; also for one that can't say, so that it is left alone."""
    try:
        connection = _open(path)
        try:
            _check_marks(connection, path, "The session can't be read")
            return connection.execute("select 1 from session where key = 'kept'").fetchone() is not None
        finally:
            connection.close()
    except (sqlite3.Error, RecordingError):
        return True


def empty_trash(folder: Path, older_than_s: float = KEPT_S) -> None:
    """Remove for good what was deleted from a folder of sessions, longer ago than this. Never raises for the disk."""
    with contextlib.suppress(OSError):
        for slot in list((folder / TRASH).iterdir()):
            limit_s = min(older_than_s, AGED_KEPT_S) if slot.name.startswith(AGED) else older_than_s
            if time.time() - slot.stat().st_mtime >= limit_s:
                shutil.rmtree(slot, ignore_errors=True)
        (folder / TRASH).rmdir()


@contextlib.contextmanager
def _own_file(path: Path, what: str) -> Generator[sqlite3.Connection]:
    """The session's file, opened to be changed, when it is ours and nobody writes it."""
    try:
        connection = _open(path)
        try:
            _check_marks(connection, path, what)
            if not _has_ended(connection):
                _fold(connection)
            yield connection
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise _sqlite_failure(what, path, error) from error


def _refuse_live(path: Path, what: str) -> None:
    """Raise RecordingError while the session is written. What is broken is written by nobody."""
    if not path.exists():
        raise RecordingError(f"{what}: There is no such file.", path, "The list may be out of date.")
    if not _beside(path, "-wal").exists():
        return
    try:
        connection = _open(path)
        try:
            if not _has_ended(connection):
                _fold(connection)
        finally:
            connection.close()
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if code in _IN_USE:
            raise _sqlite_failure(what, path, error) from error


def _open(path: Path) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode=rw"
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=_PATIENCE_S)


def _has_ended(connection: sqlite3.Connection) -> bool:
    return connection.execute("select 1 from session where key = 'ended_ts_ns'").fetchone() is not None


def _fold(connection: sqlite3.Connection) -> None:
    """Fold in the log that a killed writer left. SQLite says it is busy while anybody has the file open."""
    connection.execute("pragma busy_timeout=0")
    connection.execute("pragma journal_mode=delete")
    connection.execute(f"pragma busy_timeout={round(_PATIENCE_S * 1000)}")


def _check_marks(connection: sqlite3.Connection, path: Path, what: str) -> None:
    (application_id,) = connection.execute("pragma application_id").fetchone()
    (version,) = connection.execute("pragma user_version").fetchone()
    if application_id != APPLICATION_ID:
        raise RecordingError(f"{what}: It is not a Wireyard recording.", path, "")
    if version > SCHEMA_VERSION:
        raise RecordingError(f"{what}: It was made by a newer Wireyard.", path, "Install the newest version.")


def _sqlite_failure(what: str, path: Path, error: sqlite3.Error) -> RecordingError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _IN_USE:
        advice = "End its recording, or close the tab that shows it, and try again."
        return RecordingError(f"{what}: It is being recorded, or open elsewhere.", path, advice, str(error))
    reason = worlds_fault(error) or "The file is damaged."
    return RecordingError(f"{what}: {reason}", path, "Check the file and its folder.", str(error))


def _failure(what: str, path: Path, error: OSError) -> RecordingError:
    return RecordingError(f"{what}: {worlds_fault(error)}", path, "Check the folder it is in.", str(error))


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _slot(trash: Path, prefix: str = "") -> Path:
    """A new folder in the trash for one session, so that names never meet."""
    trash.mkdir(mode=_FOLDER_MODE, exist_ok=True)
    stamp = time.time_ns()
    for number in range(stamp, stamp + 10_000):
        slot = trash / f"{prefix}{number}"
        with contextlib.suppress(FileExistsError):
            slot.mkdir(mode=_FOLDER_MODE)
            return slot
    raise FileExistsError(17, "Too many deleted sessions", str(trash))


def _free(path: Path) -> Path:
    """The path, or one with a number where there is a file, or a log, of its name again."""
    return next(each for each in _numbered(path) if not any(_beside(each, more).exists() for more in ("", "-wal")))


def _numbered(path: Path) -> Iterable[Path]:
    yield path
    number = 2
    while True:
        yield path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1


def _move(path: Path, target: Path) -> None:
    """Move a session's files: all of them or none. The log first, for the file is what makes it a session."""
    done: list[tuple[Path, Path]] = []
    try:
        for ending in (*_COMPANIONS, ""):
            source = _beside(path, ending)
            if ending and not source.exists():
                continue
            source.rename(_beside(target, ending))
            done.append((source, _beside(target, ending)))
    except OSError:
        for source, moved in reversed(done):
            with contextlib.suppress(OSError):
                moved.rename(source)
        raise
