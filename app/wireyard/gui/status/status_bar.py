"""The line at the bottom: what the connection is, and what went through it. Each item is a button."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from wireyard.gui.status.facts import StatusFacts
from wireyard.gui.status.items import Item, left_items, right_items
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.frames import Panel
from wireyard.gui.widgets.state import DOT_ROLES, SHAPES, paint_shape

_HEIGHT = 28
_GAP = 4
# What a narrow window or large type leaves no room for goes in this order; the rest tells what must be known.
_DISPENSABLE = ("http", "extensions", "echo", "rtt", "subprotocol", "encryption", "sent", "received")


class StatusBar(Panel):
    """Shows `StatusFacts`. A click on an item copies its words; on the recording it asks for the log's folder.

    ``copied`` carries what went to the clipboard, for a toast.
    """

    copied = Signal(str)
    folder_requested = Signal()
    failure_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("bg.app", "top", parent)
        self._look = look
        self._facts = StatusFacts()
        self._buttons: dict[str, StatusItem] = {}
        self._wanted: set[str] = set()
        self.setAccessibleName(self.tr("Status"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        self._left, self._right = QHBoxLayout(), QHBoxLayout()
        row.addLayout(self._left)
        row.addStretch(1)
        row.addLayout(self._right)
        self._row = row
        look.changed.connect(self._fit)
        self._fit()
        self.show_facts(StatusFacts())

    @property
    def facts(self) -> StatusFacts:
        return self._facts

    def show_facts(self, facts: StatusFacts) -> None:
        """Show other facts; items keep their places, so nothing but their words moves."""
        self._facts = facts
        seen: set[str] = set()
        for layout, items in ((self._left, left_items(facts)), (self._right, right_items(facts))):
            for place, item in enumerate(items):
                seen.add(item.key)
                self._button(item.key, layout, place).show_item(item)
        self._wanted = seen
        self._show_what_fits()

    def item(self, key: str) -> StatusItem | None:
        """The button of one item, if it is shown."""
        button = self._buttons.get(key)
        return button if button is not None and button.isVisibleTo(self) else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_what_fits()

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        if not isinstance(button, StatusItem):
            return
        action = button.action
        if action == "folder":
            self.folder_requested.emit()
        elif action == "failure":
            self.failure_requested.emit()
        else:
            QGuiApplication.clipboard().setText(button.copy_text)
            self.copied.emit(button.copy_text)

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self.setFixedHeight(look.px(_HEIGHT))
        self._row.setContentsMargins(look.px(6), 1, look.px(6), 0)
        for layout in (self._left, self._right):
            layout.setSpacing(look.px(_GAP))
        self._show_what_fits()

    def _show_what_fits(self) -> None:
        shown = set(self._wanted)
        gap = self._look.px(_GAP)
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right() - 2 * max(0, self._row.spacing())
        taken = sum(self._buttons[key].sizeHint().width() + gap for key in shown)
        for key in _DISPENSABLE:
            if taken <= room:
                break
            if key in shown:
                shown.remove(key)
                taken -= self._buttons[key].sizeHint().width() + gap
        for key, button in self._buttons.items():
            button.setVisible(key in shown)

    def _button(self, key: str, layout: QHBoxLayout, place: int) -> StatusItem:
        button = self._buttons.get(key)
        if button is None:
            button = self._buttons[key] = StatusItem(self._look, self)
            button.clicked.connect(self._on_clicked)
        if layout.indexOf(button) != place:
            layout.removeWidget(button)
            layout.insertWidget(place, button)
        return button


class StatusItem(QAbstractButton):
    """One item: words, with a shape or an icon before them where the state is said in colour."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._item = Item("", "")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._on_look_changed)

    @property
    def action(self) -> Literal["copy", "folder", "failure"]:
        return self._item.action

    @property
    def copy_text(self) -> str:
        return self._item.copy or self._item.text

    def show_item(self, item: Item) -> None:
        if item == self._item:
            return
        is_wider = len(item.text) != len(self._item.text) or bool(item.icon) != bool(self._item.icon)
        self._item = item
        self.setText(item.text)
        self.setAccessibleName(item.name or item.text)
        self.setToolTip(item.tip)
        if is_wider:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = self._look
        width = look.metrics("status").horizontalAdvance(self._item.text) + look.px(12)
        return QSize(round(width) + self._mark_width(), look.px(24))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, item = self._look, self._item
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("bg.pressed" if self.isDown() else "bg.hover"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0, 1, 0, -1), look.px(5), look.px(5))
        x, middle = look.px(6), self.height() / 2
        if item.state is not None:
            center = QPointF(x + look.px(4), middle)
            paint_shape(painter, look, center, SHAPES[item.state], DOT_ROLES[item.state], look.px(7))
        elif item.dot is not None:
            paint_shape(painter, look, QPointF(x + look.px(4), middle), "disc", item.dot, look.px(7))
        elif item.icon:
            role = "text.3" if item.tone == "text.2" else item.tone
            pixmap = look.pixmap(item.icon, role, 14, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(x - look.px(1), round(middle - look.px(14) / 2)), pixmap)
        painter.setFont(look.font("status"))
        painter.setPen(look.color(item.tone))
        area = QRectF(x + self._mark_width(), 0, self.width(), self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, item.text)

    def _mark_width(self) -> int:
        if self._item.state is not None or self._item.dot is not None:
            return self._look.px(14)
        return self._look.px(18) if self._item.icon else 0

    @Slot()
    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()
