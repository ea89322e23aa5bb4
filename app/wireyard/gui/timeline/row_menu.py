"""The menu of a row: what can be done with it, and nothing that can't."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from wireyard.recording.kinds import RowKind
from wireyard.recording.row import Row


class RowMenu(QMenu):
    """Made anew for each press of the right button."""

    copy_chosen = Signal()
    copy_row_text_chosen = Signal()
    resend_chosen = Signal()
    edit_resend_chosen = Signal()
    save_payload_chosen = Signal()
    export_chosen = Signal()
    preview_path_chosen = Signal()
    mark_chosen = Signal()

    def __init__(
        self,
        row: Row,
        selected_rows: int,
        *,
        is_read_only: bool,
        is_marked: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        is_message = row.kind == RowKind.MESSAGE
        is_single = selected_rows <= 1
        copy = self.tr("Copy payload") if is_message and is_single else self.tr("Copy")
        self._add(copy, "Ctrl+C", self.copy_chosen)
        self._add(self.tr("Copy as row text"), "Ctrl+Shift+C", self.copy_row_text_chosen)
        if is_message and is_single:
            self.addSeparator()
            if not is_read_only:
                self._add(self.tr("Resend"), "R", self.resend_chosen)
                self._add(self.tr("Edit and resend"), "E", self.edit_resend_chosen)
            self._add(self.tr("Save payload…"), "", self.save_payload_chosen)
            self.addSeparator()
            self._add(self.tr("Preview path…"), "", self.preview_path_chosen)
        if is_single:
            self.addSeparator()
            self._add(self.tr("Change the mark…") if is_marked else self.tr("Mark"), "Ctrl+M", self.mark_chosen)
        if not is_single:
            self.addSeparator()
            self._add(self.tr("Export selected…"), "Ctrl+Shift+E", self.export_chosen)

    def _add(self, text: str, keys: str, chosen: SignalInstance) -> None:
        action = QAction(f"{text}\t{keys}" if keys else text, self)
        action.triggered.connect(chosen)
        self.addAction(action)
