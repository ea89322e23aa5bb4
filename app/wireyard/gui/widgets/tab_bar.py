"""The tabs themselves: a `QTabBar` painted by us, so that keys, dragging and roles for screen readers stay Qt's."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QTabBar, QToolButton, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.state import DOT_ROLES, SHAPES, ConnectionState, paint_shape, state_word
from wireyard.gui.widgets.tab_ghost import TabGhost

TAB_HEIGHT = 44
_WIDTH = 204
_MIN_WIDTH = 120
_GAP = 2
_TOP = 8
_MIDDLE = 26
_CLOSE = 14
_CLOSE_HIT = 24
_FAR = 32
_GRIP = 102


@dataclass(frozen=True, slots=True)
class TabFacts:
    """What one tab shows. ``is_secure`` None leaves the badge out; ``icon`` replaces the state's shape.

    A preview, in italics, is a tab that the next request takes over.
    """

    title: str
    state: ConnectionState = ConnectionState.IDLE
    is_secure: bool | None = None
    is_dirty: bool = False
    is_unread: bool = False
    is_preview: bool = False
    icon: str = ""
    tip: str = ""


class TabBar(QTabBar):
    """Painted tabs. ``layout_changed`` says that they need another width, ``kept`` that one was clicked twice.

    ``dragged_out`` carries one that was dragged out of the bar and let go, with the place on the screen.
    """

    close_requested = Signal(int)
    kept = Signal(int)
    menu_asked = Signal(int, QPoint)
    layout_changed = Signal()
    dragged_out = Signal(int, QPoint)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._pressed_close = -1
        self._held_at: QPoint | None = None  # where in the bar a tab was pressed that may be dragged
        self._ghost: TabGhost | None = None
        self.setAccessibleName(self.tr("Requests"))
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setMovable(True)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSelectionBehaviorOnRemove(QTabBar.SelectionBehavior.SelectPreviousTab)
        # Its own scroll buttons are hidden by size: the wheel, the keys and the list of all tabs scroll instead.
        self._hide_scroll_buttons()
        look.changed.connect(self._on_look_changed)

    def add(self, facts: TabFacts) -> int:
        index = self.addTab(facts.title.replace("&", "&&"))
        self.setTabData(index, facts)
        self._describe(index, facts)
        return index

    def facts(self, index: int) -> TabFacts:
        found = self.tabData(index)
        return found if isinstance(found, TabFacts) else TabFacts(self.tabText(index))

    def show_facts(self, index: int, facts: TabFacts) -> None:
        before = self.facts(index)
        if facts == before:
            return
        self.setTabData(index, facts)
        if facts.title != before.title:
            self.setTabText(index, facts.title.replace("&", "&&"))
        self._describe(index, facts)
        self.update(self.tabRect(index))

    def wanted_width(self) -> int:
        """The width that shows every tab."""
        return self.count() * (self._look.px(_WIDTH) + self._look.px(_GAP))

    def focus_rect(self) -> QRect:
        look = self._look
        return self.tabRect(self.currentIndex()).adjusted(look.px(4), look.px(_TOP + 4), -look.px(6), -look.px(4))

    def tabSizeHint(self, index: int) -> QSize:
        return QSize(self._look.px(_WIDTH + _GAP), self._look.px(TAB_HEIGHT))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return QSize(self._look.px(_MIN_WIDTH), self._look.px(TAB_HEIGHT))

    def sizeHint(self) -> QSize:
        return QSize(self.wanted_width(), self._look.px(TAB_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(_MIN_WIDTH), self._look.px(TAB_HEIGHT))

    def tabInserted(self, index: int) -> None:
        self.layout_changed.emit()

    def tabRemoved(self, index: int) -> None:
        self.layout_changed.emit()

    def tabLayoutChange(self) -> None:
        self._hide_scroll_buttons()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.count() - 1}
        if event.key() in keys and not event.modifiers():
            self.setCurrentIndex(keys[Qt.Key(event.key())])
            return
        if event.key() == Qt.Key.Key_Delete:
            self.close_requested.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_close = -1
        index = self.tabAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.MiddleButton and index >= 0:
            self._pressed_close = index
            return
        if event.button() == Qt.MouseButton.LeftButton and self._is_on_close(index, event.position().toPoint()):
            self._pressed_close = index
            return
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and index >= 0:
            self._held_at = event.position().toPoint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed_close = self._pressed_close, -1
        if pressed < 0:
            self._release(event)
            return
        here = event.position().toPoint()
        is_middle = event.button() == Qt.MouseButton.MiddleButton
        if self.tabAt(here) == pressed and (is_middle or self._is_on_close(pressed, here)):
            self.close_requested.emit(pressed)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        # Two quick clicks on × close two tabs; the strip's own double click is for its empty part.
        self.mousePressEvent(event)
        index = self.tabAt(event.position().toPoint())
        if index >= 0 and self._pressed_close < 0:
            self.kept.emit(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_keys = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_keys else self.tabAt(event.pos())
        if index >= 0:
            below = self.mapToGlobal(self.tabRect(index).bottomLeft())
            self.menu_asked.emit(index, below if by_keys else event.globalPos())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._take_over_mover()
        self.update()
        if self._held_at is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if not self._is_outside(event.position().toPoint()):
            if self._ghost is not None:
                self._ghost.vanish()
            return
        if self._ghost is None:
            self._ghost = TabGhost(self)
        if not self._ghost.isVisible():
            picture = self._picture(self.currentIndex())
            grip = QPoint(min(self._look.px(_GRIP), self.tabRect(self.currentIndex()).width()), self._look.px(_MIDDLE))
            self._ghost.take(picture, grip)
        self._ghost.follow(event.globalPosition().toPoint())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, current = self._look, self.currentIndex()
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), look.color("border"))
        pointer = self.mapFromGlobal(self.cursor().pos()) if self.underMouse() else QPoint(-1, -1)
        for index in range(self.count()):
            if index != current:
                self._paint_tab(painter, index, pointer)
        if current >= 0 and self._mover() is None:
            self._paint_tab(painter, current, pointer)

    def _paint_tab(self, painter: QPainter, index: int, pointer: QPoint) -> None:
        look, facts = self._look, self.facts(index)
        rect = QRectF(self.tabRect(index)).adjusted(0, 0, -look.px(_GAP), 0)
        is_current, is_hovered = index == self.currentIndex(), self.tabRect(index).contains(pointer)
        self._paint_ground(painter, rect, index, is_hovered=is_hovered)
        middle, x = float(look.px(_MIDDLE)), rect.x() + look.px(14)
        x = self._paint_mark(painter, facts, x, middle)
        x = self._paint_badge(painter, facts, x, middle)
        has_end = is_current or is_hovered or facts.is_dirty
        right = rect.right() - look.px(30 if has_end else 12)
        style = "body.strong" if facts.is_unread and not is_current else "body.medium" if is_current else "body"
        font = look.font(style)
        if facts.is_preview:
            font = QFont(font)
            font.setItalic(True)
        painter.setFont(font)
        painter.setPen(look.color("text.1" if is_current or facts.is_unread else "text.2"))
        title = look.metrics(style).elidedText(facts.title, Qt.TextElideMode.ElideRight, max(0, right - x))
        box = QRectF(x, middle - look.px(10), right - x, look.px(20))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, title)
        if facts.is_dirty and not is_hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("text.2"))
            painter.drawEllipse(QPointF(rect.right() - look.px(17), middle), look.px(3), look.px(3))
        elif is_current or is_hovered:
            self._paint_close(painter, index, pointer)

    def _paint_ground(self, painter: QPainter, rect: QRectF, index: int, *, is_hovered: bool) -> None:
        look = self._look
        shape = rect.adjusted(0.5, look.px(_TOP) + 0.5, -0.5, look.px(12))
        if index == self.currentIndex():
            path = QPainterPath()
            path.addRoundedRect(shape, look.px(8), look.px(8))
            painter.setPen(QPen(look.color("border"), 1))
            painter.setBrush(look.color("bg.surface"))
            painter.drawPath(path)
            return
        if is_hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("bg.hover"))
            low = QRectF(shape.x(), shape.y(), shape.width(), rect.height() - look.px(_TOP + 5))
            painter.drawRoundedRect(low, look.px(8), look.px(8))
        elif index + 1 != self.currentIndex():
            line = QRectF(rect.right() + 1, look.px(_MIDDLE - 9), 1, look.px(18))
            painter.fillRect(line, look.color("border.2"))

    def _paint_mark(self, painter: QPainter, facts: TabFacts, x: float, middle: float) -> float:
        look = self._look
        if facts.icon:
            pixmap = look.pixmap(facts.icon, "text.2", 16, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(round(x - look.px(2)), round(middle - look.px(8))), pixmap)
            return x + look.px(20)
        center = QPointF(x + look.px(4), middle)
        paint_shape(painter, look, center, SHAPES[facts.state], DOT_ROLES[facts.state], look.px(8))
        return x + look.px(16)

    def _paint_badge(self, painter: QPainter, facts: TabFacts, x: float, middle: float) -> float:
        if facts.is_secure is None:
            return x
        look = self._look
        word = "WSS" if facts.is_secure else "WS"
        width = look.metrics("tag").horizontalAdvance(word)
        painter.setFont(look.font("tag"))
        painter.setPen(look.color("accent.text" if facts.is_secure else "text.2"))
        painter.drawText(QRectF(x, middle - look.px(10), width + 2, look.px(20)), Qt.AlignmentFlag.AlignVCenter, word)
        return x + width + look.px(6)

    def _paint_close(self, painter: QPainter, index: int, pointer: QPoint) -> None:
        look, hit = self._look, self._close_rect(index)
        if hit.contains(pointer):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("bg.pressed"))
            painter.drawRoundedRect(QRectF(hit).adjusted(2, 2, -2, -2), look.px(5), look.px(5))
        pixmap = look.pixmap("close", "text.3", _CLOSE, self.devicePixelRatioF())
        side = look.px(_CLOSE)
        painter.drawPixmap(hit.x() + (hit.width() - side) // 2, hit.y() + (hit.height() - side) // 2, pixmap)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Qt floats the dragged tab in a child of its own, drawn as the style would have it.
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            if self._ghost is None or not self._ghost.isVisible():  # else it is outside, and leaves a gap
                painter = QPainter(watched)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.translate(-self.tabRect(self.currentIndex()).x(), 0)
                self._paint_tab(painter, self.currentIndex(), QPoint(-1, -1))
            return True
        return False

    def _picture(self, index: int) -> QPixmap:
        """One tab by itself."""
        rect, dpr = self.tabRect(index), self.devicePixelRatioF()
        picture = QPixmap(rect.size() * dpr)
        picture.setDevicePixelRatio(dpr)
        picture.fill(self._look.color("bg.app"))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-rect.x(), 0)
        self._paint_tab(painter, index, QPoint(-1, -1))
        painter.end()
        return picture

    def _mover(self) -> QWidget | None:
        """The child in which Qt floats a tab while it is dragged."""
        children = self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        floats = (each for each in children if not isinstance(each, QToolButton | TabGhost) and each.isVisible())
        return next(floats, None)

    def _take_over_mover(self) -> None:
        mover = self._mover()
        if mover is not None and mover.property("ours") is None:
            mover.setProperty("ours", True)
            mover.installEventFilter(self)

    def _release(self, event: QMouseEvent) -> None:
        """The end of a press on a tab, or of its dragging."""
        was_held, self._held_at = self._held_at is not None, None
        super().mouseReleaseEvent(event)
        if self._ghost is not None:
            self._ghost.vanish()
        if was_held and event.button() == Qt.MouseButton.LeftButton and self._is_outside(event.position().toPoint()):
            self.dragged_out.emit(self.currentIndex(), event.globalPosition().toPoint())

    def _is_outside(self, place: QPoint) -> bool:
        """So far above or below that it can't be meant for reordering."""
        far = self._look.px(_FAR)
        return not -far <= place.y() <= self.height() + far

    def _close_rect(self, index: int) -> QRect:
        look, rect = self._look, self.tabRect(index)
        side = look.px(_CLOSE_HIT)
        center_x = rect.right() - look.px(_GAP) - look.px(17)
        return QRect(center_x - side // 2, look.px(_MIDDLE) - side // 2, side, side)

    def _is_on_close(self, index: int, position: QPoint) -> bool:
        return index >= 0 and self._close_rect(index).contains(position)

    def _describe(self, index: int, facts: TabFacts) -> None:
        parts = [facts.title]
        if not facts.icon:
            parts.append(state_word(facts.state))
        if facts.is_unread:
            parts.append(self.tr("new messages"))
        if facts.is_dirty:
            parts.append(self.tr("unsaved changes"))
        if facts.is_preview:
            parts.append(self.tr("preview"))
        self.setAccessibleTabName(index, ", ".join(parts))
        self.setTabToolTip(index, facts.tip or facts.title)

    def _hide_scroll_buttons(self) -> None:
        for button in self.findChildren(QToolButton, options=Qt.FindChildOption.FindDirectChildrenOnly):
            button.setMaximumWidth(0)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAccessibleName(self.tr("Scroll tabs"))

    @Slot()
    def _on_look_changed(self) -> None:
        # Setting texts again is what makes a tab bar ask for sizes again.
        for index in range(self.count()):
            self.setTabText(index, self.tabText(index))
        self.layout_changed.emit()
        self.update()
