"""Where the keyboard goes when the part that has it goes away: to where it was, not to the window's first button."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class FocusBack(QObject):
    """Remembers who had the keyboard before it came into ``part``."""

    def __init__(self, part: QWidget) -> None:
        super().__init__(part)
        self._part = part
        self._before: QWidget | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def give_back(self, leaving: QWidget) -> None:
        """Have the keyboard where it was, if ``leaving``, the part or a piece of it, has it now."""
        focus, before = QApplication.focusWidget(), self._before
        if focus is None or not (leaving is focus or leaving.isAncestorOf(focus)):
            return
        if before is not None and isValid(before) and before.isVisible() and before.isEnabled():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        if old is not None and now is not None and self._part.isAncestorOf(now) and not self._part.isAncestorOf(old):
            self._before = old
