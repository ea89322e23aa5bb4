"""The marks of the session that a timeline shows: which rows have one, what it says, and the way to the next.

There are few, so all of them are in memory; a row on screen asks for its own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Mapping

from PySide6.QtCore import QObject

from wireyard.gui.timeline.message_list import MessageList
from wireyard.gui.timeline.model import TimelineModel


class Marks(QObject):
    """Keeps what the recording says in step with what is shown; writing it down is another's."""

    def __init__(self, model: TimelineModel, listed: MessageList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._list = listed
        self._seqs: list[int] = []

    def note_of(self, seq: int) -> str | None:
        """What a marked row says, perhaps nothing; None for one that is not marked."""
        return self._model.marks.get(seq)

    def show(self, notes: Mapping[int, str]) -> None:
        """Show these marks and no others."""
        self._model.marks = dict(notes)
        self._seqs = sorted(notes)

    def put(self, seq: int, note: str | None) -> None:
        """Mark a row, or with None take its mark away."""
        is_known = seq in self._model.marks
        if note is None:
            self._model.marks.pop(seq, None)
            if is_known:
                self._seqs.remove(seq)
        else:
            self._model.marks[seq] = note
            if not is_known:
                insort(self._seqs, seq)
        self._model.redraw([seq])

    def go(self, step: int) -> bool:
        """Go to the next (1) or previous (-1) marked row that is shown; answer whether there is one."""
        rows, current = self._model.rows, self._list.current_row
        if not len(rows):
            return False
        is_placed = 0 <= current < len(rows)
        seq = rows.seq_at(current) if is_placed else None
        if step > 0:
            wanted = self._seqs[0 if seq is None else bisect_right(self._seqs, seq) :]
        else:
            wanted = self._seqs[: len(self._seqs) if seq is None else bisect_left(self._seqs, seq)][::-1]
        for each in wanted:
            row = rows.row_of(each)
            if row is not None:
                self._list.go_to(row)
                return True
        return False
