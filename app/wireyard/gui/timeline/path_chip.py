"""The chip beside the word Message: which part of each message the list shows; its menu edits and clears that."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from wireyard.gui.theme.look import Look

_HEIGHT = 20
_PADDING = 8
_GAP = 5
_CHEVRON = 12


class PathChip(QToolButton):
    """Hidden while there is no path. ``edit_chosen`` and ``clear_chosen`` follow its menu."""

    edit_chosen = Signal()
    clear_chosen = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._is_faulty = False
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(self)
        menu.addAction(self.tr("Edit preview path…")).triggered.connect(self.edit_chosen)
        menu.addAction(self.tr("Clear, show whole messages")).triggered.connect(self.clear_chosen)
        self.setMenu(menu)
        self.hide()

    def show_path(self, path: str, fault: str = "") -> None:
        """Show a path and why it can't be used, if so; hide where there is none."""
        self._is_faulty = bool(fault)
        self.setText(path)
        name = self.tr("Preview path {0}").format(path)
        self.setAccessibleName(f"{name}. {fault}" if fault else name)
        says = self.tr("Messages that have it show this part: {0}").format(path)
        self.setToolTip(self.tr("{0} is not a path. {1}").format(path, fault) if fault else says)
        self.setVisible(bool(path))
        self.update()

    def sizeHint(self) -> QSize:
        text = self._look.metrics("mono.small").horizontalAdvance(self.text())
        return QSize(round(text) + self._look.px(2 * _PADDING + _GAP + _CHEVRON), self._look.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_hot = self.underMouse() or self.isDown()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("warn.bg" if self._is_faulty else "bg.pressed" if is_hot else "bg.hover"))
        painter.drawRoundedRect(QRectF(self.rect()), look.px(5), look.px(5))
        side = look.px(_CHEVRON)
        right = self.width() - look.px(_PADDING) - side
        room = QRectF(look.px(_PADDING), 0, right - look.px(_PADDING + _GAP), self.height())
        # The end of a path says most.
        shown = look.metrics("mono.small").elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room.width() + 1)
        painter.setFont(look.font("mono.small"))
        tone = "warn" if self._is_faulty else "text.2"
        painter.setPen(look.color(tone))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        spot = QPointF(right, round((self.height() - side) / 2))
        painter.drawPixmap(spot, look.pixmap("chevron-down", tone, _CHEVRON, self.devicePixelRatioF()))
