"""Drawn rows, kept as pictures: a warm window is painted in a tenth of the time of a cold one."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterable

from PySide6.QtGui import QPixmap

MAX_ROWS = 400
MAX_BYTES = 16 * 1024 * 1024
MIN_ROWS = 96  # three tall windows: fewer would be drawn anew with every scroll step, whatever they weigh


class PixmapCache:
    """Least recently used pictures by row and state. A picture made under another ``stamp`` is not given out."""

    def __init__(self) -> None:
        self._pictures: OrderedDict[tuple[int, Hashable], tuple[Hashable, QPixmap]] = OrderedDict()
        self._states: set[Hashable] = set()

    def __len__(self) -> int:
        return len(self._pictures)

    def get(self, seq: int, state: Hashable, stamp: Hashable) -> QPixmap | None:
        found = self._pictures.get((seq, state))
        if found is None or found[0] != stamp:
            return None
        self._pictures.move_to_end((seq, state))
        return found[1]

    def put(self, seq: int, state: Hashable, stamp: Hashable, pixmap: QPixmap) -> None:
        self._states.add(state)
        self._pictures[seq, state] = (stamp, pixmap)
        self._pictures.move_to_end((seq, state))
        weight = max(1, pixmap.width() * pixmap.height() * 4)
        limit = min(MAX_ROWS, max(MIN_ROWS, MAX_BYTES // weight))
        while len(self._pictures) > limit:
            self._pictures.popitem(last=False)

    def forget(self, seqs: Iterable[int]) -> None:
        """These rows look different now."""
        for seq in seqs:
            for state in self._states:
                self._pictures.pop((seq, state), None)

    def clear(self) -> None:
        self._pictures.clear()
