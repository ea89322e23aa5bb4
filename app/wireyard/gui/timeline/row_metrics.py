"""Measures of a row at the present zoom and theme: worked out once, so that painting measures nothing."""

from __future__ import annotations

import unicodedata
from typing import Final

from PySide6.QtGui import QFont, QFontMetricsF

from wireyard.gui.theme import glyphs
from wireyard.gui.theme.fonts import FontStyle
from wireyard.gui.theme.look import Look
from wireyard.gui.timeline.amounts import TimeStyle, time_chars

ROW_HEIGHT: Final = 28
_LEAST_MESSAGE: Final = 96
_SAMPLE: Final = "0" * 100
_STRONG_RIGHT_TO_LEFT: Final = {"R", "AL", "AN", "RLE", "RLO", "RLI"}


class TextStyle:
    """A font with where its baseline lies in a row, and for a mono font the width of one character."""

    def __init__(self, look: Look, style: FontStyle, height: float) -> None:
        self.font: QFont = look.font(style)
        self.metrics: QFontMetricsF = look.metrics(style)
        ascent, descent = self.metrics.ascent(), self.metrics.descent()
        self.baseline = round((height - ascent - descent) / 2 + ascent)
        self.char = self.metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE)
        self._fitting: dict[str, bool] = {}
        self._drawable: dict[str, bool] = {}

    def is_even(self, text: str) -> bool:
        """Whether each character of ``text`` stands on its own and is as wide as any other: count × width holds."""
        # The mark of a cut text is in every font; with it aside nearly all texts are plain ASCII.
        text = text.replace("…", "")
        return text.isascii() or all(map(self._fits, set(text)))

    def has_glyph(self, char: str) -> bool:
        """Whether this font or one it falls back to can draw a character: else a box would stand there."""
        known = self._drawable.get(char)
        if known is None:
            known = self._drawable[char] = glyphs.has_glyph(self.font, char)
        return known

    def _fits(self, char: str) -> bool:
        known = self._fitting.get(char)
        if known is None:
            if len(self._fitting) > 10_000:
                self._fitting.clear()
            known = self._fitting[char] = (
                not unicodedata.combining(char)
                and unicodedata.category(char) not in {"Mn", "Mc", "Me", "Cf"}
                and unicodedata.bidirectional(char) not in _STRONG_RIGHT_TO_LEFT
                and abs(self.metrics.horizontalAdvance(char) - self.char) < 0.05
            )
        return known


class RowMetrics:
    """Positions of a row's parts in pixels from its left edge, or (``..._inset``) from its right edge."""

    def __init__(self, look: Look, time_style: TimeStyle) -> None:
        px = look.px
        self.generation = look.generation
        self.time_style: TimeStyle = time_style
        self.height = px(ROW_HEIGHT)
        self.bar = px(3)
        self.margin = px(12)
        self.tile = px(20)
        self.tile_radius = px(5)
        self.tile_top = (self.height - self.tile) / 2
        self.icon = px(14)
        self.time_x = px(42)
        self.gap = px(8)
        self.tag_height = px(18)
        self.tag_pad = px(6)
        self.mark_line = max(1, px(1))
        self.divider_line = max(2, px(2))
        self.delta_inset = px(14)
        self.size_inset = px(74)
        self.message_inset = px(134)
        self.mono = TextStyle(look, "mono", self.height)
        self.mono_small = TextStyle(look, "mono.small", self.height)
        self.title = TextStyle(look, "small.medium", self.height)
        self.note = TextStyle(look, "small", self.height)
        self.tag = TextStyle(look, "tag", self.height)
        self._least_message = px(_LEAST_MESSAGE)
        self._short_x = self._after_time("clock", px(134), px(12))
        self._message_x = self._after_time(time_style, px(134), px(12))

    def style_in(self, width: int) -> TimeStyle:
        """How times are written in a list of this width: a date that leaves no room for messages gives way."""
        if self.time_style != "iso" or width - self.message_inset - self._message_x >= self._least_message:
            return self.time_style
        return "clock"

    def message_x_in(self, width: int) -> int:
        """Where messages begin in a list of this width."""
        return self._message_x if self.style_in(width) == self.time_style else self._short_x

    def _after_time(self, style: TimeStyle, least: int, gap: int) -> int:
        return max(least, round(self.time_x + time_chars(style) * self.mono_small.char) + gap)
