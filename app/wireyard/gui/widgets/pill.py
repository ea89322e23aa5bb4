"""Pills: a few words on a tint, with an optional shape before them; one kind is a button."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QWidget

from wireyard.gui.theme.fonts import FontStyle
from wireyard.gui.theme.look import Look
from wireyard.gui.theme.tokens import TokenName
from wireyard.gui.widgets.spinner import Turning
from wireyard.gui.widgets.state import Shape, paint_shape

PillTone = Literal["ok", "warn", "err", "sent", "recv", "accent", "neutral"]


@dataclass(frozen=True, slots=True)
class _Roles:
    text: TokenName
    ground: TokenName
    dot: TokenName


_TONES: dict[PillTone, _Roles] = {
    "ok": _Roles("ok", "ok.bg", "ok.dot"),
    "warn": _Roles("warn", "warn.bg", "warn.dot"),
    "err": _Roles("err", "err.bg", "err.dot"),
    "sent": _Roles("sent", "sent.bg", "sent"),
    "recv": _Roles("recv", "recv.bg", "recv"),
    "accent": _Roles("accent.text", "accent.bg", "accent"),
    "neutral": _Roles("text.2", "bg.hover", "border.control"),
}
_PADDING = 8
_DOT = 7
_DOT_ROOM = 13
_DIGIT = re.compile(r"\d")


class Pill(QLabel):
    """Words on a tint. ``height`` is 20 in headers, 24 inside fields; 18 for tags in rows."""

    def __init__(
        self,
        look: Look,
        text: str = "",
        tone: PillTone = "neutral",
        *,
        shape: Shape | None = None,
        height: int = 20,
        style: FontStyle = "caption",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._look = look
        self._tone: PillTone = tone
        self._shape: Shape | None = shape
        self._height = height
        self._style: FontStyle = style
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def show_as(self, text: str, tone: PillTone, shape: Shape | None = None) -> None:
        """Change words, tone and shape together."""
        self._tone, self._shape = tone, shape
        self.setText(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return pill_size(self._look, self.text(), self._style, self._height, has_shape=self._shape is not None)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_pill(painter, self._look, QRectF(self.rect()), self.text(), self._tone, self._style, self._shape)

    def _on_look_changed(self) -> None:
        self.setFont(self._look.font(self._style))
        self.updateGeometry()
        self.update()


class PillButton(QAbstractButton):
    """A pill that may be pressed; while not ``is_link`` it takes no focus and reads as plain words.

    With a ``ground`` it paints what is behind it too: a clock that ticks in it then repaints nothing else.
    """

    def __init__(
        self,
        look: Look,
        *,
        height: int = 24,
        style: FontStyle = "small.strong",
        ground: TokenName | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._ground: TokenName | None = ground
        self._text = ""
        self._tone: PillTone = "neutral"
        self._shape: Shape | None = None
        self._height = height
        self._style: FontStyle = style
        self._turning = Turning(look, self)
        self._spins = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_link(is_link=False)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    @property
    def tone(self) -> PillTone:
        return self._tone

    @property
    def shape(self) -> Shape | None:
        return self._shape

    def show_as(self, text: str, tone: PillTone, shape: Shape | None, *, spins: bool = False) -> None:
        """Change words, tone and shape together; ``spins`` turns an arc while the pill is seen."""
        if (text, tone, shape, spins) == (self.text(), self._tone, self._shape, self._spins):
            return
        before = self.sizeHint()
        self._text, self._tone, self._shape, self._spins = text, tone, shape, spins
        self.setAccessibleName(text)
        if self.sizeHint() != before:
            self.updateGeometry()
        self._turning.run(spins and self.isVisible())
        self.update()

    def text(self) -> str:
        """Its words. Kept here, for Qt lays out the whole row anew when a button's own text is set."""
        return self._text

    def set_link(self, *, is_link: bool) -> None:
        """Say whether pressing it leads somewhere."""
        if is_link == (self.focusPolicy() == Qt.FocusPolicy.TabFocus):
            return
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if is_link else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_link else Qt.CursorShape.ArrowCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover, is_link)

    def sizeHint(self) -> QSize:
        # Digits count as the widest one, so that a clock does not change the layout with every second.
        text = _DIGIT.sub(_widest_digit(self._look, self._style), self.text())
        return pill_size(self._look, text, self._style, self._height, has_shape=self._shape is not None)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def showEvent(self, event: QShowEvent) -> None:
        self._turning.run(self._spins)

    def hideEvent(self, event: QHideEvent) -> None:
        self._turning.run(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self._ground is not None:
            painter.fillRect(rect, self._look.color(self._ground))
            # A style sheet takes this away whenever it is set; the next second's repaint is the first to profit.
            self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        shape: Shape | None = self._shape
        text = self.text()
        paint_pill(painter, self._look, rect, text, self._tone, self._style, shape, self._turning.turn)
        if self.focusPolicy() != Qt.FocusPolicy.NoFocus and (self.underMouse() or self.isDown()):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.tint(_TONES[self._tone].text, 0.1))
            radius = self._look.px(8)
            painter.drawRoundedRect(rect, radius, radius)

    def _on_look_changed(self) -> None:
        self.setFont(self._look.font(self._style))
        self.updateGeometry()
        self.update()


def _widest_digit(look: Look, style: FontStyle) -> str:
    return max("0123456789", key=look.metrics(style).horizontalAdvance)


def pill_size(look: Look, text: str, style: FontStyle, height: int, *, has_shape: bool) -> QSize:
    """How large a pill is with these words."""
    width = look.metrics(style).horizontalAdvance(text) + 2 * look.px(_PADDING)
    return QSize(round(width + (look.px(_DOT_ROOM) if has_shape else 0) + 1), look.px(height))


def paint_pill(
    painter: QPainter,
    look: Look,
    rect: QRectF,
    text: str,
    tone: PillTone,
    style: FontStyle,
    shape: Shape | None = None,
    turn: float = 0.0,
) -> None:
    """Paint a pill into ``rect``, for delegates and widgets alike."""
    roles = _TONES[tone]
    radius = look.px(6 if rect.height() <= look.px(20) else 8)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color(roles.ground))
    painter.drawRoundedRect(rect, radius, radius)
    x = rect.x() + look.px(_PADDING)
    if shape is not None:
        center = QPointF(x + look.px(_DOT) / 2, rect.center().y())
        paint_shape(painter, look, center, shape, roles.dot, look.px(_DOT + (shape == "arc")), turn)
        x += look.px(_DOT_ROOM)
    painter.setPen(look.color(roles.text))
    painter.setFont(look.font(style))
    painter.drawText(
        QRectF(x, rect.y(), rect.right() - x, rect.height()),
        Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
        text,
    )
