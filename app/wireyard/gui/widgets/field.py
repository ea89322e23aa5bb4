"""The box around a text field: hairline border, two pixels of focus colour while its editor has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.theme.tokens import TokenName


class FieldBox(QFrame):
    """Frames an editor and what stands beside it. A click anywhere in it goes to the editor."""

    def __init__(
        self,
        look: Look,
        *,
        radius: int = 8,
        ground: TokenName = "bg.field",
        border: TokenName = "border.2",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._radius = radius
        self._ground: TokenName = ground
        self._border: TokenName = border
        self._editor: QWidget | None = None
        self._is_faulty = False
        look.changed.connect(self._on_look_changed)

    def set_editor(self, editor: QWidget) -> None:
        """Say whose focus the box shows."""
        self._editor = editor
        editor.setProperty("focusRing", "none")
        editor.installEventFilter(self)

    def set_faulty(self, is_faulty: bool) -> None:
        """Outline the box in red, for an input that can't be used; the reason stands beside it in words."""
        if is_faulty != self._is_faulty:
            self._is_faulty = is_faulty
            self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._editor is not None:
            self._editor.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        has_focus = self._editor is not None and self._editor.hasFocus()
        role: TokenName = "err.dot" if self._is_faulty else "focus.ring" if has_focus else self._border
        width = look.ring_px if has_focus else 2 if self._is_faulty else 1
        painter.setPen(QPen(look.color(role), width))
        painter.setBrush(look.color(self._ground))
        inset = width / 2
        radius = look.px(self._radius)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius)

    @Slot()
    def _on_look_changed(self) -> None:
        self.update()
