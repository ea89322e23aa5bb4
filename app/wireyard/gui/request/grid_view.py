"""The table of a grid: cells are moved through with Tab, Enter and the arrows, rows by key or by their grip."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QTableView,
    QWidget,
)

from wireyard.gui.request.bulk import Mark, line_of, rows_of
from wireyard.gui.request.cell_edit import CellEdit, ValueEdit
from wireyard.gui.request.grid_cells import CellDelegate
from wireyard.gui.request.grid_model import END, NAME, NOTE, ON, SECRET, VALUE, FixedRow, GridModel, Section
from wireyard.gui.request.grid_paint import GRIP_PX, ROW_PX, GridPainter
from wireyard.gui.request.secret_row import SecretRow
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.own_keys import OwnKeys
from wireyard.workspace.model import Field

_Index = QModelIndex | QPersistentModelIndex
_Modifier = Qt.KeyboardModifier
_ON_PX, _SECRET_PX, _END_PX = 48, 56, 32
_NOTE_FROM_PX = 460
_Hint = QAbstractItemDelegate.EndEditHint


class GridView(OwnKeys, QTableView):
    """Shows a `GridModel`. ``columns_changed`` tells that they are of another width."""

    columns_changed = Signal()

    def __init__(self, look: Look, model: GridModel, mark: Mark, label: str, blank_words: str) -> None:
        super().__init__()
        self._look = look
        self._grid = model
        self._mark: Mark = mark
        self._dragged: int | None = None
        self._drop_at: int | None = None
        self.painter = GridPainter(look, model, blank_words)
        self._delegate = CellDelegate(look, model, self.painter, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(label)
        self._set_up()
        model.rowsInserted.connect(self._on_rows_changed)
        model.rowsRemoved.connect(self._on_rows_changed)
        model.modelReset.connect(self._on_rows_changed)
        look.changed.connect(self._fit)
        self._fit()

    @property
    def delegate(self) -> CellDelegate:
        return self._delegate

    def edit_cell(self, row: int, column: int) -> None:
        """Begin to type into a cell."""
        index = self._grid.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.edit(index)

    def come_back(self) -> None:
        """Have the keyboard on a row that can be typed into, after the rows were changed as text."""
        if self.currentIndex().row() > self._grid.blank:
            self.setCurrentIndex(self._grid.index(self._grid.blank, NAME))

    def commit(self) -> None:
        """Take what is being typed into a cell, and go on typing."""
        editor = QApplication.focusWidget()
        if isinstance(editor, CellEdit | ValueEdit) and self.isAncestorOf(editor):
            self.commitData(editor)
            editor.begin(editor.typed)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        # A new row begins with its name.
        index = super().moveCursor(action, modifiers)
        return self._grid.index(index.row(), NAME) if index.row() == self._grid.blank else index

    def focusNextPrevChild(self, is_next: bool) -> bool:
        target = self._beside(self.currentIndex(), 1 if is_next else -1)
        if target is None:
            return super().focusNextPrevChild(is_next)
        self.setCurrentIndex(target)
        return True

    def closeEditor(self, editor: QWidget, hint: _Hint) -> None:
        steps = {_Hint.EditNextItem: 1, _Hint.EditPreviousItem: -1}.get(hint)
        super().closeEditor(editor, _Hint.NoHint)
        if steps is None:
            return
        target = self._beside(self.currentIndex(), steps)
        if target is not None:
            self.edit_cell(target.row(), target.column())
        else:
            super().focusNextPrevChild(steps > 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        index = self.indexAt(place)
        is_plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        if not index.isValid() or not is_plain:
            super().mousePressEvent(event)
            return
        row, column = index.row(), index.column()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.setCurrentIndex(index)
        if column == ON and place.x() < self._look.px(GRIP_PX) and row < self._grid.blank:
            self._dragged = row
        elif column == ON:
            self._press_box(row)
        elif column == END and row < self._grid.blank:
            self._remove([row])
        elif column == SECRET and row < self._grid.blank:
            self._grid.secret_wanted.emit(row)
        elif column == VALUE and self._grid.is_secret(row) and self._on_eye(index, event.position()):
            self._reveal(row)
        elif self._grid.takes_text(row, column):
            self.edit(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self._dragged is not None:
            self._drop_at = self._gap(place)
            self.viewport().update()
            return
        self._hover(self.indexAt(place).row())
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged is None:
            super().mouseReleaseEvent(event)
            return
        dragged, at = self._dragged, self._drop_at
        self._dragged = self._drop_at = None
        self.viewport().update()
        if at is not None:
            to = at - 1 if at > dragged else at
            if self._grid.move(dragged, to):
                self.setCurrentIndex(self._grid.index(to, NAME))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if isinstance(self._grid.line(index.row()) if index.isValid() else None, FixedRow):
            self._replace(index.row())

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._drop_at is not None:
            painter = QPainter(self.viewport())
            y = self.rowViewportPosition(self._drop_at) - 1
            painter.fillRect(0, y, self.viewport().width(), self._look.px(2), self._look.color("accent"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    @Slot()
    def _on_rows_changed(self) -> None:
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self._grid.index(0, NAME))

    @Slot()
    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._look.px(ROW_PX))
        self.setFont(self._look.font("mono"))
        self._fit_columns()
        self.viewport().update()

    def _fit_columns(self) -> None:
        look, width = self._look, self.viewport().width()
        has_notes = width >= look.px(_NOTE_FROM_PX)
        if self.isColumnHidden(NOTE) == has_notes:
            self.setColumnHidden(NOTE, not has_notes)
        secret = look.px(_SECRET_PX) if self._grid.secrets is not None else 0
        room = max(0, width - look.px(_ON_PX) - look.px(_END_PX) - secret)
        note = round(room * 0.24) if has_notes else 0
        name = round(room * (0.28 if has_notes else 0.4))
        for column, size in (
            (ON, look.px(_ON_PX)),
            (NAME, name),
            (VALUE, room - name - note),
            (NOTE, note),
            (END, look.px(_END_PX)),
            *([(SECRET, secret)] if secret else []),
        ):
            if not self.isColumnHidden(column):
                self.setColumnWidth(column, size)
        self.columns_changed.emit()

    def _set_up(self) -> None:
        self.setProperty("focusRing", "none")
        self.setProperty("panel", "bg.surface")
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        if self._grid.secrets is not None:
            self.horizontalHeader().moveSection(SECRET, NOTE)
        self.setCurrentIndex(self._grid.index(0, NAME))
        self.clearSelection()

    def own_key(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key means while no cell is being typed into."""
        if self.state() == QAbstractItemView.State.EditingState:
            return None
        row, plain = self.currentIndex().row(), event.modifiers() & ~_Modifier.KeypadModifier
        keys: dict[tuple[int, _Modifier], Callable[[], object]] = {
            (Qt.Key.Key_Space, _Modifier.NoModifier): self._space,
            (Qt.Key.Key_Delete, _Modifier.NoModifier): lambda: self._remove(self._chosen()),
            (Qt.Key.Key_Backspace, _Modifier.NoModifier): lambda: self._remove(self._chosen()),
            (Qt.Key.Key_Return, _Modifier.NoModifier): self._enter,
            (Qt.Key.Key_Enter, _Modifier.NoModifier): self._enter,
            (Qt.Key.Key_F2, _Modifier.NoModifier): self._enter,
            (Qt.Key.Key_Up, _Modifier.AltModifier): lambda: self._move(row, -1),
            (Qt.Key.Key_Down, _Modifier.AltModifier): lambda: self._move(row, 1),
            (Qt.Key.Key_Z, _Modifier.ControlModifier): self._grid.undo,
            (Qt.Key.Key_Y, _Modifier.ControlModifier): self._grid.redo,
            (Qt.Key.Key_Z, _Modifier.ControlModifier | _Modifier.ShiftModifier): self._grid.redo,
            (Qt.Key.Key_C, _Modifier.ControlModifier): self._copy,
            (Qt.Key.Key_X, _Modifier.ControlModifier): self._cut,
            (Qt.Key.Key_V, _Modifier.ControlModifier): self._paste,
        }
        return keys.get((event.key(), plain))

    def _space(self) -> None:
        row, column = self.currentIndex().row(), self.currentIndex().column()
        if column == SECRET and row < self._grid.blank:
            self._grid.secret_wanted.emit(row)
        elif column == VALUE and self._grid.is_secret(row):
            self._reveal(row)
        else:
            self._grid.toggle(self._chosen())

    def _reveal(self, row: int) -> None:
        """Show a secret in clear, or hide it again."""
        line = self._grid.line(row)
        if self._grid.secrets is not None and isinstance(line, SecretRow):
            self._grid.secrets.toggle_reveal(line.name)

    def _on_eye(self, index: _Index, at: QPointF) -> bool:
        return self.painter.eye(QRectF(self.visualRect(index))).contains(at)

    def _enter(self) -> None:
        index = self.currentIndex()
        row, line = index.row(), self._grid.line(index.row())
        if isinstance(line, Section):
            self._grid.toggle([row])
        elif isinstance(line, FixedRow) and line.is_editable:
            self.edit_cell(row, index.column() if self._grid.takes_text(row, index.column()) else VALUE)
        elif isinstance(line, FixedRow):
            self._replace(row)
        elif index.column() == ON:
            self._press_box(row)
        elif index.column() == SECRET and row < self._grid.blank:
            self._grid.secret_wanted.emit(row)
        elif index.column() in self._grid.cells:
            self.edit(index)

    def _press_box(self, row: int) -> None:
        if row == self._grid.blank:
            self.edit_cell(row, NAME)
        else:
            self._grid.toggle([row])

    def _replace(self, row: int) -> None:
        """Begin a row of one's own that takes the place of one from elsewhere."""
        line = self._grid.line(row)
        if isinstance(line, FixedRow) and line.can_replace:
            at = self._grid.blank
            # What is secret anywhere is to be so here, too; its dots are no value.
            is_secret = line.is_secret and self._grid.secrets is not None
            own = SecretRow(name=line.name) if is_secret else Field(name=line.name, value=_copied(line))
            self._grid.insert(at, [own])
            self.edit_cell(at, VALUE)

    def _chosen(self) -> list[int]:
        """The rows that a key acts on: the selected ones, else the one with the ring."""
        # Ranges, and by place: a person's grid has few of them.
        chosen, ranges = self.selectionModel().selection(), list[range]()
        for place in range(chosen.count()):
            ranges.append(range(chosen.at(place).top(), chosen.at(place).bottom() + 1))
        return sorted({row for each in ranges for row in each}) or [self.currentIndex().row()]

    def _move(self, row: int, step: int) -> None:
        if self._grid.move(row, row + step):
            self.setCurrentIndex(self._grid.index(row + step, self.currentIndex().column()))

    def _copy(self) -> None:
        lines = [self._grid.line(row) for row in self._chosen()]
        rows = [line for line in lines if isinstance(line, Field | FixedRow)]
        text = "\n".join(
            line_of(Field(name=line.name, value=_copied(line), off=isinstance(line, Field) and line.off), self._mark)
            for line in rows
        )
        if text:
            QApplication.clipboard().setText(text)

    def _cut(self) -> None:
        self._copy()
        self._remove(self._chosen())

    def _remove(self, rows: list[int]) -> None:
        """Delete rows; the keyboard is then where the first of them was, and typing goes on there."""
        column = self.currentIndex().column()
        self._grid.remove(rows)
        if rows and rows[0] < self._grid.rowCount():
            self.setCurrentIndex(self._grid.index(min(rows[0], self._grid.blank), column))

    def _paste(self) -> None:
        rows = rows_of(QApplication.clipboard().text(), self._mark)
        if rows:
            self._grid.insert(min(self.currentIndex().row(), self._grid.blank), rows)

    def _beside(self, index: _Index, step: int) -> QModelIndex | None:
        """The next cell to type into, None behind the last and before the first."""
        if not index.isValid():
            return None
        columns, rows = range(self._grid.columnCount()), self._grid.rowCount()
        shown = [column for column in columns if not self.isColumnHidden(column)]
        row, column = index.row(), index.column()
        places = [(row, each) for each in shown if (each > column if step > 0 else each < column)]
        others = range(row + 1, rows) if step > 0 else range(row - 1, -1, -1)
        places = places if step > 0 else places[::-1]
        places += [(other, each) for other in others for each in shown[::step]]
        found = next((place for place in places if self._grid.takes_text(*place)), None)
        return None if found is None else self._grid.index(*found)

    def _gap(self, place: QPoint) -> int:
        """Between which rows the pointer is: the number of rows above it."""
        row = self.rowAt(place.y())
        if row < 0 or row >= self._grid.blank:
            return self._grid.blank if place.y() > 0 else 0
        return row + (place.y() > self.rowViewportPosition(row) + self.rowHeight(row) / 2)

    def _hover(self, row: int) -> None:
        if row != self.painter.hovered:
            self.painter.hovered = row
            self.viewport().update()


def _copied(line: Field | FixedRow) -> str:
    """A row's value as it may leave the grid: not that of a secret."""
    is_secret = line.is_secret if isinstance(line, FixedRow) else isinstance(line, SecretRow)
    return "" if is_secret else line.value
