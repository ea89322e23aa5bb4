"""Opens a session file for reading, whoever made it and whatever became of it, without changing it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

from wireyard.domain.session import SessionInfo
from wireyard.recording.errors import RecordingError
from wireyard.recording.parts import FilePart, Gaps, Parts
from wireyard.recording.reader import SessionReader
from wireyard.recording.schema import APPLICATION_ID, SCHEMA_VERSION
from wireyard.recording.sources import DAMAGED_ADVICE, Source

_MAGIC: Final = b"SQLite format 3\0"
_HEADER_BYTES: Final = 100


def open_recording(path: Path) -> SessionReader:
    """Open a session file. Raises RecordingError: not there, not a recording, cut short, damaged, or too new."""
    _check_header(path)
    source = Source(FilePart(path, 1))
    try:
        with source.use() as connection:
            head = _read_head(connection, path)
        info = info_from(head)
        first_seq = int(head.get("first_seq", 1))
        gaps: Gaps = msgspec.convert(json.loads(head.get("gaps", "[]")), type=Gaps)
    except (msgspec.MsgspecError, ValueError, KeyError, TypeError) as error:
        raise _unreadable("The file is damaged.", path, repr(error)) from error
    finally:
        source.close()
    parts = Parts((FilePart(path, first_seq, gaps=gaps),))
    reader = SessionReader(lambda: parts, info)
    try:
        reader.last_seq()
    except RecordingError:
        reader.close()
        raise
    return reader


def info_from(head: Mapping[str, str]) -> SessionInfo:
    """The facts at the head of a session. Raises KeyError, ValueError or msgspec.ValidationError for nonsense."""
    return SessionInfo(
        id=str(head["id"]),
        url=str(head["url"]),
        created_ts_ns=int(head["created_ts_ns"]),
        name=str(head.get("name", "")),
        subprotocols=msgspec.convert(json.loads(head.get("subprotocols", "[]")), type=tuple[str, ...]),
        app_version=str(head.get("app_version", "")),
        request=str(head.get("request", "")),
        label=str(head.get("label", "")),
    )


def _read_head(connection: sqlite3.Connection, path: Path) -> dict[str, str]:
    (application_id,) = connection.execute("pragma application_id").fetchone()
    (version,) = connection.execute("pragma user_version").fetchone()
    if application_id != APPLICATION_ID:
        raise _unreadable("It is a database of another program.", path)
    if version > SCHEMA_VERSION:
        raise RecordingError(
            "The recording can't be read: it was made by a newer Wireyard.",
            path,
            "Install the newest version.",
            f"schema {version}, known up to {SCHEMA_VERSION}",
        )
    return dict(connection.execute("select key, value from session").fetchall())


def _check_header(path: Path) -> None:
    if path.with_name(path.name + "-wal").exists():
        # Somebody may be writing it, perhaps this process: closing a file by hand would take away the locks that
        # SQLite holds on it, and with them what tells other programs that it is in use. SQLite checks it as well.
        return
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
        size_bytes = path.stat().st_size
    except FileNotFoundError as error:
        raise _unreadable("There is no such file.", path, str(error), "Check its name and place.") from error
    except OSError as error:
        reason = f"{error.strerror or type(error).__name__}."
        raise _unreadable(reason, path, str(error), "Check that you may read it.") from error
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        raise _unreadable("It is not a Wireyard recording.", path, advice="Choose a recording or a .jsonl log.")
    page_bytes = int.from_bytes(header[16:18], "big")
    if page_bytes == 1:
        page_bytes = 65536
    pages = int.from_bytes(header[28:32], "big")
    if size_bytes < pages * page_bytes:
        missing = pages * page_bytes - size_bytes
        raise _unreadable("The file was cut short.", path, f"{missing} bytes are missing at its end")


def _unreadable(why: str, path: Path, technical: str = "", advice: str = DAMAGED_ADVICE) -> RecordingError:
    return RecordingError(f"The recording can't be read: {why}", path, advice, technical)
