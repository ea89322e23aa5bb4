"""Asks which folder something goes to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.search_field import SearchField
from wireyard.gui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from wireyard.workspace.tree import Item, Tree

_ID = int(Qt.ItemDataRole.UserRole)


class MoveSheet(Sheet):
    """Lists collections and folders, but for those that are moved themselves. ``move`` gets the ids and the folder."""

    def __init__(
        self, look: Look, window: QWidget, tree: Tree, ids: Sequence[str], move: Callable[[list[str], str], None]
    ) -> None:
        super().__init__(look, window, self.tr("Move to"), QSize(480, 480))
        self._ids = list(ids)
        self._move = move
        self.search = SearchField(look, self.tr("Search folders"))
        self.list = QListWidget()
        self.list.setProperty("nav", "1")
        self.list.setAccessibleName(self.tr("Folders"))
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        for item, path in folders(tree.items, ids):
            row = QListWidgetItem(look.icon("folder"), path)
            row.setData(_ID, item.id)
            row.setSizeHint(QSize(0, look.px(32)))  # the style sheet, which says so too, comes after the first layout
            self.list.addItem(row)
        self.list.setIconSize(look.icon_size())
        self.list.setCurrentRow(0)
        self.body.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        self.body.setSpacing(look.px(8))
        self.body.addWidget(self.search)
        self.body.addWidget(self.list, 1)
        cancel = Button(look, self.tr("Cancel"))
        self._apply = Button(look, self.tr("Move here"), "primary")
        self._apply.setDefault(True)
        self.footer.addStretch(1)
        self.footer.addWidget(cancel)
        self.footer.addWidget(self._apply)
        self.search.text_changed.connect(self._on_search)
        self.list.doubleClicked.connect(self._on_chosen)
        self.list.currentRowChanged.connect(self._on_current)
        cancel.clicked.connect(self.reject)
        self._apply.clicked.connect(self.accept)
        self.accepted.connect(self._on_accepted)
        self.search.edit.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.search.edit.hasFocus():
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    @Slot(str)
    def _on_search(self, text: str) -> None:
        wanted = text.casefold().split()
        rows = [self.list.item(number) for number in range(self.list.count())]
        for row in rows:
            row.setHidden(not all(word in row.text().casefold() for word in wanted))
        if not self._is_chosen():
            self.list.setCurrentRow(next((number for number, row in enumerate(rows) if not row.isHidden()), -1))
        self._on_current()

    @Slot()
    def _on_current(self) -> None:
        self._apply.setEnabled(self._is_chosen())

    @Slot(QModelIndex)
    def _on_chosen(self) -> None:
        self.accept()

    @Slot()
    def _on_accepted(self) -> None:
        if self._is_chosen():
            self._move(self._ids, str(self.list.currentItem().data(_ID)))

    def _is_chosen(self) -> bool:
        return self.list.currentRow() >= 0 and not self.list.currentItem().isHidden()


def folders(items: Sequence[Item], without: Sequence[str], above: str = "") -> Iterator[tuple[Item, str]]:
    """Every collection and folder with its path in words, but for those in ``without`` and what is in them."""
    for item in items:
        if item.kind == "request" or item.id in without or item.problem is not None:
            continue
        path = f"{above} / {item.name}" if above else item.name
        yield item, path
        yield from folders(item.children, without, path)
