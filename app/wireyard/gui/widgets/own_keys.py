"""Keys that mean something in one widget: they come before the window's shortcuts, and go no further."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    _Base = QWidget
else:
    _Base = object  # Qt's classes have one base; an event filter would still be called when its Python half is gone


class OwnKeys(_Base):
    """Stands before the Qt class among the bases."""

    def own_key(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key does here; nothing where it means nothing."""
        raise NotImplementedError

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.own_key(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self.own_key(event)
        if act is None:
            super().keyPressEvent(event)
            return
        act()
        event.accept()
