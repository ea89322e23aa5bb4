"""Sessions going out and coming in: joins the recording's readers with the forms of `wireyard.exchange`.

All of it streams and none of it knows a screen: a front end runs it on a thread and hears how far it is.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Literal, Protocol

from wireyard.domain.event import Event
from wireyard.domain.session import SessionInfo
from wireyard.exchange.exporters.jsonl import NO_MARKS, jsonl_chunks
from wireyard.exchange.exporters.text import text_chunks
from wireyard.exchange.importers.jsonl import JsonlLog
from wireyard.exchange.redact import Redaction
from wireyard.recording.errors import RecordingError
from wireyard.recording.open import open_recording
from wireyard.recording.reader import SessionReader
from wireyard.recording.recording import Recording

ExportFormat = Literal["jsonl", "text"]
EXPORT_FORMATS: tuple[ExportFormat, ...] = ("jsonl", "text")

_SQLITE_MAGIC = b"SQLite format 3\0"
_TELL_EVERY = 1000
_STORE_TIMEOUT_S = 600.0


class ExportCancelled(Exception):  # noqa: N818 - a decision of the person, not an error
    """The export was cancelled; what was written so far is of no use."""


class ByteSink(Protocol):
    """Where an export goes: a file opened for bytes."""

    def write(self, data: bytes, /) -> object: ...


def export_session(
    info: SessionInfo,
    events: Iterator[tuple[int, Event]],
    sink: ByteSink,
    form: ExportFormat = "jsonl",
    *,
    redaction: Redaction | None = None,
    marks: Mapping[int, str] = NO_MARKS,
    on_progress: Callable[[int], None] | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Write a session; secrets are hidden unless a `Redaction` that hides nothing is given.

    ``marks`` are the notes of marked rows. ``on_progress`` is called with the number of the newest event every thousand
    events. Raises `ExportCancelled`, `RecordingError`, and `OSError` of the sink.
    """
    chunks = jsonl_chunks if form == "jsonl" else text_chunks
    for chunk in chunks(info, _watched(events, on_progress, is_cancelled), redaction, marks):
        sink.write(chunk)


def all_events(reader: SessionReader) -> Iterator[tuple[int, Event]]:
    """Every event of a session as it is now."""
    return reader.events(reader.first_seq(), reader.last_seq())


def is_recording(path: Path) -> bool:
    """Whether the file is a recording, or at least a database. Raises `OSError`."""
    if path.with_name(path.name + "-wal").exists():
        return True  # perhaps it is written now; why it is not opened here, `recording.open` tells
    with path.open("rb") as file:
        return file.read(len(_SQLITE_MAGIC)) == _SQLITE_MAGIC


def import_log(
    path: Path,
    folder: Path,
    *,
    on_progress: Callable[[int, int], None] | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Path, list[str]]:
    """Store a JSON Lines log as a new recording in ``folder``; return its path and the warnings of the reader.

    ``on_progress`` is called with the bytes read so far and all there are. Raises `ExchangeError`, `RecordingError`,
    `OSError` or `ExportCancelled`; then nothing is left in the folder.
    """
    size_bytes = path.stat().st_size
    with path.open("rb") as stream:
        log = JsonlLog(stream)
        numbered = _watched(
            log.events(), lambda _: on_progress and on_progress(stream.tell(), size_bytes), is_cancelled
        )
        stored = _store(log.info, numbered, folder, log.secrets, log.marks)
    return stored, log.warnings


def open_session(
    path: Path, folder: Path, *, is_cancelled: Callable[[], bool] = lambda: False
) -> tuple[Path, list[str]]:
    """Give the recording that shows this file: itself, or for a log one that is made in ``folder``.

    Raises what `import_log` raises. A recording is looked at, so that one that can't be read is told now.
    """
    if not is_recording(path):
        return import_log(path, folder, is_cancelled=is_cancelled)
    open_recording(path).close()
    return path, []


def _store(
    info: SessionInfo,
    events: Iterator[tuple[int, Event]],
    folder: Path,
    secrets: tuple[str, ...],
    marks: Mapping[int, str],
) -> Path:
    """``marks`` is full when all events were read."""
    first = next(events, None)
    recording = Recording.create(folder, info, first_seq=first[0] if first else 1)
    recording.note_secrets(secrets)
    drained = threading.Event()
    recording.on_drained(drained.set)
    try:
        expected = first[0] if first else 1
        while first is not None:
            seq, event = first
            if seq > expected:
                recording.skip_to(seq)
            recording.put(event)
            expected = seq + 1
            drained.clear()
            if recording.is_full():
                drained.wait(_STORE_TIMEOUT_S)
            first = next(events, None)
        if marks:
            recording.set_marks(marks)
        recording.close(_STORE_TIMEOUT_S)
    except BaseException:
        recording.close(_STORE_TIMEOUT_S)
        _remove(recording.path)
        raise
    if recording.health.failing or recording.health.lost_messages:
        _remove(recording.path)
        raise RecordingError(
            "The log can't be stored.", recording.path, recording.health.reason or "Choose another folder."
        )
    return recording.path


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _watched(
    events: Iterator[tuple[int, Event]],
    on_progress: Callable[[int], object] | None,
    is_cancelled: Callable[[], bool],
) -> Iterator[tuple[int, Event]]:
    for count, numbered in enumerate(events):
        if count % _TELL_EVERY == 0:
            if is_cancelled():
                raise ExportCancelled
            if on_progress is not None:
                on_progress(numbered[0])
        yield numbered
