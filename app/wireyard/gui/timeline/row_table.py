"""A table of one column whose rows are all of one height, which tells its own moves from those of a person.

Qt's table with a fixed row height and no visible headers costs the same at any number of rows. Nothing here walks over
rows or over selected cells: selections are ranges.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from typing import cast

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from wireyard.gui.timeline.model import Index


class RowTable(QTableView):
    """``ranges_changed`` follows every change of the selection."""

    ranges_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_adjusting = False
        self._is_restoring = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setHighlightSections(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.hide()
        columns.setHighlightSections(False)
        columns.setStretchLastSection(True)

    # ------------------------------------------------------------------------------------------------------ properties

    @property
    def current_row(self) -> int:
        return self.currentIndex().row()

    @property
    def is_adjusting(self) -> bool:
        """Whether the viewport moves by itself just now."""
        return self._is_adjusting

    # -------------------------------------------------------------------------------------------------- public methods

    def ranges(self) -> list[tuple[int, int]]:
        """The selected rows as ranges, both ends included, in ascending order."""
        # The type stubs don't know that a selection is a list of ranges.
        found = cast("Iterable[QItemSelectionRange]", self.selectionModel().selection())
        return sorted((part.top(), part.bottom()) for part in found if part.isValid())

    def restore(self, row: int) -> None:
        """Select a row again after a reset, without moving and without telling."""
        self._is_restoring = True
        self.make_current(row)
        self._is_restoring = False

    def make_current(self, row: int) -> None:
        """Make a row the current and only selected one."""
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self.model().index(row, 0), flags)

    def clear_selection(self) -> None:
        """Select nothing, and let nothing be current."""
        self.selectionModel().clear()

    @contextmanager
    def adjusting(self) -> Generator[None]:
        """Moves of the viewport in here are none by hand."""
        was_adjusting, self._is_adjusting = self._is_adjusting, True
        try:
            yield
        finally:
            self._is_adjusting = was_adjusting

    def adjust_to(self, top: int) -> None:
        """Bring this height to the top of the viewport; it counts as no move by hand."""
        with self.adjusting():
            # The range of the scroll bar follows new rows a turn later; a forced layout lets us go there now.
            self.executeDelayedItemsLayout()
            self.verticalScrollBar().setValue(min(top, self.verticalScrollBar().maximum()))

    def set_row_height(self, height: int) -> None:
        """Make all rows this high; the row at the top of the viewport stays there."""
        rows = self.verticalHeader()
        first = self.verticalScrollBar().value() / max(1, rows.defaultSectionSize())
        rows.setMinimumSectionSize(height)
        rows.setDefaultSectionSize(height)
        self.verticalScrollBar().setSingleStep(height)
        self.adjust_to(round(first * height))

    # ---------------------------------------------------------------------------------------------------- Qt overrides

    def updateGeometries(self) -> None:
        with self.adjusting():
            super().updateGeometries()

    def resizeEvent(self, event: QResizeEvent) -> None:
        with self.adjusting():
            super().resizeEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        # The base class scrolls to whatever becomes current, also when it is restored after a reset.
        auto_scroll = self.hasAutoScroll()
        self.setAutoScroll(auto_scroll and not self._is_restoring)
        super().currentChanged(current, previous)
        self.setAutoScroll(auto_scroll)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.ranges_changed.emit()
