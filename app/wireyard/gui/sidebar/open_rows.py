"""Which rows of the tree are open: collections at first, then what a person opened and closed, kept between starts."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QObject, Signal, Slot

from wireyard.gui.sidebar.tree_model import TreeModel
from wireyard.gui.sidebar.tree_rows import TreeRow, moved_key
from wireyard.gui.sidebar.tree_view import TreeView


class OpenRows(QObject):
    """Keeps the rows that are not as they are at first. While a search is on, everything is open and nothing is kept.

    ``changed`` says that a person opened or closed a row.
    """

    changed = Signal()

    def __init__(self, model: TreeModel, tree: TreeView) -> None:
        super().__init__(tree)
        self._model = model
        self._tree = tree
        self._toggled: set[str] = set()
        self._is_searching = False
        self._is_ours = False
        model.rowsInserted.connect(self._on_inserted)
        tree.expanded.connect(self._on_expanded)
        tree.collapsed.connect(self._on_collapsed)

    @property
    def toggled(self) -> tuple[str, ...]:
        """The keys of the rows that are not as at first."""
        return tuple(sorted(self._toggled))

    def restore(self, toggled: Iterable[str]) -> None:
        """Open and close rows as they were."""
        self._toggled = set(toggled)
        self._apply(QModelIndex())

    def rekey(self, old: str, new: str) -> None:
        """An item is called otherwise from now on."""
        self._toggled = {moved_key(key, old, new) or key for key in self._toggled}

    def set_searching(self, is_searching: bool) -> None:
        """Open everything, or put it back."""
        if is_searching != self._is_searching:
            self._is_searching = is_searching
            self._apply(QModelIndex())

    def set_all(self, is_open: bool) -> None:
        """Open or close every row."""
        self._is_ours = True
        if is_open:
            self._tree.expandAll()
        else:
            self._tree.collapseAll()
        self._is_ours = False
        self._toggled.clear()
        self._note(QModelIndex())
        self.changed.emit()

    def _note(self, parent: QModelIndex) -> None:
        for place in range(self._model.rowCount(parent)):
            index = self._model.index(place, 0, parent)
            row = self._model.row_at(index)
            if row is not None and self._model.hasChildren(index):
                if self._tree.isExpanded(index) != _is_open_at_first(row):
                    self._toggled.add(row.key)
                self._note(index)

    def _apply(self, parent: QModelIndex, first: int = 0, last: int = -1) -> None:
        end = last + 1 if last >= 0 else self._model.rowCount(parent)
        was_ours, self._is_ours = self._is_ours, True
        for place in range(first, end):
            index = self._model.index(place, 0, parent)
            row = self._model.row_at(index)
            if row is None or row.kind == "message":
                continue
            wanted = self._is_searching or _is_open_at_first(row) != (row.key in self._toggled)
            if self._model.hasChildren(index):
                self._apply(index)
                if self._tree.isExpanded(index) != wanted:
                    self._tree.setExpanded(index, wanted)
        self._is_ours = was_ours

    @Slot(QModelIndex, int, int)
    def _on_inserted(self, parent: QModelIndex, first: int, last: int) -> None:
        self._apply(parent, first, last)
        # The first rows of a folder come when its file names are known; until then it could not be opened.
        row = self._model.row_at(parent)
        if row is not None and self._model.rowCount(parent) == last - first + 1:
            wanted = self._is_searching or _is_open_at_first(row) != (row.key in self._toggled)
            was_ours, self._is_ours = self._is_ours, True
            self._tree.setExpanded(parent, wanted)
            self._is_ours = was_ours

    @Slot(QModelIndex)
    def _on_expanded(self, index: QModelIndex) -> None:
        self._on_toggled(index, is_open=True)

    @Slot(QModelIndex)
    def _on_collapsed(self, index: QModelIndex) -> None:
        self._on_toggled(index, is_open=False)

    def _on_toggled(self, index: QModelIndex, *, is_open: bool) -> None:
        row = self._model.row_at(index)
        if row is None or self._is_ours or self._is_searching:
            return
        if is_open == _is_open_at_first(row):
            self._toggled.discard(row.key)
        else:
            self._toggled.add(row.key)
        self.changed.emit()


def _is_open_at_first(row: TreeRow) -> bool:
    return row.kind == "collection"
