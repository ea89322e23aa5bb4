"""A splitter whose handle is one pixel to see and seven to grab; a double click puts it back."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from wireyard.gui.theme.look import Look

GRAB_MARGIN = 3


class Splitter(QSplitter):
    """``reset_requested`` asks the owner for the default sizes, which only it knows."""

    reset_requested = Signal()

    def __init__(self, look: Look, orientation: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self._look = look
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        look.changed.connect(self.update)

    @property
    def look(self) -> Look:
        return self._look

    def createHandle(self) -> QSplitterHandle:
        return _Handle(self)


class _Handle(QSplitterHandle):
    def __init__(self, splitter: Splitter) -> None:
        super().__init__(splitter.orientation(), splitter)
        self._splitter = splitter
        self.setAttribute(Qt.WidgetAttribute.WA_MouseNoMask)
        self._widen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Qt's own handler widens thin handles to five pixels; the design asks for seven.
        self._widen()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = self._splitter.look
        painter.fillRect(self.contentsRect(), look.color("accent" if self.underMouse() else "border"))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._splitter.reset_requested.emit()

    def _widen(self) -> None:
        is_upright = self.orientation() == Qt.Orientation.Horizontal
        margin = GRAB_MARGIN
        if is_upright:
            self.setContentsMargins(margin, 0, margin, 0)
        else:
            self.setContentsMargins(0, margin, 0, margin)
        self.setMask(QRegion(QRect(self.contentsRect())))
