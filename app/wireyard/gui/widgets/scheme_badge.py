"""The badge before the address: WS or WSS, and the menu that changes it."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from wireyard.gui.theme.look import Look

_SCHEME = re.compile(r"\s*(?:([A-Za-z][A-Za-z0-9+.-]*):/*)?")
_SECURE = {"ws": False, "http": False, "wss": True, "https": True}


class SchemeBadge(QToolButton):
    """``scheme_chosen`` carries ``ws`` or ``wss``. Plain is grey, secure is in the accent."""

    scheme_chosen = Signal(str)

    def __init__(self, look: Look, height: int = 28, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._height = height
        self._is_secure = True
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        group = QActionGroup(self)
        self._actions: dict[bool, QAction] = {}
        for is_secure, text in ((False, self.tr("WS  not encrypted")), (True, self.tr("WSS  encrypted with TLS"))):
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setData("wss" if is_secure else "ws")
            group.addAction(action)
            self._actions[is_secure] = action
        group.triggered.connect(self._on_triggered)
        self.setMenu(menu)
        look.changed.connect(self._on_look_changed)
        self.show_secure(is_secure=True)

    @property
    def is_secure(self) -> bool:
        return self._is_secure

    def show_secure(self, *, is_secure: bool) -> None:
        self._is_secure = is_secure
        self._actions[is_secure].setChecked(True)
        name = self.tr("Scheme: WSS, encrypted") if is_secure else self.tr("Scheme: WS, not encrypted")
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = self._look
        width = look.metrics("small.strong").horizontalAdvance(self._word)
        return QSize(round(width) + look.px(12 + 4 + 12 + 10), look.px(self._height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        is_hot = self.isEnabled() and (self.underMouse() or self.isDown())
        ground = "accent.bg" if self._is_secure else "bg.hover"
        painter.setBrush(look.color("bg.pressed" if is_hot and not self._is_secure else ground))
        painter.drawRoundedRect(QRectF(self.rect()), look.px(6), look.px(6))
        role = "accent.text" if self._is_secure else "text.2"
        if is_hot and self._is_secure:
            painter.setBrush(look.tint(role, 0.09))
            painter.drawRoundedRect(QRectF(self.rect()), look.px(6), look.px(6))
        painter.setPen(look.color(role))
        painter.setFont(look.font("small.strong"))
        area = QRectF(self.rect()).adjusted(look.px(12), 0, 0, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self._word)
        chevron = look.pixmap("chevron-down", role, 12, self.devicePixelRatioF())
        painter.drawPixmap(self.width() - look.px(10 + 12), (self.height() - look.px(12)) // 2, chevron)

    @property
    def _word(self) -> str:
        return "WSS" if self._is_secure else "WS"

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.scheme_chosen.emit(action.data())

    @Slot()
    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()


def typed_scheme(text: str) -> bool | None:
    """Whether the scheme that was typed is a secure one; None when there is none, or not yet."""
    found = _SCHEME.match(text)
    name = (found[1] or "").lower() if found else ""
    return _SECURE.get(name)


def with_scheme(text: str, scheme: str) -> str:
    """The address with its scheme changed, or put before it."""
    found = re.match(r"\s*(?:(?:wss?|https?):/*)?", text, re.IGNORECASE)
    return f"{scheme}://{text[found.end() if found else 0 :]}"
