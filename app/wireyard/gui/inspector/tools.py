"""The strip above a payload: the views to choose from, and what can be done with the one that is shown."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import IconButton
from wireyard.gui.widgets.frames import Panel
from wireyard.gui.widgets.underline_tabs import UnderlineTabs


class Tools(Panel):
    """Pretty, Raw and Hex; find, wrap, copy and save."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("bg.surface", "bottom", parent)
        self._look = look
        self.tabs = UnderlineTabs(
            look,
            (self.tr("Pretty"), self.tr("Raw"), self.tr("Hex")),
            label=self.tr("Payload view"),
            height=36,
            padding=9,
            style="small.medium",
        )
        self.find_button = IconButton(look, "search", self.tr("Find"), shortcut="Ctrl+F")
        self.wrap_button = IconButton(look, "wrap", self.tr("Wrap lines"), checkable=True)
        self.copy_button = IconButton(look, "copy", self.tr("Copy"), shortcut="Ctrl+C")
        self.save_button = IconButton(look, "download", self.tr("Save payload as a file"))
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.tabs)
        self._row.addStretch(1)
        for button in (self.find_button, self.wrap_button, self.copy_button, self.save_button):
            self._row.addWidget(button)
        look.changed.connect(self._fit)
        self._fit()

    def show_wrap(self, is_on: bool, is_possible: bool) -> None:
        """Show whether lines are wrapped, without that being a wish to change it."""
        self.wrap_button.setEnabled(is_possible)
        self.wrap_button.blockSignals(True)
        self.wrap_button.setChecked(is_on)
        self.wrap_button.blockSignals(False)

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self.setFixedHeight(look.px(36))
        self._row.setContentsMargins(look.px(7), 0, look.px(8), 0)
        self._row.setSpacing(look.px(2))
