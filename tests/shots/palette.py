"""Makes a picture small: 256 colours that are chosen from those it has, so that text and lines stay as they were."""

from __future__ import annotations

from array import array
from collections import Counter
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

_COLORS = 256
_FREQUENT = 64


def save(image: QImage, path: Path) -> None:
    """Write a PNG."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    colors = _palette(Counter(array("I", bytes(image.constBits()))))
    image.convertToFormat(QImage.Format.Format_Indexed8, colors, Qt.ImageConversionFlag.AvoidDither).save(str(path))


def _palette(counts: Counter[int]) -> list[int]:
    """The most frequent colours, and then one for each neighbourhood that has none of them yet.

    Vivid neighbourhoods come first: thin coloured letters have few pixels, and would turn grey.
    """
    chosen = [color for color, _ in counts.most_common(_FREQUENT)]
    seen = {_near(color) for color in chosen}
    weights: Counter[int] = Counter()
    best: dict[int, int] = {}
    for color, count in counts.most_common():
        near = _near(color)
        if near not in seen:
            weights[near] += count * (1 + _vividness(color) // 16)
            best.setdefault(near, color)
    return chosen + [best[near] for near, _ in weights.most_common(_COLORS - len(chosen))]


def _near(color: int) -> int:
    return color & 0xF0F0F0


def _vividness(color: int) -> int:
    parts = (color >> 16 & 255, color >> 8 & 255, color & 255)
    return max(parts) - min(parts)
