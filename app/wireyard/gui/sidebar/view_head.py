"""The head of one view of the sidebar: its title, and buttons at the right."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import IconButton
from wireyard.gui.widgets.label import ElidedLabel

HEIGHT = 44


class ViewHead(QWidget):
    """As high as the strip of tabs beside it."""

    def __init__(self, look: Look, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._title = ElidedLabel(look, title, "body.strong")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._title, 1)
        look.changed.connect(self._fit)
        self._fit()

    def set_title(self, title: str, tip: str = "") -> None:
        """Say what is shown."""
        self._title.set_text(title)
        if tip:
            self._title.setToolTip(tip)

    def add_button(self, icon: str, name: str, shortcut: str = "") -> IconButton:
        """Put a button at the right end."""
        button = IconButton(self._look, icon, name, shortcut=shortcut)
        self._row.addWidget(button)
        return button

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self.setFixedHeight(look.px(HEIGHT))
        self._row.setContentsMargins(look.px(16), 0, look.px(8), 0)
        self._row.setSpacing(look.px(2))
