"""The collections: head, search, tree, and what stands there when there is nothing to show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from wireyard.gui.library import Library
from wireyard.gui.sidebar.head_menus import NewMenu, WorkspaceMenu
from wireyard.gui.sidebar.open_rows import OpenRows
from wireyard.gui.sidebar.page import SidebarPage
from wireyard.gui.sidebar.problems_bar import ProblemsBar
from wireyard.gui.sidebar.tree_actions import TreeActions
from wireyard.gui.sidebar.tree_menu import TreeMenu
from wireyard.gui.sidebar.tree_model import TreeModel
from wireyard.gui.sidebar.tree_rows import TreeRow, found_in, rows_found, rows_of
from wireyard.gui.sidebar.tree_search import TreeSearch
from wireyard.gui.sidebar.tree_view import TreeView
from wireyard.gui.theme.look import Look

if TYPE_CHECKING:
    from wireyard.workspace.tree import Hit, Tree


class CollectionsView(SidebarPage):
    """``open_requested`` carries a request's id and how it is opened, ``message_requested`` a request, the number of a
    saved message and whether it is sent; ``problem_chosen`` a `Problem`; ``workspace_asked`` asks for a folder."""

    open_requested = Signal(str, str)
    message_requested = Signal(str, int, bool)
    problem_chosen = Signal(object)
    workspace_asked = Signal()
    workspace_chosen = Signal(str)
    move_asked = Signal(list)
    edit_asked = Signal(str)

    def __init__(self, look: Look, library: Library, parent: QWidget | None = None) -> None:
        self._library = library
        self.model = TreeModel()
        self.tree = TreeView(look, self.model)
        super().__init__(look, look.tr("Collections"), look.tr("Search names, URLs, payloads"), self.tree, parent)
        self.model.setParent(self)
        self.actions_ = TreeActions(library, self.model, self.tree)
        self.problems = ProblemsBar(look)
        self._column.addWidget(self.problems)
        self._open_rows = OpenRows(self.model, self.tree)
        self._search = TreeSearch(library, self)
        self._wants_name = ""
        self._wants_selection: list[str] = []
        self._wants_reveal = ""
        self._new = self.head.add_button("plus", self.tr("New"))
        self._more = self.head.add_button("more", self.tr("Workspace"))
        self._connect()
        if library.tree is not None:
            self._on_opened()
            self._on_tree_changed(library.tree)
        else:
            self._say_what_is_missing()

    # -------------------------------------------------------------------------------------------------- public methods

    def show_states(self, live: Iterable[str], dirty: Iterable[str]) -> None:
        """Say which requests are connected and which have unsaved edits."""
        self.model.show_states(live, dirty)

    def reveal(self, id_: str) -> None:
        """Select a request's row and open the folders it is in, as soon as it is there; not in a search."""
        self._wants_reveal = id_
        if self._search.text or self._is_at(id_) or self.tree.select(id_):
            self._wants_reveal = ""

    def shut_down(self) -> None:
        """Stop what runs beside the GUI thread."""
        self._search.shut_down()

    # ------------------------------------------------------------------------------------------------------------ slots

    @Slot()
    def _on_opened(self) -> None:
        root = self._library.root
        self.search.edit.clear()
        self._open_rows.restore(self._library.known.expanded)
        if root is not None:
            self.head.set_title(self.tr("Collections"), str(root))

    @Slot(object)
    def _on_tree_changed(self, tree: Tree) -> None:
        if self._search.text:
            self._search.again()
        else:
            self.model.show(rows_of(tree))
        self.problems.show_problems(tree.problems)
        self._say_what_is_missing()
        self._take_up_new_rows()
        if self.tree.hasFocus():
            self.tree.select_current()

    @Slot(str)
    def _on_search(self, text: str) -> None:
        self._search.search(text)
        tree = self._library.tree
        if not self._search.text and tree is not None:
            self._open_rows.set_searching(False)
            self.model.show(rows_of(tree))
            self._say_what_is_missing()

    @Slot(list)
    def _on_found(self, hits: list[Hit]) -> None:
        tree = self._library.tree
        if tree is None:
            return
        found = found_in(tree, hits)
        self._open_rows.set_searching(True)
        self.model.show(rows_found(tree, found))
        self._say_what_is_missing()
        count = len(found)
        said = self.tr("1 hit") if count == 1 else self.tr("{0} hits").format(count)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.search.edit, said))

    @Slot(str, str)
    def _on_moved(self, old: str, new: str) -> None:
        self.model.rekey(old, new)
        self._open_rows.rekey(old, new)
        self._keep_open_rows()

    @Slot(str)
    def _on_made(self, key: str) -> None:
        self._wants_name = key
        self.search.edit.clear()
        self._take_up_new_rows()

    @Slot(list)
    def _on_placed(self, keys: list[str]) -> None:
        self._wants_selection = keys
        self._take_up_new_rows()

    @Slot(QPoint)
    def _on_menu_asked(self, place: QPoint) -> None:
        menu = TreeMenu(self.tree.selected_rows(), self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.chosen.connect(self.actions_.run)
        menu.popup(place)

    @Slot(object, str)
    def _on_button(self, row: TreeRow, button: str) -> None:
        if button == "more":
            if row not in self.tree.selected_rows():
                self.tree.select(row.key)
            self._on_menu_asked(self.tree.place_of_button(row, button))
        else:
            self.actions_.open_row(row, "connect" if button == "play" else "send")

    @Slot(object)
    def _on_clicked(self, row: TreeRow) -> None:
        self.actions_.open_row(row, "preview")

    @Slot(object)
    def _on_kept(self, row: TreeRow) -> None:
        if row.kind != "message":
            self.actions_.open_row(row, "keep")

    @Slot()
    def _on_new(self) -> None:
        menu = NewMenu(self)
        menu.chosen.connect(self.actions_.run)
        menu.popup(self._new.mapToGlobal(self._new.rect().bottomLeft()))

    @Slot()
    def _on_more(self) -> None:
        menu = WorkspaceMenu(self._library, self)
        menu.open_asked.connect(self.workspace_asked)
        menu.workspace_chosen.connect(self.workspace_chosen)
        menu.all_asked.connect(self._open_rows.set_all)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    @Slot(str)
    def _on_notice(self, name: str) -> None:
        if name == "open_workspace":
            self.workspace_asked.emit()
        elif name == "clear":
            self.search.edit.clear()
        else:
            self.actions_.run(name)

    @Slot()
    def _keep_open_rows(self) -> None:
        self._library.keep_expanded(self._open_rows.toggled)

    # ------------------------------------------------------------------------------------------------------- internals

    def _take_up_new_rows(self) -> None:
        """What was made or moved is selected, or gets its name, once its row is there."""
        if self._wants_selection and all(self._is_in_place(key) for key in self._wants_selection):
            self.tree.select(*self._wants_selection)
            self._wants_selection = []
        if self._wants_reveal:
            self.reveal(self._wants_reveal)
        if self._wants_name and self.model.index_of(self._wants_name).isValid():
            key, self._wants_name = self._wants_name, ""
            self.tree.rename(key)

    def _is_at(self, id_: str) -> bool:
        """Whether somebody is on this request's row in the tree, or on one of its messages."""
        keys = {row.key for row in self.tree.selected_rows()} if self.tree.hasFocus() else set[str]()
        return id_ in keys or any(self.model.parent_key(key) == id_ for key in keys)

    def _is_in_place(self, key: str) -> bool:
        # A row that was moved has its new key at once, and its new place with the next snapshot.
        row = self.model.row_of(key)
        if row is None or not self.model.index_of(key).isValid():
            return False
        return row.kind == "message" or self.model.parent_key(key) == key.rpartition("/")[0]

    def _say_what_is_missing(self) -> None:
        tree = self._library.tree
        if tree is None:
            self.notice.say(
                self.tr("Collections keep addresses and messages in a folder that a team can share."),
                {"open_workspace": self.tr("Open workspace…")},
            )
        elif self._search.text and not self.model.rowCount():
            self.notice.say(self.tr("Nothing called “{0}”").format(self._search.text), {"clear": self.tr("Clear")})
        elif not tree.items:
            self.notice.say(
                self.tr("This workspace has no collections yet. A collection holds requests and their messages."),
                {"new_collection": self.tr("New collection"), "open_workspace": self.tr("Open workspace…")},
            )
        has_rows = tree is not None and self.model.rowCount() > 0
        self.show_rows(has_rows)
        self._new.setEnabled(tree is not None)

    def _connect(self) -> None:
        library, actions, tree = self._library, self.actions_, self.tree
        library.opened.connect(self._on_opened)
        library.tree_changed.connect(self._on_tree_changed)
        library.moved.connect(self._on_moved)
        library.restored.connect(self._on_placed)
        self.search.text_changed.connect(self._on_search)
        self._search.found.connect(self._on_found)
        self._open_rows.changed.connect(self._keep_open_rows)
        self._new.clicked.connect(self._on_new)
        self._more.clicked.connect(self._on_more)
        self.notice.chosen.connect(self._on_notice)
        self.problems.chosen.connect(self.problem_chosen)
        tree.acted.connect(actions.run)
        tree.clicked_row.connect(self._on_clicked)
        tree.kept_row.connect(self._on_kept)
        tree.pressed_button.connect(self._on_button)
        tree.menu_asked.connect(self._on_menu_asked)
        tree.dropped.connect(actions.drop)
        self.model.rename_requested.connect(actions.renamed)
        actions.open_requested.connect(self.open_requested)
        actions.message_requested.connect(self.message_requested)
        actions.problem_chosen.connect(self.problem_chosen)
        actions.move_asked.connect(self.move_asked)
        actions.edit_asked.connect(self.edit_asked)
        actions.made.connect(self._on_made)
        actions.placed.connect(self._on_placed)
