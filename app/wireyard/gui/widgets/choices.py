"""Check boxes, radio buttons, switches between few values and lists of values, drawn in the look's colours."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QRadioButton,
    QSizePolicy,
    QStyledItemDelegate,
    QWidget,
)

from wireyard.gui.theme.look import Look

_BOX = 16
_GAP = 9
_ROW = 28
_MIN_TARGET = 24


class CheckBox(QCheckBox):
    """A check box, 28 high so that it is easy to hit."""

    def __init__(self, look: Look, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def sizeHint(self) -> QSize:
        return _size(self, self._look)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = _paint_mark_ground(painter, self, look, look.px(4))
        if self.isChecked():
            pixmap = look.pixmap("check", "on.accent", 14, self.devicePixelRatioF(), stroke=2.0)
            painter.drawPixmap(box.center() - QPointF(look.px(14) / 2, look.px(14) / 2), pixmap)
        _paint_text(painter, self, look)

    @Slot()
    def _on_look_changed(self) -> None:
        self.setFont(self._look.font("body"))
        self.updateGeometry()


class RadioButton(QRadioButton):
    """A radio button, 28 high so that it is easy to hit."""

    def __init__(self, look: Look, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def sizeHint(self) -> QSize:
        return _size(self, self._look)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = _paint_mark_ground(painter, self, look, look.px(_BOX) / 2)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("on.accent"))
            radius = look.px(_BOX) * 0.22
            painter.drawEllipse(box.center(), radius, radius)
        _paint_text(painter, self, look)

    @Slot()
    def _on_look_changed(self) -> None:
        self.setFont(self._look.font("body"))
        self.updateGeometry()


class Select(QComboBox):
    """One value from a list. The wheel doesn't change it, so that scrolling a form changes nothing."""

    def __init__(self, look: Look, *, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setAccessibleName(label)
        # Qt's own delegate for combo boxes ignores the style sheet.
        self.setItemDelegate(QStyledItemDelegate(self))
        self.view().setAccessibleName(label)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def sizeHint(self) -> QSize:
        look = self._look
        texts = [self.itemText(index) for index in range(self.count())] or [""]
        widest = max(look.metrics("body").horizontalAdvance(text) for text in texts)
        return QSize(round(widest) + look.px(10 + 34), look.px(32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("border.2"), 1))
        painter.setBrush(look.color("bg.hover" if self.underMouse() and self.isEnabled() else "bg.raised"))
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(rect, look.px(7), look.px(7))
        painter.setFont(look.font("body"))
        painter.setPen(look.color("text.1" if self.isEnabled() else "text.3"))
        area = rect.adjusted(look.px(10), 0, -look.px(28), 0)
        text = look.metrics("body").elidedText(self.currentText(), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, text)
        pixmap = look.pixmap("chevron-down", "text.3", 14, self.devicePixelRatioF())
        painter.drawPixmap(self.width() - look.px(24), (self.height() - look.px(14)) // 2, pixmap)

    @Slot()
    def _on_look_changed(self) -> None:
        self.setFont(self._look.font("body"))
        self.updateGeometry()
        self.update()


def _size(button: QAbstractButton, look: Look) -> QSize:
    width = look.metrics("body").horizontalAdvance(button.text()) + (look.px(_GAP) if button.text() else 0)
    return QSize(max(_MIN_TARGET, round(width) + look.px(_BOX) + 4), max(look.px(_ROW), _MIN_TARGET))


def _paint_mark_ground(painter: QPainter, button: QAbstractButton, look: Look, radius: float) -> QRectF:
    side = look.px(_BOX)
    left = 1.5 if button.text() else (button.width() - side) / 2 + 0.5
    box = QRectF(left, round((button.height() - side) / 2) + 0.5, side - 1, side - 1)
    if not button.isEnabled():
        painter.setPen(QPen(look.color("border.2"), 1))
        painter.setBrush(look.color("border.2" if button.isChecked() else "bg.hover"))
    elif button.isChecked():
        painter.setPen(QPen(look.color("accent"), 1))
        painter.setBrush(look.color("accent.hover" if button.underMouse() else "accent"))
    else:
        painter.setPen(QPen(look.color("border.control"), 1))
        painter.setBrush(look.color("bg.hover" if button.underMouse() else "bg.field"))
    painter.drawRoundedRect(box, radius, radius)
    return box


def _paint_text(painter: QPainter, button: QAbstractButton, look: Look) -> None:
    painter.setFont(look.font("body"))
    painter.setPen(look.color("text.1" if button.isEnabled() else "text.3"))
    area = QRectF(button.rect()).adjusted(look.px(_BOX) + look.px(_GAP), 0, 0, 0)
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic, button.text())
