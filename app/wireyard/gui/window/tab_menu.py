"""The menu of a tab."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from wireyard.gui.commands import COMMANDS, shown_keys

_FOR_ALL = ("close_tab", "reopen_tab")
_FOR_REQUESTS = ("another_tab", "name_tab")


class TabMenu(QMenu):
    """``chosen`` carries the name of a command of `wireyard.gui.commands`, ``window_chosen`` the number of a window."""

    chosen = Signal(str)
    window_chosen = Signal(int)

    def __init__(self, parent: QWidget, *, has_request: bool, is_alone: bool, windows: Sequence[str]) -> None:
        """``is_alone`` for the only tab of its window; ``windows`` are what the other ones are called."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        own = _FOR_REQUESTS if has_request else ("name_tab",)
        self._add_commands(own)
        self.addSeparator()
        self._add_commands(("move_tab",))
        self.actions()[-1].setEnabled(not is_alone)
        for number, name in enumerate(windows):
            text = self.tr("Move to the window “{0}”").format(name.replace("&", "&&"))
            self.addAction(text).triggered.connect(partial(self._choose_window, number))
        self.addSeparator()
        self._add_commands(_FOR_ALL)

    def _add_commands(self, names: Sequence[str]) -> None:
        for command in COMMANDS:
            if command.name in names:
                text = QCoreApplication.translate("Commands", command.text)
                keys = f"\t{shown_keys(command.keys[0])}" if command.keys else ""
                self.addAction(text + keys).triggered.connect(partial(self._choose, command.name))

    def _choose_window(self, number: int, _checked: bool = False) -> None:
        self.window_chosen.emit(number)

    def _choose(self, name: str, _checked: bool = False) -> None:
        self.chosen.emit(name)
