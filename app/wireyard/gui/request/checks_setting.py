"""A setting that is any number of several choices: a check box for each."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.choices import CheckBox
from wireyard.settings.rows import Choice

_COLUMNS = 2


class ChecksSetting(QWidget):
    """``edited`` carries the values that are on, in the order in which they are shown."""

    edited = Signal(object)

    def __init__(self, look: Look, label: str, choices: tuple[Choice, ...]) -> None:
        super().__init__()
        self.setAccessibleName(label)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        self.boxes: dict[str, CheckBox] = {}
        for place, choice in enumerate(choices):
            box = CheckBox(look, choice.label, self)
            box.setAccessibleName(f"{label}: {choice.label}")
            box.clicked.connect(self._on_clicked)
            grid.addWidget(box, place // _COLUMNS, place % _COLUMNS)
            self.boxes[choice.value] = box
        self.setFocusProxy(next(iter(self.boxes.values())))

    def show_value(self, values: Collection[str]) -> None:
        """Show which are on, without a signal."""
        for value, box in self.boxes.items():
            box.setChecked(value in values)

    @Slot()
    def _on_clicked(self) -> None:
        self.edited.emit(tuple(value for value, box in self.boxes.items() if box.isChecked()))
