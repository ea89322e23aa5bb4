"""The questions that come before something that can't be undone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.choices import CheckBox
from wireyard.gui.widgets.label import Label
from wireyard.gui.widgets.sheet import Sheet


class CloseQuestion(Sheet):
    """ "Close 'Order updates'?" with what would be lost; ``never_again`` tells that the box was ticked."""

    never_again = Signal()

    def __init__(
        self, look: Look, window: QWidget, title: str, reasons: list[str], on_yes: Callable[[], None], *, yes: str
    ) -> None:
        super().__init__(look, window, title, QSize(460, 0))
        self.body.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(16))
        self.body.setSpacing(look.px(8))
        for reason in reasons:
            self.body.addWidget(Label(look, reason, "body", "text.2", wraps=True))
        self.body.addSpacing(look.px(8))
        self._box = CheckBox(look, self.tr("Don't ask again"))
        self.body.addWidget(self._box)
        keep = Button(look, self.tr("Keep open"))
        close = Button(look, yes, "primary")
        close.setDefault(True)
        keep.clicked.connect(self.reject)
        close.clicked.connect(self.accept)
        self.footer.addStretch(1)
        self.footer.addWidget(keep)
        self.footer.addWidget(close)
        self.accepted.connect(self._on_accepted)
        self.accepted.connect(on_yes)
        close.setFocus()

    def _on_accepted(self) -> None:
        if self._box.isChecked():
            self.never_again.emit()


class SaveQuestion(Sheet):
    """ "Save 'Order updates'?" before its tab is closed: ``save_chosen``, ``discard_chosen``, or nothing happens."""

    save_chosen = Signal()
    discard_chosen = Signal()

    def __init__(self, look: Look, window: QWidget, title: str, text: str) -> None:
        super().__init__(look, window, title, QSize(460, 0))
        self.body.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(16))
        self.body.addWidget(Label(look, text, "body", "text.2", wraps=True))
        cancel = Button(look, self.tr("Cancel"))
        discard = Button(look, self.tr("Don't save"))
        save = Button(look, self.tr("Save"), "primary")
        save.setDefault(True)
        cancel.clicked.connect(self.reject)
        for button, signal in ((discard, self.discard_chosen), (save, self.save_chosen)):
            button.clicked.connect(self.accept)
            button.clicked.connect(signal)
        self.footer.addWidget(cancel)
        self.footer.addStretch(1)
        self.footer.addWidget(discard)
        self.footer.addWidget(save)
        save.setFocus()
