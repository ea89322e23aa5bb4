"""The parameters of the address as rows: those of its query, which the address field shows too, and of its path."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from wireyard.gui.request.context import Context
from wireyard.gui.request.draft import RequestDraft
from wireyard.gui.request.grid import FieldGrid
from wireyard.gui.request.grid_model import FixedRow, Section
from wireyard.gui.request.rules import param_fault
from wireyard.gui.theme.look import Look


class ParamsPane(FieldGrid):
    """Rows of the query string, in its order; below them a row for each segment ``:name`` of the path."""

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
        self.fixed_edited.connect(self._on_path_edited)
        self.set_rows(draft.params)
        self._show_path()

    def set_context(self, context: Context) -> None:
        self.set_source(context.source)

    def show_in_path(self, name: str) -> None:
        """Begin to type the value of a segment."""
        self.edit_fixed(name)

    @Slot()
    def _on_rows_edited(self) -> None:
        self._draft.set_params(self.rows)

    def _on_draft_changed(self, fields: frozenset[str]) -> None:
        if "params" in fields:
            self.set_rows(self._draft.params)
        if "path_params" in fields:
            self._show_path()

    @Slot(str, str, str)
    def _on_path_edited(self, name: str, key: str, text: str) -> None:
        rows = self._draft.edited.path_params
        self._draft.set_path_params([replace(row, **{key: text}) if row.name == name else row for row in rows])

    def _show_path(self) -> None:
        missing = self.tr("It has no value: the address can't be dialled without one.")
        rows = tuple(
            FixedRow(row.name, row.value, row.note, is_editable=True, fault="" if row.value else missing)
            for row in self._draft.edited.path_params
        )
        hint = self.tr("Segments of the address that begin with a colon")
        self.set_below([Section(self.tr("Path"), rows, hint=hint)] if rows else [])
