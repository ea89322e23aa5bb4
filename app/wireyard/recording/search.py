"""Finds rows by plain text and direction, inside SQLite, in slices: first hits come at once, and it can be stopped.

The text of a filter is looked for in the payloads of messages and control frames, byte for byte or without regard to
case, and in the words of all other rows (addresses, headers, close codes and reasons, failures, notes).
"""

from __future__ import annotations

import itertools
import sqlite3
from array import array
from collections.abc import Callable, Iterator
from typing import Any, Final, cast

import msgspec

from wireyard.domain.frame import Direction, close_code_name
from wireyard.recording.codec import from_json
from wireyard.recording.crew import side_by_side
from wireyard.recording.kinds import DETAIL, HIDDEN, KIND_MASK, SENT, RowKind
from wireyard.recording.parts import FilePart
from wireyard.recording.reader import SessionReader
from wireyard.recording.sources import Source

_FIRST_SLICE: Final = 2_000
_LARGEST_SLICE: Final = 32_000
# Slices by rows are not enough where rows are large.
_SLICE_BYTES: Final = 16 * 1024 * 1024
_SLICES_ALONE: Final = 3
_WORTH_A_CREW: Final = 50_000

_FRAMES: Final = f"kind & {KIND_MASK} <= {int(RowKind.CONTROL)}"
_IN_RANGE: Final = f"seq between ? and ? and not kind & {HIDDEN}"
_DETAILS: Final = (
    f"select d.seq, e.kind, d.json from detail d join event e on e.seq = d.seq where d.seq between ? and ?"
    f" and e.kind & {DETAIL} and not e.kind & {HIDDEN} order by d.seq"
)
_KIND_WORDS: Final = {
    RowKind.OPEN: "Connected",
    RowKind.CLOSE: "Closed by",
    RowKind.ERROR: "Failed",
    RowKind.NOTE: "",
    RowKind.STEP: "",
    RowKind.MESSAGE: "",
}


class RowFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which rows to find. An empty filter finds every row; a direction finds messages and control frames only."""

    text: str = ""
    match_case: bool = False
    direction: Direction | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it lets every row pass."""
        return not self.text and self.direction is None


def search(
    reader: SessionReader,
    wanted: RowFilter,
    first_seq: int,
    last_seq: int,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[array[int]]:
    """Give the numbers of the rows found, in order, slice by slice: also empty slices, so that a caller keeps time.

    Ends early once ``cancelled`` answers true. Raises RecordingError as reading does.
    """
    look = _Look(wanted)
    sizes = _slice_sizes()
    for source, first, last in reader.segments(first_seq, last_seq):
        slices = _slices(source, first, last, sizes, cancelled)
        part = source.part
        if isinstance(part, FilePart) and last - first > _WORTH_A_CREW and not look.in_python:
            # The first hits shall not wait for threads to start.
            yield from (look.through(source, *each) for each in itertools.islice(slices, _SLICES_ALONE))
            yield from side_by_side(part, slices, look.slice)
        else:
            yield from (look.through(source, *each) for each in slices)


class _Look:
    """One search, prepared."""

    def __init__(self, wanted: RowFilter) -> None:
        text = wanted.text
        self._wanted = wanted
        self._folded = text if wanted.match_case else text.casefold()
        self.in_python = bool(text) and not wanted.match_case and not text.isascii()
        condition = f"{_IN_RANGE} and {_FRAMES}" if text or wanted.direction is not None else _IN_RANGE
        if wanted.direction is not None:
            condition += f" and kind & {SENT} {'!= 0' if wanted.direction == Direction.SENT else '= 0'}"
        self._needle: bytes | str = text.encode("utf-8", "surrogatepass")
        if self.in_python:
            self._query = f"select seq, payload from event where {condition} order by seq"
            return
        if text and (wanted.match_case or text.lower() == text.upper()):
            condition += " and instr(payload, ?)"
        elif text:
            # lower() folds ASCII letters only, and minds no NUL. All of it happens off the interpreter lock.
            condition += " and instr(lower(cast(payload as text)), ?)"
            self._needle = text.lower()
        self._query = f"select json_group_array(seq) from (select seq from event where {condition} order by seq)"

    def through(self, source: Source, first: int, last: int) -> array[int]:
        """Find in a slice of a source."""
        with source.use() as connection:
            return self.slice(connection, first, last)

    def slice(self, connection: sqlite3.Connection, first: int, last: int) -> array[int]:
        values: tuple[object, ...] = (first, last)
        if self.in_python:
            rows = connection.execute(self._query, values)
            found = array(
                "q", (seq for seq, payload in rows if payload and self._has(payload.decode("utf-8", "replace")))
            )
        else:
            values = (first, last, self._needle) if self._wanted.text else values
            found = array(
                "q", msgspec.json.decode(connection.execute(self._query, values).fetchone()[0], type=list[int])
            )
        if not self._wanted.text or self._wanted.direction is not None:
            return found
        worded = [
            seq
            for seq, kind, detail in connection.execute(_DETAILS, (first, last))
            if self._has(_words(RowKind(kind & KIND_MASK), detail))
        ]
        return array("q", sorted({*found, *worded})) if worded else found

    def _has(self, text: str) -> bool:
        return self._folded in (text if self._wanted.match_case else text.casefold())


def _words(kind: RowKind, detail: str) -> str:
    fields = from_json(detail, dict[str, Any])
    words = [_KIND_WORDS[kind]]
    if kind == RowKind.MESSAGE:
        fields.pop("fragments", None)
    _gather(fields, words)
    if kind == RowKind.CLOSE:
        words.append(close_code_name(int(fields.get("code", 0))))
    return "\n".join(words)


def _gather(value: object, words: list[str]) -> None:
    if isinstance(value, dict):
        for each in cast("dict[str, object]", value).values():
            _gather(each, words)
    elif isinstance(value, list):
        for each in cast("list[object]", value):
            _gather(each, words)
    elif isinstance(value, (str, int, float)) and not isinstance(value, bool):
        words.append(str(value))


def _slice_sizes() -> Iterator[int]:
    size = _FIRST_SLICE
    while True:
        yield size
        size = min(_LARGEST_SLICE, size * 2)


def _slices(
    source: Source, first: int, last: int, sizes: Iterator[int], cancelled: Callable[[], bool]
) -> Iterator[tuple[int, int]]:
    """Cut a range into slices of growing size, until cancelled."""
    while first <= last and not cancelled():
        with source.use() as connection:
            end = _end_of_slice(connection, first, min(last, first + next(sizes) - 1))
        yield first, end
        first = end + 1


def _end_of_slice(connection: sqlite3.Connection, first: int, last: int) -> int:
    """Shorten a slice whose payloads are large; only looks at a few rows, evenly spread."""
    step = max(1, (last - first + 1) // 8)
    sample = connection.execute(
        "select total(length(payload)), count(*) from event where seq in (select value from json_each(?))",
        (str(list(range(first, last + 1, step))),),
    ).fetchone()
    mean = sample[0] / max(1, sample[1])
    return min(last, first + max(0, int(_SLICE_BYTES / max(1.0, mean)) - 1))
