"""Connections that read never write."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from tests.helpers import recordings as make

from wireyard.recording.errors import RecordingError
from wireyard.recording.parts import FilePart, SharedPart
from wireyard.recording.sources import Source, connect_to_read, read_part, unreadable


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make.record(tmp_path, [make.message("hello")])


def test_nothing_can_be_written_through_a_reader(path: Path) -> None:
    for source in (Source(FilePart(path, 1)), Source(FilePart(path, 1, is_ours=True))):
        with pytest.raises(RecordingError, match="can't be written"), source.use() as connection:
            connection.execute("delete from event")
        source.close()


def test_a_part_of_a_payload(path: Path) -> None:
    connection = connect_to_read(path)
    assert read_part(connection, 1, 1, 3) == b"ell"
    assert read_part(connection, 1, 9, 3) == b""
    connection.close()


def test_nonsense_in_a_file_is_damage_and_in_our_memory_a_bug(path: Path) -> None:
    source = Source(FilePart(path, 1))
    with pytest.raises(RecordingError, match="damaged"), source.decoding():
        raise ValueError("nonsense")
    source.close()
    part = SharedPart(sqlite3.connect(":memory:"), 1, 0, ())
    shared = Source(part)
    with pytest.raises(ValueError, match="nonsense"), shared.decoding():
        raise ValueError("nonsense")
    shared.close()
    part.release()
    with pytest.raises(RecordingError, match="gone"):
        Source(part)


def test_a_wrong_statement_is_damage_only_in_a_file_from_elsewhere(path: Path) -> None:
    source = Source(FilePart(path, 1, is_ours=True))
    with pytest.raises(sqlite3.OperationalError), source.use() as connection:
        connection.execute("select nothing from nowhere")
    source.close()
    assert "damaged" in unreadable(path, sqlite3.OperationalError("no such table: event")).what
