"""The sheet that asks what a new request is called and in which folder it is kept."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.choices import Select
from wireyard.gui.widgets.label import Label
from wireyard.gui.widgets.sheet import Sheet
from wireyard.workspace.tree import Item, Tree

_WIDTH_PX = 480


class SaveSheet(Sheet):
    """``chosen`` carries the folder's id, the request's name, and for an empty id the name of a new collection."""

    chosen = Signal(str, str, str)

    def __init__(self, look: Look, window: QWidget, tree: Tree | None, name: str) -> None:
        super().__init__(look, window, window.tr("Save request"), QSize(_WIDTH_PX, 0))
        self.name = QLineEdit(name)
        self.folder = Select(look, label=self.tr("Folder"))
        self.collection = QLineEdit(self.tr("My requests"))
        self._collection_label = Label(look, self.tr("Collection"), "body", "text.2")
        self.save_button = Button(look, self.tr("Save"), "primary")
        for item in tree.items if tree is not None else ():
            self._offer(item, "")
        self.folder.addItem(self.tr("New collection…"), "")
        self._build()
        self.name.textChanged.connect(self._on_changed)
        self.collection.textChanged.connect(self._on_changed)
        self.folder.currentIndexChanged.connect(self._on_changed)
        self.name.setFocus()
        self.name.selectAll()
        self._on_changed()

    def _offer(self, item: Item, above: str) -> None:
        if item.kind == "request" or item.problem is not None:
            return
        path = f"{above} › {item.name}" if above else item.name
        self.folder.addItem(path, item.id)
        for child in item.children:
            self._offer(child, path)

    @Slot()
    def _on_changed(self) -> None:
        is_new = not self.folder.currentData()
        self.collection.setVisible(is_new)
        self._collection_label.setVisible(is_new)
        has_names = bool(self.name.text().strip()) and (not is_new or bool(self.collection.text().strip()))
        self.save_button.setEnabled(has_names)
        self._fit()

    @Slot()
    def _on_save(self) -> None:
        folder, name = str(self.folder.currentData() or ""), self.name.text().strip()
        collection = self.collection.text().strip()
        self.accept()
        self.chosen.emit(folder, name, collection)

    def _build(self) -> None:
        look = self.look
        for field, label in ((self.name, self.tr("Name")), (self.collection, self.tr("Collection"))):
            field.setProperty("boxed", "1")
            field.setAccessibleName(label)
            field.setFont(look.font("body"))
        form = QFormLayout()
        form.setContentsMargins(look.px(24), look.px(20), look.px(24), look.px(20))
        form.setHorizontalSpacing(look.px(16))
        form.setVerticalSpacing(look.px(14))
        form.addRow(Label(look, self.tr("Name"), "body", "text.2"), self.name)
        form.addRow(Label(look, self.tr("Folder"), "body", "text.2"), self.folder)
        form.addRow(self._collection_label, self.collection)
        self.body.addLayout(form)
        cancel = Button(look, self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._on_save)
        self.save_button.setDefault(True)
        self.footer.addStretch()
        self.footer.addWidget(cancel)
        self.footer.addWidget(self.save_button)
