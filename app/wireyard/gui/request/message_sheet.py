"""The sheet that asks what a saved message is called, and for its group and note."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, QStringListModel, Qt, Signal, Slot
from PySide6.QtWidgets import QCompleter, QFormLayout, QLineEdit, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.label import Label
from wireyard.gui.widgets.sheet import Sheet

_WIDTH_PX = 460


class MessageSheet(Sheet):
    """``chosen`` carries name, group and note."""

    chosen = Signal(str, str, str)

    def __init__(
        self, look: Look, window: QWidget, title: str, name: str, group: str, note: str, groups: Sequence[str]
    ) -> None:
        super().__init__(look, window, title, QSize(_WIDTH_PX, 0))
        self.name = QLineEdit(name)
        self.group = QLineEdit(group)
        self.note = QLineEdit(note)
        self.save_button = Button(look, self.tr("Save"), "primary")
        completer = QCompleter(QStringListModel(list(groups), self), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.group.setCompleter(completer)
        self._build()
        self.name.textChanged.connect(self._on_changed)
        self.name.setFocus()
        self.name.selectAll()
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        self.save_button.setEnabled(bool(self.name.text().strip()))

    @Slot()
    def _on_save(self) -> None:
        texts = (self.name.text().strip(), self.group.text().strip(), self.note.text().strip())
        self.accept()
        self.chosen.emit(*texts)

    def _build(self) -> None:
        look = self.look
        form = QFormLayout()
        form.setContentsMargins(look.px(24), look.px(20), look.px(24), look.px(20))
        form.setHorizontalSpacing(look.px(16))
        form.setVerticalSpacing(look.px(14))
        for field, label, hint in (
            (self.name, self.tr("Name"), ""),
            (self.group, self.tr("Group"), self.tr("none")),
            (self.note, self.tr("Note"), ""),
        ):
            field.setProperty("boxed", "1")
            field.setAccessibleName(label)
            field.setFont(look.font("body"))
            field.setPlaceholderText(hint)
            form.addRow(Label(look, label, "body", "text.2"), field)
        self.body.addLayout(form)
        cancel = Button(look, self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._on_save)
        self.save_button.setDefault(True)
        self.footer.addStretch()
        self.footer.addWidget(cancel)
        self.footer.addWidget(self.save_button)
