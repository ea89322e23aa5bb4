"""The list of a profile's sessions: a cache beside the folder of recordings, which are the truth.

It notices by itself which files came, went or changed, so nobody has to keep it up to date, and it may be lost at any
time. Several programs may use it at once.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Final
from urllib.parse import quote

import msgspec

from wireyard.domain.session import Totals
from wireyard.recording.errors import RecordingError, worlds_fault
from wireyard.recording.history import empty_trash
from wireyard.recording.open import open_recording
from wireyard.recording.reader import SessionReader
from wireyard.recording.schema import SUFFIX

FILE_NAME: Final = "catalogue.sqlite"
_APPLICATION_ID: Final = 0x57797263  # "Wyrc"
_VERSION: Final = 2
_HIDDEN: Final = "(hidden)"
_READS_A_COMMIT: Final = 100
_TABLE: Final = "create table session(name text primary key, stamp text not null, summary text not null)"


class SessionSummary(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One session in a list. ``problem`` says why a file can't be read; then only ``path`` and ``size_bytes`` hold.

    ``url`` is without the values of secret variables.

    ``has_ended`` is false while it is recorded, and for one whose writer was killed. ``close_code`` and ``closed_by``,
    or ``failure`` (a code of `wireyard.domain.failure`), tell how its last connection ended. ``name``, ``request`` and
    ``label`` are those of `SessionInfo`; ``kept`` is set by `recording.history`.
    """

    path: Path
    id: str = ""
    url: str = ""
    name: str = ""
    request: str = ""
    label: str = ""
    kept: bool = False
    started_ts_ns: int = 0
    duration_s: float = 0.0
    totals: Totals = Totals()
    size_bytes: int = 0
    has_ended: bool = False
    close_code: int | None = None
    closed_by: str = ""
    failure: str = ""
    problem: str = ""


