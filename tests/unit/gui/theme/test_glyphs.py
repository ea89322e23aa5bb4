"""What can be drawn is known before a box is."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from wireyard.gui.theme.glyphs import has_glyph


def test_letters_can_be_drawn_and_what_no_font_has_can_not(qapp: QGuiApplication) -> None:
    assert has_glyph(qapp.font(), "a")
    # The last code point of all is no character, so no font has it.
    assert not has_glyph(qapp.font(), "\U0010fffd")
