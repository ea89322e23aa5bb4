"""What can be done with the rows of the tree. Small writes happen at once; what can't be done is said in a toast."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from wireyard.gui.library import Library
from wireyard.gui.sidebar.message_edits import MessageEdits
from wireyard.gui.sidebar.tree_drop import DropPlace
from wireyard.gui.sidebar.tree_model import TreeModel
from wireyard.gui.sidebar.tree_rows import TreeRow
from wireyard.gui.sidebar.tree_view import TreeView


class TreeActions(QObject):
    """``open_requested`` and ``message_requested`` ask for tabs, ``problem_chosen`` tells of a file that can't be read.

    ``made`` carries the key of a new row that wants a name, ``placed`` the keys of rows that are elsewhere now.
    ``move_asked`` asks where to, ``edit_asked`` for what a folder gives to its requests.
    """

    open_requested = Signal(str, str)
    message_requested = Signal(str, int, bool)
    problem_chosen = Signal(object)
    made = Signal(str)
    placed = Signal(list)
    move_asked = Signal(list)
    edit_asked = Signal(str)

    def __init__(self, library: Library, model: TreeModel, tree: TreeView) -> None:
        super().__init__(tree)
        self._library = library
        self._model = model
        self._tree = tree
        self._messages = MessageEdits(library)
        self._by_name: dict[str, Callable[[], None]] = {
            "keep": partial(self.open, "keep"),
            "connect": partial(self.open, "connect"),
            "new_tab": partial(self.open, "new_tab"),
            "edit_folder": self.edit_folder,
            "rename": self.rename,
            "duplicate": self.duplicate,
            "delete": self.delete,
            "copy_address": self.copy,
            "move_up": partial(self.step, -1),
            "move_down": partial(self.step, 1),
            "move_out": self.move_out,
            "move_in": self.move_in,
            "move_to": self.ask_where,
            "send": partial(self.open, "send"),
            "show_file": self.show_in_folder,
            "open_file": self.open_files,
            "new_request": self.new_request,
            "new_folder": self.new_folder,
            "new_collection": self.new_collection,
        }

    def run(self, name: str) -> None:
        """Do one of the actions with the rows that are selected."""
        self._by_name[name]()

    # Opening.

    def open(self, how: str) -> None:
        """Open what is selected; a folder opens and closes its rows."""
        for row in self._tree.selected_rows():
            self.open_row(row, how)

    def open_row(self, row: TreeRow, how: str) -> None:
        """Open one row: a request in a tab, a message in its request's tab, a file with a fault by telling it."""
        if row.kind == "message":
            self.message_requested.emit(row.id, row.message, how in ("send", "connect"))
        elif row.is_broken:
            self.problem_chosen.emit(row.item.problem)
        elif row.kind == "request":
            self.open_requested.emit(row.id, "keep" if how == "send" else how)
        else:
            index = self._model.index_of(row.key)
            self._tree.setExpanded(index, not self._tree.isExpanded(index))

    # Making.

    def new_request(self) -> None:
        """Make a request where the selection is, open it and have its name typed."""
        from wireyard.workspace.model import RequestFile

        parent = self._folder()
        if not parent:
            return
        made = self._made(lambda: self._library.create_request(parent, self.tr("New request"), RequestFile()))
        if made:
            self.open_requested.emit(made, "keep")

    def new_folder(self) -> None:
        """Make a folder where the selection is."""
        parent = self._folder()
        if parent:
            self._made(lambda: self._library.create_folder(parent, self.tr("New folder")))

    def new_collection(self) -> None:
        """Make a collection, below the others."""
        self._made(lambda: self._library.create_collection(self.tr("New collection")))

    # Changing.

    def rename(self) -> None:
        """Have the row that the keyboard is on renamed where it stands."""
        row = self._tree.current_row()
        if row is not None:
            self._tree.rename(row.key)

    def renamed(self, row: TreeRow, name: str) -> None:
        """A name was typed for a row."""
        if row.kind == "message":
            self._library.attempt(lambda: self._messages.rename(row.id, row.message, name))
        else:
            self._library.attempt(lambda: self._library.rename(row.id, name))

    def duplicate(self) -> None:
        """Copy each selected row beside itself."""
        made: list[str] = []
        for row in self._tops():
            if row.kind == "message":
                self._library.attempt(partial(self._messages.duplicate, row.id, row.message))
            else:
                self._library.attempt(lambda row=row: made.append(self._library.duplicate(row.id)))
        self.placed.emit(made)

    def delete(self) -> None:
        """Delete what is selected, at once and with an Undo."""
        rows = self._tops()
        items = [row for row in rows if row.kind != "message"]
        messages = [row for row in rows if row.kind == "message"]
        if items:
            said = self._deleted_words(items)
            self._library.attempt(lambda: self._library.delete([row.id for row in items], said))
        for request in dict.fromkeys(row.id for row in messages):
            numbers = [row.message for row in messages if row.id == request]
            said = self._deleted_words([row for row in messages if row.id == request])
            self._library.attempt(partial(self._messages.delete, request, numbers, said))

    # Moving.

    def drop(self, keys: Sequence[str], place: DropPlace, copies: bool) -> None:
        """Put rows where they were dropped."""
        rows = [row for key in keys if (row := self._model.row_of(key)) is not None]
        if not rows:
            return
        if rows[0].kind == "message":
            before = self._model.row_of(place.before) if place.before is not None else None
            target = before.message if before is not None else len(rows[0].item.messages)
            numbers = [row.message for row in rows]
            self._library.attempt(lambda: self._messages.put(rows[0].id, numbers, target, copies=copies))
            return
        self._put([row.id for row in self._without_inner(rows)], place.parent, place.before, copies=copies)

    def move_to(self, ids: Sequence[str], parent: str) -> None:
        """Put items at the end of a folder."""
        self._put(ids, parent, None)

    def ask_where(self) -> None:
        """Ask for a folder for what is selected."""
        ids = [row.id for row in self._tops() if row.kind in ("folder", "request")]
        if ids:
            self.move_asked.emit(ids)

    def edit_folder(self) -> None:
        """Ask for what the folder or collection gives to the requests in it."""
        row = next((row for row in self._tops() if row.kind in ("folder", "collection")), None)
        if row is not None:
            self.edit_asked.emit(row.id)

    def step(self, by: int) -> None:
        """Put the row one place up or down among its siblings."""
        row = self._tree.current_row()
        if row is None:
            return
        siblings = self._model.sibling_keys(row.key)
        target = siblings.index(row.key) + by
        if not 0 <= target < len(siblings):
            return
        if row.kind == "message":
            self._library.attempt(lambda: self._messages.put(row.id, [row.message], target + (by > 0)))
            self._tree.select(siblings[target])
            return
        after = target + 1 if by > 0 else target
        before = siblings[after] if after < len(siblings) else None
        self._put([row.id], self._model.parent_key(row.key), before)

    def move_out(self) -> None:
        """Put the row behind the folder that it is in."""
        row = self._tree.current_row()
        folder = self._model.parent_key(row.key) if row is not None and row.kind in ("folder", "request") else ""
        above = self._model.parent_key(folder) if folder else ""
        if row is None or not above:
            return
        siblings = self._model.sibling_keys(folder)
        after = siblings.index(folder) + 1
        self._put([row.id], above, siblings[after] if after < len(siblings) else None)

    def move_in(self) -> None:
        """Put the row into the folder above it."""
        row = self._tree.current_row()
        if row is None or row.kind not in ("folder", "request"):
            return
        siblings = self._model.sibling_keys(row.key)
        for key in reversed(siblings[: siblings.index(row.key)]):
            beside = self._model.row_of(key)
            if beside is not None and beside.kind == "folder":
                self._put([row.id], beside.id, None)
                return

    # Looking.

    def copy(self) -> None:
        """Copy the addresses of requests, or the body of a message."""
        rows = self._tree.selected_rows()
        texts = [row.item.url for row in rows if row.kind == "request" and row.item.url]
        for row in rows:
            if row.kind == "message":
                self._library.attempt(lambda row=row: texts.append(self._messages.body(row.id, row.message)))
        if texts:
            QApplication.clipboard().setText("\n".join(texts))

    def show_in_folder(self) -> None:
        """Show the files in the file manager."""
        root, row = self._library.root, self._tree.current_row()
        if root is None:
            return
        path = root / row.id if row is not None else root
        _open(path if path.is_dir() else path.parent)

    def open_files(self) -> None:
        """Open the selected requests' files in the editor of the desktop."""
        root = self._library.root
        for row in self._tree.selected_rows():
            if root is not None and row.kind != "message":
                _open(root / (row.item.problem.path if row.item.problem is not None else row.id))

    # Internals.

    def _put(self, ids: Sequence[str], parent: str, before: str | None, *, copies: bool = False) -> None:
        placed: list[str] = []
        way_back = [] if copies else [self._place_of(id_, ids) for id_ in ids]
        names = [row.name for id_ in ids if (row := self._model.row_of(id_)) is not None]

        def act() -> None:
            moving = [self._library.duplicate(id_) for id_ in ids] if copies else list(ids)
            placed.extend(self._library.move(moving, parent, before))

        def undo() -> None:
            # In their order: what stood side by side goes in front of the same one.
            for id_, (old_parent, old_before) in zip(placed, way_back, strict=True):
                self._library.attempt(partial(self._library.move, [id_], old_parent, old_before))

        self._library.attempt(act)
        self.placed.emit(placed)
        folder = self._model.row_of(parent)
        if placed and folder is not None and any(old != parent for old, _ in way_back):
            what = f"“{names[0]}”" if len(names) == 1 else self.tr("{0} items").format(len(names))
            self._library.undo_offered.emit(self.tr("Moved {0} to “{1}”.").format(what, folder.name), undo)

    def _place_of(self, id_: str, without: Sequence[str]) -> tuple[str, str | None]:
        """Where an item is: its folder, and the next one in it that is not ``without``."""
        siblings = self._model.sibling_keys(id_)
        after = siblings[siblings.index(id_) + 1 :] if id_ in siblings else []
        return self._model.parent_key(id_), next((key for key in after if key not in without), None)

    def _made(self, make: Callable[[], str]) -> str:
        made: list[str] = []
        self._library.attempt(lambda: made.append(make()))
        if not made:
            return ""
        self.made.emit(made[0])
        return made[0]

    def _folder(self) -> str:
        """The folder for something new: the one at the selection, else the last collection, made if there is none."""
        row = self._tree.current_row()
        if row is not None:
            key = self._model.parent_key(row.key) if row.kind == "message" else row.key
            return key if row.holds_items else self._model.parent_key(key)
        last = self._model.row_at(self._model.index(self._model.rowCount() - 1, 0))
        if last is not None:
            return last.id
        made: list[str] = []
        self._library.attempt(lambda: made.append(self._library.create_collection(self.tr("My collection"))))
        return made[0] if made else ""

    def _tops(self) -> list[TreeRow]:
        return self._without_inner(self._tree.selected_rows())

    def _without_inner(self, rows: Sequence[TreeRow]) -> list[TreeRow]:
        """Without rows that are inside others of them."""
        keys = {row.key for row in rows}
        return [row for row in rows if not self._has_above(row.key, keys)]

    def _has_above(self, key: str, keys: set[str]) -> bool:
        above = self._model.parent_key(key)
        while above:
            if above in keys:
                return True
            above = self._model.parent_key(above)
        return False

    def _deleted_words(self, rows: Sequence[TreeRow]) -> str:
        if len(rows) == 1:
            return self.tr("Deleted “{0}”.").format(rows[0].name)
        return self.tr("Deleted {0} items.").format(len(rows))


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
