"""Drawn lines of the editor, kept as pictures: a key changes one line, and the others need not be drawn anew.

A line with many variables costs a tenth of a millisecond and more, a picture some microseconds.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtGui import QColor, QPainter, QPixmap

_MOST_BYTES = 12 * 1024 * 1024
_LEAST_LINES = 96  # a tall window, so that scrolling by a line draws one


class LinePictures:
    """Least recently used pictures of lines, by all that decides how they look."""

    def __init__(self) -> None:
        self._pictures: OrderedDict[Hashable, QPixmap] = OrderedDict()

    def __len__(self) -> int:
        return len(self._pictures)

    def get(
        self, key: Hashable, width: int, height: int, dpr: float, ground: QColor, draw: Callable[[QPainter], None]
    ) -> QPixmap:
        """The picture of a line on its ground, drawn by ``draw`` where it is not here."""
        pixmap = self._pictures.get(key)
        if pixmap is None:
            pixmap = QPixmap(max(1, round(width * dpr)), max(1, round(height * dpr)))
            pixmap.setDevicePixelRatio(dpr)
            # Opaque, so that text is drawn as it is on the ground itself.
            pixmap.fill(ground)
            painter = QPainter(pixmap)
            draw(painter)
            painter.end()
            self._pictures[key] = pixmap
            weight = pixmap.width() * pixmap.height() * 4
            limit = max(_LEAST_LINES, _MOST_BYTES // weight)
            while len(self._pictures) > limit:
                self._pictures.popitem(last=False)
        else:
            self._pictures.move_to_end(key)
        return pixmap
