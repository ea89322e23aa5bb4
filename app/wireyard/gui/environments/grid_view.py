"""The table of variables: arrows and Tab go from cell to cell, Enter edits, Space switches, Del removes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPointF, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from wireyard.gui.environments.grid_model import LOCAL, NAME, NOTE, ON, SECRET, SHARED, USED, VariablesModel
from wireyard.gui.environments.grid_paint import PAD_PX, ROW_PX, VariablesDelegate
from wireyard.gui.theme.look import Look

_FIXED_PX = {ON: 40, SECRET: 56, USED: 48}
_SHARES = {NAME: 26, SHARED: 30, LOCAL: 27, NOTE: 17}
_EDIT_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
_Hint = QAbstractItemDelegate.EndEditHint


class VariablesView(QTableView):
    """``removed`` carries the numbers of rows; ``reveal_wanted`` the row whose secret is to be shown or hidden."""

    removed = Signal(list)
    reveal_wanted = Signal(int)

    def __init__(self, look: Look, model: VariablesModel) -> None:
        super().__init__()
        self._look = look
        self._grid = model
        self.delegate = VariablesDelegate(look, model)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(self.tr("Variables"))
        self.setProperty("focusRing", "none")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.AnyKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(True)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.setHorizontalHeader(_Header(look, self))
        look.changed.connect(self._fit)
        self._fit()

    @property
    def is_editing(self) -> bool:
        """Whether something is being typed into a cell."""
        return self.state() == QAbstractItemView.State.EditingState

    def edit_cell(self, row: int, column: int) -> None:
        """Begin to type into a cell."""
        index = self._grid.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.edit(index)

    def edit_again(self, row: int, column: int, text: str) -> None:
        """Go on with what was typed into a cell and could not be written."""
        self.delegate.unsaved = text
        self.edit_cell(row, column)
        self.delegate.unsaved = None

    def set_narrow(self, is_narrow: bool) -> None:
        """Leave out notes and uses where the values would have no room."""
        if is_narrow != self.isColumnHidden(NOTE):
            self.setColumnHidden(NOTE, is_narrow)
            self.setColumnHidden(USED, is_narrow)
            self._share_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._on_own_key(event):
            event.accept()
            return
        super().keyPressEvent(event)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        # Of the row for a new variable only the name can be typed.
        index = super().moveCursor(action, modifiers)
        return self._grid.index(index.row(), NAME) if index.row() == self._grid.blank else index

    def focusNextPrevChild(self, next_: bool) -> bool:
        index = self._beside(self.currentIndex(), 1 if next_ else -1)
        if index is None:
            self.setTabKeyNavigation(False)
            moved = super().focusNextPrevChild(next_)
            self.setTabKeyNavigation(True)
            return moved
        self.setCurrentIndex(index)
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Qt would begin with the first cell, which is a box.
        is_first = not self.currentIndex().isValid()
        super().focusInEvent(event)
        if is_first:
            self.setCurrentIndex(self._grid.index(0, NAME))

    def closeEditor(self, editor: QWidget, hint: _Hint) -> None:
        here = self.currentIndex()
        super().closeEditor(editor, _Hint.NoHint)
        steps = {_Hint.EditNextItem: 1, _Hint.EditPreviousItem: -1}.get(hint)
        target = self._beside(here, steps) if steps else None
        if target is not None:
            self.setCurrentIndex(target)
            if target.flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit(target)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not event.modifiers():
            self._on_clicked(index, event.position())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.viewport().update()

    def _on_own_key(self, event: QKeyEvent) -> bool:
        index, plain = self.currentIndex(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not index.isValid() or not plain:
            return False
        if self.is_editing:
            return False  # the Enter that ends an edit comes up to here
        if event.key() in _EDIT_KEYS and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)
            return True
        row = self._grid.row(index.row())
        if event.key() == Qt.Key.Key_Space and row is not None:
            if index.column() in (ON, SECRET):
                self._grid.setData(index, None, Qt.ItemDataRole.CheckStateRole)
                return True
            if index.column() == LOCAL and row.is_secret:
                self.reveal_wanted.emit(index.row())
                return True
        if event.key() == Qt.Key.Key_Delete:
            rows = sorted({each.row() for each in self.selectionModel().selectedRows()})
            self.removed.emit([number for number in rows if number < self._grid.blank])
            return True
        return False

    def _on_clicked(self, index: QModelIndex, at: QPointF) -> None:
        row = self._grid.row(index.row()) if index.isValid() else None
        if row is None:
            if index.isValid() and index.column() in (ON, NAME):
                self.edit_cell(index.row(), NAME)
            return
        rect = QRectF(self.visualRect(index))
        if index.column() in (ON, SECRET) and self.delegate.box(rect).adjusted(-6, -6, 6, 6).contains(at):
            self._grid.setData(index, None, Qt.ItemDataRole.CheckStateRole)
        elif index.column() == LOCAL and row.is_secret and self.delegate.eye(rect).contains(at):
            self.reveal_wanted.emit(index.row())

    def _beside(self, index: QModelIndex, step: int) -> QModelIndex | None:
        """The next cell that can be used, over the ends of rows; nothing beyond the last."""
        columns = [column for column in (ON, NAME, SHARED, LOCAL, SECRET, NOTE) if not self.isColumnHidden(column)]
        if not index.isValid():
            return self._grid.index(0, NAME)
        at = index.row() * len(columns) + (columns.index(index.column()) if index.column() in columns else 0) + step
        row, place = divmod(at, len(columns))
        if row < 0 or row > self._grid.blank or (row == self._grid.blank and columns[place] > NAME):
            return None
        return self._grid.index(row, columns[place] if row < self._grid.blank else NAME)

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self.verticalHeader().setDefaultSectionSize(look.px(ROW_PX))
        self.verticalHeader().setMinimumSectionSize(look.px(ROW_PX))
        self.horizontalHeader().setFont(look.font("caption"))
        self.horizontalHeader().setFixedHeight(look.px(30))
        self.horizontalHeader().setMinimumSectionSize(look.px(24))
        self._share_width()

    def _share_width(self) -> None:
        px = self._look.px
        fixed = {column: px(width) for column, width in _FIXED_PX.items() if not self.isColumnHidden(column)}
        shares = {column: share for column, share in _SHARES.items() if not self.isColumnHidden(column)}
        room = self.viewport().width() - sum(fixed.values())
        for column, width in fixed.items():
            self.setColumnWidth(column, width)
        for column, share in shares.items():
            self.setColumnWidth(column, max(px(24), room * share // sum(shares.values())))


class _Header(QHeaderView):
    """The captions, without the bevels of the native header."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = look
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleName(self.tr("Columns"))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        look = self._look
        painter.fillRect(rect, look.color("bg.surface"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, look.color("border"))
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        painter.setFont(look.font("caption"))
        painter.setPen(look.color("text.3"))
        flags = Qt.AlignmentFlag.AlignVCenter
        if section in (ON, SECRET):
            flags |= Qt.AlignmentFlag.AlignHCenter
            painter.drawText(rect, flags, text)
        else:
            area = rect.adjusted(look.px(PAD_PX), 0, 0, 0)
            shown = look.metrics("caption").elidedText(text, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area, flags, shown)
