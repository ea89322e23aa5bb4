"""A few threads, each with a connection of its own, that look through slices of one file side by side.

SQLite searches outside the interpreter lock, so this uses the cores there are. Answers come in the order of the slices.
"""

from __future__ import annotations

import os
import queue
import sqlite3
from array import array
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

from wireyard.recording.parts import FilePart
from wireyard.recording.sources import Source

Slice = tuple[int, int]
Act = Callable[[sqlite3.Connection, int, int], "array[int]"]
_LARGEST_CREW: Final = 4
_SLICES_AHEAD: Final = 2


def side_by_side(part: FilePart, slices: Iterable[Slice], act: Act) -> Generator[array[int]]:
    """Do something with every slice. Ending the generator early waits for the slices that are under way."""
    size = min(_LARGEST_CREW, os.cpu_count() or 1)
    idle: queue.SimpleQueue[Source] = queue.SimpleQueue()
    sources: list[Source] = []

    def look(first: int, last: int) -> array[int]:
        source = idle.get()
        try:
            with source.use() as connection:
                return act(connection, first, last)
        finally:
            idle.put(source)

    crew = ThreadPoolExecutor(size, "recording-search")
    try:
        for _ in range(size):
            sources.append(Source(part))
            idle.put(sources[-1])
        under_way: deque[Future[array[int]]] = deque()
        for first, last in slices:
            under_way.append(crew.submit(look, first, last))
            if len(under_way) >= size + _SLICES_AHEAD:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    finally:
        crew.shutdown(cancel_futures=True)
        for source in sources:
            source.close()
