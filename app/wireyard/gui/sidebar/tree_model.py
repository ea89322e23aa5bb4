"""The tree as Qt sees it. A new snapshot changes only what differs, so selection, open rows and place stay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from wireyard.gui.sidebar.tree_node import Node, place_of
from wireyard.gui.sidebar.tree_rows import TreeRow, moved_key
from wireyard.gui.sidebar.tree_words import plain_tip, row_sentence, row_tip

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class TreeModel(QAbstractItemModel):
    """``rename_requested`` carries the row and the name that was typed into it."""

    rename_requested = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = Node(None, None)
        self._by_key: dict[str, Node] = {}
        # Qt keeps a number in each index: nodes that went must not be looked for by address.
        self._by_number: dict[int, Node] = {}
        self._live: frozenset[str] = frozenset()
        self._dirty: frozenset[str] = frozenset()

    # ------------------------------------------------------------------------------------------------------ properties

    @property
    def live(self) -> frozenset[str]:
        """The requests that are connected."""
        return self._live

    @property
    def dirty(self) -> frozenset[str]:
        """The requests with edits that are not saved."""
        return self._dirty

    # -------------------------------------------------------------------------------------------------- public methods

    def show(self, rows: Sequence[TreeRow]) -> None:
        """Show these rows, changing only what differs."""
        self._sync(self._root, rows)

    def show_states(self, live: Iterable[str], dirty: Iterable[str]) -> None:
        """Say which requests are connected and which have edits."""
        before = self._live | self._dirty
        old_live, old_dirty = self._live, self._dirty
        self._live, self._dirty = frozenset(live), frozenset(dirty)
        for id_ in before | self._live | self._dirty:
            if (id_ in old_live, id_ in old_dirty) != (id_ in self._live, id_ in self._dirty):
                self._tell_changed(self._by_key.get(id_))

    def rekey(self, old: str, new: str) -> None:
        """An item is called otherwise from now on; its row stays the same row."""
        for key, node in list(self._by_key.items()):
            moved = moved_key(key, old, new)
            if moved is not None and moved not in self._by_key:
                del self._by_key[key]
                node.rename(moved, moved_key(node.row.id, old, new) if node.row is not None else None)
                self._by_key[moved] = node

    def index_of(self, key: str) -> QModelIndex:
        """Where a row is; invalid when it isn't there."""
        node = self._by_key.get(key)
        return self._index(node) if node is not None else QModelIndex()

    def row_at(self, index: AnyIndex) -> TreeRow | None:
        """The row at an index."""
        node = self._by_number.get(index.internalId()) if index.isValid() else None
        return node.row if node is not None else None

    def row_of(self, key: str) -> TreeRow | None:
        """The row with a key."""
        node = self._by_key.get(key)
        return node.row if node is not None else None

    def depth(self, index: AnyIndex) -> int:
        """How many rows are above it in the tree."""
        node, depth = self._node(index), -1
        while node is not None and node.parent is not None:
            node, depth = node.parent, depth + 1
        return max(0, depth)

    def parent_key(self, key: str) -> str:
        """The key of the row above, empty at the top."""
        node = self._by_key.get(key)
        return node.parent.key if node is not None and node.parent is not None else ""

    def sibling_keys(self, key: str) -> list[str]:
        """The keys of the rows beside one, itself among them."""
        node = self._by_key.get(key)
        return [each.key for each in node.parent.children] if node is not None and node.parent is not None else []

    # ---------------------------------------------------------------------------------------------------- Qt overrides

    def index(self, row: int, column: int, parent: AnyIndex = _NOWHERE) -> QModelIndex:
        above = self._node(parent)
        if above is None or column != 0 or not 0 <= row < len(above.children):
            return QModelIndex()
        return self.createIndex(row, 0, above.children[row].number)

    def parent(self, index: AnyIndex = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        node = self._by_number.get(index.internalId()) if index.isValid() else None
        above = node.parent if node is not None else None
        return self._index(above) if above is not None and above.parent is not None else QModelIndex()

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        node = self._node(parent)
        return len(node.children) if node is not None and parent.column() <= 0 else 0

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 1

    def hasChildren(self, parent: AnyIndex = _NOWHERE) -> bool:
        return self.rowCount(parent) > 0

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        row = self.row_at(index)
        if row is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        if not (row.is_broken and row.kind == "message"):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        if row is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(row_tip(row))
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            is_request = row.kind == "request"
            return row_sentence(
                row, is_live=is_request and row.id in self._live, is_dirty=is_request and row.id in self._dirty
            )
        return None

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row_at(index)
        if row is None or role != Qt.ItemDataRole.EditRole or not isinstance(value, str):
            return False
        name = value.strip()
        if not name or name == row.name:
            return False
        self.rename_requested.emit(row, name)
        return True

    # ------------------------------------------------------------------------------------------------------- internals

    def _node(self, index: AnyIndex) -> Node | None:
        return self._by_number.get(index.internalId()) if index.isValid() else self._root

    def _index(self, node: Node) -> QModelIndex:
        if node.parent is None:
            return QModelIndex()
        return self.createIndex(node.place, 0, node.number)

    def _tell_changed(self, node: Node | None) -> None:
        if node is not None:
            index = self._index(node)
            self.dataChanged.emit(index, index)

    def _sync(self, above: Node, rows: Sequence[TreeRow]) -> None:
        self._drop_others(above, {row.key for row in rows})
        place = 0
        while place < len(rows):
            children = above.children
            if place < len(children) and children[place].key == rows[place].key:
                place += 1
                continue
            source = place_of(children, rows[place].key, place)
            if source >= 0:
                self._move(above, source, place)
                place += 1
            else:
                place += self._insert(above, place, rows)
        for node, row in zip(above.children, rows, strict=True):
            before, node.row = node.row, row
            if before is row:
                continue
            if before != row:
                self._tell_changed(node)
            self._sync(node, row.children)

    def _drop_others(self, above: Node, wanted: set[str]) -> None:
        last = len(above.children) - 1
        while last >= 0:
            first = last
            while first >= 0 and above.children[first].key not in wanted:
                first -= 1
            if first < last:
                self.beginRemoveRows(self._index(above), first + 1, last)
                self._forget(above.children[first + 1 : last + 1])
                above.take(first + 1, last + 1)
                self.endRemoveRows()
            last = first - 1

    def _move(self, above: Node, source: int, target: int) -> None:
        parent = self._index(above)
        self.beginMoveRows(parent, source, source, parent, target)
        above.move(source, target)
        self.endMoveRows()

    def _insert(self, above: Node, place: int, rows: Sequence[TreeRow]) -> int:
        """Insert the new rows that follow one another at a place; how many they were."""
        there = {child.key for child in above.children}
        end = place + 1
        while end < len(rows) and rows[end].key not in there:
            end += 1
        self.beginInsertRows(self._index(above), place, end - 1)
        above.insert(place, [self._grow(above, row) for row in rows[place:end]])
        self.endInsertRows()
        return end - place

    def _grow(self, above: Node, row: TreeRow) -> Node:
        # An item that moved to another folder is inserted there before its old row is removed.
        node = Node(row, above)
        self._by_key[row.key] = node
        self._by_number[node.number] = node
        node.insert(0, [self._grow(node, child) for child in row.children])
        return node

    def _forget(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            if self._by_key.get(node.key) is node:
                del self._by_key[node.key]
            del self._by_number[node.number]
            self._forget(node.children)
