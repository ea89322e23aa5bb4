"""What a selection amounts to: how many rows, how many bytes, over what time. Counted off the window's thread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wireyard.gui.timeline.errands import Report
from wireyard.gui.timeline.reader_thread import IsCancelled
from wireyard.recording.reader import SessionReader

SEQS_A_READ = 100_000
ROWS_A_READ = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionSummary:
    """``size_bytes`` counts payloads of messages and grows until ``is_complete``; ``span_ns`` is first to last row."""

    rows: int
    size_bytes: int = 0
    span_ns: int | None = None
    is_complete: bool = False


def sum_selection(
    reader: SessionReader, parts: Sequence[Sequence[int]], is_cancelled: IsCancelled, report: Report
) -> None:
    """Report a `SelectionSummary` several times, the last one complete.

    ``parts`` are the numbers of the selected rows: a `range` where all between its ends are selected.
    """
    rows, size_bytes = sum(map(len, parts)), 0
    span_ns = _span_ns(reader, parts)
    for more_bytes in _sizes(reader, parts):
        if is_cancelled():
            return
        size_bytes += more_bytes
        report(SelectionSummary(rows=rows, size_bytes=size_bytes, span_ns=span_ns))
    report(SelectionSummary(rows=rows, size_bytes=size_bytes, span_ns=span_ns, is_complete=True))


def _span_ns(reader: SessionReader, parts: Sequence[Sequence[int]]) -> int | None:
    ends = reader.rows_at([parts[0][0], parts[-1][-1]])
    return ends[-1].mono_ns - ends[0].mono_ns if len(ends) == 2 else None


def _sizes(reader: SessionReader, parts: Sequence[Sequence[int]]) -> Iterator[int]:
    for part in parts:
        if isinstance(part, range):
            for first in range(part[0], part[-1] + 1, SEQS_A_READ):
                totals = reader.totals_of(first, min(part[-1], first + SEQS_A_READ - 1))
                yield totals.sent_bytes + totals.received_bytes
        else:
            for start in range(0, len(part), ROWS_A_READ):
                yield sum(row.size_bytes for row in reader.rows_at(part[start : start + ROWS_A_READ]))
