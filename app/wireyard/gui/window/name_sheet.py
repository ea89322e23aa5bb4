"""Asks for a short text: what a tab is called."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLineEdit, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.label import Label
from wireyard.gui.widgets.sheet import Sheet

_MAX_CHARACTERS = 40


class NameSheet(Sheet):
    """``on_name`` gets what was typed; an empty text takes the name away."""

    def __init__(self, look: Look, window: QWidget, name: str, on_name: Callable[[str], None]) -> None:
        super().__init__(look, window, self.tr("Name this tab"), QSize(440, 0))
        self._on_name = on_name
        self.edit = QLineEdit(name)
        self.edit.setProperty("boxed", "1")
        self.edit.setProperty("focusRing", "none")
        self.edit.setMaxLength(_MAX_CHARACTERS)
        self.edit.setPlaceholderText(self.tr("For example Alice"))
        self.edit.setAccessibleName(self.tr("Name"))
        self.edit.selectAll()
        self.body.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(20))
        self.body.setSpacing(look.px(12))
        hint = self.tr("Tells tabs of the same request apart. It is yours alone and not in any file of the workspace.")
        self.body.addWidget(Label(look, hint, "small", "text.2", wraps=True))
        self.body.addWidget(self.edit)
        cancel = Button(look, self.tr("Cancel"))
        apply = Button(look, self.tr("Name it"), "primary")
        apply.setDefault(True)
        self.footer.addStretch(1)
        self.footer.addWidget(cancel)
        self.footer.addWidget(apply)
        cancel.clicked.connect(self.reject)
        apply.clicked.connect(self.accept)
        self.accepted.connect(self._on_accepted)
        self.edit.setFocus()

    def _on_accepted(self) -> None:
        self._on_name(self.edit.text().strip())
