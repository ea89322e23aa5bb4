"""Batches become rows with the right numbers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from tests.helpers import recordings as make

from wireyard.recording.batch import Numbering
from wireyard.recording.schema import lay_out
from wireyard.recording.statements import write_rows


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    lay_out(connection)
    yield connection
    connection.close()


@pytest.mark.parametrize("count", [1, 7, 8, 9, 63, 64, 65, 73, 200])
def test_any_number_of_single_rows(connection: sqlite3.Connection, count: int) -> None:
    batch = Numbering().number([make.message(f"{i}") for i in range(count)], 0)
    write_rows(connection, batch, 0)
    rows = connection.execute("select seq, payload from event order by seq").fetchall()
    assert rows == [(i + 1, b"%d" % i) for i in range(count)]


def test_a_run_in_an_empty_table_keeps_its_numbers(connection: sqlite3.Connection) -> None:
    write_rows(connection, Numbering(500).number([make.run([b"a", b"", b"c"])], 0), -1)
    assert connection.execute("select seq, payload from event").fetchall() == [(500, b"a"), (501, b""), (502, b"c")]


def test_runs_and_single_rows_alternate(connection: sqlite3.Connection) -> None:
    events = [make.message("a"), make.run([b"b", b"c"]), make.run([b"d"]), make.message("e"), make.run([]), make.note()]
    write_rows(connection, Numbering().number(events, 0), 0)
    assert [row[0] for row in connection.execute("select payload from event")] == [b"a", b"b", b"c", b"d", b"e", None]


@pytest.mark.parametrize("count", [1, 31, 32, 33, 70])
@pytest.mark.parametrize("first_seq", [1, 500])
def test_many_runs_keep_their_order(connection: sqlite3.Connection, count: int, first_seq: int) -> None:
    runs = [make.run([b"%d %d" % (i, k) for k in range(3)], ms=i) for i in range(count)]
    write_rows(connection, Numbering(first_seq).number(runs, 0), 0)
    rows = connection.execute("select seq, ts_ns, payload from event order by seq").fetchall()
    wanted = [(event.ts_ns, event.payload) for run in runs for event in run]
    assert [row[0] for row in rows] == list(range(first_seq, first_seq + 3 * count))
    assert [(ts_ns, payload) for _, ts_ns, payload in rows] == wanted
