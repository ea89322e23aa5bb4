"""How the token of OAuth 2 stands, with the buttons that get, renew and forget it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wireyard.gui.request.token_errand import Kind, TokenErrand
from wireyard.gui.theme.look import Look
from wireyard.gui.theme.tokens import TokenName
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.label import Label

_TICK_MS = 1000
_WIDTH_PX = 420
_TONES: dict[Kind, TokenName] = {"held": "ok", "fault": "err", "ended": "warn", "browser": "warn", "asking": "warn"}


class TokenBox(QWidget):
    """Counts down while it is shown."""

    def __init__(self, look: Look, errand: TokenErrand, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._errand = errand
        self._said = Label(look, "", "body", "text.2", wraps=True)
        self.get_button = Button(look, self.tr("Get token"))
        self.cancel_button = Button(look, self.tr("Cancel"))
        self.copy_button = Button(look, self.tr("Copy address"))
        self.forget_button = Button(look, self.tr("Forget"))
        self.forget_button.setAccessibleName(self.tr("Forget the token"))
        self._buttons = QHBoxLayout()
        for button in (self.get_button, self.cancel_button, self.copy_button, self.forget_button):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._buttons)
        column.addWidget(self._said)
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK_MS)
        self._clock.timeout.connect(self.refresh)
        self.get_button.clicked.connect(errand.get)
        self.cancel_button.clicked.connect(errand.cancel)
        self.copy_button.clicked.connect(self._on_copy)
        self.forget_button.clicked.connect(errand.forget)
        errand.changed.connect(self.refresh)
        look.changed.connect(self._fit)
        self._fit()
        self.refresh()

    @property
    def words(self) -> str:
        """What is said."""
        return self._said.text()

    @Slot()
    def refresh(self) -> None:
        """Say how it stands now."""
        state = self._errand.state
        has_token = state.kind in ("held", "ended")
        had_keyboard = self.get_button.hasFocus() or self.cancel_button.hasFocus()
        if state.words != self._said.text():
            self._said.setText(state.words)
        self._said.set_tone(_TONES.get(state.kind, "text.2"))
        is_running = self._errand.is_running
        self.get_button.setText(self.tr("Get another") if has_token else self.tr("Get token"))
        self.get_button.setVisible(not is_running)
        self.cancel_button.setVisible(is_running)
        self.copy_button.setVisible(bool(self._errand.address))
        self.forget_button.setVisible(has_token and not is_running)
        if had_keyboard:
            (self.cancel_button if is_running else self.get_button).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    @Slot()
    def _fit(self) -> None:
        self.setFixedWidth(self._look.px(_WIDTH_PX))

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._errand.address)
