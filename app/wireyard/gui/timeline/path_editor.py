"""The small box below the header in which the preview path is typed."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from wireyard.formats.json_path import MAX_CHARS, JsonPathError, parse_path
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.field import FieldBox
from wireyard.gui.widgets.label import Label

_WIDTH = 420
_BEGUN = "$."
_KEEPS_OPEN = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class PathEditor(QFrame):
    """``accepted`` carries a path that can be used, or nothing to clear it; ``given_back`` asks for the keyboard to go
    back to where it was, before the box goes.

    Enter and the button accept; Esc does not; the keyboard that goes elsewhere accepts what can be used.
    """

    accepted = Signal(str)
    given_back = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._before = ""
        self._is_open = False
        self._has_failed = False
        self._box = FieldBox(look, radius=7, parent=self)
        self.edit = _PathEdit(self._box)
        self.edit.setMaxLength(MAX_CHARS)
        self.edit.setAccessibleName(self.tr("Preview path"))
        self.edit.setPlaceholderText("$.payload.data")
        self._box.set_editor(self.edit)
        self._in_box = QHBoxLayout(self._box)
        self._in_box.addWidget(self.edit)
        self.show_button = Button(look, self.tr("Show"), "primary", size="small", parent=self)
        self.show_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Enter does the same; the focus stays in the field
        self.words = Label(look, "", "small", "text.2", wraps=True, parent=self)
        self._top = QHBoxLayout()
        self._top.addWidget(self._box, 1)
        self._top.addWidget(self.show_button)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._top)
        self._column.addWidget(self.words)
        self.edit.textEdited.connect(self._on_edited)
        self.edit.returnPressed.connect(self._accept)
        self.edit.escaped.connect(self._give_back)
        self.edit.left.connect(self._on_left)
        self.show_button.clicked.connect(self._accept)
        look.changed.connect(self._fit)
        self._fit()
        self.hide()

    def open(self, path: str, spot: QPoint, room: int) -> None:
        """Begin below ``spot`` with the path that is shown; ``room`` is how wide the box may be."""
        self._before = path
        self._is_open = True
        self._has_failed = False
        self._say("")
        self.edit.setText(path or _BEGUN)
        self.setFixedWidth(min(self._look.px(_WIDTH), room))
        self.show()
        self.resize(self.width(), self._column.totalHeightForWidth(self.width()))
        self.move(spot)
        self.raise_()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        # Qt selects all for a field that gets the keyboard; what was begun for the person is not to be typed over.
        self.edit.selectAll() if path else self.edit.end(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.color("border.2"), 1))
        painter.setBrush(self._look.color("bg.raised"))
        radius = self._look.px(8)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    @Slot()
    def _accept(self) -> None:
        text = self._typed()
        fault = _fault(text)
        if fault:
            self._has_failed = True
            self._say(fault)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.edit, fault))
            return
        self._give_back()
        self.accepted.emit(text)

    @Slot()
    def _on_edited(self) -> None:
        if self._has_failed:
            self._say(_fault(self._typed()))

    @Slot()
    def _on_left(self) -> None:
        if not self._is_open:
            return
        text = self._typed()
        self._is_open = False
        self.hide()
        if text != self._before and not _fault(text):
            self.accepted.emit(text)

    @Slot()
    def _give_back(self) -> None:
        self._is_open = False
        self.given_back.emit()
        self.hide()

    def _typed(self) -> str:
        text = self.edit.text().strip()
        return "" if text in (_BEGUN, "$") else text

    def _say(self, fault: str) -> None:
        self._box.set_faulty(bool(fault))
        self.words.set_tone("err" if fault else "text.2")
        hint = self.tr("Messages that have it show this part alone. Steps: .name ['a name'] [0] [-1] [*]")
        self.words.setText(fault or hint)
        if self.isVisible():
            self.resize(self.width(), self._column.totalHeightForWidth(self.width()))

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self._box.setFixedHeight(look.px(32))
        self._in_box.setContentsMargins(look.px(10), 0, look.px(6), 0)
        self._top.setSpacing(look.px(8))
        self._column.setContentsMargins(look.px(10), look.px(10), look.px(10), look.px(9))
        self._column.setSpacing(look.px(7))
        self.edit.setFont(look.font("mono"))


class _PathEdit(QLineEdit):
    escaped = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # it is no key for the list below

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _KEEPS_OPEN:
            self.left.emit()


def _fault(text: str) -> str:
    """Why a text is no path; empty where it is one, or nothing."""
    try:
        if text:
            parse_path(text)
    except JsonPathError as fault:
        return str(fault)
    return ""
