"""The one delegate of the tree: gathers how a row stands and has it drawn; and the field in which it is renamed."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from wireyard.gui.sidebar.rename_edit import RenameEdit
from wireyard.gui.sidebar.tree_metrics import TreeMetrics
from wireyard.gui.sidebar.tree_model import TreeModel
from wireyard.gui.sidebar.tree_painter import RowLook, TreePainter
from wireyard.gui.theme.look import Look

AnyIndex = QModelIndex | QPersistentModelIndex
_SELECTED = QStyle.StateFlag.State_Selected.value
_EDITING = QStyle.StateFlag.State_Editing.value


class TreeDelegate(QStyledItemDelegate):
    """``pointer`` is where the mouse is over the tree, None elsewhere; ``drop_key`` the row that takes what is dragged;
    ``shows_keyboard`` whether the row in use is outlined."""

    def __init__(self, look: Look, model: TreeModel, view: QTreeView) -> None:
        super().__init__(view)
        self._look = look
        self._model = model
        self._view = view
        self._metrics = TreeMetrics(look)
        self._painter = TreePainter(look, self._metrics)
        self.pointer: QPoint | None = None
        self.drop_key = ""
        self.shows_keyboard = False

    @property
    def metrics(self) -> TreeMetrics:
        """Where things stand at the present zoom."""
        self._renew()
        return self._metrics

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(self._look.px(120), self.metrics.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row = self._model.row_at(index)
        if row is None:
            return
        self._renew()
        flags: int = option.state.value
        rect, pointer = option.rect, self.pointer
        is_hovered = pointer is not None and rect.contains(pointer)
        is_editing = bool(flags & _EDITING) and self._view.isPersistentEditorOpen(index)
        state = RowLook(
            depth=self._model.depth(index),
            has_chevron=self._model.hasChildren(index),
            is_open=self._view.isExpanded(QModelIndex(index)),  # type: ignore[arg-type]
            is_selected=bool(flags & _SELECTED),
            is_hovered=is_hovered,
            has_keyboard=self.shows_keyboard and index == self._view.currentIndex() and not is_editing,
            is_drop=row.key == self.drop_key,
            is_live=row.kind == "request" and row.id in self._model.live,
            is_dirty=row.kind == "request" and row.id in self._model.dirty,
            pointer=pointer if is_hovered else None,
        )
        self._painter.paint(painter, rect, row, state, painter.device().devicePixelRatioF())

    # Renaming.

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        edit = RenameEdit(self._look, parent)
        edit.setAccessibleName(self.tr("Name"))
        return edit

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        row = self._model.row_at(index)
        # A scan that ends while somebody types tells that the row changed; the typed name stays.
        if isinstance(editor, QLineEdit) and row is not None and not editor.isModified():
            editor.setText(row.name)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        if isinstance(editor, QLineEdit):
            model.setData(QModelIndex(index), editor.text(), Qt.ItemDataRole.EditRole)  # type: ignore[arg-type]

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        m, rect = self.metrics, option.rect
        x = rect.x() + m.start(self._model.depth(index)) + m.text_x - self._look.px(6)
        editor.setGeometry(x, rect.y() + 1, max(self._look.px(60), rect.right() - m.margin - x), rect.height() - 2)

    def _renew(self) -> None:
        if self._metrics.generation != self._look.generation:
            self._metrics = TreeMetrics(self._look)
            self._painter = TreePainter(self._look, self._metrics)
