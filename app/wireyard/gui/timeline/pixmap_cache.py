"""Drawn rows, kept as pictures: a warm window is painted in a tenth of the time of a cold one.

A row becomes a picture when it is drawn for the second time. In a flood most rows are drawn once and never again; for
those the memory of a picture would cost more than the drawing.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from PySide6.QtGui import QPixmap

MAX_ROWS = 400
STATES = 16
MAX_BYTES = 16 * 1024 * 1024
MIN_ROWS = 96  # three tall windows: fewer would be drawn anew with every scroll step, whatever they weigh


class PixmapCache:
    """Least recently used pictures by row and state. A picture made under another ``stamp`` is not given out."""

    def __init__(self) -> None:
        self._pictures: OrderedDict[tuple[int, int], tuple[object, QPixmap]] = OrderedDict()
        self._drawn: OrderedDict[tuple[int, int], object] = OrderedDict()

    def __len__(self) -> int:
        return len(self._pictures)

    def get(self, seq: int, state: int, stamp: object) -> QPixmap | None:
        found = self._pictures.get((seq, state))
        if found is None or found[0] != stamp:
            return None
        self._pictures.move_to_end((seq, state))
        return found[1]

    def is_drawn_again(self, seq: int, state: int, stamp: object) -> bool:
        """Note that a row is being drawn; answer whether it was before, looking the same."""
        key = (seq, state)
        if self._drawn.get(key) == stamp:
            return True
        self._drawn[key] = stamp
        if len(self._drawn) > MAX_ROWS:
            self._drawn.popitem(last=False)
        return False

    def put(self, seq: int, state: int, stamp: object, pixmap: QPixmap) -> None:
        self._pictures[seq, state] = (stamp, pixmap)
        self._pictures.move_to_end((seq, state))
        weight = max(1, pixmap.width() * pixmap.height() * 4)
        limit = min(MAX_ROWS, max(MIN_ROWS, MAX_BYTES // weight))
        while len(self._pictures) > limit:
            self._pictures.popitem(last=False)

    def forget(self, seqs: Iterable[int]) -> None:
        """These rows look different now."""
        for seq in seqs:
            for state in range(STATES):
                self._pictures.pop((seq, state), None)
                self._drawn.pop((seq, state), None)

    def clear(self) -> None:
        self._pictures.clear()
        self._drawn.clear()
