"""A choice of one among a few, side by side: arrow keys move it, screen readers hear radio buttons."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.chosen import outline_chosen


class Segments(QWidget):
    """One of several short words. ``chosen`` carries its index, for choices by hand only."""

    chosen = Signal(int)

    def __init__(
        self, look: Look, texts: tuple[str, ...], *, label: str, height: int = 28, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._group = QButtonGroup(self)
        self._is_silent = False
        self.setAccessibleName(label)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        for index, text in enumerate(texts):
            button = _Segment(look, text, height - 4, self)
            self._group.addButton(button, index)
            self._row.addWidget(button)
        self._group.button(0).setChecked(True)
        self._group.idToggled.connect(self._on_toggled)
        look.changed.connect(self._fit)
        self._fit()

    @property
    def index(self) -> int:
        return self._group.checkedId()

    def choose(self, index: int) -> None:
        """Show another choice, without a signal."""
        self._is_silent = True
        self._group.button(index).setChecked(True)
        self._is_silent = False

    def set_accessible_texts(self, texts: tuple[str, ...]) -> None:
        """Say in words what the segments show with arrows or signs."""
        for index, text in enumerate(texts):
            self._group.button(index).setAccessibleName(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("bg.hover"))
        painter.drawRoundedRect(QRectF(self.rect()), self._look.px(7), self._look.px(7))

    @Slot(int, bool)
    def _on_toggled(self, index: int, is_on: bool) -> None:
        if is_on and not self._is_silent:
            self.chosen.emit(index)

    @Slot()
    def _fit(self) -> None:
        gap = self._look.px(2)
        self._row.setContentsMargins(gap, gap, gap, gap)
        self._row.setSpacing(gap)
        self.update()


class _Segment(QRadioButton):
    def __init__(self, look: Look, text: str, height: int, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._look = look
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def sizeHint(self) -> QSize:
        width = self._look.metrics("small.medium").horizontalAdvance(self.text())
        return QSize(round(width) + 2 * self._look.px(12), self._look.px(self._height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked():
            painter.setPen(QPen(look.color("border.2"), 1))
            painter.setBrush(look.color("bg.segment"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), look.px(5), look.px(5))
            outline_chosen(painter, look, QRectF(self.rect()), look.px(5))
        painter.setFont(look.font("small.medium"))
        role = "text.1" if self.isChecked() or self.underMouse() else "text.2"
        painter.setPen(look.color(role if self.isEnabled() else "text.off"))
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, self.text())

    @Slot()
    def _on_look_changed(self) -> None:
        self.setFont(self._look.font("small.medium"))
        self.updateGeometry()
        self.update()
