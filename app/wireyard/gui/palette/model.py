"""The lines of the palette: captions of groups, and under each what fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from wireyard.gui.palette.entries import Group
from wireyard.gui.palette.matching import Match

Row = str | Match
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class PaletteModel(QAbstractListModel):
    """Captions are texts and can't be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    @property
    def rows(self) -> Sequence[Row]:
        """Captions and matches."""
        return self._rows

    def found(self, row: int) -> Match | None:
        """What stands in a row; None for a caption."""
        line = self._rows[row] if 0 <= row < len(self._rows) else None
        return line if isinstance(line, Match) else None

    def show(self, groups: Sequence[tuple[Group, Sequence[Match]]]) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows = []
        for group, matches in groups:
            self._rows += [caption(group), *matches]
        self.endResetModel()

    def step(self, row: int, by: int) -> int:
        """The row to go to from one, over captions and round the ends; -1 where there is none."""
        places = [at for at, each in enumerate(self._rows) if isinstance(each, Match)]
        if not places:
            return -1
        if row not in places:
            return places[0] if by > 0 else places[-1]
        return places[(places.index(row) + by) % len(places)]

    # What Qt asks of a model.

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        match = self.found(index.row()) if index.isValid() else None
        if match is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags if match.entry.reason else flags | Qt.ItemFlag.ItemIsEnabled

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row if isinstance(row, str) else row.entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row if isinstance(row, str) else spoken(row)
        return None


def spoken(match: Match) -> str:
    """A line as it is read out."""
    entry = match.entry
    parts = [entry.title, entry.detail, entry.pill, entry.keys.replace(" ", "+"), entry.reason]
    return ", ".join(part for part in parts if part)


def caption(group: Group) -> str:
    """What a group is called."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("Palette", text)

    return {
        "requests": tr("Requests"),
        "messages": tr("Saved messages"),
        "environments": tr("Environments"),
        "actions": tr("Actions"),
        "timeline": tr("In this timeline"),
    }[group]
