"""The picture of a tab that follows the pointer while the tab is dragged out of its bar."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

_OPACITY = 0.85


class TabGhost(QLabel):
    """Seen while the tab is outside. On Wayland, which places no windows for us, the pointer's shape alone tells."""

    def __init__(self, bar: QWidget) -> None:
        flags = Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowTransparentForInput
        super().__init__(bar, flags)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWindowOpacity(_OPACITY)
        self._bar = bar
        self._grip = QPoint()

    def take(self, picture: QPixmap, grip: QPoint) -> None:
        """Look like this, held at this point of it."""
        self._grip = grip
        self.setPixmap(picture)
        self.resize(picture.deviceIndependentSize().toSize())

    def follow(self, pointer: QPoint) -> None:
        """The pointer is here on the screen, outside of the bar."""
        self._bar.setCursor(Qt.CursorShape.DragMoveCursor)
        if not QGuiApplication.platformName().startswith("wayland"):
            self.move(pointer - self._grip)
            self.show()

    def vanish(self) -> None:
        """The tab is in its bar again, or gone."""
        self._bar.unsetCursor()
        self.hide()
