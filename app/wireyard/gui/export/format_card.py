"""One format to choose: a radio button that looks like a card."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.chosen import outline_chosen

_HEIGHT = 56


class FormatCard(QRadioButton):
    """Title and what it is good for."""

    def __init__(self, look: Look, title: str, purpose: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._look = look
        self._purpose = purpose
        self.setAccessibleName(title)
        self.setAccessibleDescription(purpose)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._on_look_changed)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(150), self._look.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(110), self._look.px(_HEIGHT))

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, is_on = self._look, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("accent" if is_on else "border"), 1))
        ground = "accent.bg" if is_on else "bg.hover" if self.underMouse() else "bg.raised"
        painter.setBrush(look.color(ground))
        radius = look.px(10)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if is_on:
            outline_chosen(painter, look, QRectF(self.rect()), radius)
        left, width = look.px(13), self.width() - look.px(18)
        painter.setFont(look.font("body.strong"))
        painter.setPen(look.color("text.1" if self.isEnabled() else "text.3"))
        painter.drawText(QRectF(left, look.px(10), width, look.px(18)), Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text.2"))
        painter.drawText(QRectF(left, look.px(28), width, look.px(17)), Qt.AlignmentFlag.AlignVCenter, self._purpose)

    @Slot()
    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()
