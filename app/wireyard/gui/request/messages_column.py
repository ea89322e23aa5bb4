"""The column of saved messages: a click puts one into the composer, ▶ sends it at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from wireyard.gui.request.messages_model import MessagesModel
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import IconButton
from wireyard.gui.widgets.chosen import outline_chosen
from wireyard.gui.widgets.frames import Panel
from wireyard.gui.widgets.label import Label
from wireyard.gui.widgets.own_keys import OwnKeys
from wireyard.workspace.model import SavedMessage

_ROW_PX = 28
_HEAD_PX = 40
_LEFT_PX = 16
_Index = QModelIndex | QPersistentModelIndex
_Modifier = Qt.KeyboardModifier


class MessagesColumn(Panel):
    """Everything is asked for by a message's number; ``add_asked`` wants the composer's message to be kept."""

    add_asked = Signal()
    load_asked = Signal(int)
    send_asked = Signal(int)
    edit_asked = Signal(int)
    duplicate_asked = Signal(int)
    delete_asked = Signal(int)
    move_asked = Signal(int, int, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("bg.surface", "left", parent)
        self._look = look
        self.model = MessagesModel(self)
        self.list = _MessageList(look, self.model, self)
        self.add_button = IconButton(look, "plus", self.tr("Save as another message"))
        self._title = Label(look, self.tr("Saved messages"), "caption", "text.2")
        self._empty = Label(look, self.tr("Keep a message with + to send it again with one key."), "small", "text.3")
        self._head = QHBoxLayout()
        self._column = QVBoxLayout(self)
        self._lay_out()
        self.add_button.clicked.connect(self._on_add)
        self.model.moved.connect(self.move_asked)
        look.changed.connect(self._fit)
        self._fit()

    def show_messages(self, request_id: str, messages: Sequence[SavedMessage], loaded: int) -> None:
        """Show these, with a mark on the one that stands in the composer (-1 for none)."""
        self.model.request_id = request_id
        at, before = self.list.current_message()
        self.model.show(messages)
        self.list.set_loaded(loaded)
        self._empty.setVisible(not messages)
        had_keyboard = self.list.hasFocus()
        self.list.setVisible(bool(messages))
        if before is not None:
            self.list.stay_at(at, before)
        if had_keyboard and not messages:
            self.take_keyboard()

    def take_keyboard(self) -> None:
        """Have the keyboard in the list, or where it is empty, on the plus."""
        part = self.add_button if self.list.isHidden() else self.list
        part.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _on_add(self) -> None:
        self.add_asked.emit()

    def _lay_out(self) -> None:
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self.add_button)
        self._empty.setWordWrap(True)
        self._column.setSpacing(0)
        self._column.addLayout(self._head)
        self._column.addWidget(self._empty)
        self._column.addWidget(self.list, 1)
        self._column.addStretch(0)

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self._column.setContentsMargins(1, look.px(4), 0, 0)
        self._head.setContentsMargins(look.px(_LEFT_PX), 0, look.px(8), 0)
        self._empty.setContentsMargins(look.px(_LEFT_PX), look.px(4), look.px(_LEFT_PX), 0)


class _MessageList(OwnKeys, QListView):
    def __init__(self, look: Look, model: MessagesModel, column: MessagesColumn) -> None:
        super().__init__()  # its parent is the column's layout: after the plus, also where Tab goes
        self._look = look
        self._messages = model
        self._column = column
        self._delegate = _MessageDelegate(look, model, self)
        self._pressed = -1
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("Saved messages"))
        self.setProperty("panel", "bg.surface")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setProperty("focusRing", "none")
        look.changed.connect(self._fit)

    def set_loaded(self, number: int) -> None:
        """Mark the message that stands in the composer."""
        self._delegate.loaded = number
        self.viewport().update()

    def current_message(self) -> tuple[int, SavedMessage | None]:
        """The message that the keyboard is on, and its number."""
        number = self._current()
        return number, self._message(number)

    def stay_at(self, number: int, message: SavedMessage) -> None:
        """Have the keyboard on a message wherever it is now; on what stands in its place where it is gone."""
        lines = [line for line in self._messages.lines if line.message is not None]
        same = [line.number for line in lines if line.message == message]
        wanted = min(same, key=lambda at: abs(at - number), default=min(number, len(lines) - 1))
        self._go_to(wanted)

    def number_at(self, place: QPoint) -> int:
        """The message under a point; -1 for none."""
        index = self.indexAt(place)
        return self._messages.lines[index.row()].number if index.isValid() else -1

    def focusInEvent(self, event: QFocusEvent) -> None:
        is_first = self._current() < 0  # Qt would begin at the top
        super().focusInEvent(event)
        if is_first and event.reason() != Qt.FocusReason.MouseFocusReason:
            self._go_to(max(0, self._delegate.loaded))

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        # A heading takes no keyboard: on to the message behind it, or stay where there is none.
        index, lines = super().moveCursor(action, modifiers), self._messages.lines
        if not index.isValid() or lines[index.row()].message is not None:
            return index
        step = 1 if index.row() > self.currentIndex().row() or index.row() == 0 else -1
        row = index.row() + step
        is_message = 0 <= row < len(lines) and lines[row].message is not None
        return self._messages.index(row) if is_message else self.currentIndex()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self.number_at(event.position().toPoint())
        super().mousePressEvent(event)

    def startDrag(self, supportedActions: Qt.DropAction) -> None:  # noqa: N803 - Qt's own name
        self._pressed = -1
        super().startDrag(supportedActions)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        number = self.number_at(place)
        # A drag ends with a release, too, over the message where it was dropped.
        is_click = number >= 0 and number == self._pressed
        is_click = is_click and self.state() != QAbstractItemView.State.DraggingState
        self._pressed = -1
        super().mouseReleaseEvent(event)
        if not is_click or event.button() != Qt.MouseButton.LeftButton or event.modifiers():
            return
        if place.x() < self._look.px(_LEFT_PX + 20):
            self._column.send_asked.emit(number)
        else:
            self._column.load_asked.emit(number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        number = self.number_at(event.pos()) if by_mouse else self._current()
        if number < 0:
            return
        menu = self.menu_for(number)
        menu.popup(
            event.globalPos() if by_mouse else self.mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        )

    def menu_for(self, number: int) -> QMenu:
        """What can be done with a message."""
        column, menu = self._column, QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Send"), lambda: column.send_asked.emit(number))
        menu.addAction(self.tr("Put into the composer"), lambda: column.load_asked.emit(number))
        menu.addSeparator()
        menu.addAction(self.tr("Name, group, note…"), lambda: column.edit_asked.emit(number))
        menu.addAction(self.tr("Duplicate"), lambda: column.duplicate_asked.emit(number))
        menu.addSeparator()
        menu.addAction(self.tr("Delete"), lambda: column.delete_asked.emit(number))
        return menu

    def own_key(self, event: QKeyEvent) -> Callable[[], object] | None:
        number, column = self._current(), self._column
        if number < 0:
            return None
        modifier = Qt.KeyboardModifier
        plain, control, both = (
            modifier.NoModifier,
            modifier.ControlModifier,
            modifier.AltModifier | modifier.ShiftModifier,
        )
        keys: dict[tuple[int, Qt.KeyboardModifier], Callable[[], object]] = {
            (Qt.Key.Key_Return, plain): lambda: column.load_asked.emit(number),
            (Qt.Key.Key_Enter, plain): lambda: column.load_asked.emit(number),
            (Qt.Key.Key_Return, control): lambda: column.send_asked.emit(number),
            (Qt.Key.Key_F2, plain): lambda: column.edit_asked.emit(number),
            (Qt.Key.Key_D, control): lambda: column.duplicate_asked.emit(number),
            (Qt.Key.Key_Delete, plain): lambda: column.delete_asked.emit(number),
            (Qt.Key.Key_Up, both): lambda: self._step(number, -1),
            (Qt.Key.Key_Down, both): lambda: self._step(number, 1),
        }
        return keys.get((event.key(), event.modifiers() & ~_Modifier.KeypadModifier))

    def _step(self, number: int, step: int) -> None:
        """Move a message past its neighbour, into that one's group where it is another."""
        messages = [line.message for line in self._messages.lines if line.message is not None]
        other = number + step
        if not 0 <= other < len(messages):
            return
        beside, here = messages[other], messages[number]
        if beside.group != here.group:
            self._column.move_asked.emit(number, number, beside.group)
        else:
            self._column.move_asked.emit(number, other if step < 0 else other + 1, here.group)

    def _message(self, number: int) -> SavedMessage | None:
        return next((line.message for line in self._messages.lines if number >= 0 and line.number == number), None)

    def _go_to(self, number: int) -> None:
        row = self._messages.row_of(number)
        if row >= 0:
            self.setCurrentIndex(self._messages.index(row))

    def _current(self) -> int:
        index = self.currentIndex()
        return self._messages.lines[index.row()].number if index.isValid() else -1

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered:
            self._delegate.hovered = row
            self.viewport().update()

    @Slot()
    def _fit(self) -> None:
        self.scheduleDelayedItemsLayout()


