"""The list of past sessions as Qt sees it: flat, with a caption before each day's first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from wireyard.gui.sidebar.history_rows import HistoryRow, sentence
from wireyard.gui.sidebar.tree_words import plain_tip

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class HistoryModel(QAbstractListModel):
    """Shows rows as they were made; a new list replaces the old one as a whole."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[HistoryRow] = []
        self._live: frozenset[Path] = frozenset()

    @property
    def rows(self) -> Sequence[HistoryRow]:
        """All rows."""
        return self._rows

    def show(self, rows: list[HistoryRow]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def show_live(self, live: Iterable[Path]) -> None:
        """Say which sessions are recorded by a connection that is open."""
        wanted = frozenset(live)
        if wanted != self._live:
            self._live = wanted
            if self._rows:
                self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def row_at(self, index: AnyIndex) -> HistoryRow | None:
        """The row at an index."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def is_live(self, row: HistoryRow) -> bool:
        """Whether the row's session is being recorded."""
        return row.session is not None and row.session.path in self._live

    def place_of(self, path: Path) -> int:
        """Where a session is; -1 for nowhere."""
        places = (n for n, row in enumerate(self._rows) if row.session is not None and row.session.path == path)
        return next(places, -1)

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        row = self.row_at(index)
        if row is None or row.session is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return sentence(row, is_live=self.is_live(row))
        if role == Qt.ItemDataRole.ToolTipRole and row.session is not None:
            return plain_tip("\n".join(part for part in (row.title, row.session.request, row.facts) if part))
        return None
