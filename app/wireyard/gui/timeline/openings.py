"""When the connections of a session opened, for times that count from there."""

from __future__ import annotations

from array import array

from wireyard.gui.timeline.errands import Report
from wireyard.gui.timeline.reader_thread import IsCancelled
from wireyard.recording.kinds import RowKind
from wireyard.recording.reader import SessionReader

Openings = list[tuple[int, int]]
_SEQS_A_READ = 500


def find_openings(reader: SessionReader, is_cancelled: IsCancelled, report: Report) -> None:
    """Report (number, monotonic time) of each handshake that succeeded, in order; the first row if there is none."""
    openings: Openings = []
    candidates = _candidates(reader.first_seq(), reader.hidden())
    for start in range(0, len(candidates), _SEQS_A_READ):
        if is_cancelled():
            return
        rows = reader.rows_at(candidates[start : start + _SEQS_A_READ])
        openings += [(row.seq, row.mono_ns) for row in rows if row.kind == RowKind.OPEN]
    if not openings:
        openings = [(row.seq, row.mono_ns) for row in reader.rows_at([reader.first_seq()])]
    report(openings)


def _candidates(first_seq: int, hidden: array[int]) -> list[int]:
    """A handshake comes first, or right after its steps, which are hidden once it succeeded."""
    found = [first_seq]
    for place, seq in enumerate(hidden):
        if place + 1 == len(hidden) or hidden[place + 1] != seq + 1:
            found.append(seq + 1)
    return found
