"""The colour of an environment as a role of the theme. A dot in it always stands beside the name."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap

from wireyard.gui.theme.icons import IconEngine
from wireyard.gui.theme.look import Look
from wireyard.gui.theme.tokens import TokenName
from wireyard.workspace.model import Color

COLORS: tuple[Color, ...] = ("", "green", "amber", "red", "blue", "violet")
DOT = 8
_ROLES: dict[str, TokenName] = {
    "green": "ok.dot",
    "amber": "warn.dot",
    "red": "err.dot",
    "blue": "syn.key",
    "violet": "var",
}


def color_name(color: str) -> str:
    """The colour in words."""
    names = {
        "": _tr("No colour"),
        "green": _tr("Green"),
        "amber": _tr("Amber"),
        "red": _tr("Red"),
        "blue": _tr("Blue"),
        "violet": _tr("Violet"),
    }
    return names.get(color, names[""])


def paint_dot(painter: QPainter, look: Look, color: str, center: QPointF) -> None:
    """Draw the dot of an environment; a hollow one where it has no colour."""
    radius = look.px(DOT) / 2
    role = _ROLES.get(color)
    if role is None:
        painter.setPen(QPen(look.color("border.control"), 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(center, radius - 0.6, radius - 0.6)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color(role))
    painter.drawEllipse(center, radius, radius)


def dot_icon(look: Look, color: str, *, is_chosen: bool = False) -> QIcon:
    """The dot as an icon of a menu or a list; with a check mark on it where it is the one in use.

    A menu of Qt shows either an icon or a check mark, hence both in one. It follows theme and pixel ratio by itself.
    """

    def source(area: QSize, dpr: float, _mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(round(area.width() * dpr), round(area.height() * dpr))
        pixmap.setDevicePixelRatio(dpr)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(area.width() / 2, area.height() / 2)
        if is_chosen:
            _paint_check(painter, look, color, middle, min(area.width(), area.height()))
        else:
            paint_dot(painter, look, color, middle)
        painter.end()
        return pixmap

    return QIcon(IconEngine(source))


def _paint_check(painter: QPainter, look: Look, color: str, center: QPointF, side: float) -> None:
    role = _ROLES.get(color, "text.2")
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color(role))
    painter.drawEllipse(center, side / 2, side / 2)
    painter.setPen(QPen(look.color("bg.raised"), side / 9, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
    mark = [QPointF(-0.20, 0.02), QPointF(-0.06, 0.16), QPointF(0.21, -0.14)]
    painter.drawPolyline([center + point * side for point in mark])


def _tr(text: str) -> str:
    return QCoreApplication.translate("Environments", text)
