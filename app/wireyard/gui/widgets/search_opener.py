"""The button in the strip of tabs that looks like a search field and opens the palette."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.kbd import Kbd

WIDTH = 212
NARROW_WIDTH = 36
HEIGHT = 30


class SearchOpener(QAbstractButton):
    """A glass, two words and the keys; where there is little room only the glass is left."""

    def __init__(self, look: Look, text: str, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._is_narrow = False
        self._kbd = Kbd(look, keys, self)
        self._kbd.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._row = QHBoxLayout(self)
        self._row.addStretch(1)
        self._row.addWidget(self._kbd)
        self.setText(text)
        self.setToolTip(f"{text} ({keys.replace(' ', '+')})")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        look.changed.connect(self._fit)
        self._fit()

    def set_narrow(self, is_narrow: bool) -> None:
        """Show the glass only, or everything."""
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._kbd.setVisible(not is_narrow)
            self._fit()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(NARROW_WIDTH if self._is_narrow else WIDTH), self._look.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("border"), 1))
        painter.setBrush(look.color("bg.hover" if self.underMouse() or self.isDown() else "bg.raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), look.px(7), look.px(7))
        pixmap = look.pixmap("search", "text.3", 14, self.devicePixelRatioF())
        side = look.px(14)
        x = (self.width() - side) / 2 if self._is_narrow else look.px(11)
        painter.drawPixmap(QPointF(round(x), round((self.height() - side) / 2)), pixmap)
        if not self._is_narrow:
            painter.setFont(look.font("small"))
            painter.setPen(look.color("text.3"))
            box = QRectF(look.px(33), 0, self._kbd.x() - look.px(37), self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self.text())

    @Slot()
    def _fit(self) -> None:
        self._row.setContentsMargins(0, 0, self._look.px(5), 0)
        self.setFixedSize(self.sizeHint())
        self.update()
