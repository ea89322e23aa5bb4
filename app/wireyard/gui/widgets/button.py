"""Buttons: six kinds with text, and the icon button of toolbars.

They paint themselves, so that icon, text and chevron sit where the design has them at every zoom.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QToolButton, QWidget

from wireyard.gui.theme.fonts import FontStyle
from wireyard.gui.theme.look import Look
from wireyard.gui.theme.tokens import TokenName
from wireyard.gui.widgets.chosen import outline_chosen

ButtonKind = Literal["primary", "plain", "ghost", "link", "danger", "warn"]
ButtonSize = Literal["small", "normal", "large", "hero"]


@dataclass(frozen=True, slots=True)
class _Paint:
    """The roles of one kind; hover and pressed are grounds of their own, or None for a tint of the text colour."""

    ground: TokenName | None
    hover: TokenName | None
    pressed: TokenName | None
    border: TokenName | None
    text: TokenName


@dataclass(frozen=True, slots=True)
class _Metrics:
    height: int
    padding: int
    radius: int
    font: FontStyle


_KINDS: dict[ButtonKind, _Paint] = {
    "primary": _Paint("accent", "accent.hover", "accent.pressed", None, "on.accent"),
    "plain": _Paint("bg.raised", "bg.hover", "bg.pressed", "border.2", "text.1"),
    "ghost": _Paint(None, "bg.hover", "bg.pressed", None, "text.2"),
    "link": _Paint(None, "bg.hover", "bg.pressed", None, "accent.text"),
    "danger": _Paint("err.bg", None, None, "err", "err"),
    "warn": _Paint("warn.bg", None, None, "warn", "warn"),
}
_SIZES: dict[ButtonSize, _Metrics] = {
    "small": _Metrics(28, 10, 7, "small.medium"),
    "normal": _Metrics(30, 12, 7, "body.medium"),
    "large": _Metrics(36, 14, 8, "body.strong"),
    "hero": _Metrics(44, 18, 8, "body.strong"),
}
_ICON = 16
_CHEVRON = 12
_GAP = 8
_TIGHT_GAP = 5


class Button(QPushButton):
    """A push button with text, an optional icon before it and an optional chevron after it."""

    def __init__(
        self,
        look: Look,
        text: str,
        kind: ButtonKind = "plain",
        *,
        icon: str = "",
        size: ButtonSize = "normal",
        chevron: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._look = look
        self._kind: ButtonKind = kind
        self._icon_name = icon
        self._size: ButtonSize = size
        self._has_chevron = chevron
        self._reserved = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAutoDefault(False)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    @property
    def kind(self) -> ButtonKind:
        return self._kind

    def set_kind(self, kind: ButtonKind) -> None:
        if kind != self._kind:
            self._kind = kind
            self.update()

    def set_icon(self, name: str) -> None:
        if name != self._icon_name:
            self._icon_name = name
            self.updateGeometry()
            self.update()

    def reserve_right(self, width: int) -> None:
        """Keep ``width`` pixels at the right free, for a caret button that stands on this one."""
        if width != self._reserved:
            self._reserved = width
            self.update()

    def sizeHint(self) -> QSize:
        metrics, look = _SIZES[self._size], self._look
        padding = 4 if self._kind == "link" else metrics.padding - 2 * (self._kind == "ghost")
        return QSize(round(self._content_width()) + 2 * look.px(padding), look.px(metrics.height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        return self.rect().contains(pos)  # type: ignore[arg-type]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        self._paint_content(painter)

    def _on_look_changed(self) -> None:
        self.setFont(self._look.font(_SIZES[self._size].font))
        self.updateGeometry()
        self.update()

    def _paint_ground(self, painter: QPainter) -> None:
        look, paint = self._look, _KINDS[self._kind]
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = look.px(_SIZES[self._size].radius)
        role = paint.ground
        if not self.isEnabled():
            role = "bg.hover" if paint.ground == "accent" else paint.ground
        elif self.isDown():
            role = paint.pressed or paint.ground
        elif self.isChecked():
            role = "accent.bg"
        elif self.underMouse():
            role = paint.hover or paint.ground
        edge = look.color(paint.border) if paint.border else None
        if edge is not None and not self.isEnabled():
            edge = look.color("border.2")
        painter.setPen(QPen(edge, 1) if edge is not None else Qt.PenStyle.NoPen)
        painter.setBrush(look.color(role) if role else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect if edge is not None else QRectF(self.rect()), radius, radius)
        if self.isChecked():
            outline_chosen(painter, look, QRectF(self.rect()), radius)
        if paint.hover is None and self.isEnabled() and (self.underMouse() or self.isDown()):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.tint(paint.text, 0.14 if self.isDown() else 0.07))
            painter.drawRoundedRect(rect, radius, radius)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _clicked_by_enter(self, event):
            super().keyPressEvent(event)

    def _paint_content(self, painter: QPainter) -> None:
        look, dpr = self._look, self.devicePixelRatioF()
        role = self._text_role()
        area = QRect(0, 0, self.width() - self._reserved, self.height())
        x = area.x() + max(look.px(4), (area.width() - self._content_width()) / 2)
        if self._icon_name:
            pixmap = look.pixmap(self._icon_name, "text.2" if role == "text.1" else role, _ICON, dpr)
            painter.drawPixmap(QPointF(round(x), round((self.height() - look.px(_ICON)) / 2)), pixmap)
            x += look.px(_ICON) + self._gap()
        painter.setFont(self.font())
        painter.setPen(look.color(role))
        width = self.fontMetrics().horizontalAdvance(self._plain_text())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic
        painter.drawText(QRectF(x, 0, width + 2, self.height()), flags, self.text())
        if self._has_chevron:
            x += width + look.px(4)
            chevron = look.pixmap("chevron-down", "text.3" if role == "text.1" else role, _CHEVRON, dpr)
            painter.drawPixmap(QPointF(round(x), round((self.height() - look.px(_CHEVRON)) / 2)), chevron)

    def _text_role(self) -> TokenName:
        if not self.isEnabled():
            return "text.3"
        if self._kind == "ghost" and self.isChecked():
            return "accent.text"
        return _KINDS[self._kind].text

    def _plain_text(self) -> str:
        return self.text().replace("&&", "\0").replace("&", "").replace("\0", "&")

    def _gap(self) -> int:
        if not self.text():
            return 0
        return self._look.px(_TIGHT_GAP if self._reserved else _GAP)

    def _content_width(self) -> float:
        look = self._look
        width: float = self.fontMetrics().horizontalAdvance(self._plain_text())
        if self._icon_name:
            width += look.px(_ICON) + self._gap()
        if self._has_chevron:
            width += look.px(4 + _CHEVRON)
        return width


class IconButton(QToolButton):
    """A square tool button: no text, so a name for screen readers and a tool tip are part of it.

    ``shortcut`` is only told in the tool tip. A checkable one stands on the accent's tint while it is on.
    """

    def __init__(
        self,
        look: Look,
        icon: str,
        name: str,
        *,
        shortcut: str = "",
        size: int = 28,
        icon_size: int = 16,
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._icon_name = icon
        self._side = size
        self._icon_side = icon_size
        self._role: TokenName = "text.2"
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoRaise(True)
        self.set_name(name, shortcut)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def set_name(self, name: str, shortcut: str = "") -> None:
        """Change what it is called, as its function changes (Pause, Resume)."""
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({shortcut})" if shortcut else name)

    def set_icon(self, icon: str) -> None:
        self._icon_name = icon
        self.update()

    def set_role(self, role: TokenName) -> None:
        """Draw the icon in another colour role, such as ``on.accent`` on a coloured ground."""
        self._role = role
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(self._side), self._look.px(self._side))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _clicked_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = self._ground()
        if ground is not None:
            radius = look.px(8 if self._side >= 36 else 6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        if self.isChecked():
            outline_chosen(painter, look, QRectF(self.rect()), look.px(6))
        role: TokenName = "accent.text" if self.isChecked() else self._role
        pixmap = look.pixmap(
            self._icon_name, role if self.isEnabled() else "text.off", self._icon_side, self.devicePixelRatioF()
        )
        side = look.px(self._icon_side)
        painter.drawPixmap(QPointF(round((self.width() - side) / 2), round((self.height() - side) / 2)), pixmap)

    def _on_look_changed(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()

    def _ground(self) -> QColor | None:
        look = self._look
        if not self.isEnabled():
            return None
        is_hot = self.underMouse() or self.isDown()
        if self._role not in ("text.2", "text.3"):
            return look.tint(self._role, 0.22 if self.isDown() else 0.12) if is_hot else None
        if self.isDown():
            return look.color("bg.pressed")
        if self.isChecked():
            return look.color("accent.bg")
        return look.color("bg.hover") if is_hot else None


def _clicked_by_enter(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Press the button that has the keyboard. Left to Qt, Enter on “Don't save” would press the default one: “Save”."""
    is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not is_plain:
        return False
    if not event.isAutoRepeat():
        button.click()
    return True
