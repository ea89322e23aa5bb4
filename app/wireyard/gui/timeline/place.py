"""Keeps a reader's place when the rows change under them: what was selected, and what stood at the top."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from wireyard.gui.timeline.message_list import MessageList
from wireyard.gui.timeline.shown_rows import ShownRows


class Place(QObject):
    """Finds the place again after a filter or Clear; in a long search as soon as the search has come so far.

    ``lost`` tells that what was selected isn't among the rows any more.
    """

    lost = Signal()

    def __init__(self, rows: ShownRows, listed: MessageList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._list = listed
        self._selected_seq: int | None = None
        self._top_seq: int | None = None
        self._is_looking = False
        self._scrolled_to = 0
        rows.about_to_change.connect(self._on_about_to_change)
        rows.changed.connect(self._find)
        rows.advanced.connect(self._find)

    @Slot()
    def _on_about_to_change(self) -> None:
        index, listed = self._list.rows, self._list
        row = listed.current_row
        if 0 <= row < len(index):
            self._selected_seq = index.seq_at(row)
        # Who filters and lets the filter go, without scrolling in between, comes back to where they were.
        was_moved = self._top_seq is None or listed.verticalScrollBar().value() != self._scrolled_to
        first, last = listed.visible_rows
        if listed.is_following:
            self._top_seq = None
        elif was_moved and last >= first:
            self._top_seq = index.seq_at(first)
        self._is_looking = self._top_seq is not None
        self._scrolled_to = -1

    @Slot()
    def _find(self) -> None:
        if self._selected_seq is not None:
            self._find_selected(self._selected_seq)
        if self._top_seq is not None and self._is_looking:
            self._find_top(self._top_seq)

    def _find_selected(self, seq: int) -> None:
        row = self._list.rows.row_of(seq)
        if row is not None:
            self._list.restore(row)
        elif self._rows.is_searching:
            return
        self._selected_seq = None
        if row is None:
            self.lost.emit()

    def _find_top(self, seq: int) -> None:
        bar = self._list.verticalScrollBar()
        if self._list.is_following or self._scrolled_to not in (-1, bar.value()):
            self._top_seq = None  # the person has gone elsewhere since
            return
        if len(self._list.rows):
            self._list.show_at_top(self._list.rows.nearest_row(seq))
        self._scrolled_to = bar.value()
        self._is_looking = self._rows.is_searching
