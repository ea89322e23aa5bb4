"""Notes about a request, folder or collection: plain text."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from wireyard.gui.request.context import Context
from wireyard.gui.request.level_draft import LevelDraft
from wireyard.gui.theme.look import Look


class NotesPane(QPlainTextEdit):
    """Text that travels with the file."""

    def __init__(self, look: Look, draft: LevelDraft[Any], placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._draft = draft
        self.setAccessibleName(self.tr("Notes"))
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setProperty("panel", "bg.surface")
        self.setProperty("focusRing", "none")
        self.setTabChangesFocus(True)
        self.setPlaceholderText(placeholder)
        self.setPlainText(draft.edited.notes)
        draft.on_change(self._on_draft_changed)
        self.textChanged.connect(self._on_text_changed)
        look.changed.connect(self._fit)
        self._fit()

    def set_context(self, context: Context) -> None:
        """Notes have no variables and inherit nothing."""

    def commit(self) -> None:
        """Notes are taken as they are typed."""

    def take_keyboard(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _on_text_changed(self) -> None:
        self._draft.change(notes=self.toPlainText())

    def _on_draft_changed(self, fields: frozenset[str]) -> None:
        if "notes" in fields and self._draft.edited.notes != self.toPlainText():
            self.setPlainText(self._draft.edited.notes)

    @Slot()
    def _fit(self) -> None:
        self.setFont(self._look.font("body"))
        self.document().setDefaultFont(self._look.font("body"))
        self.document().setDocumentMargin(self._look.px(14))
