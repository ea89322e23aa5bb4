"""The rail at the window's left edge: the app mark, which opens the menu; the views; theme and settings below."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QVBoxLayout

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import IconButton
from wireyard.gui.widgets.frames import Panel

_WIDTH = 52
_MARK = 28


class AppMark(QAbstractButton):
    """The program's mark; it opens the menu that other programs keep in a menu bar."""

    def __init__(self, look: Look, menu: QMenu) -> None:
        super().__init__()
        self._look = look
        self._menu = menu
        self.setAccessibleName(self.tr("Menu"))
        self.setToolTip(self.tr("Menu (F10)"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self.open_menu)
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(_MARK), self._look.px(_MARK))

    @Slot()
    def open_menu(self) -> None:
        """Open the menu below the mark."""
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("accent.hover" if self.underMouse() else "accent"))
        painter.drawRoundedRect(QRectF(self.rect()), look.px(8), look.px(8))
        pixmap = look.pixmap("swap", "on.accent", 18, self.devicePixelRatioF(), 1.6)
        size = pixmap.deviceIndependentSize()
        painter.drawPixmap(int((self.width() - size.width()) / 2), int((self.height() - size.height()) / 2), pixmap)


class Rail(Panel):
    """``theme_requested`` and ``settings_requested`` tell of its two lower buttons.

    ``view_requested`` carries the name of a view of the sidebar, or ``environments``, which have a sheet.
    """

    theme_requested = Signal()
    settings_requested = Signal()
    view_requested = Signal(str)

    def __init__(self, look: Look, menu: QMenu) -> None:
        super().__init__("bg.app", "right")
        self._look = look
        self._marked = ""
        self.mark = AppMark(look, menu)
        self._theme = IconButton(look, "moon", self.tr("Theme"), size=36, icon_size=18)
        self._settings = IconButton(look, "sliders", self.tr("Settings"), shortcut="Ctrl+,", size=36, icon_size=18)
        self._theme.clicked.connect(self.theme_requested)
        self._settings.clicked.connect(self.settings_requested)
        self._views = {
            "collections": self._view("folder", self.tr("Collections"), "Alt+Shift+C", checkable=True),
            "environments": self._view("braces", self.tr("Environments"), "Ctrl+Shift+V", checkable=False),
            "history": self._view("clock", self.tr("History"), "Alt+Shift+H", checkable=True),
        }
        for name, button in self._views.items():
            button.clicked.connect(partial(self._on_view_clicked, name))
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addSpacing(8)
        for button in self._views.values():
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        self._column.addWidget(self._theme, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addWidget(self._settings, 0, Qt.AlignmentFlag.AlignHCenter)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def show_view(self, name: str) -> None:
        """Mark the view that the sidebar shows; empty for none."""
        self._marked = name
        for each, button in self._views.items():
            if button.isCheckable():
                button.setChecked(each == name)

    def _view(self, icon: str, name: str, keys: str, *, checkable: bool) -> IconButton:
        return IconButton(self._look, icon, name, shortcut=keys, size=36, icon_size=18, checkable=checkable)

    def _on_view_clicked(self, name: str, _checked: bool = False) -> None:
        self.show_view(self._marked)  # what is marked is what the sidebar shows, not what was pressed
        self.view_requested.emit(name)

    @Slot()
    def _on_look_changed(self) -> None:
        px = self._look.px
        self._column.setContentsMargins(0, px(8), 0, px(8))
        self._column.setSpacing(px(4))
        self.setFixedWidth(self._look.px(_WIDTH))
        self._theme.set_icon("sun" if self._look.is_dark else "moon")
        self._theme.set_name(
            self.tr("Use the light theme") if self._look.is_dark else self.tr("Use the dark theme"),
        )
