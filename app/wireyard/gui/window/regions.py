"""F6: from one region of the window to the next, by keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def hop(regions: Sequence[QWidget], step: int) -> None:
    """Give the keyboard to the region ``step`` places on from the one that has it; one that takes none is passed."""
    focus = QApplication.focusWidget()
    here = next((index for index, region in enumerate(regions) if _holds(region, focus)), -1 if step > 0 else 0)
    for offset in range(1, len(regions) + 1):
        if take_focus(regions[(here + step * offset) % len(regions)]):
            return


def _holds(region: QWidget, focus: QWidget | None) -> bool:
    return focus is not None and (region is focus or region.isAncestorOf(focus))


def take_focus(region: QWidget) -> bool:
    """Give the keyboard to a region: to what it names, to itself, or to the first of its parts that takes it."""
    take = getattr(region, "take_keyboard", None)
    if take is not None:
        take()
        return _holds(region, region.window().focusWidget())
    proxy = region.focusProxy()
    for widget in (proxy or region, region, *region.findChildren(QWidget)):
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            return True
    return False
