"""The tree itself: what a click, a key or a drag on it means. It changes nothing: it tells what was asked for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QToolTip, QWidget

from wireyard.gui.sidebar.row_keys import RowKeys
from wireyard.gui.sidebar.tree_dragging import TreeDragging
from wireyard.gui.sidebar.tree_model import TreeModel
from wireyard.gui.sidebar.tree_painter import buttons_of
from wireyard.gui.sidebar.tree_rows import TreeRow
from wireyard.gui.theme.look import Look

# What the keys are called in `wireyard.gui.sidebar.tree_actions`.
KEYS: dict[str, str] = {
    "Return": "keep",
    "Enter": "keep",
    "Shift+Return": "new_tab",
    "Shift+Enter": "new_tab",
    "Ctrl+Return": "connect",
    "Ctrl+Enter": "connect",
    "F2": "rename",
    "F4": "edit_folder",
    "Ctrl+D": "duplicate",
    "Del": "delete",
    "Ctrl+C": "copy_address",
    "Alt+Shift+M": "move_to",
    "Alt+Shift+Up": "move_up",
    "Alt+Shift+Down": "move_down",
    "Alt+Shift+Left": "move_out",
    "Alt+Shift+Right": "move_in",
}


class TreeView(RowKeys, TreeDragging):
    """``acted`` carries the name of an action for the selected rows; ``pressed_button`` a row and its button.

    ``clicked_row`` and ``kept_row`` carry a row that was clicked once or twice; ``menu_asked`` a place on the screen.
    """

    acted = Signal(str)
    clicked_row = Signal(object)
    kept_row = Signal(object)
    pressed_button = Signal(object, str)
    menu_asked = Signal(QPoint)

    def __init__(self, look: Look, model: TreeModel, parent: QWidget | None = None) -> None:
        super().__init__(look, model, parent)
        self.obey_keys(KEYS, self.delegate)
        self._pressed: tuple[str, str] | None = None
        self._pressed_row = ""
        self.setAccessibleName(self.tr("Collections"))
        self.setProperty("focusRing", "none")
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        look.changed.connect(self._on_look_changed)

    # -------------------------------------------------------------------------------------------------- public methods

    def selected_rows(self) -> list[TreeRow]:
        """The selected rows, from the top down; not those in closed folders, which nobody sees."""
        indexes = [index for index in self.selectionModel().selection().indexes() if self._is_shown(index)]
        indexes.sort(key=lambda index: self.visualRect(index).y())
        return [row for index in indexes if (row := self.tree_model.row_at(index)) is not None]

    def current_row(self) -> TreeRow | None:
        """The row that the keyboard is on."""
        return self.tree_model.row_at(self.currentIndex())

    def select(self, *keys: str) -> bool:
        """Select these rows, the last becomes the current one; whether any was there."""
        indexes = [index for key in keys if (index := self.tree_model.index_of(key)).isValid()]
        selection = self.selectionModel()
        for number, index in enumerate(indexes):
            flag = QItemSelectionModel.SelectionFlag
            selection.setCurrentIndex(index, flag.ClearAndSelect if number == 0 else flag.Select)
            self._open_above(index)
        if indexes:
            self.scrollTo(indexes[-1])
        return bool(indexes)

    def select_current(self) -> None:
        """Select the row that the keyboard is on, which is the first one when it comes."""
        if not self.selectionModel().hasSelection():
            # Qt puts the keyboard on a row without selecting it.
            current = self.currentIndex()
            self._make_current(current if current.isValid() else self.model().index(0, 0))

    def rename(self, key: str) -> None:
        """Begin to edit a row's name."""
        index = self.tree_model.index_of(key)
        if index.isValid():
            self._open_above(index)
            self._make_current(index)
            self.scrollTo(index)
            self.edit(index)

    def place_below(self, row: TreeRow) -> QPoint:
        """Where a menu for a row opens, on the screen."""
        box = self.visualRect(self.tree_model.index_of(row.key))
        return self.viewport().mapToGlobal(QPoint(box.x() + self.delegate.metrics.text_x, box.bottom()))

    def place_of_button(self, row: TreeRow, button: str) -> QPoint:
        """Where the menu of a row's button opens, on the screen."""
        icons = buttons_of(row)
        box = self.visualRect(self.tree_model.index_of(row.key))
        button_box = self.delegate.metrics.buttons(box, len(icons))[icons.index(button)]
        return self.viewport().mapToGlobal(QPoint(button_box.left(), box.bottom()))

    # ---------------------------------------------------------------------------------------------------- Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(200), self.look.px(200))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.show_keyboard(False)
        self._pressed = None
        place = event.position().toPoint()
        index, row = self._under(place)
        self._pressed_row = row.key if row is not None else ""
        if event.button() == Qt.MouseButton.LeftButton and row is not None:
            button = self._button_at(place, index, row)
            if button:
                self._pressed = (row.key, button)
                return
            if self.model().hasChildren(index) and self._is_on_chevron(place, index):
                self.setExpanded(index, not self.isExpanded(index))
                self._pressed = (row.key, "chevron")
                return
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        place = event.position().toPoint()
        index, row = self._under(place)
        if pressed is not None:
            if row is not None and pressed == (row.key, self._button_at(place, index, row)):
                self.pressed_button.emit(row, pressed[1])
            return
        # A drag ends with a release, too: over the row where it was dropped, or with nothing pressed any more.
        was_dragged = self.state() == QAbstractItemView.State.DraggingState
        pressed_row, self._pressed_row = self._pressed_row, ""
        super().mouseReleaseEvent(event)
        is_click = row is not None and row.key == pressed_row and not was_dragged
        if not is_click or row is None or event.button() != Qt.MouseButton.LeftButton or event.modifiers():
            return
        if row.holds_items:
            self.setExpanded(index, not self.isExpanded(index))
        else:
            self.clicked_row.emit(row)

    def startDrag(self, supportedActions: Qt.DropAction) -> None:  # noqa: N803 - Qt's own name
        self._pressed_row = ""
        super().startDrag(supportedActions)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        index, row = self._under(place)
        if row is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if self._button_at(place, index, row) or self._is_on_chevron(place, index):
            self.mousePressEvent(event)
            return
        # The release of a double click is not another click.
        self._pressed = (row.key, "twice")
        if not row.holds_items:
            self.kept_row.emit(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(event.position().toPoint())
        if self._pressed is None:
            super().mouseMoveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            row = self.current_row()
            place = self.place_below(row) if row is not None else self.viewport().mapToGlobal(QPoint(8, 8))
            self.menu_asked.emit(place)
            return
        index, row = self._under(self.viewport().mapFromGlobal(event.globalPos()))
        if row is None:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        elif not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)
        self.menu_asked.emit(event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._point_at(None)
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index, row = self._under(event.pos())
            button = self._button_at(event.pos(), index, row) if row is not None else ""
            if button:
                QToolTip.showText(event.globalPos(), self._button_name(button), self.viewport())
                return True
        return super().viewportEvent(event)

    # ------------------------------------------------------------------------------------------------------- internals

    def _make_current(self, index: QModelIndex) -> None:
        # Qt would look at the keys that are held: with the Shift of Alt+Shift+N it would select more instead.
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _under(self, place: QPoint) -> tuple[QModelIndex, TreeRow | None]:
        index = self.indexAt(place)
        return index, self.tree_model.row_at(index)

    def _button_at(self, place: QPoint, index: QModelIndex, row: TreeRow) -> str:
        icons = buttons_of(row)
        boxes = self.delegate.metrics.buttons(self.visualRect(index), len(icons))
        return next((icon for icon, box in zip(icons, boxes, strict=True) if box.contains(place)), "")

    def _button_name(self, button: str) -> str:
        names = {"more": self.tr("Actions"), "play": self.tr("Open and connect (Ctrl+Enter)"), "send": self.tr("Send")}
        return names[button]

    def _is_on_chevron(self, place: QPoint, index: QModelIndex) -> bool:
        box = self.delegate.metrics.chevron_box(self.visualRect(index), self.tree_model.depth(index))
        return box.contains(place)

    def _point_at(self, place: QPoint | None) -> None:
        before, self.delegate.pointer = self.delegate.pointer, place
        for each in (before, place):
            if each is not None:
                self.viewport().update(self.visualRect(self.indexAt(each)))

    def _is_shown(self, index: QModelIndex) -> bool:
        above = index.parent()
        while above.isValid():
            if not self.isExpanded(above):
                return False
            above = above.parent()
        return True

    def _open_above(self, index: QModelIndex) -> None:
        above = index.parent()
        while above.isValid():
            self.expand(above)
            above = above.parent()

    @Slot()
    def _on_look_changed(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
