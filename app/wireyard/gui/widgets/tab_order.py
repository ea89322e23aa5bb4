"""Where Tab goes: a part that is made late would come last of all in its window, wherever it stands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def come_after(before: QWidget, part: QWidget) -> None:
    """Have Tab go from ``before`` through all of ``part`` that takes the keyboard; both are in one window."""
    for widget in (part, *part.findChildren(QWidget)):
        # Qt passes over widgets that take no Tab, also where they hold some that do. Lists that drop down are windows.
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.window() is before.window():
            QWidget.setTabOrder(before, widget)
            before = widget
