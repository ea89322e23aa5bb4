"""Short notices at the bottom right: what just happened, with one action where it can be undone or looked at."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QSizePolicy, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button, IconButton
from wireyard.gui.widgets.focus_back import FocusBack
from wireyard.gui.widgets.label import Label

MAX_TOASTS = 3
ACTION_MS = 8000
PLAIN_MS = 4000
_MARGIN = 16
_MAX_WIDTH = 480


class Toasts(QObject):
    """The toasts of one window. ``clear_below`` keeps that much room free at the bottom, for the status bar."""

    def __init__(self, look: Look, window: QWidget, *, clear_below: int = 28) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self._clear_below = clear_below
        self._toasts: list[Toast] = []
        window.installEventFilter(self)

    @property
    def shown(self) -> tuple[Toast, ...]:
        """What is on the screen, oldest first."""
        return tuple(self._toasts)

    def show_toast(self, text: str, action: str = "", on_action: Callable[[], None] | None = None) -> Toast:
        """Say ``text``; with an ``action`` it stays 8 seconds and calls ``on_action`` when pressed."""
        while len(self._toasts) >= MAX_TOASTS:
            self._toasts[0].dismiss()
        toast = Toast(self._look, text, action, on_action, self._window)
        toast.dismissed.connect(self._on_dismissed)
        self._toasts.append(toast)
        self._arrange()
        toast.appear()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._window, text))
        return toast

    def take_offer(self) -> None:
        """Do what the newest notice offers, as its button does."""
        toast = next((toast for toast in reversed(self._toasts) if toast.has_offer), None)
        if toast is not None:
            toast.take_offer()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return False

    @Slot(QObject)
    def _on_dismissed(self, toast: QObject) -> None:
        self._toasts = [one for one in self._toasts if one is not toast]
        self._arrange()

    def _arrange(self) -> None:
        look, window = self._look, self._window
        bottom = window.height() - look.px(self._clear_below + _MARGIN)
        for toast in reversed(self._toasts):
            size = toast.fitting_size(min(look.px(_MAX_WIDTH), window.width() - 2 * look.px(_MARGIN)))
            toast.resize(size)
            toast.move(window.width() - size.width() - look.px(_MARGIN), bottom - size.height())
            toast.raise_()
            bottom -= size.height() + look.px(8)


class Toast(QFrame):
    """One notice. Its time stands still while the pointer or the keyboard is on it."""

    dismissed = Signal(QObject)

    def __init__(
        self, look: Look, text: str, action: str, on_action: Callable[[], None] | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._on_action = on_action
        self._back = FocusBack(self)
        self.setProperty("frame", "card")
        self.setAccessibleName(text)
        self._row = QHBoxLayout(self)
        self._label = Label(look, text, wraps=True)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._row.addWidget(self._label, 1)
        if action:
            button = Button(look, action, "link")
            button.clicked.connect(self.take_offer)
            self._row.addWidget(button)
        close = IconButton(look, "close", self.tr("Dismiss"), size=24, icon_size=14)
        close.clicked.connect(self.dismiss)
        self._row.addWidget(close)
        self._row.setContentsMargins(look.px(16), look.px(9), look.px(10), look.px(9))
        self._row.setSpacing(look.px(8))
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(look.px(18))
        shadow.setOffset(0, look.px(4))
        shadow.setColor(look.color("shadow"))
        self.setGraphicsEffect(shadow)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.dismiss)
        self._left_ms = ACTION_MS if action else PLAIN_MS
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    @property
    def text(self) -> str:
        return self._label.text()

    @property
    def is_waiting(self) -> bool:
        """Whether its time is running."""
        return self._timer.isActive()

    @property
    def has_offer(self) -> bool:
        """Whether there is something that it can do."""
        return self._on_action is not None

    def appear(self) -> None:
        """Show it and start its time."""
        self.show()
        self._run()

    def fitting_size(self, max_width: int) -> QSize:
        """Its size, no wider than ``max_width``."""
        # A label that may wrap asks for a square; on one line it reads better.
        words = round(self._look.metrics("body").horizontalAdvance(self.text)) + 2
        others = self.sizeHint().width() - self._label.sizeHint().width()
        width = min(words + others, max_width)
        return QSize(width, self.heightForWidth(width))

    @Slot()
    def dismiss(self) -> None:
        """Take it away now."""
        self._timer.stop()
        self._back.give_back(self)
        self.hide()
        self.dismissed.emit(self)
        self.deleteLater()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hold()

    def leaveEvent(self, event: QEvent) -> None:
        if not self._has_focus():
            self._run()

    @Slot()
    def take_offer(self) -> None:
        """Do what it offers, and go."""
        self.dismiss()
        if self._on_action is not None:
            self._on_action()

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        if not self.isVisible():
            return
        if self._has_focus():
            self._hold()
        elif old is not None and self.isAncestorOf(old) and not self.underMouse():
            self._run()

    def _has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def _hold(self) -> None:
        if self._timer.isActive():
            self._left_ms = max(1000, self._timer.remainingTime())
            self._timer.stop()

    def _run(self) -> None:
        self._timer.start(self._left_ms)
