"""What a view says when it has no rows: why, and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button, ButtonKind
from wireyard.gui.widgets.label import Label


class Notice(QWidget):
    """A sentence, and under it up to two buttons; ``chosen`` carries the name of the one that was pressed."""

    chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._label = Label(look, "", "small", "text.2", wraps=True)
        self._label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._label)
        self._buttons: list[Button] = []
        self._column.addStretch(1)
        look.changed.connect(self._fit)
        self._fit()

    @property
    def text(self) -> str:
        return self._label.text()

    def say(self, text: str, actions: dict[str, str] | None = None) -> None:
        """Show a sentence and buttons: what each is called, by name."""
        self._label.setText(text)
        self._label.setAccessibleName(text)
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = []
        for name, words in (actions or {}).items():
            button = self._make(name, words, "link" if self._buttons else "plain")
            self._buttons.append(button)
            self._column.insertWidget(len(self._buttons), button, 0, Qt.AlignmentFlag.AlignHCenter)

    def _make(self, name: str, words: str, kind: ButtonKind) -> Button:
        button = Button(self._look, words, kind, size="small")
        button.clicked.connect(lambda: self.chosen.emit(name))
        return button

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self._column.setContentsMargins(look.px(16), look.px(24), look.px(16), look.px(16))
        self._column.setSpacing(look.px(8))
