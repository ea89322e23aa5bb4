"""The list of past sessions: a table of one column, which costs the same with ten sessions and ten thousand."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from wireyard.gui.sidebar.history_model import HistoryModel
from wireyard.gui.sidebar.history_painter import CAPTION, ROW, HistoryDelegate
from wireyard.gui.sidebar.history_rows import HistoryRow, captions
from wireyard.gui.sidebar.row_keys import RowKeys
from wireyard.gui.theme.look import Look

KEYS = {
    "Return": "open",
    "Enter": "open",
    "Del": "delete",
    "Ctrl+C": "copy_address",
    "Ctrl+Shift+R": "keep",
    "Ctrl+Shift+E": "export",
}


class HistoryList(RowKeys, QTableView):
    """``acted`` carries the name of an action for the selected sessions, ``menu_asked`` a place on the screen."""

    acted = Signal(str)
    menu_asked = Signal(QPoint)

    def __init__(self, look: Look, model: HistoryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._history = model
        self._captions: list[int] = []
        self.setModel(model)
        self.delegate = HistoryDelegate(look, model, self)
        self.setItemDelegate(self.delegate)
        self.obey_keys(KEYS, self.delegate)
        self.setAccessibleName(self.tr("History"))
        self.setProperty("focusRing", "none")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.hide()
        across.setHighlightSections(False)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setMinimumSectionSize(1)
        model.modelReset.connect(self._fit)
        look.changed.connect(self._fit)
        self._fit()

    def selected_rows(self) -> list[HistoryRow]:
        """The selected sessions, from the top down."""
        ranges = self.selectionModel().selection()
        numbers = sorted({index.row() for index in ranges.indexes()})
        rows = [self._history.rows[number] for number in numbers]
        return [row for row in rows if row.session is not None]

    def show_rows(self, rows: list[HistoryRow]) -> None:
        """Show other rows; what is still there stays selected, and what is gone gives its place to its neighbour."""
        current, scrolled = self.currentIndex(), self.verticalScrollBar().value()
        row = self._history.row_at(current)
        paths = [each.session.path for each in self.selected_rows() if each.session is not None]
        self._history.show(rows)
        flag, selection = QItemSelectionModel.SelectionFlag, self.selectionModel()
        at = self._history.place_of(row.session.path) if row is not None and row.session is not None else -1
        if at >= 0:
            selection.setCurrentIndex(self._history.index(at), flag.NoUpdate)
        for path in paths:
            number = self._history.place_of(path)
            if number >= 0:
                selection.select(self._history.index(number), flag.Select)
        if paths and not selection.hasSelection():
            self._select_near(current.row())
        elif self.hasFocus():
            self.select_current()
        self.verticalScrollBar().setValue(scrolled)

    def _select_near(self, number: int) -> None:
        """Select the session at a place, or the one before it."""
        rows = self._history.rows
        near = [*range(number, len(rows)), *range(min(number, len(rows)) - 1, -1, -1)]
        found = next((each for each in near if rows[each].session is not None), -1)
        if found >= 0:
            self.setCurrentIndex(self._history.index(found))

    def select_current(self) -> None:
        """Select the session that the keyboard is on, which is the first one when it comes."""
        if not self.selectionModel().hasSelection() and len(self._history.rows) > 1:
            # Qt puts the keyboard on a row without selecting it.
            self.setCurrentIndex(self._history.index(max(1, self.currentIndex().row())))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.show_keyboard(False)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.selected_rows():
            self.acted.emit("open")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self.indexAt(event.position().toPoint()).row())
        super().mouseMoveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._point_at(-1)
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft() + QPoint(32, 0))
        else:
            index = self.indexAt(self.viewport().mapFromGlobal(place))
            if index.isValid() and not self.selectionModel().isSelected(index):
                self.setCurrentIndex(index)
        if self.selected_rows():
            self.menu_asked.emit(place)

    def moveCursor(
        self,
        cursorAction: QAbstractItemView.CursorAction,  # noqa: N803 - Qt's own name
        modifiers: Qt.KeyboardModifier,
    ) -> QModelIndex:
        # A caption can't be chosen: up from the first session of a day goes to the last of the day after.
        index = super().moveCursor(cursorAction, modifiers)
        row = self._history.row_at(index)
        if row is not None and row.session is None:
            step = -1 if 0 < index.row() < self.currentIndex().row() else 1
            return self._history.index(index.row() + step)
        return index

    def _point_at(self, number: int) -> None:
        if number != self.delegate.hovered:
            self.delegate.hovered = number
            self.viewport().update()

    @Slot()
    def _fit(self) -> None:
        down, row, caption = self.verticalHeader(), self._look.px(ROW), self._look.px(CAPTION)
        if down.defaultSectionSize() != row:
            down.setDefaultSectionSize(row)
        before, self._captions = self._captions, captions(self._history.rows)
        # A header keeps the sizes of its places when what stands there is replaced.
        for number in before:
            if number < down.count():
                down.resizeSection(number, row)
        for number in self._captions:
            down.resizeSection(number, caption)
        self.viewport().update()
