"""The saved messages of a request as a list: headings of groups, and under them the messages in their order."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from wireyard.workspace.model import SavedMessage

MIME = "application/x-wireyard-message"
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Line(NamedTuple):
    """A heading (``number`` is -1), or a message by its number."""

    number: int
    group: str
    message: SavedMessage | None = None


class MessagesModel(QAbstractListModel):
    """``moved`` asks for a message to be put in front of another (the count for the end), and into a group."""

    moved = Signal(int, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []
        self._count = 0
        self.request_id = ""

    @property
    def lines(self) -> Sequence[Line]:
        return self._lines

    def show(self, messages: Sequence[SavedMessage]) -> None:
        """Show these."""
        lines: list[Line] = []
        group = ""
        for number, message in enumerate(messages):
            if message.group != group:
                group = message.group
                lines.append(Line(-1, group))
            lines.append(Line(number, group, message))
        if lines != self._lines:
            self.beginResetModel()
            self._lines, self._count = lines, len(messages)
            self.endResetModel()

    def row_of(self, number: int) -> int:
        """The row of a message; -1 for none."""
        return next((row for row, line in enumerate(self._lines) if line.number == number and number >= 0), -1)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        if self._lines[index.row()].message is not None:
            flags |= Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        message = line.message
        if role == Qt.ItemDataRole.DisplayRole:
            return message.name if message is not None else line.group or self.tr("Without a group")
        if message is None:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            excerpt = " ".join((message.file or message.body)[:200].split())
            return f"{message.note}\n{excerpt}" if message.note else excerpt
        if role == Qt.ItemDataRole.AccessibleTextRole:
            key = f"Alt+{line.number + 1}" if line.number < 9 else ""
            return ", ".join(part for part in (message.name, line.group, message.note, key) if part)
        return None

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        carried = QMimeData()
        line = self._lines[indexes[0].row()] if indexes else Line(-1, "")
        if line.message is not None:
            what = {"request": self.request_id, "index": line.number}
            carried.setData(MIME, QByteArray(json.dumps(what).encode()))
            carried.setText(line.message.body)
        return carried

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: _Index) -> bool:
        dropped = dropped_message(data.data(MIME).data())
        if dropped is None or dropped[0] != self.request_id:
            return False
        at = row if row >= 0 else parent.row() if parent.isValid() else len(self._lines)
        before = next((line for line in self._lines[at:] if line.message is not None), None)
        above = self._lines[at - 1] if 0 < at <= len(self._lines) else None
        group = above.group if above is not None else ""
        self.moved.emit(dropped[1], before.number if before is not None else self._count, group)
        return False  # the list is shown anew, no row is to be taken away


def dropped_message(data: bytes | bytearray | memoryview) -> tuple[str, int] | None:
    """Which message was dragged: its request's id and its number."""
    try:
        what = json.loads(bytes(data))
        return str(what["request"]), int(what["index"])
    except (ValueError, KeyError, TypeError):
        return None
