"""The parameters of the address as rows; the address field shows the same."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from wireyard.gui.request.context import Context
from wireyard.gui.request.draft import RequestDraft
from wireyard.gui.request.grid import FieldGrid
from wireyard.gui.request.rules import param_fault
from wireyard.gui.theme.look import Look


class ParamsPane(FieldGrid):
    """Rows of the query string, in its order."""

    def __init__(self, look: Look, draft: RequestDraft, parent: QWidget | None = None) -> None:
        super().__init__(
            look,
            label=self.tr("Parameters"),
            captions=(self.tr("Name"), self.tr("Value"), self.tr("Note")),
            blank_words=self.tr("Add a parameter"),
            mark="=",
            rule=param_fault,
            bulk_hint=self.tr("One parameter a line: name=value. “# ” in front switches it off."),
            parent=parent,
        )
        self._draft = draft
        draft.on_change(self._on_draft_changed)
        self.edited.connect(self._on_rows_edited)
        self.set_rows(draft.params)

    def set_context(self, context: Context) -> None:
        self.set_source(context.source)

    @Slot()
    def _on_rows_edited(self) -> None:
        self._draft.set_params(self.rows)

    def _on_draft_changed(self, fields: frozenset[str]) -> None:
        if "params" in fields:
            self.set_rows(self._draft.params)
