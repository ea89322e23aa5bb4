"""The world's faults are told from ours."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from wireyard.recording.errors import RecordingError, worlds_fault


def raised_by(*statements: str) -> sqlite3.Error:
    connection = sqlite3.connect(":memory:")
    try:
        for statement in statements:
            connection.execute(statement)
    except sqlite3.Error as error:
        return error
    finally:
        connection.close()
    raise AssertionError("nothing was raised")


def test_a_full_disk_is_the_worlds_fault() -> None:
    fill = "insert into a select randomblob(100000)"
    assert worlds_fault(raised_by("create table a(b)", "pragma max_page_count=3", fill)) == "The disk is full."


def test_a_refused_write_is_the_worlds_fault() -> None:
    assert worlds_fault(raised_by("pragma query_only=1", "create table a(b)")) == "The place can't be written to."


@pytest.mark.parametrize("statement", ["select nonsense", "create table a(b, b)"])
def test_a_wrong_statement_is_ours(statement: str) -> None:
    assert worlds_fault(raised_by(statement)) is None


def test_a_broken_rule_is_ours() -> None:
    assert worlds_fault(raised_by("create table a(b not null)", "insert into a values (null)")) is None
    assert worlds_fault(sqlite3.ProgrammingError("closed")) is None


def test_the_systems_errors_speak_for_themselves() -> None:
    assert worlds_fault(PermissionError(13, "Permission denied")) == "Permission denied."
    assert worlds_fault(OSError()) == "OSError."


def test_an_error_says_what_where_and_what_to_do() -> None:
    error = RecordingError("It is cut short.", Path("/a/b"), "Restore it.", "12 bytes")
    assert str(error) == f"It is cut short. ({Path('/a/b')}) Restore it."
    assert error.failure.facts == {"what": "It is cut short.", "path": str(Path("/a/b")), "advice": "Restore it."}
    assert (error.failure.code, error.failure.step, error.failure.technical) == ("storage", "storage", "12 bytes")