class _MessageDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, model: MessagesModel, parent: QListView) -> None:
        super().__init__(parent)
        self._look = look
        self._messages = model
        self.hovered = -1
        self.loaded = -1

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(10, self._look.px(_ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look, line = self._look, self._messages.lines[index.row()]
        rect = QRectF(option.rect).adjusted(look.px(4), 0, -look.px(4), 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = str(index.data() or "")
        if line.message is None:
            painter.setFont(look.font("caption"))
            painter.setPen(look.color("text.3"))
            area = rect.adjusted(look.px(_LEFT_PX - 4), look.px(4), 0, 0)
            painter.drawText(
                area,
                Qt.AlignmentFlag.AlignVCenter,
                look.metrics("caption").elidedText(text, Qt.TextElideMode.ElideRight, area.width()),
            )
        else:
            self._paint_message(painter, rect, option, line.number, line.message, text, index.row())
        painter.restore()

    def _paint_message(
        self,
        painter: QPainter,
        rect: QRectF,
        option: QStyleOptionViewItem,
        number: int,
        message: SavedMessage,
        text: str,
        row: int,
    ) -> None:
        look, is_hovered, is_loaded = self._look, row == self.hovered, number == self.loaded
        painter.setPen(Qt.PenStyle.NoPen)
        if is_loaded or is_hovered:
            painter.setBrush(look.color("bg.selected" if is_loaded else "bg.hover"))
            painter.drawRoundedRect(rect, look.px(6), look.px(6))
        if is_loaded:
            outline_chosen(painter, look, rect, look.px(6))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.color("focus.ring"), look.ring_px))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), look.px(6), look.px(6))
        dpr = painter.device().devicePixelRatioF()
        icon = "play" if is_hovered else "hexagon" if message.send_as == "binary" or message.file else "send"
        side = look.px(14)
        left = rect.x() + look.px(_LEFT_PX - 4)
        role = "accent.text" if is_hovered else "text.2"
        painter.drawPixmap(round(left), round(rect.center().y() - side / 2), look.pixmap(icon, role, 14, dpr))
        key = self.tr("Alt {0}").format(number + 1) if number < 9 else ""
        small = look.metrics("status")
        painter.setFont(look.font("status"))
        painter.setPen(look.color("text.3"))
        area = rect.adjusted(0, 0, -look.px(10), 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, key)
        area = QRectF(left + look.px(22), rect.y(), 0, rect.height())
        area.setRight(rect.right() - look.px(18) - small.horizontalAdvance(key))
        style = "small.medium" if is_loaded else "small"
        painter.setFont(look.font(style))
        painter.setPen(look.color("text.1"))
        shown = look.metrics(style).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)
