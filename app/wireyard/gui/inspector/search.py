"""Finds text in the bytes of a payload, in slices, off the GUI thread.

The search runs on bytes, so a hit's place is exact whatever else the payload holds. Case is ignored for every script:
a needle beyond ASCII becomes a pattern of the UTF-8 forms of each of its characters.
"""

from __future__ import annotations

import bisect
import re
from array import array
from collections.abc import Callable, Iterator

from wireyard.gui.inspector.source import WorkerSource

SLICE_BYTES = 256 * 1024
MOST_HITS = 1_000_000


class Hits:
    """Where a needle was found, in order. A worker adds while the view reads."""

    def __init__(self) -> None:
        self._starts = array("Q")
        self._ends = array("Q")
        self.is_complete = False

    def __len__(self) -> int:
        return len(self._ends)

    @property
    def is_capped(self) -> bool:
        """Whether there were more than are kept."""
        return len(self) >= MOST_HITS

    def add(self, start: int, end: int) -> None:
        self._starts.append(start)
        self._ends.append(end)

    def span(self, number: int) -> tuple[int, int]:
        return self._starts[number], self._ends[number]

    def first_from(self, offset: int) -> int:
        """The first hit at or after ``offset``, from 0 again behind the last."""
        count = len(self)
        number = bisect.bisect_left(self._starts, offset, 0, count)
        return number if number < count else 0

    def between(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """The hits that touch ``start`` to ``end``, each with its number."""
        count = len(self)
        number = bisect.bisect_right(self._ends, start, 0, count)
        while number < count and self._starts[number] < end:
            yield number, self._starts[number], self._ends[number]
            number += 1


def find_all(
    source: WorkerSource, needle: str, match_case: bool, hits: Hits, is_cancelled: Callable[[], bool]
) -> Iterator[None]:
    """Fill ``hits``; yields after every slice, for the caller to report."""
    scan, overlap = _scanner(needle, match_case)
    at, tail, free_from = 0, b"", 0
    while not is_cancelled():
        part = source.take(at, SLICE_BYTES)
        if not part:
            break
        base = at - len(tail)
        data = tail + part
        for start, end in scan(data):
            if base + start >= free_from:
                free_from = base + end
                hits.add(base + start, base + end)
                if hits.is_capped:
                    hits.is_complete = True
                    return
        at += len(part)
        tail = data[-overlap:] if overlap else b""
        yield
    hits.is_complete = not is_cancelled()


_Scan = Callable[[bytes], Iterator[tuple[int, int]]]


def _scanner(needle: str, match_case: bool) -> tuple[_Scan, int]:
    """How to search one slice, and how many bytes of it the next one must see again."""
    exact = needle.encode("utf-8", "surrogatepass")
    if match_case:
        return lambda data: _plain(data, exact), len(exact) - 1
    if needle.isascii():
        lower = exact.lower()
        return lambda data: _plain(data.lower(), lower), len(exact) - 1
    forms = [_forms(char) for char in needle]
    pattern = re.compile(b"".join(b"(?:%s)" % b"|".join(map(re.escape, form)) for form in forms))
    longest = sum(max(map(len, form)) for form in forms)
    return lambda data: (found.span() for found in pattern.finditer(data)), longest - 1


def _plain(data: bytes, needle: bytes) -> Iterator[tuple[int, int]]:
    size = len(needle)
    at = data.find(needle)
    while at >= 0:
        yield at, at + size
        at = data.find(needle, at + size)


def _forms(char: str) -> list[bytes]:
    spellings = {char, char.lower(), char.upper(), char.title(), char.casefold()}
    return sorted((spelling.encode("utf-8", "surrogatepass") for spelling in spellings), key=len, reverse=True)
