"""The statements that write rows, and how a batch becomes few of them.

Every statement costs the writer one release and one taking of the interpreter lock, and under load that is what costs:
so a run is cut by SQLite itself out of the chunk it arrived in, and single rows go many to a statement.
"""

from __future__ import annotations

import sqlite3
from typing import Final

from wireyard.recording.batch import Batch, Line, Run
from wireyard.recording.kinds import HIDDEN

# Plain question marks: Python 3.12.0 to 3.12.3 warns of numbered ones (python/cpython#117995).
_CUT: Final = "?, ?, ?, substr(?, (value >> 32) + 1, value & 4294967295) from json_each(?)"
# Leaving the number to SQLite appends without a look-up (2.0 against 1.6 million rows a second), and gives the same
# number where the row before is there.
_RUNS_A_STATEMENT: Final = 32
_APPEND_RUNS: Final = tuple(
    "insert into event(ts_ns, mono_ns, kind, payload) " + " union all ".join([f"select {_CUT}"] * n)
    for n in range(_RUNS_A_STATEMENT + 1)
)
_INSERT_RUN: Final = f"insert into event(seq, ts_ns, mono_ns, kind, payload) select ? + key, {_CUT}"
_COLUMNS: Final = "event(seq, ts_ns, mono_ns, kind, wire, payload)"
# Six variables a row; SQLite takes 32,766 in a statement.
_LINES_A_STATEMENT: Final = (2048, 256, 32, 4, 1)
_INSERT_LINES: Final = {
    n: f"insert into {_COLUMNS} values {','.join(['(?,?,?,?,?,?)'] * n)}" for n in _LINES_A_STATEMENT
}
_SET_DETAIL: Final = "insert or replace into detail(seq, json) values (?, ?)"
_HIDE: Final = f"update event set kind = kind | {HIDDEN} where seq in (select value from json_each(?))"


def write_rows(connection: sqlite3.Connection, batch: Batch, last_seq: int) -> None:
    """Write a batch after row ``last_seq``, in the caller's transaction."""
    runs: list[Run] = []
    for item in batch.items:
        if isinstance(item, Run):
            runs.append(item)
            if len(runs) == _RUNS_A_STATEMENT:
                last_seq = _write_runs(connection, runs, last_seq)
                runs = []
            continue
        last_seq = _write_runs(connection, runs, last_seq)
        runs = []
        _write_lines(connection, item)
        last_seq = item[-1][0]
    _write_runs(connection, runs, last_seq)
    if batch.details:
        connection.executemany(_SET_DETAIL, batch.details)
    if batch.hide_earlier:
        connection.execute(_HIDE, (str(batch.hide_earlier),))


def _write_runs(connection: sqlite3.Connection, runs: list[Run], last_seq: int) -> int:
    if not runs:
        return last_seq
    if runs[0].first_seq != last_seq + 1:
        run = runs[0]
        connection.execute(_INSERT_RUN, (run.first_seq, *_values(run)))
        runs = runs[1:]
        last_seq = run.first_seq + run.count - 1
        return _write_runs(connection, runs, last_seq)
    connection.execute(_APPEND_RUNS[len(runs)], [value for run in runs for value in _values(run)])
    return runs[-1].first_seq + runs[-1].count - 1


def _values(run: Run) -> tuple[int, int, int, bytes, str]:
    return run.ts_ns, run.mono_ns, run.kind, run.chunk, run.spans


def _write_lines(connection: sqlite3.Connection, lines: list[Line]) -> None:
    done = 0
    for size in _LINES_A_STATEMENT:
        statement = _INSERT_LINES[size]
        while len(lines) - done >= size:
            connection.execute(statement, [value for line in lines[done : done + size] for value in line])
            done += size
