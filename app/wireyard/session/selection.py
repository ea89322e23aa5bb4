"""Parts of a session, for an export: everything, what a filter finds, or chosen numbers; as streams of events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from wireyard.domain.event import Event, Message
from wireyard.recording.reader import SessionReader
from wireyard.recording.search import RowFilter, search
from wireyard.session.archive import all_events

# Numbers that lie no further apart are read in one go; what lies between them is thrown away.
_NEAR = 16
_ROWS_A_READ = 200


def events_at(reader: SessionReader, parts: Iterable[Sequence[int]]) -> Iterator[tuple[int, Event]]:
    """The events with these numbers; each part is in order, and so are the parts. Lost ones are left out."""
    for part in parts:
        wanted = part if isinstance(part, range) else set(part)
        for first, last in _stretches(part):
            for seq, event in reader.events(first, last):
                if seq in wanted:
                    yield seq, event


def found_events(
    reader: SessionReader, wanted: RowFilter, is_cancelled: Callable[[], bool] = lambda: False
) -> Iterator[tuple[int, Event]]:
    """The events that a filter finds."""
    found = search(reader, wanted, reader.first_seq(), reader.last_seq(), is_cancelled)
    return events_at(reader, found)


def chosen_details(
    reader: SessionReader,
    parts: Sequence[Sequence[int]] | None = None,
    wanted: RowFilter | None = None,
    *,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[Event | None]:
    """Of what `chosen_events` gives, all that is no message, with None in the place of each message.

    No payload is read, however large.
    """
    seqs: Iterable[Sequence[int]] = [range(reader.first_seq(), reader.last_seq() + 1)]
    if parts is not None:
        seqs = parts
    elif wanted is not None:
        seqs = search(reader, wanted, reader.first_seq(), reader.last_seq(), is_cancelled)
    for part in seqs:
        for start in range(0, len(part), _ROWS_A_READ):
            yield from (row.detail for row in reader.rows_at(part[start : start + _ROWS_A_READ]))


def chosen_events(
    reader: SessionReader,
    parts: Sequence[Sequence[int]] | None = None,
    wanted: RowFilter | None = None,
    *,
    messages_only: bool = False,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[int, Event]]:
    """Chosen numbers, else what a filter finds, else all; without handshakes, pings and closes where asked for."""
    if parts is not None:
        events = events_at(reader, parts)
    elif wanted is not None:
        events = found_events(reader, wanted, is_cancelled)
    else:
        events = all_events(reader)
    return (numbered for numbered in events if not messages_only or isinstance(numbered[1], Message))


def _stretches(seqs: Sequence[int]) -> Iterator[tuple[int, int]]:
    if not seqs:
        return
    if isinstance(seqs, range) and seqs.step == 1:
        yield seqs[0], seqs[-1]
        return
    first = last = seqs[0]
    for seq in seqs:
        if seq - last > _NEAR:
            yield first, last
            first = seq
        last = seq
    yield first, last
