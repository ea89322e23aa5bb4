"""The sheet that sends a ping or a pong with a payload of one's own."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QFormLayout, QLineEdit, QVBoxLayout, QWidget

from wireyard.domain.frame import MAX_CONTROL_BYTES
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.label import Label
from wireyard.gui.widgets.sheet import Sheet

ControlKind = Literal["ping", "pong"]


class PingDialog(Sheet):
    """``send_chosen`` carries what is to be sent, and its payload. A pong that answers nothing is allowed, and says
    that we are still there (RFC 6455 section 5.5.3)."""

    send_chosen = Signal(str, bytes)

    def __init__(self, look: Look, window: QWidget, kind: ControlKind) -> None:
        title = window.tr("Send a ping") if kind == "ping" else window.tr("Send a pong")
        super().__init__(look, window, title, QSize(460, 0))
        self._kind: ControlKind = kind
        self.payload = QLineEdit()
        self.counter = Label(look, "", "small", "text.3")
        self.send_button = Button(look, self.tr("Send"), "primary")
        cancel = Button(look, self.tr("Cancel"))
        self._build(cancel)
        self.payload.textChanged.connect(self._on_changed)
        self.send_button.clicked.connect(self._on_send)
        self.send_button.setDefault(True)
        cancel.clicked.connect(self.reject)
        self.payload.setFocus()
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        size = len(self._bytes())
        is_long = size > MAX_CONTROL_BYTES
        self.counter.setText(self.tr("{used} of {limit} bytes").format(used=size, limit=MAX_CONTROL_BYTES))
        self.counter.set_tone("err" if is_long else "text.3")
        self.payload.setProperty("fault", "1" if is_long else "0")
        self.payload.style().unpolish(self.payload)
        self.payload.style().polish(self.payload)
        self.send_button.setEnabled(not is_long)

    @Slot()
    def _on_send(self) -> None:
        payload = self._bytes()
        self.accept()
        self.send_chosen.emit(self._kind, payload)

    def _bytes(self) -> bytes:
        return self.payload.text().encode("utf-8", "replace")

    def _build(self, cancel: Button) -> None:
        look = self.look
        self.payload.setProperty("boxed", "1")
        self.payload.setAccessibleName(self.tr("Payload"))
        self.payload.setFont(look.font("mono"))
        form = QFormLayout()
        form.setContentsMargins(look.px(24), look.px(20), look.px(24), look.px(20))
        form.setHorizontalSpacing(look.px(16))
        column = QVBoxLayout()
        column.setSpacing(look.px(4))
        column.addWidget(self.payload)
        column.addWidget(self.counter)
        form.addRow(Label(look, self.tr("Payload"), "body", "text.2"), column)
        self.body.addLayout(form)
        self.footer.addStretch()
        self.footer.addWidget(cancel)
        self.footer.addWidget(self.send_button)
