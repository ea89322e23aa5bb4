"""Where the painted views take their bytes from: memory, a text that is still being made, or the recording's pages.

A view asks on the GUI thread and must never wait: `ByteSource.read` answers ``None`` for bytes that are not here yet.
A worker asks through `WorkerSource.take`, which may wait for them.
"""

from __future__ import annotations

import bisect
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Protocol

PAGE_BYTES = 256 * 1024
_KEPT_PAGES = 24
Places = Sequence[tuple[int, int]]


class ByteSource(Protocol):
    """Bytes as the GUI thread sees them."""

    def size(self) -> int:
        """How many bytes are known to exist now."""
        ...

    def read(self, start: int, end: int) -> bytes | None:
        """The bytes from ``start`` up to ``end``, or ``None`` while they are being fetched."""
        ...


class WorkerSource(Protocol):
    """The same bytes as a worker thread sees them."""

    def take(self, start: int, size: int) -> bytes:
        """Up to ``size`` bytes from ``start`` on, waiting for them if need be; empty only at the end."""
        ...

    def close(self) -> None:
        """Let go of what the worker alone had open."""
        ...


def places_between(places: Places, start: int, end: int) -> Places:
    """Those of some places in order that touch ``start`` to ``end``."""
    first = bisect.bisect_right(places, start, key=lambda place: place[1])
    last = bisect.bisect_left(places, end, first, key=lambda place: place[0])
    return places[first:last]


class MemorySource:
    """Bytes that are all here."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def size(self) -> int:
        return len(self._data)

    def read(self, start: int, end: int) -> bytes | None:
        return self._data[start:end]

    def take(self, start: int, size: int) -> bytes:
        return self._data[start : start + size]

    def close(self) -> None:
        pass


class GrowingSource:
    """Text that a worker appends to while the view already shows its beginning."""

    def __init__(self) -> None:
        self._chunks: list[bytes] = []
        self._starts: list[int] = []
        self._size = 0
        self._is_complete = False
        self._grown = threading.Condition()

    @property
    def is_complete(self) -> bool:
        return self._is_complete

    def size(self) -> int:
        return self._size

    def append(self, chunk: bytes) -> None:
        """Add bytes at the end (worker)."""
        if not chunk:
            return
        with self._grown:
            self._chunks.append(chunk)
            self._starts.append(self._size)
            self._size += len(chunk)
            self._grown.notify_all()

    def finish(self) -> None:
        """Tell that nothing follows (worker)."""
        with self._grown:
            self._is_complete = True
            self._grown.notify_all()

    def read(self, start: int, end: int) -> bytes | None:
        first = max(0, bisect.bisect_right(self._starts, start) - 1)
        parts: list[bytes] = []
        for number in range(first, len(self._starts)):
            base = self._starts[number]
            if base >= end:
                break
            parts.append(self._chunks[number][max(0, start - base) : end - base])
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def take(self, start: int, size: int) -> bytes:
        with self._grown:
            self._grown.wait_for(lambda: self._is_complete or self._size > start)
        return self.read(start, min(start + size, self._size)) or b""

    def close(self) -> None:
        pass


class PagedSource:
    """Bytes on disk, kept in a few pages. A missing page is asked for and arrives later through `put`."""

    def __init__(self, size_bytes: int, request: Callable[[int], None]) -> None:
        self._size = size_bytes
        self._request = request
        self._pages: OrderedDict[int, bytes] = OrderedDict()
        self._asked: set[int] = set()
        self._masked: dict[int, Places] = {}

    def size(self) -> int:
        return self._size

    def put(self, page: int, data: bytes, places: Places = ()) -> None:
        """Take the bytes of a page that was asked for, masked in ``places`` of the page (GUI thread)."""
        if places:
            base = page * PAGE_BYTES
            self._masked[page] = [(base + start, base + end) for start, end in places]
        self._asked.discard(page)
        self._pages[page] = data
        self._pages.move_to_end(page)
        while len(self._pages) > _KEPT_PAGES:
            self._masked.pop(self._pages.popitem(last=False)[0], None)

    def masked(self, start: int, end: int) -> Places:
        """Where the bytes from ``start`` up to ``end`` stand for others; of pages that are here."""
        numbers = range(start // PAGE_BYTES, max(start, end - 1) // PAGE_BYTES + 1) if self._masked else ()
        return [place for number in numbers for place in places_between(self._masked.get(number, ()), start, end)]

    def read(self, start: int, end: int) -> bytes | None:
        end = min(end, self._size)
        if end <= start:
            return b""
        numbers = range(start // PAGE_BYTES, (end - 1) // PAGE_BYTES + 1)
        missing = [number for number in numbers if number not in self._pages]
        for number in missing:
            if number not in self._asked:
                self._asked.add(number)
                self._request(number)
        if missing:
            return None
        for number in numbers:
            self._pages.move_to_end(number)
        whole = b"".join(self._pages[number] for number in numbers)
        offset = start - numbers[0] * PAGE_BYTES
        return whole[offset : offset + end - start]
