"""The variables of one environment as a table, with an empty row to type into."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from wireyard.gui.environments.rows import Row
from wireyard.gui.environments.usage import Usage
from wireyard.gui.widgets.variable_source import DOTS

ON, NAME, SHARED, LOCAL, SECRET, NOTE, USED = range(7)
EDITABLE = (NAME, SHARED, LOCAL, NOTE)
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class VariablesModel(QAbstractTableModel):
    """Changes nothing itself: ``change_wanted`` carries a row, a column and what a person wants there."""

    change_wanted = Signal(int, int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._usage = Usage()
        self._has_value: dict[str, bool] = {}

    @property
    def rows(self) -> Sequence[Row]:
        """The variables."""
        return self._rows

    @property
    def blank(self) -> int:
        """The place of the empty row."""
        return len(self._rows)

    def row(self, number: int) -> Row | None:
        """The variable of a row; None for the empty one."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def show(self, rows: Sequence[Row], has_value: dict[str, bool]) -> None:
        """Show these. ``has_value`` says of each secret whether it has a value on this machine."""
        self._has_value = has_value
        new, old = list(rows), self._rows
        if len(new) < len(old):
            self.beginRemoveRows(_ROOT, len(new), len(old) - 1)
            self._rows = new
            self.endRemoveRows()
        elif len(new) > len(old):
            # A row typed into the empty one stands where it was typed; the next empty one comes behind it.
            self.beginInsertRows(_ROOT, len(old) + 1, len(new))
            self._rows = new
            self.endInsertRows()
        self._rows = new
        self.dataChanged.emit(self.index(0, ON), self.index(self.blank, USED))

    def show_usage(self, usage: Usage) -> None:
        """Show in how many requests each stands."""
        self._usage = usage
        if self._rows:
            self.dataChanged.emit(self.index(0, USED), self.index(self.blank - 1, USED))

    def has_value(self, row: Row) -> bool:
        """Whether a secret has a value on this machine."""
        return self._has_value.get(row.name, False)

    # What Qt asks of a model.

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows) + 1

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else USED + 1

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        row, column = self.row(index.row()), index.column()
        if (row is None and column == NAME) or (row is not None and column in EDITABLE):
            is_kept_elsewhere = row is not None and row.is_secret and column == SHARED
            flags |= Qt.ItemFlag.NoItemFlags if is_kept_elsewhere else Qt.ItemFlag.ItemIsEditable
        if row is not None and column in (ON, SECRET):
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.row(index.row()), index.column()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, column)
        if row is None:
            return "" if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.EditRole:
            return "" if row.is_secret and column == LOCAL else self._text(row, column)
        if role == Qt.ItemDataRole.CheckStateRole and column in (ON, SECRET):
            return Qt.CheckState.Checked if (row.is_on if column == ON else row.is_secret) else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, column)
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row, column = self.row(index.row()), index.column()
        if role == Qt.ItemDataRole.CheckStateRole and row is not None and column in (ON, SECRET):
            self.change_wanted.emit(index.row(), column, not (row.is_on if column == ON else row.is_secret))
            return True
        if role != Qt.ItemDataRole.EditRole or column not in EDITABLE:
            return False
        text = str(value)
        is_new_secret = row is not None and row.is_secret and column == LOCAL
        if is_new_secret or text != (self._text(row, column) if row is not None else ""):
            self.change_wanted.emit(index.row(), column, text)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return captions()[section]

    def _text(self, row: Row, column: int) -> str:
        if column == LOCAL and row.is_secret:
            return DOTS if self.has_value(row) else ""
        if column == USED:
            return str(self._usage.count(row.name) or "")
        return {NAME: row.name, SHARED: row.shared, LOCAL: row.local, NOTE: row.note}.get(column, "")

    def _tip(self, row: Row, column: int) -> str | None:
        if column == USED:
            return self.used_words(row)
        if column == SHARED and row.is_secret:
            return self.tr("A secret's value is never in a file")
        return None

    def used_words(self, row: Row) -> str:
        """In how many requests a variable stands, in words."""
        count = self._usage.count(row.name)
        if not count:
            return self.tr("Used nowhere")
        return self.tr("Used in 1 request") if count == 1 else self.tr("Used in {0} requests").format(count)

    def _spoken(self, row: Row | None, column: int) -> str:
        if row is None:
            return self.tr("New variable") if column == NAME else ""
        if column == USED:
            return f"{row.name}, {self.used_words(row)}"
        if column == ON:
            return f"{row.name}, {self.tr('on') if row.is_on else self.tr('off')}"
        if column == SECRET:
            return f"{row.name}, {self.tr('secret') if row.is_secret else self.tr('not secret')}"
        text = self._text(row, column)
        if column == LOCAL and row.is_secret:
            text = self.tr("hidden") if self.has_value(row) else self.tr("no value on this machine")
        return ", ".join(part for part in (captions()[column], text) if part)


def captions() -> tuple[str, ...]:
    """What the columns are called."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("Environments", text)

    return (
        tr("On"),
        tr("Name"),
        tr("Shared value"),
        tr("This machine only"),
        tr("Secret"),
        tr("Note"),
        tr("Used"),
    )
