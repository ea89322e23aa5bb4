"""A setting that is secret: a value is masked while it is typed and shown, a variable in its place is not."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import IconButton
from wireyard.gui.widgets.field import FieldBox
from wireyard.gui.widgets.variable_line import VariableLineEdit
from wireyard.gui.widgets.variable_source import VariableSource

_WIDTH_PX = 300
_HEIGHT_PX = 32


class SecretSetting(QWidget):
    """``edited`` carries the text after every change by hand.

    There are two fields in one place: a line that knows variables while nothing secret is in it, and a masked one as
    soon as something is. The keyboard goes along from one to the other.
    """

    edited = Signal(str)

    def __init__(self, look: Look, label: str, placeholder: str = "") -> None:
        super().__init__()
        self._look = look
        self._text = ""
        self.line = VariableLineEdit(look, label, height=_HEIGHT_PX - 4)
        self.line.setPlaceholderText(placeholder)
        self.masked = QLineEdit()
        self.masked.setAccessibleName(label)
        self.masked.setEchoMode(QLineEdit.EchoMode.Password)
        self.masked.setFrame(False)
        self.masked.setProperty("panel", "none")
        self.setAccessibleName(label)
        self.eye = IconButton(look, "eye", self.tr("Show {name}").format(name=label), checkable=True)
        self._names = (self.tr("Show {name}").format(name=label), self.tr("Hide {name}").format(name=label))
        self._line_box, self._masked_box = FieldBox(look, radius=7), FieldBox(look, radius=7)
        self._rows: list[QHBoxLayout] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for box, edit in ((self._line_box, self.line), (self._masked_box, self.masked)):
            box.set_editor(edit)
            inside = QHBoxLayout(box)
            inside.addWidget(edit, 1)
            row.addWidget(box, 1)
            self._rows.append(inside)
        self._rows[1].addWidget(self.eye)
        self.line.edited.connect(self._on_line_edited)
        self.masked.textEdited.connect(self._on_edited)
        self.eye.toggled.connect(self._on_eye)
        look.changed.connect(self._fit)
        self._fit()
        self._place(takes_keyboard=False)

    @property
    def text(self) -> str:
        return self._text

    @property
    def is_masked(self) -> bool:
        """Whether there is a value that can't be read now."""
        return self._masked_box.isVisibleTo(self) and self.masked.echoMode() is QLineEdit.EchoMode.Password

    def show_text(self, text: str) -> None:
        """Show a text, without a signal; a secret one is masked again."""
        if text == self._text:
            return
        had_keyboard = self.line.hasFocus() or self.masked.hasFocus()
        self._text = text
        self.eye.setChecked(False)
        self._write()
        self._place(takes_keyboard=had_keyboard)

    def set_variables(self, source: VariableSource) -> None:
        """Say what has a value here."""
        self.line.set_variables(source)

    @Slot(str)
    def _on_line_edited(self, text: str) -> None:
        # Colouring counts as an edit: what is not in front has nothing to say.
        if not _is_secret(self._text):
            self._on_edited(text)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        if text == self._text:
            return
        self._text = text
        was_line = self._line_box.isVisibleTo(self)
        if was_line == _is_secret(text):
            self._write()
            self._place(takes_keyboard=True)
        self.edited.emit(text)

    @Slot(bool)
    def _on_eye(self, is_shown: bool) -> None:
        self.masked.setEchoMode(QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password)
        self.eye.set_name(self._names[is_shown])

    def _write(self) -> None:
        """Put the text into the field that is for it, and out of the other one with all that could be undone."""
        is_secret = _is_secret(self._text)
        line, masked = ("", self._text) if is_secret else (self._text, "")
        self.line.blockSignals(True)
        if self.line.text != line:
            self.line.start_with(line)
        self.line.blockSignals(False)
        if self.masked.text() != masked:
            self.masked.setText(masked)

    def _place(self, *, takes_keyboard: bool) -> None:
        is_secret = _is_secret(self._text)
        field: QWidget = self.masked if is_secret else self.line
        self.setFocusProxy(field)
        self._masked_box.setVisible(is_secret)
        if takes_keyboard:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._line_box.setVisible(not is_secret)
        if not is_secret:
            self.eye.setChecked(False)

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self.setFixedWidth(look.px(_WIDTH_PX))
        self.masked.setFont(look.font("mono"))
        for box, inside in zip((self._line_box, self._masked_box), self._rows, strict=True):
            box.setFixedHeight(look.px(_HEIGHT_PX))
            inside.setContentsMargins(look.px(9), 0, look.px(2 if inside is self._rows[1] else 9), 0)


def _is_secret(text: str) -> bool:
    """Whether this is a value. What begins like a variable may become one."""
    return bool(text) and "{{" not in text and text != "{"
