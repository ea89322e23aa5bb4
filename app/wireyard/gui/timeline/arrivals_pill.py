"""What floats over the end of the list while Follow is off: the count of new messages, over a fade."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from wireyard.gui.theme.look import Look

FADE_HEIGHT = 72
HEIGHT = 28
BOTTOM = 12
MAX_COUNT = 999
_SHADOW = 18
_SHADOW_DROP = 4


class Fade(QWidget):
    """Lets the last rows go under the pill. The mouse goes through it."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        gradient = QLinearGradient(0, 0, 0, self.height())
        gradient.setColorAt(0, self._look.tint("bg.surface", 0.0))
        gradient.setColorAt(0.75, self._look.tint("bg.surface", 0.96))
        gradient.setColorAt(1, self._look.tint("bg.surface", 0.96))
        QPainter(self).fillRect(self.rect(), gradient)


class ArrivalsPill(QAbstractButton):
    """``↓ 128 new messages``. A click goes to the newest."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._fade = Fade(look, parent)
        self._area = QRect()
        self._fade.hide()
        self.hide()
        # The list keeps the keyboard: End does the same as this.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setToolTip(self.tr("Go to the newest (End)"))
        look.changed.connect(self._on_look_changed)

    def show_unseen(self, count: int) -> None:
        """Tell how many rows came below what is seen; 0 hides it."""
        text = self._words(count)
        if text and text != self.text():
            self.setText(text)
            self.setAccessibleName(text)
            self._place()
            self.update()
        self._fade.setVisible(bool(text))
        self.setVisible(bool(text))

    def place_in(self, area: QRect) -> None:
        """Stand at the bottom middle of ``area``, in the parent's coordinates."""
        self._area = area
        self._place()

    def sizeHint(self) -> QSize:
        look = self._look
        width = look.metrics("small.strong").horizontalAdvance(self.text()) + look.px(14 + 6 + 14 + 16)
        margin = look.px(_SHADOW)
        return QSize(round(width) + 2 * margin, look.px(HEIGHT) + 2 * margin)

    def hitButton(self, pos: object) -> bool:
        return self._body().contains(pos)  # type: ignore[arg-type]

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        body = QRectF(self._body())
        radius = body.height() / 2
        self._paint_shadow(painter, body, radius)
        painter.setBrush(
            look.color("accent.pressed" if self.isDown() else "accent.hover" if self.underMouse() else "accent")
        )
        painter.drawRoundedRect(body, radius, radius)
        spot = QPointF(body.left() + look.px(14), round(body.center().y() - look.px(7)))
        painter.drawPixmap(spot, look.pixmap("arrow-down", "on.accent", 14, self.devicePixelRatioF(), 1.8))
        painter.setFont(look.font("small.strong"))
        painter.setPen(look.color("on.accent"))
        painter.drawText(body.adjusted(look.px(14 + 14 + 6), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())

    @Slot()
    def _on_look_changed(self) -> None:
        self._place()
        self.update()

    def _words(self, count: int) -> str:
        if count <= 0:
            return ""
        if count == 1:
            return self.tr("1 new message")
        return self.tr("{0} new messages").format(f"{MAX_COUNT}+" if count > MAX_COUNT else str(count))

    def _place(self) -> None:
        look, area = self._look, self._area
        size, margin = self.sizeHint(), look.px(_SHADOW)
        left = area.left() + (area.width() - size.width()) // 2
        top = area.bottom() + 1 - look.px(BOTTOM) - size.height() + margin
        self.setGeometry(left, top, size.width(), size.height())
        fade = min(area.height(), look.px(FADE_HEIGHT))
        self._fade.setGeometry(area.left(), area.bottom() + 1 - fade, area.width(), fade)
        self.raise_()

    def _body(self) -> QRect:
        margin = self._look.px(_SHADOW)
        return self.rect().adjusted(margin, margin, -margin, -margin)

    def _paint_shadow(self, painter: QPainter, body: QRectF, radius: float) -> None:
        # A graphics effect would draw the pill twice into a bitmap whenever the count goes up. Rings that fade out
        # with the square of their distance look like its blur.
        reach, drop = self._look.px(_SHADOW - _SHADOW_DROP), self._look.px(_SHADOW_DROP)
        for spread in range(reach, -1, -1):
            painter.setBrush(self._look.tint("shadow", 0.035 * (1 - spread / (reach + 1)) ** 2))
            grown = body.adjusted(-spread, drop - spread, spread, drop + spread)
            painter.drawRoundedRect(grown, radius + spread, radius + spread)
