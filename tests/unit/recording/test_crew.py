"""Slices looked through side by side."""

from __future__ import annotations

import sqlite3
import threading
from array import array
from pathlib import Path

import pytest
from tests.helpers import recordings as make

from wireyard.recording.crew import side_by_side
from wireyard.recording.errors import RecordingError
from wireyard.recording.parts import FilePart

SLICES = [(at, at + 9) for at in range(1, 200, 10)]


@pytest.fixture
def part(tmp_path: Path) -> FilePart:
    return FilePart(make.record(tmp_path, [make.message(f"{i}") for i in range(200)]), 1)


def numbers(connection: sqlite3.Connection, first: int, last: int) -> array[int]:
    return array(
        "q", (row[0] for row in connection.execute("select seq from event where seq between ? and ?", (first, last)))
    )


def test_answers_come_in_order(part: FilePart) -> None:
    found = [list(each) for each in side_by_side(part, SLICES, numbers)]
    assert found == [list(range(first, last + 1)) for first, last in SLICES]


def test_nothing_is_left_behind_when_it_ends_early(part: FilePart) -> None:
    before = threading.active_count()
    work = side_by_side(part, SLICES, numbers)
    assert len(next(work)) == 10
    work.close()
    assert threading.active_count() == before
    part.path.unlink()


def test_a_fault_of_the_file_reaches_whoever_asked(part: FilePart) -> None:
    def fail(connection: sqlite3.Connection, first: int, last: int) -> array[int]:
        connection.execute("select nothing from nowhere")
        return array("q")

    with pytest.raises(RecordingError):
        list(side_by_side(part, SLICES, fail))
