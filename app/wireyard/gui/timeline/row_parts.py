"""The part of each message that a preview path names: looked up when a row is painted, and kept while it is near."""

from __future__ import annotations

from typing import Protocol

from wireyard.domain.frame import Opcode
from wireyard.formats.json_path import JsonPath, find
from wireyard.recording.errors import RecordingError
from wireyard.recording.kinds import RowKind
from wireyard.recording.row import Row

MAX_PAYLOAD_BYTES = 64 * 1024
CAPACITY_ROWS = 2_000
# As much of them as one line can show; the longest character has four bytes.
_SHOWN_BYTES = 1024

# What stands at the path: the first bytes of each value, and its whole size.
Parts = tuple[tuple[bytes, int], ...]
NO_PARTS: Parts = ()


class PayloadSource(Protocol):
    """The part of a session reader that gives whole payloads."""

    def payload(self, seq: int) -> bytes: ...


class RowParts:
    """What rows show of their message. Without a path, and for rows that don't match it, that is nothing."""

    def __init__(self) -> None:
        self._source: PayloadSource | None = None
        self._path: JsonPath | None = None
        self._known: dict[int, Parts] = {}

    def set_source(self, source: PayloadSource | None) -> None:
        """Look into other payloads from now on."""
        self._source = source
        self.clear()

    def set_path(self, path: JsonPath | None) -> None:
        """Look for something else from now on; a path without steps names the whole, which rows show anyway."""
        self._path = path if path is not None and path.steps else None
        self.clear()

    def clear(self) -> None:
        """Payloads look different now."""
        self._known.clear()

    def of(self, row: Row) -> Parts:
        """What a row shows in place of its whole message; empty where that is the whole."""
        if self._path is None:
            return NO_PARTS
        known = self._known.get(row.seq)
        if known is None:
            if len(self._known) >= CAPACITY_ROWS:
                self._known.clear()
            known = self._known[row.seq] = self._look_into(row, self._path)
        return known

    def _look_into(self, row: Row, path: JsonPath) -> Parts:
        if row.kind != RowKind.MESSAGE or row.opcode != Opcode.TEXT or row.fault:
            return NO_PARTS
        if row.size_bytes > MAX_PAYLOAD_BYTES or not row.head.lstrip().startswith((b"{", b"[")):
            return NO_PARTS
        payload = row.head if row.size_bytes <= len(row.head) else self._read(row.seq)
        parts: list[tuple[bytes, int]] = []
        room = _SHOWN_BYTES
        for value in find(payload, path):
            parts.append((value[:_SHOWN_BYTES], len(value)))
            room -= len(value)
            if room <= 0:
                break
        return tuple(parts)

    def _read(self, seq: int) -> bytes:
        if self._source is None:
            return b""
        try:
            return self._source.payload(seq)
        except (RecordingError, LookupError):
            return b""  # the row itself was read: it shows what it has of the whole
