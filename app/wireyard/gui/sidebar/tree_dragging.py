"""Dragging in the tree: the line where something would land, folders that spring open, and what was dropped."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from wireyard.gui.sidebar.tree_delegate import TreeDelegate
from wireyard.gui.sidebar.tree_drop import DropPlace, drop_place, keys_in, mime_of
from wireyard.gui.sidebar.tree_model import TreeModel
from wireyard.gui.sidebar.tree_rows import TreeRow
from wireyard.gui.theme.look import Look

SPRING_MS = 600


class TreeDragging(QTreeView):
    """``dropped`` carries the keys of the rows, a `DropPlace`, and whether they are copied."""

    dropped = Signal(list, object, bool)

    def __init__(self, look: Look, model: TreeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.tree_model = model
        self.setModel(model)
        self.delegate = TreeDelegate(look, model, self)
        self.setItemDelegate(self.delegate)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self._place: DropPlace | None = None
        self._spring = QTimer(self)
        self._spring.setSingleShot(True)
        self._spring.setInterval(SPRING_MS)
        self._spring.timeout.connect(self._on_spring)
        self._spring_key = ""

    @property
    def drop_place(self) -> DropPlace | None:
        """Where what is dragged would land."""
        return self._place

    def selected_rows(self) -> list[TreeRow]:
        """The selected rows, from the top down."""
        raise NotImplementedError

    def startDrag(self, supportedActions: Qt.DropAction) -> None:  # noqa: N803 - Qt's own name
        rows = self.selected_rows()
        if not rows:
            return
        drag = QDrag(self)
        drag.setMimeData(mime_of(rows))
        box = self.visualRect(self.currentIndex())
        picture = self.viewport().grab(QRect(box.x(), box.y(), min(box.width(), self.look.px(240)), box.height()))
        drag.setPixmap(picture)
        drag.setHotSpot(QPoint(self.look.px(24), box.height() // 2))
        drag.exec(Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, Qt.DropAction.MoveAction)
        self._show_place(None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if keys_in(event.mimeData()):
            super().dragEnterEvent(event)
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # which scrolls near the edges
        at = event.position().toPoint()
        self._show_place(self._place_at(event, at))
        self._watch_spring(at)
        if self._place is None:
            event.ignore()
        else:
            event.setDropAction(Qt.DropAction.CopyAction if _copies(event) else Qt.DropAction.MoveAction)
            event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._show_place(None)

    def dropEvent(self, event: QDropEvent) -> None:
        place = self._place_at(event, event.position().toPoint())
        self._show_place(None)
        self.setState(QAbstractItemView.State.NoState)
        if place is None:
            event.ignore()
            return
        copies = _copies(event)
        event.setDropAction(Qt.DropAction.CopyAction if copies else Qt.DropAction.MoveAction)
        event.accept()
        self.dropped.emit(keys_in(event.mimeData()), place, copies)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        place = self._place
        if place is None or place.line_y is None:
            return
        look, m = self.look, self.delegate.metrics
        painter = QPainter(self.viewport())
        x = m.start(place.depth)
        painter.fillRect(QRectF(x, place.line_y - 1, self.viewport().width() - m.margin - x, 2), look.color("accent"))

    def _place_at(self, event: QDropEvent, at: QPoint) -> DropPlace | None:
        index = self.indexAt(at)
        box = self.visualRect(index) if index.isValid() else self._last_box()
        return drop_place(self.tree_model, keys_in(event.mimeData()), self.tree_model.row_at(index), box, at.y())

    def _last_box(self) -> QRect:
        index = self.model().index(self.model().rowCount() - 1, 0)
        while self.isExpanded(index) and self.model().hasChildren(index):
            index = self.model().index(self.model().rowCount(index) - 1, 0, index)
        return self.visualRect(index)

    def _show_place(self, place: DropPlace | None) -> None:
        if place is None:
            self._spring.stop()
            self._spring_key = ""
        if place != self._place:
            self._place = place
            self.delegate.drop_key = place.parent if place is not None and place.line_y is None else ""
            self.viewport().update()

    def _watch_spring(self, at: QPoint) -> None:
        row = self.tree_model.row_at(self.indexAt(at))
        key = row.key if row is not None else ""
        if key != self._spring_key:
            self._spring_key = key
            self._spring.start()

    @Slot()
    def _on_spring(self) -> None:
        index = self.tree_model.index_of(self._spring_key)
        if index.isValid() and self.model().hasChildren(index):
            self.expand(index)


def _copies(event: QDropEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
