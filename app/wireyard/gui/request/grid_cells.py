"""The cells of a grid while they are drawn and typed into: which field they become, and where a key goes on to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemDelegate, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from wireyard.gui.request.cell_edit import CellEdit, ValueEdit
from wireyard.gui.request.grid_model import NAME, NOTE, VALUE, GridModel
from wireyard.gui.request.grid_paint import ROW_PX, GridPainter
from wireyard.gui.request.secret_row import SecretRow
from wireyard.gui.theme.look import Look

_Index = QModelIndex | QPersistentModelIndex
_Modifier = Qt.KeyboardModifier
_Hint = QAbstractItemDelegate.EndEditHint


class CellDelegate(QStyledItemDelegate):
    """Draws cells and makes their editors. ``completions`` are offered in the column of names."""

    def __init__(self, look: Look, model: GridModel, painter: GridPainter, parent: QTableView) -> None:
        super().__init__(parent)
        self._look = look
        self._grid = model
        self._painter = painter
        self._view = parent
        self.completions: Sequence[str] = ()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        self._painter.paint(painter, option, index)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, self._look.px(ROW_PX))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        label = str(self._grid.headerData(index.column(), Qt.Orientation.Horizontal))
        if index.column() == VALUE and self._grid.is_secret(index.row()):
            secret = CellEdit(self._look, f"{label}, {self._grid.rows[index.row()].name}", "body", (), parent)
            secret.setEchoMode(CellEdit.EchoMode.Password)
            secret.setPlaceholderText(self.tr("Type the secret; empty forgets it"))
            return secret
        if index.column() == VALUE:
            return ValueEdit(self._look, label, self._painter.source, parent)
        names = self.completions if index.column() == NAME else ()
        return CellEdit(self._look, label, "small" if index.column() == NOTE else "mono", names, parent)

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        if isinstance(editor, CellEdit | ValueEdit) and not editor.is_touched:
            editor.begin(self._revealed(index) or str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, model: object, index: _Index) -> None:
        # Of a secret nothing is put into its field, so that emptying it is no change to what was put there.
        is_emptied = (
            isinstance(editor, CellEdit) and editor.echoMode() == editor.EchoMode.Password and editor.isModified()
        )
        if isinstance(editor, CellEdit | ValueEdit) and (editor.is_touched or is_emptied):
            self._grid.setData(index, editor.typed)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        editor.setGeometry(QRectF(option.rect).adjusted(0, 0, 0, -1).toRect())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if not isinstance(editor, CellEdit | ValueEdit) or not isinstance(event, QKeyEvent):
            return super().eventFilter(editor, event)
        if event.type() != QEvent.Type.KeyPress or editor.is_offering:
            return False
        hint = self._end_of_edit(editor, event)
        if hint is None:
            return super().eventFilter(editor, event)
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, hint)
        return True

    def _revealed(self, index: _Index) -> str | None:
        """The value of a secret that is shown just now."""
        row, secrets = self._grid.line(index.row()), self._grid.secrets
        if secrets is None or not isinstance(row, SecretRow) or index.column() != VALUE:
            return None
        return secrets.revealed(row.name)

    def _end_of_edit(self, editor: CellEdit | ValueEdit, event: QKeyEvent) -> _Hint | None:
        """Where a key goes on to. Enter goes on like Tab; in an empty row with nothing typed it is done."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_Modifier.KeypadModifier:
            is_row = self._view.currentIndex().row() < self._grid.blank
            return _Hint.EditNextItem if editor.typed or is_row else _Hint.NoHint
        if event.key() == Qt.Key.Key_Tab and not event.modifiers():
            return _Hint.EditNextItem
        return _Hint.EditPreviousItem if event.key() == Qt.Key.Key_Backtab else None
