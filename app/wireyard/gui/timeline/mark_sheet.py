"""The sheet that asks what a mark says, and takes a mark away."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.label import Label
from wireyard.gui.widgets.sheet import Sheet

_WIDTH_PX = 460
_MOST_CHARS = 2000


class MarkSheet(Sheet):
    """``chosen`` carries the note, perhaps an empty one; ``removed`` wants the mark taken away."""

    chosen = Signal(str)
    removed = Signal()

    def __init__(self, look: Look, window: QWidget, note: str) -> None:
        super().__init__(look, window, self.tr("Mark"), QSize(_WIDTH_PX, 0))
        self.note = QLineEdit(note)
        self.note.setMaxLength(_MOST_CHARS)
        self.note.setProperty("boxed", "1")
        self.note.setFont(look.font("body"))
        self.note.setAccessibleName(self.tr("Note"))
        self.note.setPlaceholderText(self.tr("What is to be seen here? May stay empty"))
        column = QVBoxLayout()
        column.setContentsMargins(look.px(24), look.px(20), look.px(24), look.px(20))
        column.setSpacing(look.px(12))
        column.addWidget(self.note)
        words = self.tr("Marks are kept in the session's file and go into exports.")
        column.addWidget(Label(look, words, "small", "text.2", wraps=True))
        self.body.addLayout(column)
        self.remove_button = Button(look, self.tr("Remove mark"))
        cancel = Button(look, self.tr("Cancel"))
        self.keep_button = Button(look, self.tr("Keep"), "primary")
        self.keep_button.setDefault(True)
        self.remove_button.clicked.connect(self._on_removed)
        cancel.clicked.connect(self.reject)
        self.keep_button.clicked.connect(self._on_kept)
        self.footer.addWidget(self.remove_button)
        self.footer.addStretch()
        self.footer.addWidget(cancel)
        self.footer.addWidget(self.keep_button)
        self.note.setFocus()
        self.note.selectAll()

    @Slot()
    def _on_kept(self) -> None:
        note = self.note.text().strip()
        self.accept()
        self.chosen.emit(note)

    @Slot()
    def _on_removed(self) -> None:
        self.accept()
        self.removed.emit()
