"""Reads a session log in JSON Lines, ours (docs/json-lines.md) or Playwright's, as a stream.

The file is taken as hostile: every line is checked against the form of its record, sizes are capped, and nothing in
it is evaluated. Kinds of records that this version does not know are kept as notes, so that nothing is lost silently.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import BinaryIO

import msgspec
from msgspec import UNSET

from wireyard.domain.event import Event, Note
from wireyard.domain.session import SessionInfo
from wireyard.exchange import records
from wireyard.exchange.errors import ExchangeError
from wireyard.exchange.importers import playwright
from wireyard.exchange.importers.rebuild import Clock, rebuild

MAX_LINE_BYTES = 512 * 1024 * 1024
_NOTE_CHARS = 64 * 1024
_BOM = b"\xef\xbb\xbf"
_RECORD_SEPARATOR = b"\x1e"  # RFC 7464
_CHOOSE_ANOTHER = "Choose a log that Wireyard or Playwright wrote."
_REPAIR = "Repair or delete this line, then open the file again."


class JsonlLog:
    """An opened log. ``info`` is its head; ``events()`` may be run through once. ``secrets`` are values that it shows
    and that are to be hidden when it is written again; ``marks`` the notes of marked rows that were read so far."""

    def __init__(self, stream: BinaryIO, max_line_bytes: int = MAX_LINE_BYTES) -> None:
        """Read as far as the first event. Raises `ExchangeError` for a file that is no log."""
        self.warnings: list[str] = []
        self.secrets: tuple[str, ...] = ()
        self.marks: dict[int, str] = {}
        self._lines = _Lines(stream, max_line_bytes)
        self._clock = Clock()
        self._decoder = msgspec.json.Decoder(records.AnyRecord)
        self._seq = 0
        self._mark: str | None = None  # of the record that was decoded last
        self._is_first = True
        self.info = SessionInfo(id="", url="", created_ts_ns=0)
        self._events = self._read()
        first = next(self._events, None)
        if first is not None:
            self._events = itertools.chain((first,), self._events)
            if not self.info.created_ts_ns:
                self.info = msgspec.structs.replace(self.info, created_ts_ns=first[1].ts_ns)
        elif self._is_first:
            raise ExchangeError("The file holds no record of a session.", _CHOOSE_ANOTHER)

    def events(self) -> Iterator[tuple[int, Event]]:
        """Give the numbered events in order. Raises `ExchangeError` at a line that can't be read.

        A torn last line is left out and told in ``warnings``.
        """
        return self._events

    def _read(self) -> Iterator[tuple[int, Event]]:
        for line in self._lines:
            try:
                event_or_head = self._decode(line)
            except RecursionError as fault:
                raise self._fault("This line is nested too deeply.", _REPAIR) from fault
            if event_or_head is None:
                continue
            was_first, self._is_first = self._is_first, False
            if isinstance(event_or_head, records.SessionRecord):
                if was_first:
                    self.info = self._head(event_or_head)
                    continue
                event_or_head = self._note(event_or_head, f"Another session begins here: {event_or_head.url}")
            stated, event = event_or_head
            self._seq = stated if stated > self._seq else self._seq + 1
            if self._mark is not None:
                self.marks[self._seq], self._mark = self._mark, None
            yield self._seq, event

    def _decode(self, line: bytes) -> tuple[int, Event] | records.SessionRecord | None:
        try:
            record = self._decoder.decode(line)
            if isinstance(record, records.SessionRecord):
                return record
            self._mark = None if record.mark is UNSET else record.mark
            return record.seq or 0, rebuild(record, self._clock)
        except msgspec.ValidationError as fault:
            return self._foreign(line, str(fault))
        except (msgspec.DecodeError, ValueError) as fault:  # no JSON, or a time that is none
            if self._lines.is_torn:
                self.warnings.append(f"The last line ({self._lines.number:,}) is incomplete and was left out.")
                return None
            raise self._fault(f"This is no valid JSON ({fault}).", _REPAIR) from fault

    def _foreign(self, line: bytes, fault: str) -> tuple[int, Event]:
        """A line that is JSON but no record of ours: Playwright's, a kind from another version, or a mistake."""
        try:
            loose = msgspec.json.decode(line, type=playwright.Loose)
        except (msgspec.DecodeError, UnicodeDecodeError) as other:
            raise self._fault(f"This line is no record of a session log ({fault}).", _CHOOSE_ANOTHER) from other
        if loose.kind is None and loose.type is not None:
            event, warning = playwright.rebuild(loose, self._clock)
            if warning:
                self.warnings.append(f"Line {self._lines.number:,}: {warning}")
            return 0, event
        if loose.kind is None or loose.kind in _KINDS:
            what = f"This record is not as it should be ({fault})."
            raise self._fault(what, _CHOOSE_ANOTHER if self._is_first else _REPAIR)
        text = line[: 4 * _NOTE_CHARS].decode(errors="replace")[:_NOTE_CHARS]
        moment = self._clock.moment(loose.ts, loose.mono_ns)
        note = Note(
            ts_ns=moment.ts_ns, mono_ns=moment.mono_ns, text=f'Record of an unknown kind "{loose.kind}": {text}'
        )
        return loose.seq or 0, note

    def _head(self, record: records.SessionRecord) -> SessionInfo:
        if record.v > records.VERSION:
            what = f"This log has version {record.v}; this program knows version {records.VERSION}."
            raise self._fault(what, "Update Wireyard to open it.")
        moment = self._clock.moment(record.ts or None, None)
        self.secrets = record.secrets or ()
        return SessionInfo(
            id=record.id,
            url=record.url,
            created_ts_ns=moment.ts_ns,
            name=record.name,
            subprotocols=record.subprotocols,
            app_version=record.app_version,
            request=record.request or "",
            label=record.label or "",
        )

    def _note(self, record: records.Record, text: str) -> tuple[int, Event]:
        moment = self._clock.moment(record.ts or None, None)
        return 0, Note(ts_ns=moment.ts_ns, mono_ns=moment.mono_ns, text=text)

    def _fault(self, what: str, remedy: str) -> ExchangeError:
        return ExchangeError(what, remedy, self._lines.number)


_KINDS = frozenset({"session", "message", "control", "step", "open", "close", "error", "note"})


class _Lines:
    """The lines of a file, numbered from 1, without separators and blank lines."""

    def __init__(self, stream: BinaryIO, max_line_bytes: int) -> None:
        self.number = 0
        self.is_torn = False
        self._stream = stream
        self._max_line_bytes = max_line_bytes

    def __iter__(self) -> Iterator[bytes]:
        while line := self._stream.readline(self._max_line_bytes + 1):
            self.number += 1
            if len(line) > self._max_line_bytes:
                limit = f"{self._max_line_bytes // (1024 * 1024):,} MB"
                raise ExchangeError(
                    f"This line is longer than {limit}.", "Split the file or delete the line.", self.number
                )
            self.is_torn = not line.endswith(b"\n")
            if self.number == 1:
                line = line.removeprefix(_BOM)
            line = line.strip(b" \t\r\n" + _RECORD_SEPARATOR)
            if line:
                yield line
