"""The menus of the tree: what can be done with the rows that are selected, and nothing that can't."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from wireyard.gui.commands import COMMANDS, shown_keys
from wireyard.gui.sidebar.tree_rows import TreeRow
from wireyard.gui.sidebar.tree_view import KEYS

translate = QCoreApplication.translate
# The keys that act anywhere in the window, and the tree's own.
_SHOWN_KEYS = {
    command.name: command.keys[0] for command in COMMANDS if command.group == "Collections" and command.keys
} | {name: keys for keys, name in reversed(KEYS.items())}


class TreeMenu(QMenu):
    """Made anew each time. ``chosen`` carries the name of an action of `TreeActions`."""

    chosen = Signal(str)

    def __init__(self, rows: Sequence[TreeRow], parent: QWidget) -> None:
        super().__init__(parent)
        for group in groups_for(rows):
            if not self.isEmpty():
                self.addSeparator()
            for name in group:
                self._add(name, several=len(rows) > 1)

    def _add(self, name: str, *, several: bool) -> None:
        action = QAction(with_keys(name, words_of(name, several=several)), self)
        action.triggered.connect(lambda: self.chosen.emit(name))
        self.addAction(action)


def with_keys(name: str, text: str) -> str:
    """The text of an entry, with the keys that do the same."""
    keys = _SHOWN_KEYS.get(name, "")
    return f"{text}\t{shown_keys(keys)}" if keys else text


def groups_for(rows: Sequence[TreeRow]) -> list[list[str]]:
    """The names of the actions, in groups."""
    if not rows:
        return [["new_collection"]]
    kinds = {row.kind for row in rows}
    if any(row.is_broken and row.kind != "message" for row in rows):
        return [["open_file", "show_file"], ["delete"]]
    if len(rows) > 1:
        return _several(kinds)
    match rows[0].kind:
        case "message":
            return [["keep", "send"], ["rename", "duplicate", "copy_address"], ["delete"]]
        case "request":
            return [
                ["keep", "new_tab", "connect"],
                ["rename", "duplicate", "move_to", "copy_address"],
                ["open_file", "show_file"],
                ["delete"],
            ]
        case "folder":
            return [
                ["new_request", "new_folder"],
                ["edit_folder", "rename", "duplicate", "move_to"],
                ["show_file"],
                ["delete"],
            ]
        case "collection":
            return [
                ["new_request", "new_folder", "new_collection"],
                ["edit_folder", "rename", "duplicate"],
                ["show_file"],
                ["delete"],
            ]


def _several(kinds: set[str]) -> list[list[str]]:
    groups = [["duplicate"], ["delete"]]
    if kinds == {"request"}:
        groups.insert(0, ["keep", "connect"])
        groups[1].append("copy_address")
    if kinds <= {"request", "folder"}:
        groups[-2].append("move_to")
    return groups


def words_of(name: str, *, several: bool = False) -> str:
    """What an action is called."""
    words = {
        "keep": translate("Sidebar", "Open"),
        "new_tab": translate("Sidebar", "Open in another tab"),
        "connect": translate("Sidebar", "Open and connect"),
        "send": translate("Sidebar", "Send"),
        "edit_folder": translate("Sidebar", "Headers, settings, variables…"),
        "rename": translate("Sidebar", "Rename"),
        "duplicate": translate("Sidebar", "Duplicate"),
        "move_to": translate("Sidebar", "Move to…"),
        "copy_address": translate("Sidebar", "Copy addresses") if several else translate("Sidebar", "Copy"),
        "open_file": translate("Sidebar", "Open file"),
        "show_file": translate("Sidebar", "Show in file manager"),
        "delete": translate("Sidebar", "Delete"),
        "new_request": translate("Sidebar", "New request"),
        "new_folder": translate("Sidebar", "New folder"),
        "new_collection": translate("Sidebar", "New collection"),
    }
    return words[name]
