"""The lines of a payload as a view shows them, found step by step, with nothing copied and little kept.

A visual line is a line of the text, or a piece of one that is too long to draw: one endless line of 10 MB selects,
scrolls and searches like any other. A worker calls `extend` until all lines are found; the view reads what is there.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import NamedTuple

from wireyard.formats.visible import decode, encode, show, shown_length, source_column

PIECE_BYTES = 1024
EXTEND_BYTES = 1024 * 1024
MAX_HITS = 100_000

_SEARCH_BYTES = 1024 * 1024


class Hit(NamedTuple):
    """One find: line and column (from 0) where it begins, and its length in shown characters.

    A find that begins near the end of a piece of a long line may be longer than the rest of that piece.
    """

    line: int
    column: int
    length: int


class TextLines(ABC):
    """Lines to draw, number, copy and search. Columns count the characters that are shown."""

    @property
    @abstractmethod
    def line_count(self) -> int:
        """How many lines have been found."""

    @property
    @abstractmethod
    def is_complete(self) -> bool:
        """Whether these are all."""

    @property
    def note(self) -> str:
        """What a reader should know of these lines, such as that they are shown as they came; mostly nothing."""
        return ""

    @abstractmethod
    def extend(self, budget_bytes: int = EXTEND_BYTES) -> bool:
        """Look through about so many more bytes; say whether that was the end. One thread at a time."""

    @abstractmethod
    def source(self, index: int) -> str:
        """A line as it is, with lone surrogates for bytes that are not UTF-8, without its line feed."""

    @abstractmethod
    def number(self, index: int) -> int:
        """The number of a line from 1, or 0 for a piece that goes on from the line above."""

    def text(self, index: int) -> str:
        """A line as it is shown."""
        return show(self.source(index))

    def complete(self, cancelled: Callable[[], bool] = bool) -> bool:
        """Find all lines, for a worker; stops early when cancelled."""
        while not self.is_complete and not cancelled():
            self.extend()
        return self.is_complete

    def copy(self, first: tuple[int, int], last: tuple[int, int]) -> str:
        """The original text between two places (line, shown column), line feeds included."""
        if first > last:
            first, last = last, first
        parts: list[str] = []
        for index in range(first[0], min(last[0], self.line_count - 1) + 1):
            source = self.source(index)
            end = source_column(source, last[1]) if index == last[0] else len(source)
            start = source_column(source, first[1]) if index == first[0] else 0
            if index > first[0] and self.number(index):
                parts.append("\n")
            parts.append(source[start:end])
        # Bytes that are no text can't be on a clipboard.
        return encode("".join(parts)).decode("utf-8", "replace")

    def find(
        self,
        needle: str,
        *,
        match_case: bool = False,
        cancelled: Callable[[], bool] = bool,
        limit: int = MAX_HITS,
    ) -> Iterator[list[Hit]]:
        """All places of a text, progressively, in order; extends the lines as it needs them."""
        pattern = re.compile(re.escape(needle), 0 if match_case else re.IGNORECASE)
        found = index = 0
        while needle and found < limit and not cancelled():
            while index >= self.line_count and not self.is_complete:
                self.extend()
            if index >= self.line_count:
                return
            stop = min(index + 2000, self.line_count)
            hits = self.hits_in(range(index, stop), pattern)[: limit - found]
            if hits:
                yield hits
            found += len(hits)
            index = stop

    def hits_in(self, lines: range, pattern: re.Pattern[str]) -> list[Hit]:
        """All places of a pattern in some lines."""
        hits: list[Hit] = []
        for index in lines:
            source = self.source(index)
            hits += [
                Hit(index, shown_length(source[: match.start()]), shown_length(match.group()))
                for match in pattern.finditer(source)
            ]
        return hits


class LineIndex(TextLines):
    """The lines of bytes. Keeps eight bytes for each visual line."""

    def __init__(self, data: bytes, *, start: int = 0, piece_bytes: int = PIECE_BYTES) -> None:
        self._data = data
        self._first = start
        self._piece_bytes = piece_bytes
        self._starts = array("Q", [start])
        self._continued = array("Q")  # the indexes of the lines that are pieces but not the first of one
        self._at = start
        self._is_complete = start >= len(data)

    @property
    def line_count(self) -> int:
        return len(self._starts)

    @property
    def is_complete(self) -> bool:
        return self._is_complete

    def extend(self, budget_bytes: int = EXTEND_BYTES) -> bool:
        data, at = self._data, self._at
        if self._is_complete:
            return True
        stop = min(at + budget_bytes, len(data))
        if stop < len(data):
            # Whole lines when there are any: pieces are cut from the start of their line.
            stop = data.rfind(b"\n", at, stop) + 1 or stop
        lengths = [len(line) + 1 for line in data[at:stop].split(b"\n")]
        lengths.pop()
        begun = at - self._starts[-1]
        if begun or not lengths or max(lengths) > self._piece_bytes:
            self._extend_slowly(stop)
        else:
            starts = accumulate(lengths, initial=at)
            next(starts)
            self._starts.extend(starts)
            self._cut(stop)
        self._at = stop
        self._is_complete = stop >= len(data)
        return self._is_complete

    def source(self, index: int) -> str:
        start, end = self.span(index)
        return decode(self._data[start:end])

    def span(self, index: int) -> tuple[int, int]:
        """Where a line begins and ends in the payload, without its line feed."""
        start = self._starts[index]
        end = self._starts[index + 1] if index + 1 < len(self._starts) else self._at
        return start, end - 1 if end > start and self._data[end - 1] == 0x0A else end

    def number(self, index: int) -> int:
        continued = self._continued
        place = bisect_left(continued, index)
        if place < len(continued) and continued[place] == index:
            return 0
        return index + 1 - place

    def line_at(self, offset: int) -> int:
        """The line that a byte of the payload is on."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def place_of(self, offset: int) -> tuple[int, int]:
        """The line and shown column of a byte of the payload; inside a character, of the character."""
        begin = _boundary(self._data, offset)
        if len(encode(decode(self._data[begin : begin + 4])[:1])) > offset - begin:
            offset = begin
        line = self.line_at(offset)
        return line, shown_length(decode(self._data[self._starts[line] : offset]))

    def offset_of(self, line: int, column: int) -> int:
        """The byte of the payload that is shown at a line and column."""
        source = self.source(line)
        return self._starts[line] + len(encode(source[: source_column(source, column)]))

    def find(
        self,
        needle: str,
        *,
        match_case: bool = False,
        cancelled: Callable[[], bool] = bool,
        limit: int = MAX_HITS,
    ) -> Iterator[list[Hit]]:
        found = 0
        for spans in find_spans(self._data, needle, match_case, self._first):
            if cancelled():
                return
            spans = spans[: limit - found]
            while spans and spans[-1][1] > self._at and not self._is_complete:
                self.extend()
            if spans:
                yield [self._hit(start, end) for start, end in spans]
            found += len(spans)
            if found >= limit:
                return

    def _hit(self, start: int, end: int) -> Hit:
        line, column = self.place_of(start)
        return Hit(line, column, shown_length(decode(self._data[start:end])))

    def _extend_slowly(self, stop: int) -> None:
        data, at = self._data, self._at
        while at < stop:
            end = data.find(b"\n", at, stop) + 1
            self._cut(end or stop)
            if not end:
                break
            self._starts.append(end)
            at = end

    def _cut(self, end: int) -> None:
        """Cut the last line found, which is known up to ``end``, into pieces."""
        starts = self._starts
        while end - starts[-1] > self._piece_bytes:
            cut = _boundary(self._data, starts[-1] + self._piece_bytes)
            if self._data[cut : cut + 1] == b"\n":
                break
            starts.append(cut)
            self._continued.append(len(starts) - 1)


