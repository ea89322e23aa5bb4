"""A session as it is looked at: its secret values masked, unless a person has them shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

from msgspec.structs import asdict, replace

from wireyard.exchange.secret_mask import NO_MASK, SecretMask, starred
from wireyard.exchange.secret_values import NO_SECRETS, SecretValues
from wireyard.recording.row import HEAD_BYTES, Row

# What a list shows of a row ends before this byte of its head, so that a value cut by the head's end is not seen.
_SAFE_HEAD_BYTES = 1024
_MIN_REACH_BYTES = 64


class Masking:
    """What is masked in the views of one session: its secret values as they become known, until they are revealed.

    Views on any thread ask `mask`; ``is_revealed`` is for the window's thread to change.
    """

    def __init__(self) -> None:
        self.is_revealed = False
        self._secrets: Callable[[], SecretValues] = lambda: NO_SECRETS
        self._known = NO_SECRETS
        self._mask = NO_MASK

    @property
    def mask(self) -> SecretMask:
        """The values known by now, also while they are revealed."""
        known = self._secrets()
        if known is not self._known:
            # Whoever else comes here meanwhile makes the same mask.
            self._mask = SecretMask(known.values)
            self._known = known
        return self._mask

    def follow(self, secrets: Callable[[], SecretValues]) -> None:
        """Have the values from here on from elsewhere: the same object as long as they are the same values."""
        self._secrets = secrets


class RowReader(Protocol):
    """What is needed of a session's reader."""

    def rows(self, first_seq: int, last_seq: int) -> list[Row]: ...

    def rows_at(self, seqs: Sequence[int]) -> list[Row]: ...

    def payload(self, seq: int) -> bytes: ...

    def payload_part(self, seq: int, start: int, size: int) -> bytes: ...

    def close(self) -> None: ...


class MaskedRow(Row, frozen=True):
    """A row whose head is masked in these places."""

    places: Sequence[tuple[int, int]] = ()


class Part(NamedTuple):
    """Some bytes as they are shown, where in them something is masked, and whether something is secret."""

    data: bytes
    places: Sequence[tuple[int, int]] = ()
    has_secrets: bool = False


class MaskedReader:
    """Reads rows and payloads with the secrets masked; ``has_found`` tells that something read so far is secret."""

    def __init__(self, reader: RowReader, masking: Masking) -> None:
        self._reader = reader
        self._masking = masking
        self.has_found = False

    def rows(self, first_seq: int, last_seq: int) -> list[Row]:
        rows = self._reader.rows(first_seq, last_seq)
        mask = self._masking.mask
        # A list shows no headers: without secret values nothing in it is masked.
        return [self._row(row, mask) for row in rows] if mask else rows

    def rows_at(self, seqs: Sequence[int]) -> list[Row]:
        """The rows of these numbers, with headers that hold credentials masked too."""
        rows = self._reader.rows_at(seqs)
        mask = self._masking.mask
        return [self._row(row, mask) if mask or row.detail is not None else row for row in rows]

    def payload(self, seq: int) -> bytes:
        payload = self._reader.payload(seq)
        mask = self._masking.mask
        return self._part(payload, mask.places(payload)).data if mask else payload

    def payload_with_places(self, seq: int) -> Part:
        """The payload, and where in it something is masked."""
        payload = self._reader.payload(seq)
        mask = self._masking.mask
        return self._part(payload, mask.places(payload)) if mask else Part(payload)

    def payload_part(self, seq: int, start: int, size: int) -> bytes:
        return self.part(seq, start, size).data

    def part(self, seq: int, start: int, size: int) -> Part:
        """Some bytes of a payload, masked as they would be in the whole of it."""
        mask = self._masking.mask
        if not mask:
            return Part(self._reader.payload_part(seq, start, size))
        reach = max(mask.reach, _MIN_REACH_BYTES)
        first = max(0, start - reach)
        wanted = start + size + reach - first
        around = self._reader.payload_part(seq, first, wanted)
        is_whole = first == 0 and len(around) < wanted
        data = around[start - first :][:size]
        places = [
            (max(0, begin + first - start), min(len(data), end + first - start))
            for begin, end in mask.places(around, is_whole=is_whole)
            if end + first > start and begin + first < start + len(data)
        ]
        return self._part(data, places)

    @property
    def has_left_out(self) -> bool:
        """Whether something that was read is masked."""
        return self.has_found and not self._masking.is_revealed

    def close(self) -> None:
        self._reader.close()

    def _part(self, data: bytes, places: Sequence[tuple[int, int]]) -> Part:
        if not places:
            return Part(data)
        self.has_found = True
        if self._masking.is_revealed:
            return Part(data, (), has_secrets=True)
        return Part(starred(data, places), places, has_secrets=True)

    def _row(self, row: Row, mask: SecretMask) -> Row:
        shown = _masked(row, *self._head(row, mask), mask)
        if shown is row:
            return row
        self.has_found = True
        return row if self._masking.is_revealed else shown

    def _head(self, row: Row, mask: SecretMask) -> tuple[bytes, Sequence[tuple[int, int]]]:
        if not mask or not row.head:
            return row.head, ()
        is_whole = row.size_bytes <= len(row.head)
        if is_whole or mask.reach <= _SAFE_HEAD_BYTES:
            places = mask.places(row.head, is_whole=is_whole)
            return starred(row.head, places), places
        longer = self._reader.payload_part(row.seq, 0, HEAD_BYTES + mask.reach)
        places = mask.places(longer, is_whole=False)
        return starred(longer, places)[: len(row.head)], places


def _masked(row: Row, head: bytes, places: Sequence[tuple[int, int]], mask: SecretMask) -> Row:
    """The row with this head and the rest of it masked; the very same object where that changes nothing."""
    detail = row.detail
    if detail is not None:
        event = mask.in_event(detail)
        return row if event is detail else replace(row, detail=event)
    note, fault = mask.in_text(row.note), mask.in_text(row.fault)
    if not places and note == row.note and fault == row.fault:
        return row
    fields: dict[str, Any] = asdict(row) | {"head": head, "note": note, "fault": fault, "places": places}
    return MaskedRow(**fields)
