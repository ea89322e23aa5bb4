"""Names that stand in requests and have no value anywhere, offered as new rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.frames import Panel
from wireyard.gui.widgets.label import Label

_MOST_SHOWN = 5


class UndefinedBar(Panel):
    """``chosen`` carries the name that a person wants to give a value."""

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__("bg.sunken", "top")
        self._look = look
        self._names: list[tuple[str, int]] = []
        self._buttons: list[Button] = []
        self._has_room = True
        self._caption = Label(look, self.tr("Without a value"), "caption", "text.3")
        self._more = Label(look, "", "small", "text.3")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._caption)
        self._row.addStretch(1)
        self._row.addWidget(self._more)
        look.changed.connect(self._fit)
        self._fit()
        self.hide()

    @property
    def buttons(self) -> list[Button]:
        """One for each name that is shown."""
        return self._buttons

    def show_names(self, names: Sequence[tuple[str, int]]) -> None:
        """Show these, each with the number of requests that want it."""
        if list(names) == self._names:
            return
        self._names = list(names)
        for button in self._buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons = [self._make_button(name, count) for name, count in names[:_MOST_SHOWN]]
        for place, button in enumerate(self._buttons, start=1):
            self._row.insertWidget(place, button)
        hidden = len(names) - len(self._buttons)
        self._more.setText(self.tr("and {0} more").format(hidden) if hidden else "")
        self.setVisible(bool(names) and self._has_room)

    def set_room(self, *, has_room: bool) -> None:
        """Give way where the rows need the room."""
        self._has_room = has_room
        self.setVisible(bool(self._names) and has_room)

    def _make_button(self, name: str, count: int) -> Button:
        shown = name if len(name) <= 18 else f"{name[:17]}…"
        button = Button(self._look, shown, icon="plus", size="small")
        uses = self.tr("in 1 request") if count == 1 else self.tr("in {0} requests").format(count)
        button.setAccessibleName(self.tr("Define {0}, {1}").format(name, uses))
        button.setToolTip(self.tr("Define {0}, {1}").format(name, uses))
        button.clicked.connect(partial(self._on_clicked, name))
        return button

    def _on_clicked(self, name: str, _is_checked: bool = False) -> None:
        self.chosen.emit(name)

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self._row.setContentsMargins(look.px(16), look.px(8), look.px(16), look.px(8))
        self._row.setSpacing(look.px(8))
