"""The strip above a payload that says what was wrong with it."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.frames import Panel
from wireyard.gui.widgets.label import Label


class Notes(Panel):
    """Hidden while there is nothing to say."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("bg.sunken", "bottom", parent)
        self._look = look
        self.label = Label(look, "", "small", "warn", wraps=True, selectable=True)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.label)
        look.changed.connect(self._fit)
        self._fit()
        self.hide()

    def show_note(self, note: str) -> None:
        """Say this alone."""
        self.label.setText(note)
        self.setVisible(bool(note))

    def add_note(self, note: str) -> None:
        """Say this too."""
        self.show_note(f"{self.label.text()} · {note}" if self.label.text() else note)

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self._row.setContentsMargins(look.px(16), look.px(6), look.px(16), look.px(6))
