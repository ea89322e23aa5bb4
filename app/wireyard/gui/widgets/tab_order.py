"""Where Tab goes: a part that is made late would come last of all in its window, wherever it stands."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def stops_of(part: QWidget) -> list[QWidget]:
    """All of ``part`` where Tab stops, in the order in which it was made. Lists that drop down are other windows."""
    # Qt passes over widgets that take no Tab, also where they hold some that do.
    return [
        widget
        for widget in (part, *part.findChildren(QWidget))
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.window() is part.window()
    ]


def come_after(before: QWidget, part: QWidget) -> None:
    """Have Tab go from ``before`` through all of ``part`` that takes the keyboard; both are in one window."""
    for each, after in pairwise([before, *stops_of(part)]):
        QWidget.setTabOrder(each, after)
