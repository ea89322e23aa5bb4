"""The cookies of a jar as rows: those that go to the address of the request first, and their values hidden."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from wireyard.domain.cookie import Cookie
from wireyard.formats import visible
from wireyard.gui.widgets.variable_source import DOTS

SENT, NAME, VALUE, DOMAIN, PATH, EXPIRES = range(6)
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Key = tuple[str, str, str]


class CookiesModel(QAbstractTableModel):
    """Read only: what is to be changed is asked of the jar, which then shows other rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._captions = (
            self.tr("Sent"),
            self.tr("Name"),
            self.tr("Value"),
            self.tr("Domain"),
            self.tr("Path"),
            self.tr("Expires"),
        )
        self._rows: list[Cookie] = []
        self._sent: set[_Key] = set()
        self._shown: set[_Key] = set()

    @property
    def cookies(self) -> tuple[Cookie, ...]:
        """All of them, in the order of the rows."""
        return tuple(self._rows)

    @property
    def sent_count(self) -> int:
        """How many go to the address."""
        return len(self._sent)

    def show_cookies(self, cookies: Iterable[Cookie], sent: Sequence[Cookie]) -> None:
        """Show these; ``sent`` go to the address, in this order."""
        keys = {cookie.key for cookie in sent}
        rows = [*sent, *(cookie for cookie in cookies if cookie.key not in keys)]
        if rows == self._rows and keys == self._sent:
            return
        self.beginResetModel()
        self._rows, self._sent = rows, keys
        self._shown &= {cookie.key for cookie in rows}
        self.endResetModel()

    def is_sent(self, row: int) -> bool:
        """Whether the cookie of a row goes to the address."""
        return self._rows[row].key in self._sent

    def is_revealed(self, row: int) -> bool:
        """Whether the value of a row can be read."""
        return self._rows[row].key in self._shown

    def toggle_reveal(self, row: int) -> None:
        """Show the value of a row, or hide it again."""
        if 0 <= row < len(self._rows):
            self._shown ^= {self._rows[row].key}
            index = self.index(row, VALUE)
            self.dataChanged.emit(index, index)

    def row_of(self, key: _Key) -> int:
        """The row of a cookie, -1 for none."""
        return next((row for row, cookie in enumerate(self._rows) if cookie.key == key), -1)

    # What Qt asks of a model.

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._captions)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, column) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, column)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return self._captions[section]

    # Internals

    def _text(self, row: int, column: int) -> str:
        cookie = self._rows[row]
        match column:
            case 1:
                return visible.show(cookie.name)
            case 2:
                return visible.show(cookie.value) if self.is_revealed(row) else DOTS if cookie.value else ""
            case 3:
                return cookie.domain if cookie.host_only else f"*.{cookie.domain}"
            case 4:
                return cookie.path
            case 5:
                return expiry_text(cookie)
            case _:
                return ""

    def _tip(self, row: int, column: int) -> str:
        cookie = self._rows[row]
        if column == SENT:
            return self.tr("Goes to this address") if self.is_sent(row) else self.tr("Does not go to this address")
        if column == VALUE and not self.is_revealed(row):
            return self.tr("Space shows the value")
        if column == DOMAIN:
            words = self.tr("This host only") if cookie.host_only else self.tr("This host and those below it")
            marks = [self.tr("TLS only")] if cookie.secure else []
            return " · ".join([words, *marks, *([self.tr("HttpOnly")] if cookie.http_only else [])])
        return self._text(row, column)

    def _spoken(self, row: int, column: int) -> str:
        if column == SENT:
            return f"{self._text(row, NAME)}, {self._tip(row, SENT)}"
        text = self._text(row, column)
        if column == VALUE and not self.is_revealed(row):
            text = self.tr("hidden")
        return f"{self._captions[column]}, {text}"


def expiry_text(cookie: Cookie) -> str:
    """When a cookie runs out, in local time to the minute."""
    if cookie.expires_s is None:
        return QCoreApplication.translate("CookiesModel", "Never")
    try:
        return time.strftime("%Y-%m-%d %H:%M", time.localtime(cookie.expires_s))
    except (OverflowError, OSError, ValueError):  # a year that the system has no calendar for
        return QCoreApplication.translate("CookiesModel", "Never")
