"""A scroll bar for contents taller than an int can count in pixels."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollBar

_MOST_UNITS = 1 << 30


class TallScroll:
    """Maps a height in pixels onto a scroll bar; one unit is one pixel until that would not fit any more."""

    def __init__(self, bar: QScrollBar) -> None:
        self._bar = bar
        self._px_per_unit = 1

    def set_range(self, height_px: int, page_px: int, step_px: int) -> None:
        at = self.value()
        self._px_per_unit = max(1, -(-height_px // _MOST_UNITS))
        unit = self._px_per_unit
        self._bar.setRange(0, max(0, -(-(height_px - page_px) // unit)))
        self._bar.setPageStep(max(1, page_px // unit))
        self._bar.setSingleStep(max(1, step_px // unit))
        if unit > 1:
            self.set_value(at)

    def value(self) -> int:
        """The first visible pixel."""
        return self._bar.value() * self._px_per_unit

    def set_value(self, top_px: int) -> None:
        self._bar.setValue(round(top_px / self._px_per_unit))
