"""The one button that connects, cancels and disconnects: the same size in every state, and hard to hit by mistake."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QWidget

from wireyard.gui.connection.state import Action, ButtonFace, button_face
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button, ButtonSize, IconButton
from wireyard.gui.widgets.state import ConnectionState

DOUBLE_CLICK_MS = 250
WIDTH = 128
CARET_WIDTH = 24
_BESIDE_TEXT = 29


class PrimaryButton(Button):
    """``activated`` carries the `Action` of the face that was shown when the button was pressed down.

    A second press within 250 ms is ignored, so that a double click on Connect doesn't cancel at once.
    """

    activated = Signal(Action)

    def __init__(
        self,
        look: Look,
        face: ButtonFace,
        menu: QMenu | None = None,
        size: ButtonSize = "large",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, face.text, face.kind, icon=face.icon, size=size, parent=parent)
        self._face = face
        self._pressed_face: ButtonFace | None = None
        self._since_click = QElapsedTimer()
        self._caret = _Caret(look, self) if menu is not None else None
        if self._caret is not None and menu is not None:
            self._caret.setMenu(menu)
        self.pressed.connect(self._on_pressed)
        self.clicked.connect(self._on_clicked)
        look.changed.connect(self._fit)
        self._fit()
        self.show_face(face, has_menu=False)

    @property
    def face(self) -> ButtonFace:
        return self._face

    def show_face(self, face: ButtonFace, *, has_menu: bool, accessible_name: str = "", tip: str = "") -> None:
        """Change words, icon, colours and meaning in one turn."""
        self._face = face
        self.setText(face.text)
        self.set_icon(face.icon)
        self.set_kind(face.kind)
        self.setEnabled(face.action is not Action.NOTHING)
        self.setAccessibleName(accessible_name or face.text)
        self.setToolTip(tip)
        if self._caret is not None:
            self._caret.setVisible(has_menu)
            self.reserve_right(self._caret.width() if has_menu else 0)

    def activate(self) -> None:
        """Do what a click does now: for the keyboard's F5 and Enter in the address field."""
        if self.isEnabled():
            self._emit(self._face)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        opens_menu = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if self._caret is not None and self._caret.isVisible() and opens_menu:
            self._caret.showMenu()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QEvent) -> None:
        if self._caret is not None:
            self._caret.move(QPoint(self.width() - self._caret.width(), 0))

    @Slot()
    def _on_pressed(self) -> None:
        self._pressed_face = self._face

    @Slot()
    def _on_clicked(self) -> None:
        self._emit(self._pressed_face or self._face)
        self._pressed_face = None

    @Slot()
    def _fit(self) -> None:
        # The design's width; wider only where "Disconnect" and its caret need it, and then in every state.
        look = self._look
        longest = round(look.metrics("body.strong").horizontalAdvance(button_face(ConnectionState.OPEN, 0).text))
        self.setFixedWidth(max(look.px(WIDTH), longest + look.px(CARET_WIDTH + _BESIDE_TEXT)))
        if self._caret is not None:
            self._caret.setFixedSize(self._look.px(CARET_WIDTH), self.sizeHint().height())
            self._caret.move(self.width() - self._caret.width(), 0)
            self.reserve_right(0 if self._caret.isHidden() else self._caret.width())

    def _emit(self, face: ButtonFace) -> None:
        if self._since_click.isValid() and self._since_click.elapsed() < DOUBLE_CLICK_MS:
            return
        self._since_click.start()
        self.activated.emit(face.action)


class _Caret(IconButton):
    """The right end of the button while the connection is open: other ways to end it."""

    def __init__(self, look: Look, button: PrimaryButton) -> None:
        super().__init__(look, "chevron-down", "", icon_size=12, parent=button)
        self.set_name(self.tr("More ways to end the connection"))
        self.set_role("err")
        self.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        self.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        inset = self._look.px(8)
        painter = QPainter(self)
        painter.fillRect(0, inset, 1, self.height() - 2 * inset, self._look.tint("err", 0.35))

    def _on_look_changed(self) -> None:
        self.update()
