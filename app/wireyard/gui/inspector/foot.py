"""The inspector's last row: where the caret is, what the text is, how long."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from wireyard.formats import sizes
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import IconButton
from wireyard.gui.widgets.frames import Panel
from wireyard.gui.widgets.label import ElidedLabel, Label


class Foot(Panel):
    """A place at the left, with a button that copies it, and facts at the right.

    ``path_chosen`` carries the JSONPath at the left: the list is to show that part of each message.
    """

    path_chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("bg.app", "top", parent)
        self._look = look
        self._place = ""
        self.place = ElidedLabel(look, "", "mono.small", "text.2", mode=Qt.TextElideMode.ElideMiddle, parent=self)
        self.facts = Label(look, "", "status", "text.3", parent=self)
        self.list_button = IconButton(
            look, "list-part", self.tr("Show this in the list"), size=24, icon_size=14, parent=self
        )
        self.copy_button = IconButton(look, "copy", self.tr("Copy path"), size=24, icon_size=14, parent=self)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.place, 1)
        self._row.addWidget(self.facts)
        self._row.addWidget(self.list_button)
        self._row.addWidget(self.copy_button)
        self.copy_button.clicked.connect(self._on_copy)
        self.list_button.clicked.connect(self._on_list)
        look.changed.connect(self._fit)
        self._fit()

    def show_facts(self, place: str, facts: str, *, is_path: bool = False) -> None:
        self._place = place
        self.place.set_text(place)
        self.facts.setText(facts)
        self.copy_button.setVisible(bool(place))
        self.list_button.setVisible(is_path and place != "$")

    def show_bytes(self, at: int, size_bytes: int) -> None:
        """Say which byte the caret of Hex is on, and of how many."""
        place = f"0x{at:X}" + (f" · {sizes.count(at)}" if at > 9 else "")
        self.show_facts(place, self.tr("{0} bytes").format(sizes.count(size_bytes)))

    def show_lines(self, path: str, label: str, lines: int, *, is_all: bool) -> None:
        """Say what the text seems to be and how many lines are known of it."""
        count = sizes.count(lines) + ("" if is_all else "…")
        lines_text = self.tr("1 line") if lines == 1 else self.tr("{0} lines").format(count)
        self.show_facts(path, f"{label} · {lines_text}", is_path=bool(path))

    @Slot()
    def _on_copy(self) -> None:
        QApplication.clipboard().setText(self._place)

    @Slot()
    def _on_list(self) -> None:
        self.path_chosen.emit(self._place)

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self.setFixedHeight(look.px(28))
        self._row.setContentsMargins(look.px(16), look.px(1), look.px(8), 0)
        self._row.setSpacing(look.px(8))
