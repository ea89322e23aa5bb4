"""Where the parts of a tree row stand, measured once for each look."""

from __future__ import annotations

from PySide6.QtCore import QRect

from wireyard.gui.theme.look import Look

ROW = 28
INDENT = 16


class TreeMetrics:
    """Lengths in pixels as zoomed. ``generation`` tells when they are out of date."""

    def __init__(self, look: Look) -> None:
        px = look.px
        self.generation = look.generation
        self.height = px(ROW)
        self.margin = px(6)
        self.radius = px(6)
        self.indent = px(INDENT)
        self.left = px(10)
        self.chevron = px(14)
        self.icon = px(16)
        self.icon_x = px(18)
        self.text_x = px(40)
        self.badge_gap = px(8)
        self.right = px(10)
        self.dot = px(8)
        self.gap = px(6)
        self.button = px(24)

    def start(self, depth: int) -> int:
        """Where a row of this depth begins."""
        return self.left + depth * self.indent

    def chevron_box(self, rect: QRect, depth: int) -> QRect:
        """What a click opens and closes a row with: wider than the sign, as a finger or an unsteady hand needs it."""
        x = rect.x() + self.start(depth) - (self.button - self.chevron) // 2
        return QRect(x, rect.y(), self.button, rect.height())

    def buttons(self, rect: QRect, count: int) -> list[QRect]:
        """The buttons at the right end of the row under the mouse, from the right."""
        top = rect.y() + (rect.height() - self.button) // 2
        right = rect.right() + 1 - self.margin - 2
        return [QRect(right - (number + 1) * self.button, top, self.button, self.button) for number in range(count)]
