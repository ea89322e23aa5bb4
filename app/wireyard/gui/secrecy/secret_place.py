"""Asks where secrets are to be kept on a machine without a keyring, or for the passphrase of the encrypted file."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QWidget

from wireyard.gui.secrets import Secrets
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.choices import RadioButton
from wireyard.gui.widgets.label import Label
from wireyard.gui.widgets.sheet import Sheet

_LEAST_CHARS = 8


class SecretPlaceSheet(Sheet):
    """``on_chosen`` runs once there is a place. Leaving without a choice keeps nothing and writes nothing."""

    def __init__(self, look: Look, window: QWidget, secrets: Secrets, on_chosen: Callable[[], None]) -> None:
        is_locked = secrets.place == "locked"
        title = window.tr("Unlock the secrets") if is_locked else window.tr("Where are secrets to be kept?")
        super().__init__(look, window, title, QSize(520, 0))
        self._secrets = secrets
        self._is_locked = is_locked
        self._on_chosen = on_chosen
        self.session_choice = RadioButton(look, self.tr("Keep for this session only"))
        self._file = RadioButton(
            look, self.tr("Encrypted file, already there") if is_locked else self.tr("Encrypted file with a passphrase")
        )
        self.passphrase = self._field(self.tr("Passphrase"))
        self.again = self._field(self.tr("The same passphrase again"))
        self.fault = Label(look, "", "small", "err", wraps=True)
        self._keep = Button(look, self.tr("Unlock") if is_locked else self.tr("Keep"), "primary")
        self._build()
        self._file.setChecked(True)
        self._on_switched()
        self.passphrase.setFocus()

    def _build(self) -> None:
        look = self.look
        group = QButtonGroup(self)
        for button in (self._file, self.session_choice):
            group.addButton(button)
            button.toggled.connect(self._on_switched)
        self.body.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(16))
        self.body.setSpacing(look.px(8))
        why = (
            self.tr("Values of secrets are in an encrypted file on this machine.")
            if self._is_locked
            else self.tr("This machine has no keyring that can be trusted. Nothing has been written yet.")
        )
        self.body.addWidget(Label(look, why, "body", "text.2", wraps=True))
        for widget in (self._file, self.passphrase, self.again):
            self.body.addWidget(widget)
        self.body.addWidget(self.session_choice)
        self.body.addWidget(Label(look, self.tr("They are gone when Wireyard ends."), "small", "text.3", wraps=True))
        self.body.addWidget(self.fault)
        self.body.addStretch(1)
        cancel = Button(look, self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self._keep.setDefault(True)
        self._keep.clicked.connect(self._on_keep)
        self.footer.addStretch(1)
        self.footer.addWidget(cancel)
        self.footer.addWidget(self._keep)

    def _field(self, label: str) -> QLineEdit:
        field = QLineEdit()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setPlaceholderText(label)
        field.setAccessibleName(label)
        field.setProperty("boxed", "1")
        field.setFont(self.look.font("body"))
        return field

    @Slot()
    def _on_switched(self) -> None:
        in_file = self._file.isChecked()
        self.passphrase.setEnabled(in_file)
        self.again.setEnabled(in_file)
        self.again.setVisible(not self._is_locked)
        self._say("")

    @Slot()
    def _on_keep(self) -> None:
        if self.session_choice.isChecked():
            self._secrets.use_session()
            self._done("")
            return
        passphrase = self.passphrase.text()
        if not self._is_locked and len(passphrase) < _LEAST_CHARS:
            self._say(self.tr("A passphrase has at least {0} characters.").format(_LEAST_CHARS))
        elif not self._is_locked and passphrase != self.again.text():
            self._say(self.tr("The two passphrases differ."))
        elif not passphrase:
            self._say(self.tr("Type the passphrase."))
        else:
            self._keep.setEnabled(False)
            self._say("")
            self._secrets.use_encrypted(passphrase, self._done)

    def _done(self, fault: str) -> None:
        self._keep.setEnabled(True)
        if fault:
            self._say(fault)
            self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)
            self.passphrase.selectAll()
            return
        self.accept()
        self._on_chosen()

    def _say(self, text: str) -> None:
        self.fault.setText(text)
        self.fault.setVisible(bool(text))
