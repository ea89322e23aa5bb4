"""Which characters can be drawn at all: what neither a font nor those it falls back to have is drawn as a box."""

from __future__ import annotations

from PySide6.QtGui import QFont, QTextLayout


def has_glyph(font: QFont, char: str) -> bool:
    """Whether a font, or one it falls back to, can draw a character."""
    layout = QTextLayout(char, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    # Glyph 0 is what every font draws for what it lacks.
    return all(0 not in run.glyphIndexes() for run in layout.glyphRuns())
