"""Modal sheets: real dialogs, without a frame of the window system, over a scrim inside their window.

A sheet is a child of the scrim and not a window of its own: Wayland doesn't let a program place its windows, and round
corners need a compositor. What a window would give is made here: Tab stays inside, Esc rejects, Enter presses the
default button, and the shortcuts of the window below don't act.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QMoveEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import IconButton
from wireyard.gui.widgets.frames import Hairline
from wireyard.gui.widgets.label import ElidedLabel, Label

_MARGIN = 24
_SHADOW_LAYERS = 12
_SHADOW_REACH = 40.0
_SHADOW_DROP = 12.0


class Scrim(QWidget):
    """Dims the window below and keeps the mouse from it. It goes when its sheet does."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self.setGeometry(window.rect())
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.color("scrim"))
        for child in self.children():
            if isinstance(child, Sheet) and child.isVisible():
                self._paint_shadow(painter, QRectF(child.geometry()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def _paint_shadow(self, painter: QPainter, sheet: QRectF) -> None:
        """Soft layers: a graphics effect would draw the whole sheet anew for every blink of a caret."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        alpha = self._look.color("shadow").alphaF() * 0.7 / _SHADOW_LAYERS
        painter.setBrush(self._look.tint("shadow", alpha))
        for layer in range(_SHADOW_LAYERS):
            out = _SHADOW_REACH * (1 - layer / _SHADOW_LAYERS) ** 1.6
            box = sheet.translated(0, _SHADOW_DROP).adjusted(-out, -out, out, out)
            painter.drawRoundedRect(box, 12 + out, 12 + out)


class Sheet(QDialog):
    """Base of every sheet: a head with title and ×, `body` in the middle, `footer` for the buttons.

    ``size`` is the design's; the sheet shrinks to stay inside its window. Use ``open()``; it deletes itself when done.
    """

    def __init__(
        self, look: Look, window: QWidget, title: str, size: QSize, subtitle: str = "", *, has_head: bool = True
    ) -> None:
        self._scrim = Scrim(look, window.window())
        super().__init__(self._scrim)
        self.look = look
        self._size = size
        self._came_from = list(_upwards(QApplication.focusWidget()))
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setProperty("frame", "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        self.setWindowTitle(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        self._head = self._make_head(title, subtitle) if has_head else QHBoxLayout()
        column.addLayout(self._head)
        if has_head:
            column.addWidget(Hairline())
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        column.addLayout(self.body, 1)
        column.addWidget(Hairline())
        self.footer = QHBoxLayout()
        column.addLayout(self.footer)
        self._scrim.installEventFilter(self)
        self._is_over = False
        self.finished.connect(self._on_finished)
        look.changed.connect(self._fit)
        self._fit()

    def open(self) -> None:
        """Show the scrim and the sheet on it, modal to its window."""
        self._scrim.show()
        self._scrim.raise_()
        self._fit()
        super().open()
        focus = self.focusWidget() or self
        focus.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    def event(self, event: QEvent) -> bool:
        # A shortcut override that is accepted becomes a plain key press: the shortcuts of the window below rest.
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._scrim:
            self._fit()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scrim.update()  # it draws the shadow, of which Qt knows nothing

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._scrim.update()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep Tab inside the sheet."""
        stops = self._tab_stops()
        if not stops:
            return False
        focus = QApplication.focusWidget()
        here = stops.index(focus) if focus in stops else -1 if forward else 0
        target = stops[(here + (1 if forward else -1)) % len(stops)]
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        target.setFocus(reason)
        return True

    def place_in(self, room: QSize) -> QRect:
        """Where the sheet stands in its window: in the middle, as large as it wants to be and can."""
        look = self.look
        margin = 2 * look.px(_MARGIN)
        width = min(look.px(self._size.width()), room.width() - margin)
        height = look.px(self._size.height()) if self._size.height() > 0 else self._own_height(width)
        height = min(height, room.height() - margin)
        return QRect((room.width() - width) // 2, (room.height() - height) // 2, width, height)

    def _own_height(self, width: int) -> int:
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            return layout.totalHeightForWidth(width)  # as many lines as its texts need
        return self.sizeHint().height()

    def _tab_stops(self) -> list[QWidget]:
        """The widgets that Tab reaches: body, footer, and last the × of the head."""
        # Not nextInFocusChain: PySide takes ownership of what that answers, and the program crashes at its end.
        found = [*_stops_in(self.body), *_stops_in(self.footer), *_stops_in(self._head)]
        return [widget for widget in found if widget.isEnabled() and widget.isVisible()]

    @Slot()
    def _on_finished(self) -> None:
        if not self._is_over:
            self._is_over = True
            # PySide would call the slot of a class below on after the scrim, and the sheet with it, was deleted.
            self.look.changed.disconnect(self._fit)
        self._scrim.hide()
        self._scrim.deleteLater()
        # Back to where the keyboard was; if that has gone meanwhile, to what is nearest to it.
        for part in self._came_from:
            target = _stop_at(part) if isValid(part) and part.isVisible() else None
            if target is not None:
                target.setFocus(Qt.FocusReason.OtherFocusReason)
                break

    @Slot()
    def _fit(self) -> None:
        look, room = self.look, self._scrim.size()
        if self._head.count():
            self._head.setContentsMargins(look.px(24), look.px(13), look.px(14), look.px(13))
        self.footer.setContentsMargins(look.px(24), look.px(17), look.px(24), look.px(17))
        self.footer.setSpacing(look.px(8))
        self.setGeometry(self.place_in(room))

    def _make_head(self, title: str, subtitle: str) -> QHBoxLayout:
        head = QHBoxLayout()
        head.addWidget(Label(self.look, title, "heading"))
        head.addSpacing(self.look.px(10))
        head.addWidget(ElidedLabel(self.look, subtitle, "small", "text.3"), 1)
        close = IconButton(self.look, "close", self.tr("Close"), shortcut="Esc", size=32)
        close.clicked.connect(self.reject)
        head.addWidget(close)
        return head


def _upwards(widget: QWidget | None) -> Iterator[QWidget]:
    while widget is not None:
        yield widget
        widget = widget.parentWidget()


def _stop_at(part: QWidget) -> QWidget | None:
    """The part itself or the first one in it that takes the keyboard."""
    for widget in (part, *part.findChildren(QWidget)):
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isVisible() and widget.isEnabled():
            return widget
    return None


def _stops_in(layout: QLayout) -> Iterator[QWidget]:
    """Every widget of a layout that takes Tab, in the order in which they are laid out."""
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            yield from _stops_in(inner)
        if widget is not None:
            yield from _stops_of(widget)


def _stops_of(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    content = widget.widget() if isinstance(widget, QScrollArea) else widget
    layout = content.layout() if content is not None else None
    if layout is not None:
        yield from _stops_in(layout)
