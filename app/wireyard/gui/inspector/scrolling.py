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

    def show(self, top_px: int, size_px: int, margin_px: int, room_px: int) -> None:
        """Bring a row into view, with some room above or below it."""
        if top_px < self.value() + margin_px:
            self.set_value(top_px - margin_px)
        elif top_px + size_px + margin_px > self.value() + room_px:
            self.set_value(top_px + size_px + margin_px - room_px)


class WideScroll:
    """Scrolls sideways, over rows of different widths."""

    def __init__(self, bar: QScrollBar) -> None:
        self._bar = bar

    def set_range(self, width: float, room: int, step: int) -> None:
        """Say how wide the widest row is, and how much of it can be seen at once."""
        self._bar.setRange(0, max(0, int(width - room)))
        self._bar.setPageStep(max(1, room))
        self._bar.setSingleStep(step)

    def show(self, x: float, room: int, slack: int) -> None:
        """Bring a place into view, with something beside it."""
        if x < self._bar.value():
            self._bar.setValue(max(0, int(x) - slack))
        elif x > self._bar.value() + room:
            self._bar.setValue(int(x - room) + slack)
