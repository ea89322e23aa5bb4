"""The sheet that closes a connection with a code and a reason of one's own."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Signal, Slot
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from wireyard.domain.frame import MAX_CLOSE_REASON_BYTES, close_code_name
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.label import Label
from wireyard.gui.widgets.sheet import Sheet

DEFAULT_CODE = 1000
_FIRST_FREE, _LAST_FREE = 3000, 4999


class CloseDialog(Sheet):
    """``close_chosen`` carries code and reason. Codes that a program may not send are explained and barred."""

    close_chosen = Signal(int, str)

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, window.tr("Close with code"), QSize(460, 0))
        self.code = QLineEdit(str(DEFAULT_CODE))
        self.code.setValidator(QIntValidator(0, 99999, self))
        self.reason = QLineEdit()
        self.code_words = Label(look, "", "small", "text.2", wraps=True)
        self.counter = Label(look, "", "small", "text.3")
        self.close_button = Button(look, self.tr("Close connection"), "danger")
        cancel = Button(look, self.tr("Cancel"))
        self._build(cancel)
        self.code.textChanged.connect(self._on_changed)
        self.reason.textChanged.connect(self._on_changed)
        self.close_button.clicked.connect(self._on_close)
        self.close_button.setDefault(True)
        cancel.clicked.connect(self.reject)
        self.code.setFocus()
        self.code.selectAll()
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        fault = code_fault(self.code.text())
        text = self.code.text()
        self.code_words.setText(fault or close_code_name(int(text)))
        self.code_words.set_tone("err" if fault else "text.2")
        size = len(self.reason.text().encode("utf-8", "replace"))
        is_long = size > MAX_CLOSE_REASON_BYTES
        counter = self.tr("{used} of {limit} bytes").format(used=size, limit=MAX_CLOSE_REASON_BYTES)
        self.counter.setText(counter)
        self.counter.set_tone("err" if is_long else "text.3")
        for field, is_faulty in ((self.code, bool(fault)), (self.reason, is_long)):
            field.setProperty("fault", "1" if is_faulty else "0")
            field.style().unpolish(field)
            field.style().polish(field)
        self.close_button.setEnabled(not fault and not is_long)

    @Slot()
    def _on_close(self) -> None:
        code, reason = int(self.code.text()), self.reason.text()
        self.accept()
        self.close_chosen.emit(code, reason)

    def _build(self, cancel: Button) -> None:
        look = self.look
        for field, name in ((self.code, self.tr("Code")), (self.reason, self.tr("Reason"))):
            field.setProperty("boxed", "1")
            field.setAccessibleName(name)
            field.setFont(look.font("mono"))
        self.code.setFixedWidth(look.px(96))
        form = QFormLayout()
        form.setContentsMargins(look.px(24), look.px(20), look.px(24), look.px(20))
        form.setHorizontalSpacing(look.px(16))
        form.setVerticalSpacing(look.px(14))
        code_row = QHBoxLayout()
        code_row.setSpacing(look.px(12))
        code_row.addWidget(self.code)
        code_row.addWidget(self.code_words, 1)
        form.addRow(Label(look, self.tr("Code"), "body", "text.2"), code_row)
        reason_column = QVBoxLayout()
        reason_column.setSpacing(look.px(4))
        reason_column.addWidget(self.reason)
        reason_column.addWidget(self.counter)
        form.addRow(Label(look, self.tr("Reason"), "body", "text.2"), reason_column)
        self.body.addLayout(form)
        self.footer.addStretch()
        self.footer.addWidget(cancel)
        self.footer.addWidget(self.close_button)


def code_fault(text: str) -> str:
    """Why this code can't be sent by a program (RFC 6455 section 7.4), or nothing."""
    if not text.isdigit():
        return _tr("Type a number: 1000, or 3000 to 4999.")
    code = int(text)
    if code == DEFAULT_CODE or _FIRST_FREE <= code <= _LAST_FREE:
        return ""
    reserved = {
        1004: _tr("1004 is reserved and has no meaning yet."),
        1005: _tr("1005 says that no code was in the close frame, so it can't be in one."),
        1006: _tr("1006 says that no close frame came at all. Use “Drop without closing” for that."),
        1015: _tr("1015 says that TLS failed, before any frame could be sent."),
    }
    if code in reserved:
        return reserved[code]
    if 1001 <= code <= 2999:
        name = close_code_name(code)
        return _tr("{code} ({name}) is for the protocol itself. Use 1000, or 3000 to 4999.").format(
            code=code, name=name
        )
    return _tr("{code} is outside the range. Use 1000, or 3000 to 4999.").format(code=code)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CloseDialog", text)
