"""The menu of past sessions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from wireyard.gui.commands import shown_keys
from wireyard.gui.sidebar.history_list import KEYS
from wireyard.gui.sidebar.history_rows import HistoryRow

_SHOWN_KEYS = {name: keys for keys, name in reversed(KEYS.items())}


class HistoryMenu(QMenu):
    """Made anew each time. ``chosen`` carries the name of an action of `HistoryView`."""

    chosen = Signal(str)

    def __init__(self, rows: Sequence[HistoryRow], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sessions = [row.session for row in rows if row.session is not None]
        readable = [session for session in sessions if not session.problem]
        if readable:
            self._add("open", self.tr("Open, read-only"))
            if len(sessions) == 1:
                self._add("export", self.tr("Export…"))
            self._add("copy_address", self.tr("Copy addresses") if len(sessions) > 1 else self.tr("Copy address"))
        self._add("show_file", self.tr("Show in folder"))
        self.addSeparator()
        if readable:
            are_kept = all(session.kept for session in readable)
            self._add("unkeep" if are_kept else "keep", self.tr("Don't keep") if are_kept else self.tr("Keep"))
        self._add("delete", self.tr("Delete"))

    def _add(self, name: str, words: str) -> None:
        keys = _SHOWN_KEYS.get("keep" if name == "unkeep" else name, "")
        action = self.addAction(f"{words}\t{shown_keys(keys)}" if keys else words)
        action.triggered.connect(partial(self._choose, name))

    def _choose(self, name: str, _checked: bool = False) -> None:
        self.chosen.emit(name)
