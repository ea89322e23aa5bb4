"""The line of steps an attempt goes through, and where it stopped: each with sign, word and time."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from wireyard.gui.failure.facts import StepFacts, StepOutcome
from wireyard.gui.theme.look import Look
from wireyard.gui.theme.tokens import TokenName

_HEIGHT = 58
_RADIUS = 12
_ROLES: dict[StepOutcome, tuple[TokenName, TokenName, str]] = {
    "done": ("ok", "ok.bg", "check"),
    "failed": ("err", "err.bg", "close"),
    "unused": ("text.3", "bg.hover", "minus"),
    "unreached": ("text.3", "bg.hover", "minus"),
}


class Stepper(QWidget):
    """Paints the steps side by side; screen readers hear them as one sentence."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._steps: tuple[StepFacts, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    @property
    def steps(self) -> tuple[StepFacts, ...]:
        return self._steps

    def show_steps(self, steps: tuple[StepFacts, ...]) -> None:
        self._steps = steps
        self.setAccessibleName("; ".join(f"{step.name}: {step.detail}" for step in steps))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(480), self._look.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._steps:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self.width() / len(self._steps)
        for place in range(len(self._steps)):
            self._paint_step(painter, place, width)

    def _paint_step(self, painter: QPainter, place: int, width: float) -> None:
        look, step = self._look, self._steps[place]
        radius = look.px(_RADIUS)
        center = QPointF(place * width + look.px(14), look.px(14))
        if place + 1 < len(self._steps):
            is_ahead = self._steps[place + 1].outcome == "unreached"
            style = Qt.PenStyle.DashLine if is_ahead else Qt.PenStyle.SolidLine
            painter.setPen(QPen(look.color("border.2"), 1.5, style))
            end = (place + 1) * width - look.px(4)
            painter.drawLine(QPointF(center.x() + radius + look.px(4), center.y()), QPointF(end, center.y()))
        role, ground, icon = _ROLES[step.outcome]
        # In high contrast the tint is the ground's own colour: a line makes it a circle.
        painter.setPen(QPen(look.color(role), 1.5) if look.is_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(look.color(ground))
        edge = 1 if look.is_contrast else 0
        painter.drawEllipse(center, radius - edge, radius - edge)
        side = look.px(14)
        pixmap = look.pixmap(icon, role, 14, self.devicePixelRatioF(), stroke=1.7)
        painter.drawPixmap(QPointF(round(center.x() - side / 2), round(center.y() - side / 2)), pixmap)
        x, room = center.x() - radius, width - look.px(10)
        painter.setFont(look.font("small.strong"))
        painter.setPen(look.color("text.1" if step.outcome in ("done", "failed") else "text.3"))
        painter.drawText(QRectF(x, look.px(28), room, look.px(16)), Qt.AlignmentFlag.AlignVCenter, step.name)
        painter.setFont(look.font("status"))
        painter.setPen(look.color("err" if step.outcome == "failed" else "text.3"))
        detail = look.metrics("status").elidedText(step.detail, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(QRectF(x, look.px(43), room, look.px(15)), Qt.AlignmentFlag.AlignVCenter, detail)

    @Slot()
    def _on_look_changed(self) -> None:
        self.setFixedHeight(self._look.px(_HEIGHT))
        self.update()