class Catalogue:
    """Lists the sessions in ``folder``. Safe to use from any thread; every call opens and closes its own connection."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder.parent / FILE_NAME

    def sessions(self, limit: int | None = None) -> list[SessionSummary]:
        """All sessions, newest first. Files not seen before, or changed since, are read now."""
        found = self._refreshed()
        found.sort(key=lambda each: (each.started_ts_ns, each.path.name), reverse=True)
        return found[:limit]

    def find(self, id_start: str) -> SessionSummary | None:
        """The session whose id begins with this, when there is exactly one."""
        found = [each for each in self.sessions() if id_start and each.id.startswith(id_start)]
        exact = [each for each in found if each.id == id_start]
        if exact:
            return exact[0]
        return found[0] if len(found) == 1 else None

    def forget(self, paths: Iterable[Path]) -> None:
        """Take sessions off the list at once; what is in the folder after all comes back with the next listing."""
        self._change([], [path.name for path in paths])

    def rebuild(self) -> list[SessionSummary]:
        """Forget the list and read every file again."""
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)
        return self.sessions()

    def _refreshed(self) -> list[SessionSummary]:
        empty_trash(self.folder)
        stamps = _stamps(self.folder)
        known = self._known()
        gone = known.keys() - stamps.keys()
        fresh = [name for name, stamp in stamps.items() if name not in known or known[name][0] != stamp]
        summaries = {name: summary for name, (_, summary) in known.items() if name in stamps}
        if gone:
            self._change([], gone)
        for at in range(0, len(fresh), _READS_A_COMMIT):
            names = fresh[at : at + _READS_A_COMMIT]
            # The stamp is from before reading: what is written meanwhile is seen the next time.
            read = {name: summarize(self.folder / name) for name in names}
            summaries.update(read)
            self._change([(name, stamps[name], _to_json(summary)) for name, summary in read.items()], ())
        return list(summaries.values())

    def _known(self) -> dict[str, tuple[str, SessionSummary]]:
        try:
            with self._connection() as connection:
                rows = connection.execute("select name, stamp, summary from session").fetchall()
            # Names only are kept, so that a profile can be moved.
            decode = msgspec.json.Decoder(SessionSummary, dec_hook=lambda _, name: self.folder / name).decode
            return {name: (stamp, decode(summary)) for name, stamp, summary in rows}
        except (sqlite3.DatabaseError, msgspec.MsgspecError) as error:
            if isinstance(error, sqlite3.Error) and worlds_fault(error) is None:
                raise
            # Whatever is wrong with a cache, starting it anew is right.
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)
            return {}

    def _change(self, rows: list[tuple[str, str, str]], gone: Iterable[str]) -> None:
        try:
            with self._connection() as connection:
                connection.execute("begin immediate")
                connection.executemany("insert or replace into session values (?, ?, ?)", rows)
                connection.executemany("delete from session where name = ?", [(name,) for name in gone])
                connection.execute("commit")
        except sqlite3.Error as error:
            # A catalogue that can't be written costs time, not truth.
            if worlds_fault(error) is None:
                raise

    @contextlib.contextmanager
    def _connection(self) -> Generator[sqlite3.Connection]:
        if not self.path.exists():
            with contextlib.suppress(OSError):
                os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        connection = sqlite3.connect(self.path, isolation_level=None, timeout=5.0)
        try:
            connection.execute("pragma synchronous=off")
            if not _is_current(connection):
                _lay_out(connection)
            yield connection
        finally:
            connection.close()


def _is_current(connection: sqlite3.Connection) -> bool:
    (application_id,) = connection.execute("pragma application_id").fetchone()
    (version,) = connection.execute("pragma user_version").fetchone()
    return (application_id, version) == (_APPLICATION_ID, _VERSION)


def _lay_out(connection: sqlite3.Connection) -> None:
    """Make the table, and do away with whatever was there; another program may do the same at the same time."""
    connection.execute("begin immediate")
    if not _is_current(connection):
        found = connection.execute("select type, name from sqlite_schema where type in ('table', 'view')").fetchall()
        for kind, name in found:
            connection.execute(f'drop {kind} "{name}"')
        connection.execute(_TABLE)
        connection.execute(f"pragma application_id={_APPLICATION_ID}")
        connection.execute(f"pragma user_version={_VERSION}")
    connection.execute("commit")


def summarize(path: Path) -> SessionSummary:
    """Read what a list shows of one session file. Never raises: what is wrong with a file is part of the list."""
    size_bytes = 0
    with contextlib.suppress(OSError):
        size_bytes = path.stat().st_size
    try:
        reader = open_recording(path)
        try:
            return _summary(path, size_bytes, reader)
        finally:
            reader.close()
    except RecordingError as error:
        return SessionSummary(path=path, size_bytes=size_bytes, problem=error.what)
    except (ValueError, TypeError, AttributeError):
        return SessionSummary(path=path, size_bytes=size_bytes, problem="The recording can't be read: it is damaged.")


def _summary(path: Path, size_bytes: int, reader: SessionReader) -> SessionSummary:
    info = reader.info
    facts = reader.facts()
    close = json.loads(facts.get("close", "{}"))
    last_ts_ns = reader.last_ts_ns() or info.created_ts_ns
    return SessionSummary(
        path=path,
        id=info.id,
        url=_without(reader.secrets(), info.url),
        name=info.name,
        request=info.request,
        label=info.label,
        kept=facts.get("kept") == "1",
        started_ts_ns=info.created_ts_ns,
        duration_s=max(0.0, (last_ts_ns - info.created_ts_ns) / 1e9),
        totals=reader.totals(),
        size_bytes=size_bytes,
        has_ended="ended_ts_ns" in facts,
        close_code=close.get("code"),
        closed_by=close.get("by", ""),
        failure=facts.get("failure", ""),
    )


def _without(secrets: Iterable[str], url: str) -> str:
    """An address without the values of secret variables: the list is for looking at, and for other programs."""
    for secret in sorted(secrets, key=len, reverse=True):
        for spelled in (secret, quote(secret, safe="/%:@!$'()*+,;=~[]|?{}\\^`"), quote(secret, safe="")):
            url = url.replace(spelled, _HIDDEN)
    return url


def _stamps(folder: Path) -> dict[str, str]:
    """For each session file what changes when it changes; its log counts, for that is where a live one grows."""
    stamps: dict[str, str] = {}
    logs: dict[str, str] = {}
    try:
        entries = os.scandir(folder)
    except OSError:
        return {}
    with entries:
        for entry in entries:
            is_log = entry.name.endswith(f"{SUFFIX}-wal")
            if not is_log and not entry.name.endswith(SUFFIX):
                continue
            try:
                status = entry.stat()
            except OSError:
                continue
            stamp = f"{status.st_size} {status.st_mtime_ns}"
            if is_log:
                logs[entry.name.removesuffix("-wal")] = stamp
            else:
                stamps[entry.name] = stamp
    return {name: f"{stamp} {logs[name]}" if name in logs else stamp for name, stamp in stamps.items()}


def _to_json(summary: SessionSummary) -> str:
    return msgspec.json.encode(summary, enc_hook=_name_of).decode()


def _name_of(path: object) -> str:
    assert isinstance(path, Path)
    return path.name
