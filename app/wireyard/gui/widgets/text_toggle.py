"""A switch of two letters that stands inside a field or beside it, such as “Aa” for capitals that matter."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.chosen import outline_chosen


class TextToggle(QToolButton):
    """A search looks for something else while it is on. ``name`` says for what, in words."""

    def __init__(self, look: Look, text: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setText(text)
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(26), self._look.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("accent.bg" if self.isChecked() else "bg.hover"))
            painter.drawRoundedRect(QRectF(self.rect()), look.px(5), look.px(5))
        if self.isChecked():
            outline_chosen(painter, look, QRectF(self.rect()), look.px(5))
        painter.setFont(look.font("mono.small"))
        painter.setPen(look.color("accent.text" if self.isChecked() else "text.2"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())

    @Slot()
    def _on_look_changed(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()
