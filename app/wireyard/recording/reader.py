"""Reads a session, also while it is written: rows for a list, payloads whole or in parts, and events in full.

Every read is one short transaction, so that a reader never keeps the writer from folding its log into the file.
A reader belongs to the thread that made it.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import msgspec

from wireyard.domain.compression import Savings
from wireyard.domain.event import Event
from wireyard.domain.session import SessionInfo, Totals
from wireyard.recording.codec import decode
from wireyard.recording.errors import RecordingError
from wireyard.recording.kinds import (
    DETAIL,
    FAILED,
    FAULT,
    HIDDEN,
    KIND_MASK,
    RSV1,
    SENT,
    RowKind,
)
from wireyard.recording.marks import read_marks
from wireyard.recording.parts import FilePart, Part, Parts, SharedPart
from wireyard.recording.row import Row, lost_row, rows_between, rows_of
from wireyard.recording.schema import WIRE_BYTES
from wireyard.recording.sources import Source, read_part

_EVENTS_A_READ: Final = 1000
_EVENT_BYTES_A_READ: Final = 8 * 1024 * 1024
_TOTALS_A_READ: Final = 100_000

_EVENTS: Final = (
    "select event.seq, ts_ns, mono_ns, kind, wire, payload, detail.json from event left join detail"
    f" on detail.seq = event.seq and kind & {DETAIL} where event.seq between ? and ? order by event.seq limit ?"
)
_HIDDEN_SEQS: Final = (
    f"select json_group_array(seq) from (select seq from event indexed by event_hidden where kind & {HIDDEN})"
)
_TOTALS: Final = (
    f"select total(kind & {SENT} != 0), total(iif(kind & {SENT}, length(payload), 0)),"
    f" total(kind & {SENT} = 0), total(iif(kind & {SENT}, 0, length(payload)))"
    f" from event where seq between ? and ? and kind & {KIND_MASK} = {int(RowKind.MESSAGE)} and not kind & {FAILED}"
)
_SAVINGS: Final = (
    f"select kind & {SENT}, count(*), total(length(payload)), total({WIRE_BYTES}) from event e"
    f" where kind & {KIND_MASK} = {int(RowKind.MESSAGE)} and kind & {RSV1} and not kind & {FAULT} group by 1"
)


class SessionReader:
    """Reads one session. Every method may raise RecordingError when the disk or the file is at fault."""

    def __init__(self, parts: Callable[[], Parts], info: SessionInfo) -> None:
        self.info = info
        self._current = parts
        self._parts = Parts(())
        self._sources: list[Source] = []
        self._lost: list[tuple[int, int]] = []

    def close(self) -> None:
        """Close the reader's own connections."""
        self._parts = Parts(())
        for source in self._sources:
            source.close()
        self._sources = []

    def first_seq(self) -> int:
        """The first number of the session: 1, except in a file that goes on from one that failed."""
        self._follow()
        return self._parts.parts[0].first_seq

    def last_seq(self) -> int:
        """The last number that is there now; one less than the first while there is none."""
        sources = self._follow()
        return sources[-1].last_seq() if sources else self.first_seq() - 1

    def last_ts_ns(self) -> int:
        """The wall clock of the last event, 0 when there is none."""
        for source, _, last in reversed(self._segments(self.first_seq(), self.last_seq())):
            if source is not None:
                with source.use() as connection:
                    found = connection.execute("select ts_ns from event where seq = ?", (last,)).fetchone()
                return found[0] if found else 0
        return 0

    def facts(self) -> dict[str, str]:
        """What the newest file says of the session as a whole: the table `session`."""
        for source in reversed(self._follow()):
            if isinstance(source.part, FilePart):
                with source.use() as connection:
                    return dict(connection.execute("select key, cast(value as text) from session").fetchall())
        return {}

    def secrets(self) -> tuple[str, ...]:
        """The values that were secret when this session used them, so that an export hides them."""
        found: dict[str, None] = {}
        for source in self._follow():
            with source.use() as connection:
                row = connection.execute("select value from session where key = 'secrets'").fetchone()
            with source.decoding():
                values = msgspec.json.decode(row[0], type=tuple[str, ...]) if row else ()
            found.update(dict.fromkeys(values))
        return tuple(found)

    def marks(self) -> dict[int, str]:
        """The notes of the rows that a person marked, by their numbers, in order. There are few."""
        found: dict[int, str] = {}
        for source in self._follow():
            with source.use() as connection:
                found.update(read_marks(connection))
        return dict(sorted(found.items()))

    def hidden(self) -> array[int]:
        """All numbers that are no rows of their own, in order. Takes as long as there are such, not rows."""
        found = array("q", self._parts.lost_hidden) if self._follow() else array("q")
        for source in self._sources:
            with source.use() as connection:
                text = connection.execute(_HIDDEN_SEQS).fetchone()[0]
            found.extend(msgspec.json.decode(text, type=list[int]))
        return array("q", sorted(found)) if self._parts.lost_hidden else found

    def totals(self) -> Totals:
        """Data messages so far. Quick but for a file whose writer was killed in a flood; see `totals_from`."""
        totals, seq = self.stored_totals()
        last = self.last_seq()
        while seq < last:
            end = min(last, seq + _TOTALS_A_READ)
            totals = add(totals, self.totals_of(seq + 1, end))
            seq = end
        return totals

    def stored_totals(self) -> tuple[Totals, int]:
        """The sums that the writer left, and the number up to which they count."""
        sources = self._follow()
        if len(self._parts.parts) == 1 and sources:
            with sources[0].use() as connection:
                found = connection.execute("select value from session where key = 'totals'").fetchone()
            if found is not None:
                with sources[0].decoding():
                    return _stored_totals(found[0])
        return Totals(), self.first_seq() - 1

    def totals_of(self, first_seq: int, last_seq: int) -> Totals:
        """Sums of a range, for progressive sums: 100,000 rows of 200 B take some 20 ms."""
        totals = Totals()
        for source, first, last in self._segments(first_seq, last_seq):
            if source is not None:
                with source.use() as connection:
                    values = connection.execute(_TOTALS, (first, last)).fetchone()
                totals = add(totals, Totals(**dict(zip(Totals.__struct_fields__, map(int, values), strict=True))))
        return totals

    def savings(self) -> Savings:
        """What compression saved. Reads every row: some 100 ms for a million."""
        savings = Savings()
        for source in self._follow():
            with source.use() as connection:
                for sent, *sums in connection.execute(_SAVINGS).fetchall():
                    which = savings.sent if sent else savings.received
                    more = which.plus(*map(int, sums))
                    savings = msgspec.structs.replace(savings, **{"sent" if sent else "received": more})
        return savings

    def rows(self, first_seq: int, last_seq: int) -> list[Row]:
        """The rows of a range that are not hidden."""
        rows: list[Row] = []
        for source, first, last in self._segments(first_seq, last_seq):
            if source is None:
                rows += [lost_row(seq) for seq in range(first, last + 1) if not self._was_hidden(seq)]
            else:
                rows += rows_between(source, first, last)
        return rows

    def rows_at(self, seqs: Sequence[int]) -> list[Row]:
        """The rows of these numbers, in the order given; hidden ones too. A number not there yet gives no row."""
        if not seqs:
            return []
        found: dict[int, Row] = {}
        for source, first, last in self._segments(min(seqs), max(seqs)):
            wanted = [seq for seq in seqs if first <= seq <= last]
            if not wanted:
                continue
            if source is None:
                found.update((seq, lost_row(seq)) for seq in wanted)
            else:
                found.update((row.seq, row) for row in rows_of(source, wanted))
        return [found[seq] for seq in seqs if seq in found]

    def event(self, seq: int) -> Event:
        """One event in full. Raises LookupError when it is lost or not there."""
        for _, event in self.events(seq, seq):
            return event
        raise LookupError(seq)

    def events(self, first_seq: int, last_seq: int) -> Iterator[tuple[int, Event]]:
        """Events in order with their numbers, hidden ones too, lost ones left out; memory stays flat."""
        for source, first, last in self._segments(first_seq, last_seq):
            if source is None:
                continue
            while first <= last:
                events = self._read_events(source, first, last)
                if not events:
                    break
                yield from events
                first = events[-1][0] + 1

    def payload(self, seq: int) -> bytes:
        """The whole payload of a message or control frame; empty for what has none. Raises LookupError."""
        with self._source_of(seq).use() as connection:
            found = connection.execute("select payload from event where seq = ?", (seq,)).fetchone()
        if found is None:
            raise LookupError(seq)
        return found[0] or b""

    def payload_size(self, seq: int) -> int:
        """The size of a payload, without reading it. Raises LookupError."""
        with self._source_of(seq).use() as connection:
            found = connection.execute("select length(payload) from event where seq = ?", (seq,)).fetchone()
        if found is None:
            raise LookupError(seq)
        return found[0] or 0

    def payload_part(self, seq: int, start: int, size: int) -> bytes:
        """Some bytes of a payload, of which no more is read than that. Raises LookupError."""
        if self.payload_size(seq) == 0:
            return b""
        with self._source_of(seq).use() as connection:
            return read_part(connection, seq, start, size)

    def segments(self, first_seq: int, last_seq: int) -> list[tuple[Source, int, int]]:
        """The ranges of a range that can be read, each with where it is, for a search."""
        return [(source, first, last) for source, first, last in self._segments(first_seq, last_seq) if source]

    def _follow(self) -> list[Source]:
        parts = self._current()
        if parts is not self._parts:
            old = {source.part: source for source in self._sources}
            opened = [old.pop(part, None) or _open(part) for part in parts.parts]
            self._sources = [source for source in opened if source is not None]
            for source in old.values():
                source.close()
            self._parts = parts
        return self._sources

    def _segments(self, first_seq: int, last_seq: int) -> list[tuple[Source | None, int, int]]:
        """Cut a range where it passes from one part to another; None stands for lost numbers."""
        sources = self._follow()
        segments: list[tuple[Source | None, int, int]] = []
        at = max(first_seq, self.first_seq())
        for source in sources:
            end = last_seq if source is sources[-1] else min(last_seq, source.last_seq())
            for low, high in (*source.gaps, (end + 1, end)):
                start = max(at, source.first_seq)
                if at < start:
                    segments.append((None, at, min(start - 1, last_seq)))
                if start <= min(low - 1, end):
                    segments.append((source, start, min(low - 1, end)))
                if at <= high and low <= last_seq and low <= high:
                    segments.append((None, max(at, low), min(high, last_seq)))
                at = max(at, start, min(high, end) + 1)
        return [segment for segment in segments if segment[1] <= segment[2]]

    def _source_of(self, seq: int) -> Source:
        for source, _, _ in self._segments(seq, seq):
            if source is not None:
                return source
        raise LookupError(seq)

    def _was_hidden(self, seq: int) -> bool:
        lost = self._parts.lost_hidden
        at = bisect_left(lost, seq)
        return at < len(lost) and lost[at] == seq

    def _read_events(self, source: Source, first: int, last: int) -> list[tuple[int, Event]]:
        events: list[tuple[int, Event]] = []
        size_bytes = 0
        with source.use() as connection, source.decoding():
            cursor = connection.execute(_EVENTS, (first, last, _EVENTS_A_READ))
            for seq, *columns in cursor:
                events.append((seq, decode(*columns)))
                size_bytes += len(columns[4] or b"")
                if size_bytes >= _EVENT_BYTES_A_READ:
                    break
            cursor.close()
        return events


def add(one: Totals, other: Totals) -> Totals:
    """The sum of two sums."""
    return Totals(
        sent_count=one.sent_count + other.sent_count,
        sent_bytes=one.sent_bytes + other.sent_bytes,
        received_count=one.received_count + other.received_count,
        received_bytes=one.received_bytes + other.received_bytes,
    )


def _open(part: Part) -> Source | None:
    """Open a part. One that failed, or was in memory, may be gone for good; its rows are lost, not the rest."""
    try:
        return Source(part)
    except RecordingError:
        if isinstance(part, SharedPart) or (part.is_ours and part.last_seq is not None):
            return None
        raise


def _stored_totals(text: str) -> tuple[Totals, int]:
    values = json.loads(text)
    return msgspec.convert(values, type=Totals), int(values["last_seq"])
