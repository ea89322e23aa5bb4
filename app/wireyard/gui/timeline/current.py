"""Tells which record is the current one, once the person rests on it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from wireyard.gui.timeline.message_list import MessageList

KEY_REPEAT_PAUSE_MS = 30


class Current(QObject):
    """``changed`` carries the number of the current record, or None; nothing is told twice."""

    changed = Signal(object)

    def __init__(self, listed: MessageList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._list = listed
        self._told_seq: int | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(KEY_REPEAT_PAUSE_MS)
        self._settle.timeout.connect(self.tell)
        listed.picked.connect(self._on_picked)

    @property
    def seq(self) -> int | None:
        """The number of the current record."""
        row, rows = self._list.current_row, self._list.rows
        return rows.seq_at(row) if 0 <= row < len(rows) else None

    @Slot()
    def tell(self) -> None:
        """Tell now, if it has changed."""
        seq = self.seq
        if seq != self._told_seq:
            self._told_seq = seq
            self.changed.emit(seq)

    @Slot(int)
    def _on_picked(self, row: int) -> None:
        # The first step of a held key shows at once; while it repeats the inspector waits for it to rest.
        if not self._settle.isActive():
            self.tell()
        self._settle.start()
