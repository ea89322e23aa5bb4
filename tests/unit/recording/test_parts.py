"""The parts of which a session is made."""

from __future__ import annotations

import sqlite3

import pytest

from wireyard.recording.parts import FilePart, Parts, SharedPart


def test_a_shared_connection_is_closed_when_nobody_needs_it() -> None:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    part = SharedPart(connection, 1, 0, ())
    assert part.retain()
    part.release()
    connection.execute("select 1")
    part.release()
    with pytest.raises(sqlite3.ProgrammingError):
        connection.execute("select 1")
    assert not part.retain()


def test_parts_start_with_no_lost_rows() -> None:
    assert list(Parts(()).lost_hidden) == []


def test_a_file_may_grow_unless_it_has_an_end(tmp_path: object) -> None:
    assert FilePart(tmp_path, 1).last_seq is None  # type: ignore[arg-type]
