"""Marks that a person set at rows of a session: few, in a table of their own, kept apart from what happened.

Files of older programs have no such table; it is made when the first mark is set.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Final

TABLE: Final = "mark(seq integer primary key, note text not null)"
_HAS_TABLE: Final = "select 1 from sqlite_master where type = 'table' and name = 'mark'"

# The note of each row that is to be marked; None takes a mark away.
MarkChanges = Mapping[int, str | None]


def read_marks(connection: sqlite3.Connection) -> dict[int, str]:
    """The notes of the marked rows by their numbers, in order."""
    if connection.execute(_HAS_TABLE).fetchone() is None:
        return {}
    return dict(
        connection.execute("select seq, cast(note as text) from mark where note not null order by seq").fetchall()
    )


def write_marks(connection: sqlite3.Connection, changes: MarkChanges) -> None:
    """Set and take away marks, in the caller's transaction."""
    connection.execute(f"create table if not exists {TABLE}")
    for seq, note in changes.items():
        if note is None:
            connection.execute("delete from mark where seq = ?", (seq,))
        else:
            storable = note.encode("utf-8", "backslashreplace").decode()
            connection.execute("insert or replace into mark(seq, note) values (?, ?)", (seq, storable))
