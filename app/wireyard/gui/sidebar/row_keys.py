"""What a list of the sidebar does with keys and the keyboard's coming and going, whatever kind of list it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView

from wireyard.gui.widgets.own_keys import OwnKeys

if TYPE_CHECKING:

    class _View(OwnKeys, QAbstractItemView): ...
else:
    _View = OwnKeys  # Qt's classes have one base


class KeyboardPainter(Protocol):
    """A delegate that outlines the row in use while it has the keyboard."""

    shows_keyboard: bool


class RowKeys(_View):
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

    def own_key(self, event: QKeyEvent) -> Callable[[], object] | None:
        name = self._names.get(QKeySequence(event.keyCombination()).toString())
        return partial(self.acted.emit, name) if name else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.show_keyboard(True)
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
