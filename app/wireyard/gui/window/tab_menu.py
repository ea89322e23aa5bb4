"""The menu of a tab."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from wireyard.gui.commands import COMMANDS, shown_keys

_FOR_ALL = ("close_tab", "reopen_tab")
_FOR_REQUESTS = ("another_tab", "name_tab")


class TabMenu(QMenu):
    """``chosen`` carries the name of a command of `wireyard.gui.commands`."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, *, has_request: bool) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        names = (*_FOR_REQUESTS, *_FOR_ALL) if has_request else ("name_tab", *_FOR_ALL)
        for command in COMMANDS:
            if command.name in names:
                text = QCoreApplication.translate("Commands", command.text)
                keys = f"\t{shown_keys(command.keys[0])}" if command.keys else ""
                self.addAction(text + keys).triggered.connect(partial(self._choose, command.name))

    def _choose(self, name: str, _checked: bool = False) -> None:
        self.chosen.emit(name)
