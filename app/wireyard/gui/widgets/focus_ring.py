"""The focus ring: two pixels, in high contrast three, two outside the control that has the keyboard.

One transparent overlay for each window. A control can't paint outside itself, and style sheets would have to make room
for the ring in every control. A widget may say where its ring goes with a ``focus_rect`` method, or with the property
``focusRing``: ``none`` when it shows the focus by itself, as fields with a box (``boxed``) do, and ``outside`` when it
scrolls but has room around it; else the ring of what scrolls lies within.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from wireyard.gui.theme.look import Look

_DISTANCE = 2
_RADIUS = 9
_MOVES = frozenset(
    (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.EnabledChange)
)


class FocusRing(QWidget):
    """Follows the keyboard focus inside one window; focus by mouse shows no ring."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("")
        self.hide()
        # Following at once would measure widgets whose layout is still to come.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._place)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)
        look.changed.connect(self._soon.start)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self._soon.start()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self._look.ring_px
        painter.setPen(QPen(self._look.color("focus.ring"), width))
        radius, inset = self._look.px(_RADIUS), width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        self._unwatch()
        by_mouse = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        is_ours = now is not None and now is not self._window and self._window.isAncestorOf(now)
        if now is None or not is_ours or by_mouse or _shows_it_itself(now):
            self._target = None
            self.hide()
            return
        self._target = now
        self._watch(now)
        self._soon.start()

    @Slot()
    def _place(self) -> None:
        target = self._target
        if target is None or not isValid(target) or not target.isVisible() or target.visibleRegion().isEmpty():
            self.hide()
            return
        area = _ring_area(target, self._look.ring_px)
        self.setGeometry(QRect(target.mapTo(self._window, area.topLeft()), area.size()))
        self._cut_out_middle()
        self.raise_()
        self.show()
        self.update()

    def _cut_out_middle(self) -> None:
        """Cover only the ring itself, so that nothing under its middle is painted twice."""
        # A round corner reaches in by 0.3 of its radius.
        width = self._look.ring_px + 1 + round(self._look.px(_RADIUS) * 0.3)
        middle = self.rect().adjusted(width, width, -width, -width)
        self.setMask(QRegion(self.rect()) - QRegion(middle))

    def _watch(self, target: QWidget) -> None:
        widget: QWidget | None = target
        while widget is not None and widget is not self._window:
            widget.installEventFilter(self)
            widget.destroyed.connect(self._on_destroyed)
            self._watched.append(widget)
            widget = widget.parentWidget()

    def _unwatch(self) -> None:
        for widget in self._watched:
            # One that is being destroyed tells the change of focus before it tells its end.
            if isValid(widget):
                widget.removeEventFilter(self)
                widget.destroyed.disconnect(self._on_destroyed)
        self._watched.clear()

    @Slot()
    def _on_destroyed(self) -> None:
        # The watched ones are one another's parents: once one is gone, none may be touched.
        self._watched.clear()
        self._target = None
        self.hide()


def _shows_it_itself(widget: QWidget) -> bool:
    return widget.property("focusRing") == "none" or widget.property("boxed") == "1"


def _ring_area(target: QWidget, width: int) -> QRect:
    own = getattr(target, "focus_rect", None)
    if callable(own):
        rect = own()
        if isinstance(rect, QRect):
            return rect.adjusted(-width, 0, width, 0)
    if isinstance(target, QAbstractScrollArea) and target.property("focusRing") != "outside":
        return target.rect()
    outside = _DISTANCE + width
    return target.rect().adjusted(-outside, -outside, outside, outside)
