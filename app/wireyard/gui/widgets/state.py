"""The states of a connection as the window shows them: always a word, a shape and a colour together."""

from __future__ import annotations

import enum
from typing import Literal

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.theme.tokens import TokenName

Shape = Literal["ring", "arc", "dashes", "halo", "triangle", "disc"]


class ConnectionState(enum.Enum):
    """What a tab's connection is doing."""

    IDLE = "idle"
    CONNECTING = "connecting"
    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"
    ERROR = "error"
    WAITING = "waiting"


SHAPES: dict[ConnectionState, Shape] = {
    ConnectionState.IDLE: "ring",
    ConnectionState.CONNECTING: "arc",
    ConnectionState.OPEN: "halo",
    ConnectionState.CLOSING: "arc",
    ConnectionState.CLOSED: "ring",
    ConnectionState.ERROR: "triangle",
    ConnectionState.WAITING: "dashes",
}
DOT_ROLES: dict[ConnectionState, TokenName] = {
    ConnectionState.IDLE: "border.control",
    ConnectionState.CONNECTING: "warn.dot",
    ConnectionState.OPEN: "ok.dot",
    ConnectionState.CLOSING: "warn.dot",
    ConnectionState.CLOSED: "border.control",
    ConnectionState.ERROR: "err.dot",
    ConnectionState.WAITING: "warn.dot",
}


def state_word(state: ConnectionState) -> str:
    """The state in one word or two, for accessible names."""
    words = {
        ConnectionState.IDLE: QCoreApplication.translate("State", "not connected"),
        ConnectionState.CONNECTING: QCoreApplication.translate("State", "connecting"),
        ConnectionState.OPEN: QCoreApplication.translate("State", "connection open"),
        ConnectionState.CLOSING: QCoreApplication.translate("State", "closing"),
        ConnectionState.CLOSED: QCoreApplication.translate("State", "connection closed"),
        ConnectionState.ERROR: QCoreApplication.translate("State", "connection failed"),
        ConnectionState.WAITING: QCoreApplication.translate("State", "waiting to reconnect"),
    }
    return words[state]


def paint_shape(
    painter: QPainter,
    look: Look,
    center: QPointF,
    shape: Shape,
    role: TokenName,
    diameter: float,
    turn: float = 0.0,
) -> None:
    """Draw one state's shape; ``diameter`` in pixels as zoomed, ``turn`` 0 to 1 rotates an arc."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    color, radius = look.color(role), diameter / 2
    if shape == "ring":
        painter.setPen(QPen(color, diameter * 0.19))
        painter.drawEllipse(center, radius * 0.82, radius * 0.82)
    elif shape == "arc":
        painter.setPen(QPen(color, diameter * 0.22, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        box = QRectF(center.x() - radius * 0.86, center.y() - radius * 0.86, diameter * 0.86, diameter * 0.86)
        painter.drawArc(box, round(-turn * 360 * 16), 260 * 16)
    elif shape == "dashes":
        painter.setPen(QPen(color, diameter * 0.22, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        box = QRectF(center.x() - radius * 0.86, center.y() - radius * 0.86, diameter * 0.86, diameter * 0.86)
        for part in range(4):
            painter.drawArc(box, (part * 90 + 15) * 16, 60 * 16)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        if shape == "halo":
            painter.setBrush(look.tint(role, 0.235))
            painter.drawEllipse(center, radius * 1.6, radius * 1.6)
        painter.setBrush(color)
        if shape == "triangle":
            up, side = radius * 1.15, radius * 1.25
            x, y = center.x(), center.y()
            painter.drawPolygon(
                QPolygonF([QPointF(x, y - up), QPointF(x + side, y + up * 0.9), QPointF(x - side, y + up * 0.9)])
            )
        else:
            painter.drawEllipse(center, radius, radius)
    painter.restore()


class StateDot(QWidget):
    """One state's shape on its own; it always stands beside the word."""

    def __init__(
        self,
        look: Look,
        state: ConnectionState = ConnectionState.IDLE,
        diameter: float = 8,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._state = state
        self._diameter = diameter
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        look.changed.connect(self._fit)
        self._fit()

    def set_state(self, state: ConnectionState) -> None:
        if state is not self._state:
            self._state = state
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        center = QPointF(self.width() / 2, self.height() / 2)
        diameter = self._diameter * self._look.zoom_percent / 100
        paint_shape(painter, self._look, center, SHAPES[self._state], DOT_ROLES[self._state], diameter)

    def _fit(self) -> None:
        side = self._look.px(self._diameter * 1.75)
        self.setFixedSize(side, side)
        self.update()
