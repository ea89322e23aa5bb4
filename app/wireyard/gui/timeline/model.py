"""The table behind the list: any number of rows, of which only the pages on screen are ever in memory."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal, Slot

from wireyard.formats.json_path import JsonPath
from wireyard.gui.timeline.accessible_row import row_sentence
from wireyard.gui.timeline.face import face_of
from wireyard.gui.timeline.overdue import PONG_WAIT_NS, is_waiting_for_pong, overdue_in_ns
from wireyard.gui.timeline.row_cache import RowCache, RowSource
from wireyard.gui.timeline.row_index import AllRows, MatchedRows, RowIndex
from wireyard.gui.timeline.row_painter import RowTimes
from wireyard.gui.timeline.row_parts import Parts, PayloadSource, RowParts
from wireyard.recording.errors import RecordingError
from wireyard.recording.kinds import RowKind
from wireyard.recording.row import Row

SEQ_ROLE = int(Qt.ItemDataRole.UserRole)
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_TEXT_ROLES = frozenset({int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole), SEQ_ROLE})


class Source(RowSource, PayloadSource, Protocol):
    """What the table needs of a session reader."""


class TimelineModel(QAbstractTableModel):
    """One column; a row is a record. Rows arrive in one insertion a tick, however many there are.

    ``marks`` are the notes of marked records. ``rows_changed`` names records that look different now;
    ``reading_failed`` carries the `RecordingError` that kept rows from being read, once for each source.
    """

    rows_changed = Signal(list)
    reading_failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.marks: dict[int, str] = {}
        self._index: RowIndex = AllRows()
        self._cache: RowCache | None = None
        self._parts = RowParts()
        self._openings: Sequence[tuple[int, int]] = ()
        self._has_failed = False
        self._asked_ts_ns: dict[int, int] = {}
        self._waiting: set[int] = set()
        self._overdue = QTimer(self)
        self._overdue.setSingleShot(True)
        self._overdue.timeout.connect(self._on_overdue)

    @property
    def rows(self) -> RowIndex:
        """Which records stand in which rows. Change it through the model only."""
        return self._index

    # ------------------------------------------------------------------------------------------------- Qt's questions

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._index)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if int(role) not in _TEXT_ROLES or not index.isValid():
            return None
        row = self.row_at(index.row())
        if row is None:
            return None
        if role == SEQ_ROLE:
            return row.seq
        if role == Qt.ItemDataRole.AccessibleTextRole:
            delta_ns = self.times_of(index.row(), row).delta_ns
            is_overdue, mark = self.is_overdue(row), self.marks.get(row.seq)
            return row_sentence(row, delta_ns, is_overdue=is_overdue, parts=self.parts_of(row), mark=mark)
        return face_of(row, is_overdue=self.is_overdue(row), mark=self.marks.get(row.seq)).plain

    # -------------------------------------------------------------------------------------------------------- reading

    def row_at(self, number: int) -> Row | None:
        """The record in a row; None when the recording can't give it (then ``reading_failed`` told why)."""
        if self._cache is None:
            return None
        try:
            return self._cache.get(self._index, number)
        except RecordingError as error:
            self._report(error)
        except KeyError:
            pass  # the file lost this record; its neighbours are still worth showing
        return None

    def prepare(self, first_row: int, last_row: int) -> None:
        """Read the rows that are about to be painted with one question to the recording."""
        first_row, last_row = max(0, first_row - 1), min(last_row, len(self._index) - 1)
        if self._cache is None or last_row < first_row:
            return
        try:
            self._cache.load(self._index, first_row, last_row)
        except RecordingError as error:
            self._report(error)

    def times_of(self, number: int, row: Row) -> RowTimes:
        """A row's times against the row above and against the opening of its connection."""
        above = self.row_at(number - 1) if number > 0 else None
        # Of a record that was lost nothing is known, its time neither.
        is_known = above is not None and RowKind.LOST not in (row.kind, above.kind)
        delta_ns = row.mono_ns - above.mono_ns if above is not None and is_known else None
        return RowTimes(delta_ns, row.mono_ns - self._opened_mono_ns(row))

    def parts_of(self, row: Row) -> Parts:
        """What the preview path shows of a row's message; empty where the row shows the whole."""
        return self._parts.of(row)

    def note_of(self, row: Row) -> str:
        """Title and note of a row that says something in words, and of its mark, however long; empty for payloads."""
        mark = self.marks.get(row.seq, "")
        face = face_of(row, is_overdue=self.is_overdue(row), mark=mark)
        own = (face.title, face.note) if face.note else ()
        return "\n".join(part for part in ("" if face.is_mark else mark, *own) if part)

    def is_overdue(self, row: Row) -> bool:
        """Whether a ping waits for its pong for too long. One that may still get it is looked at again in time."""
        if not is_waiting_for_pong(row):
            return False
        left_ns = overdue_in_ns(row, max(row.ts_ns, self._asked_ts_ns.get(row.seq, 0)))
        if left_ns == 0:
            return True
        self._waiting.add(row.seq)
        if not self._overdue.isActive():
            self._overdue.start(left_ns // 1_000_000 + 1)
        return False

    # ------------------------------------------------------------------------------------------------------- changing

    def show(self, source: Source | None, index: RowIndex) -> None:
        """Show the records of ``source`` that ``index`` names, in place of all that was shown."""
        self.beginResetModel()
        self._cache = None if source is None else RowCache(source)
        self._parts.set_source(source)
        self._index = index
        self._has_failed = False
        self.endResetModel()

    def set_index(self, index: RowIndex) -> None:
        """Show other records of the same source."""
        self.beginResetModel()
        self._index = index
        self.endResetModel()

    def set_preview_path(self, path: JsonPath | None) -> None:
        """Show this part of each message that has it, None for the whole. The list draws its rows anew."""
        self._parts.set_path(path)

    def set_openings(self, openings: Sequence[tuple[int, int]]) -> None:
        """When connections opened: (number, monotonic time) in ascending order."""
        self._openings = openings

    def append_all(self, last_seq: int, hidden: Sequence[int]) -> None:
        """Show all records up to ``last_seq`` that aren't hidden. For an index of all rows."""
        index = self._index
        assert isinstance(index, AllRows)
        count = index.grown_by(last_seq, hidden)
        if count == 0:
            index.extend(last_seq, hidden)
            return
        self.beginInsertRows(_ROOT, len(index), len(index) + count - 1)
        index.extend(last_seq, hidden)
        self.endInsertRows()

    def append_matches(self, seqs: Sequence[int]) -> None:
        """Show these records after all others. For an index of matches."""
        index = self._index
        assert isinstance(index, MatchedRows)
        if seqs:
            self.beginInsertRows(_ROOT, len(index), len(index) + len(seqs) - 1)
            index.extend(seqs)
            self.endInsertRows()

    def hide(self, seqs: Iterable[int]) -> None:
        """Take away rows that turned out to be none of their own."""
        for seq in seqs:
            row = self._index.row_of(seq)
            if row is not None:
                self.beginRemoveRows(_ROOT, row, row)
                self._index.hide(seq)
                self.endRemoveRows()

    def refresh(self, seqs: Sequence[int]) -> None:
        """These records look different now: read and draw them again."""
        if self._cache is not None:
            self._cache.forget(seqs)
        # Only ping rows change: with the pong, or with a ping that joins them and waits for its own from now on.
        now_ts_ns = time.time_ns()
        self._asked_ts_ns = {seq: at for seq, at in self._asked_ts_ns.items() if now_ts_ns - at < PONG_WAIT_NS}
        self._asked_ts_ns.update(dict.fromkeys(seqs, now_ts_ns))
        self.redraw(seqs)

    def redraw(self, seqs: Sequence[int]) -> None:
        """Draw these records again, which are what they were."""
        self.rows_changed.emit(list(seqs))
        for seq in seqs:
            row = self._index.row_of(seq)
            if row is not None:
                cell = self.index(row, 0)
                self.dataChanged.emit(cell, cell)

    def reread(self) -> None:
        """All records look different now: secrets in them are masked, or no longer."""
        if self._cache is None or not len(self._index):
            return
        self._cache.clear()
        self._parts.clear()
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._index) - 1, 0))

    # ---------------------------------------------------------------------------------------------------------- slots

    @Slot()
    def _on_overdue(self) -> None:
        waiting, self._waiting = self._waiting, set()
        self.redraw(sorted(waiting))

    # ------------------------------------------------------------------------------------------------------ internals

    def _opened_mono_ns(self, row: Row) -> int:
        opened = 0
        for seq, mono_ns in self._openings:
            if seq > row.seq and opened:
                break
            opened = mono_ns
        return opened or row.mono_ns

    def _report(self, error: RecordingError) -> None:
        if not self._has_failed:
            self._has_failed = True
            self.reading_failed.emit(error)
