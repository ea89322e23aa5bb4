"""JSON spaced out, as lines to draw: any of them in a millisecond, and nothing kept but where blocks begin.

A block is made again from the payload when one of its lines is looked at, so that 100 MB of JSON take a few megabytes
besides the payload itself.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import islice

from wireyard.formats.json_items import SLICE_BYTES
from wireyard.formats.json_pretty import State, next_block
from wireyard.formats.json_text import locate
from wireyard.formats.lines import EXTEND_BYTES, MAX_HITS, PIECE_BYTES, Hit, LineIndex, TextLines, find_spans
from wireyard.formats.visible import decode

MAX_DEPTH = 10_000
_CACHED_BLOCKS = 8
# White space may differ between the tokens of the payload and of its lines.
_BETWEEN_TOKENS = re.compile(r"[\s{}\[\]:,]|\A\Z")

# The lines of a block and their numbers, 0 for the pieces that go on from the line above.
_Block = tuple[list[bytes], list[int]]


class JsonLines(TextLines):
    """The lines of a JSON payload. From a fault on the rest follows as it came, and `note` says so."""

    def __init__(self, data: bytes, *, piece_bytes: int = PIECE_BYTES) -> None:
        self._data = data
        self._piece_bytes = piece_bytes
        self._state = State()
        self._states: list[State] = []
        self._ats = array("Q")  # where each block's slice of the payload begins
        self._firsts = array("Q")  # the first line of each block
        self._numbers = array("Q")  # and its number
        self._line_count = 0
        self._number = 1
        self._rest: LineIndex | None = None
        self._rest_at = 0
        self._note = ""
        self._cache: dict[int, _Block] = {}

    @property
    def line_count(self) -> int:
        return self._line_count + (self._rest.line_count if self._rest is not None else 0)

    @property
    def is_complete(self) -> bool:
        return self._state.at >= len(self._data) if self._rest is None else self._rest.is_complete

    @property
    def note(self) -> str:
        return self._note

    def extend(self, budget_bytes: int = EXTEND_BYTES) -> bool:
        stop = self._state.at + max(budget_bytes, SLICE_BYTES)
        while self._rest is None and self._state.at < min(stop, len(self._data)):
            self._add_block()
        if self._rest is not None:
            return self._rest.extend(budget_bytes)
        return self.is_complete

    def source(self, index: int) -> str:
        if index >= self._line_count and self._rest is not None:
            return self._rest.source(index - self._line_count)
        block = bisect_right(self._firsts, index) - 1
        return decode(self._block(block)[0][index - self._firsts[block]])

    def number(self, index: int) -> int:
        if index >= self._line_count and self._rest is not None:
            number = self._rest.number(index - self._line_count)
            return number and number + self._number - 1
        block = bisect_right(self._firsts, index) - 1
        return self._block(block)[1][index - self._firsts[block]]

    def find(
        self,
        needle: str,
        *,
        match_case: bool = False,
        cancelled: Callable[[], bool] = bool,
        limit: int = MAX_HITS,
    ) -> Iterator[list[Hit]]:
        if _BETWEEN_TOKENS.search(needle):
            yield from super().find(needle, match_case=match_case, cancelled=cancelled, limit=limit)
            return
        # Such a text lies within one token, so the payload tells which blocks have to be made.
        pattern = re.compile(re.escape(needle), 0 if match_case else re.IGNORECASE)
        found = done = 0
        for spans in find_spans(self._data, needle, match_case):
            for start, end in spans:
                first, stop = self._lines_around(start, end)
                hits = self.hits_in(range(max(first, done), stop), pattern)[: limit - found]
                done = max(done, stop)
                found += len(hits)
                if hits:
                    yield hits
                if found >= limit or cancelled():
                    return
            if cancelled():
                return

    def _lines_around(self, start: int, end: int) -> tuple[int, int]:
        """The lines among which a token of the payload is: its block's, and the next one's where the slice cut it."""
        while not self.is_complete and (len(self._ats) < 2 or self._ats[-2] <= end):
            self.extend()
        if self._rest is not None and end > self._rest_at:
            first = self._line_count + self._rest.line_at(max(start, self._rest_at))
            return first, self._line_count + self._rest.line_at(end) + 1
        first = max(0, bisect_right(self._ats, start) - 1)
        stop = bisect_right(self._ats, end) + 1
        return self._firsts[first], self._firsts[stop] if stop < len(self._firsts) else self._line_count

    def _add_block(self) -> None:
        before = self._state.copy()
        first_number = self._number
        lines, fault = next_block(self._data, self._state)
        pieces = self._pieces(lines, first_number)
        self._number += len(lines)
        # Readers on another thread go by the count, so it comes last.
        self._states.append(before)
        self._ats.append(before.at)
        self._firsts.append(self._line_count)
        self._numbers.append(first_number)
        if fault >= 0:
            self._stop_at(fault, f"{locate(self._data, fault)} it is not valid JSON")
        elif len(self._state.broken) > MAX_DEPTH:
            at = self._state.at
            self._stop_at(at, f"{locate(self._data, at)} it is nested deeper than {MAX_DEPTH:,} levels")
        self._line_count += len(pieces[0])

    def _stop_at(self, at: int, why: str) -> None:
        self._note = f"{why}; from there on it is shown as it came."
        if at < len(self._data):
            self._rest_at = at
            self._rest = LineIndex(self._data, start=at, piece_bytes=self._piece_bytes)
        else:
            self._state.at = len(self._data)

    def _block(self, block: int) -> _Block:
        cached = self._cache.get(block)
        if cached is None:
            lines, _ = next_block(self._data, self._states[block].copy())
            cached = self._pieces(lines, self._numbers[block])
            for old in list(islice(self._cache, max(0, len(self._cache) + 1 - _CACHED_BLOCKS))):
                self._cache.pop(old, None)
            self._cache[block] = cached
        return cached

    def _pieces(self, lines: list[bytes], number: int) -> _Block:
        if len(max(lines, key=len, default=b"")) <= self._piece_bytes:
            return lines, list(range(number, number + len(lines)))
        pieces: list[bytes] = []
        numbers: list[int] = []
        for line in lines:
            cut = LineIndex(line, piece_bytes=self._piece_bytes)
            cut.complete()
            spans = [cut.span(index) for index in range(cut.line_count)]
            pieces += [line[start:end] for start, end in spans]
            numbers += [number, *[0] * (len(spans) - 1)]
            number += 1
        return pieces, numbers
