"""One entry of a list of chips: its text, and a cross that removes it. By keyboard it moves, is changed and removed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.own_keys import OwnKeys

_HEIGHT_PX = 28
_SIDE_PX = 10
_CROSS_PX = 24
_MOST_PX = 290
_NONE, _ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier


class ChipButton(OwnKeys, QAbstractButton):
    """Tells what is asked for: ``step_asked`` the keyboard to a neighbour, ``move_asked`` the chip itself, each with -1
    or 1; ``dragged`` carries where the pointer is, in the parent's coordinates.
    """

    step_asked = Signal(int)
    move_asked = Signal(int)
    remove_asked = Signal()
    change_asked = Signal()
    dragged = Signal(QPoint)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._pressed_at: QPoint | None = None
        self._is_dragged = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setProperty("focusRing", "none")
        words = self.tr("Alt+Left and Alt+Right move it, Delete removes it, F2 changes it.")
        self.setAccessibleDescription(words)
        look.changed.connect(self._on_look_changed)

    def sizeHint(self) -> QSize:
        look = self._look
        wanted = round(look.metrics("mono").horizontalAdvance(self.text())) + look.px(_SIDE_PX + _CROSS_PX) + 1
        return QSize(min(wanted, look.px(_MOST_PX)), look.px(_HEIGHT_PX))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()
            self._is_dragged = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self._pressed_at is not None and event.buttons() & Qt.MouseButton.LeftButton:
            far = (place - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
            self._is_dragged = self._is_dragged or far
            if self._is_dragged:
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self.dragged.emit(self.mapToParent(place))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        was_pressed, self._pressed_at = self._pressed_at is not None, None
        self.unsetCursor()
        if was_pressed and not self._is_dragged and self._is_on_cross(place) and self.rect().contains(place):
            self.remove_asked.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._is_on_cross(event.position().toPoint()):
            self.change_asked.emit()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        has_focus = self.hasFocus()
        inset = 1.0 if has_focus else 0.5
        rect = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.setPen(QPen(look.color("focus.ring" if has_focus else "border.2"), 2 if has_focus else 1))
        painter.setBrush(look.color("bg.hover" if self.underMouse() else "bg.raised"))
        painter.drawRoundedRect(rect, look.px(7), look.px(7))
        area = QRectF(self.rect()).adjusted(look.px(_SIDE_PX), 0, -look.px(_CROSS_PX), 0)
        painter.setFont(look.font("mono"))
        painter.setPen(look.color("text.1" if self.isEnabled() else "text.3"))
        text = look.metrics("mono").elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width() + 1)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, text)
        is_hot = self.underMouse() and self._is_on_cross(self.mapFromGlobal(self.cursor().pos()))
        pixmap = look.pixmap("close", "text.1" if is_hot else "text.3", 12, self.devicePixelRatioF())
        side = look.px(12)
        painter.drawPixmap(self.width() - (look.px(_CROSS_PX) + side) // 2, (self.height() - side) // 2, pixmap)

    def _is_on_cross(self, place: QPoint) -> bool:
        return place.x() >= self.width() - self._look.px(_CROSS_PX)

    def own_key(self, event: QKeyEvent) -> Callable[[], object] | None:
        keys: dict[tuple[int, Qt.KeyboardModifier], Callable[[], object]] = {
            (Qt.Key.Key_Left, _NONE): partial(self.step_asked.emit, -1),
            (Qt.Key.Key_Right, _NONE): partial(self.step_asked.emit, 1),
            (Qt.Key.Key_Left, _ALT): partial(self.move_asked.emit, -1),
            (Qt.Key.Key_Right, _ALT): partial(self.move_asked.emit, 1),
            (Qt.Key.Key_Delete, _NONE): self.remove_asked.emit,
            (Qt.Key.Key_Backspace, _NONE): self.remove_asked.emit,
            (Qt.Key.Key_F2, _NONE): self.change_asked.emit,
            (Qt.Key.Key_Return, _NONE): self.change_asked.emit,
            (Qt.Key.Key_Enter, _NONE): self.change_asked.emit,
        }
        return keys.get((event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier))

    @Slot()
    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()
