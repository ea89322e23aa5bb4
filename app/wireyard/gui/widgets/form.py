"""One row of a form: name and help on the left, the control on the right, and a way back to the default."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.label import Label


class FormRow(QWidget):
    """``reset_requested`` asks for the default; the button is only there while the value differs from it."""

    reset_requested = Signal()

    def __init__(self, look: Look, name: str, help_text: str, control: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.control = control
        self._fault = Label(look, "", "small", "err", wraps=True)
        self._fault.hide()
        self._row = QHBoxLayout(self)
        words = QVBoxLayout()
        words.setSpacing(2)
        title = Label(look, name, "body.medium")
        title.setBuddy(control)
        words.addWidget(title)
        if help_text:
            words.addWidget(Label(look, help_text, "small", "text.2", wraps=True))
            control.setAccessibleDescription(help_text)
        words.addWidget(self._fault)
        self._row.addLayout(words, 1)
        self._reset = Button(look, self.tr("Reset"), "link", size="small")
        self._reset.setAccessibleName(self.tr("Reset {name} to default").format(name=name))
        self._reset.clicked.connect(self.reset_requested)
        policy = self._reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._reset.setSizePolicy(policy)
        self._reset.hide()
        self._row.addWidget(self._reset, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(control, 0, Qt.AlignmentFlag.AlignTop)
        if not control.accessibleName():
            control.setAccessibleName(name)
        look.changed.connect(self._fit)
        self._fit()

    def set_changed(self, is_changed: bool) -> None:
        """Say whether the value differs from its default."""
        self._reset.setVisible(is_changed)

    def set_fault(self, text: str) -> None:
        """Say what is wrong with the value, or nothing."""
        self._fault.setText(text)
        self._fault.setVisible(bool(text))

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self._row.setContentsMargins(0, look.px(10), 0, look.px(10))
        self._row.setSpacing(look.px(12))
