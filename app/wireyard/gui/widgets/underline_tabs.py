"""Tabs of a pane: words with a line under the chosen one, and a count or a dot where there is something to tell."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget

from wireyard.gui.theme.fonts import FontStyle
from wireyard.gui.theme.look import Look

DOT = "•"


class UnderlineTabs(QTabBar):
    """A tab bar painted by us, so that arrow keys, Home, End and the roles for screen readers stay Qt's."""

    def __init__(
        self,
        look: Look,
        names: tuple[str, ...] = (),
        *,
        label: str,
        height: int = 40,
        padding: int = 10,
        style: FontStyle = "body.medium",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._height = height
        self._padding = padding
        self._style: FontStyle = style
        self._badges: dict[int, str] = {}
        self.setAccessibleName(label)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for name in names:
            self.addTab(name)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def set_badge(self, index: int, badge: str) -> None:
        """Show a count, or `DOT`, behind a tab's name; nothing for an empty text."""
        if badge == self._badges.get(index, ""):
            return
        self._badges[index] = badge
        self.setAccessibleTabName(index, f"{self.tabText(index)}, {badge}" if badge not in ("", DOT) else "")
        self._on_look_changed()

    def focus_rect(self) -> QRect:
        """Where the focus ring goes: around the chosen tab's words."""
        return self.tabRect(self.currentIndex()).adjusted(0, self._look.px(6), 0, -self._look.px(6))

    def tabSizeHint(self, index: int) -> QSize:
        width = self._look.metrics(self._style).horizontalAdvance(self.tabText(index)) + self._badge_width(index)
        return QSize(round(width) + 2 * self._look.px(self._padding), self._look.px(self._height))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hovered = self.tabAt(self.mapFromGlobal(self.cursor().pos())) if self.underMouse() else -1
        for index in range(self.count()):
            self._paint_tab(painter, index, is_hovered=index == hovered)

    def _paint_tab(self, painter: QPainter, index: int, *, is_hovered: bool) -> None:
        look, rect = self._look, QRectF(self.tabRect(index))
        is_current = index == self.currentIndex()
        x, padding = rect.x() + look.px(self._padding), look.px(self._padding)
        painter.setFont(look.font(self._style))
        role = "text.1" if is_current or is_hovered else "text.2"
        painter.setPen(look.color(role if self.isTabEnabled(index) else "text.off"))
        width = look.metrics(self._style).horizontalAdvance(self.tabText(index))
        painter.drawText(QRectF(x, 0, width + 4, rect.height()), Qt.AlignmentFlag.AlignVCenter, self.tabText(index))
        self._paint_badge(painter, index, x + width, rect.height(), is_current=is_current)
        if is_current:
            line = QRectF(x, rect.height() - look.px(2), rect.width() - 2 * padding, look.px(2))
            painter.fillRect(line, look.color("accent"))

    def _paint_badge(self, painter: QPainter, index: int, x: float, height: float, *, is_current: bool) -> None:
        look, badge = self._look, self._badges.get(index, "")
        if not badge:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        if badge == DOT:
            painter.setBrush(look.color("ok.dot"))
            painter.drawEllipse(QPointF(x + look.px(10), height / 2), look.px(3), look.px(3))
            return
        box = QRectF(x + look.px(6), height / 2 - look.px(9), self._badge_width(index) - look.px(6), look.px(18))
        painter.setBrush(look.color("accent.bg" if is_current else "bg.hover"))
        painter.drawRoundedRect(box, look.px(6), look.px(6))
        painter.setFont(look.font("status.medium"))
        painter.setPen(look.color("accent.text" if is_current else "text.2"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, badge)

    def _badge_width(self, index: int) -> float:
        look, badge = self._look, self._badges.get(index, "")
        if not badge:
            return 0
        if badge == DOT:
            return look.px(14)
        return look.px(6) + max(look.px(18), look.metrics("status.medium").horizontalAdvance(badge) + look.px(10))

    @Slot()
    def _on_look_changed(self) -> None:
        # Setting the font is what makes a tab bar ask every tab's size again.
        self.setFont(self._look.font(self._style))
        for index in range(self.count()):
            self.setTabText(index, self.tabText(index))
        self.updateGeometry()
        self.update()
