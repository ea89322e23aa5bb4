"""What a list of the sidebar does with keys and the keyboard's coming and going, whatever kind of list it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView

if TYPE_CHECKING:
    _Base = QAbstractItemView
else:
    _Base = object  # Qt's classes have one base; an event filter would still be called when its Python half is gone


class KeyboardPainter(Protocol):
    """A delegate that outlines the row in use while it has the keyboard."""

    shows_keyboard: bool


class RowKeys(_Base):
    """Stands before the view among the bases. ``acted``, which is the view's own, carries what a key is called.

    The row in use is outlined until the mouse is used.
    """

    if TYPE_CHECKING:
        acted: Signal

    def obey_keys(self, keys: Mapping[str, str], painter: KeyboardPainter) -> None:
        """Say what each key is called, before anything is shown."""
        self._names = {QKeySequence(sequence).toString(): name for sequence, name in keys.items()}
        self._painter = painter

    def select_current(self) -> None:
        """Select the row in use: Qt puts the keyboard on a row without selecting it."""
        raise NotImplementedError

    def show_keyboard(self, is_shown: bool) -> None:
        """Outline the row in use, or not."""
        if self._painter.shows_keyboard != is_shown:
            self._painter.shows_keyboard = is_shown
            self.viewport().update()

    def event(self, event: QEvent) -> bool:
        # The list's own keys come before the window's: Ctrl+Enter sends elsewhere.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._name_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.show_keyboard(True)
        name = self._name_of(event)
        if name:
            self.acted.emit(name)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        by_mouse = event.reason() == Qt.FocusReason.MouseFocusReason
        self.show_keyboard(not by_mouse)
        super().focusInEvent(event)
        if not by_mouse:
            self.select_current()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.show_keyboard(False)
        super().focusOutEvent(event)

    def _name_of(self, event: QKeyEvent) -> str:
        return self._names.get(QKeySequence(event.keyCombination()).toString(), "")