def find_spans(data: bytes, needle: str, match_case: bool, start: int = 0) -> Iterator[list[tuple[int, int]]]:
    """Where a text stands in bytes (start, end), progressively: a list, perhaps empty, for each slice searched."""
    if not needle:
        return
    wanted = encode(needle)
    # Other letters than ASCII's may have another length in the other case, so they are searched as text.
    as_text = not match_case and not needle.isascii()
    pattern = re.compile(re.escape(wanted), 0 if match_case else re.IGNORECASE)
    at = start
    while at < len(data):
        stop = min(at + _SEARCH_BYTES, len(data))
        over = min(stop + 4 * len(wanted), len(data))
        if as_text:
            spans = _text_spans(data, at, _boundary(data, over), needle)
        else:
            spans = [match.span() for match in pattern.finditer(data, at, over)]
        # What begins behind the slice is left to the next one.
        spans = [span for span in spans if span[0] < stop]
        yield spans
        following = max(_boundary(data, stop), at + 1) if as_text else stop
        at = max(following, spans[-1][1] if spans else 0)


def _boundary(data: bytes, at: int) -> int:
    """Where a UTF-8 character begins at or up to three bytes before a place."""
    for back in range(min(3, at) + 1):
        if at - back >= len(data) or data[at - back] & 0xC0 != 0x80:
            return at - back
    return at


def _text_spans(data: bytes, at: int, stop: int, needle: str) -> list[tuple[int, int]]:
    text = decode(data[at:stop])
    spans: list[tuple[int, int]] = []
    done = 0
    for match in re.finditer(re.escape(needle), text, re.IGNORECASE):
        at += len(encode(text[done : match.start()]))
        end = at + len(encode(match.group()))
        spans.append((at, end))
        at, done = end, match.end()
    return spans
