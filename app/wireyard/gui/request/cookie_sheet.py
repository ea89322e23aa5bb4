"""The sheet for one cookie: a new one, or another value, path or end for one that is there."""

from __future__ import annotations

import datetime
import re
import time
from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QSize, Slot
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from wireyard.domain.cookie import Cookie
from wireyard.gui.request.cookies_model import expiry_text
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button, IconButton
from wireyard.gui.widgets.choices import CheckBox
from wireyard.gui.widgets.label import Label
from wireyard.gui.widgets.sheet import Sheet

_SIZE = QSize(520, 0)
_CONTROL = re.compile("[\x00-\x1f\x7f]")


class CookieSheet(Sheet):
    """``on_done`` gets the cookie as it is to be."""

    def __init__(
        self, look: Look, window: QWidget, cookie: Cookie, on_done: Callable[[Cookie], None], *, is_new: bool
    ) -> None:
        title = _tr("Add a cookie") if is_new else _tr("Edit cookie")
        super().__init__(look, window, title, _SIZE, _tr("Kept on this machine only"))
        self._cookie = cookie
        self._on_done = on_done
        self.name = self._field(self.tr("Name"), cookie.name)
        self.value = self._field(self.tr("Value"), cookie.value)
        self.domain = self._field(self.tr("Domain"), cookie.domain)
        self.path = self._field(self.tr("Path"), cookie.path)
        self.expires = self._field(self.tr("Expires"), "" if cookie.expires_s is None else expiry_text(cookie))
        self.expires.setPlaceholderText(self.tr("Never, or 2030-12-31 18:00"))
        self.below = CheckBox(look, self.tr("Also for hosts below the domain"))
        self.secure = CheckBox(look, self.tr("Over TLS only (Secure)"))
        self.below.setChecked(not cookie.host_only)
        self.secure.setChecked(cookie.secure)
        self.fault = Label(look, "", "small", "err", wraps=True)
        self.reveal = IconButton(look, "eye", self.tr("Show the value"), checkable=True)
        self.save_button = Button(look, self.tr("Add") if is_new else self.tr("Save"), "primary")
        self._is_new = is_new
        self._build()
        self._on_reveal(is_new)
        for field in (self.name, self.value, self.domain, self.path, self.expires):
            field.textChanged.connect(self._check)
        self._check()
        (self.name if is_new else self.value).setFocus()

    def _field(self, name: str, text: str) -> QLineEdit:
        field = QLineEdit(text)
        field.setProperty("boxed", "1")
        field.setAccessibleName(name)
        field.setFont(self.look.font("mono"))
        return field

    def _build(self) -> None:
        look = self.look
        form = QFormLayout()
        form.setContentsMargins(look.px(24), look.px(20), look.px(24), look.px(20))
        form.setHorizontalSpacing(look.px(16))
        form.setVerticalSpacing(look.px(12))
        for field in (self.name, self.value, self.domain, self.path, self.expires):
            label = Label(look, field.accessibleName(), "body", "text.2")
            if field is self.value:
                row = QHBoxLayout()
                row.setSpacing(look.px(6))
                row.addWidget(field, 1)
                row.addWidget(self.reveal)
                form.addRow(label, row)
            else:
                form.addRow(label, field)
        boxes = QVBoxLayout()
        boxes.setSpacing(look.px(2))
        for widget in (self.below, self.secure, self.fault):
            boxes.addWidget(widget)
        form.addRow(Label(look, ""), boxes)
        self.body.addLayout(form)
        cancel = Button(look, self.tr("Cancel"))
        self.footer.addStretch(1)
        self.footer.addWidget(cancel)
        self.footer.addWidget(self.save_button)
        cancel.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._on_save)
        self.save_button.setDefault(True)
        self.reveal.clicked.connect(self._on_reveal)

    @Slot(bool)
    def _on_reveal(self, is_shown: bool) -> None:
        self.reveal.setChecked(is_shown)
        self.reveal.set_name(self.tr("Hide the value") if is_shown else self.tr("Show the value"))
        self.value.setEchoMode(QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password)

    @Slot()
    def _check(self) -> None:
        fault = self._fault()
        # An empty form is no mistake yet.
        self.fault.setText("" if self._is_new and not self.name.text() else fault)
        self.save_button.setEnabled(not fault)

    @Slot()
    def _on_save(self) -> None:
        if self._fault():
            return
        domain, host_only = self._domain()
        made = replace(
            self._cookie,
            name=self.name.text().strip(),
            value=self.value.text().strip(),
            domain=domain,
            path=self.path.text().strip() or "/",
            host_only=host_only or not self.below.isChecked(),
            secure=self.secure.isChecked(),
            expires_s=self._expiry(),
        )
        self.accept()
        self._on_done(made)

    def _fault(self) -> str:
        name, value, path = self.name.text().strip(), self.value.text().strip(), self.path.text().strip()
        if not name:
            return self.tr("A cookie needs a name.")
        if _CONTROL.search(name) or any(char in "=; \t" for char in name):
            return self.tr("A cookie's name can't hold “=”, “;” or a blank.")
        if _CONTROL.search(value) or ";" in value:
            return self.tr("A cookie's value can't hold “;” or a control character.")
        if any(ord(char) > 255 for char in name + value):
            return self.tr("A header can't carry all of these characters: percent-encode them.")
        if not self._domain()[0]:
            return self.tr("The domain is a host, such as api.example.com.")
        if path and not path.startswith("/"):
            return self.tr("A path begins with “/”.")
        if self._expiry() == 0:
            return self.tr("The date is written 2030-12-31 18:00, and lies in the future.")
        return ""

    def _domain(self) -> tuple[str, bool]:
        """The domain in the form in which it is kept, empty for none, and whether nothing can be below it."""
        from wireyard.engine.errors import AddressError
        from wireyard.engine.hostname import ascii_host
        from wireyard.session.cookies.matching import canonical, is_ip, is_shared_suffix

        text = self.domain.text().strip().removeprefix(".").removeprefix("[").removesuffix("]")
        if is_ip(text):
            return canonical(text), True
        try:
            domain = canonical(ascii_host(text))
        except AddressError:
            return "", True
        return domain, is_shared_suffix(domain)

    def _expiry(self) -> float | None:
        """None for never; 0 for what is no date to come."""
        text = self.expires.text().strip()
        if not text or text.casefold() == self.tr("Never").casefold():
            return None
        try:
            when = datetime.datetime.fromisoformat(text).timestamp()
        except (ValueError, OverflowError, OSError):
            from wireyard.session.cookies.dates import read_date

            when = read_date(text) or 0.0
        return when if when > time.time() else 0.0


def _tr(text: str) -> str:
    return QCoreApplication.translate("CookieSheet", text)
