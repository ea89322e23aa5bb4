"""The environments by name, each with its dot, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QListWidgetItem, QVBoxLayout

from wireyard.gui.environments.colors import color_name, dot_icon
from wireyard.gui.environments.reorder_list import ReorderList
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button, IconButton
from wireyard.gui.widgets.frames import Panel
from wireyard.workspace.tree import EnvironmentLine

LIST_PX = 208


class EnvironmentList(Panel):
    """``selected`` carries an id; the others ask for what their buttons and keys say, about the one selected.

    ``move_wanted`` carries an id and that of the environment in front of which it is to stand, empty for the end.
    """

    selected = Signal(str)
    add_wanted = Signal()
    duplicate_wanted = Signal()
    rename_wanted = Signal()
    delete_wanted = Signal()
    move_wanted = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__("bg.app", "right")
        self._look = look
        self.list = ReorderList(look)
        self.list.setProperty("nav", "1")
        self.list.setProperty("focusRing", "none")  # its row has one
        self.list.setAccessibleName(self.tr("Environments"))
        self.list.setAccessibleDescription(self.tr("Enter goes to its variables; Alt+Up and Alt+Down move it"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.add = Button(look, self.tr("Add"), "ghost", icon="plus", size="small")
        self.add.setToolTip(self.tr("Add an environment"))
        self.duplicate = IconButton(look, "copy", self.tr("Duplicate"), shortcut="Ctrl+D")
        self.delete = IconButton(look, "trash", self.tr("Delete"), shortcut="Del")
        self._row = QHBoxLayout()
        self._row.addWidget(self.add)
        self._row.addStretch(1)
        self._row.addWidget(self.duplicate)
        self._row.addWidget(self.delete)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.list, 1)
        self._column.addLayout(self._row)
        self.list.currentItemChanged.connect(self._on_current_changed)
        self.list.key_pressed.connect(self._on_key)
        self.list.moved.connect(self._on_moved)
        self.list.itemDoubleClicked.connect(self.rename_wanted)
        self.add.clicked.connect(self.add_wanted)
        self.duplicate.clicked.connect(self.duplicate_wanted)
        self.delete.clicked.connect(self.delete_wanted)
        look.changed.connect(self._fit)
        self._fit()

    @property
    def current(self) -> str:
        """The id of the one selected."""
        return str(self.list.currentIndex().data(Qt.ItemDataRole.UserRole) or "")

    def show_lines(self, lines: Sequence[EnvironmentLine], active: str, current: str) -> None:
        """Show these, one of them selected; tells nothing by itself."""
        self.list.blockSignals(True)
        self.list.clear()
        for line in lines:
            item = QListWidgetItem(dot_icon(self._look, line.color, is_chosen=line.id == active), line.name)
            words = [line.name, color_name(line.color) if line.color else ""]
            words.append(self.tr("in use") if line.id == active else "")
            words.append(self.tr("can't be read") if line.problem is not None else "")
            item.setData(Qt.ItemDataRole.UserRole, line.id)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(word for word in words if word))
            item.setToolTip(str(line.problem) if line.problem is not None else "")
            if line.problem is not None:
                item.setIcon(self._look.icon("alert", "err"))
            self.list.addItem(item)
            if line.id == current:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        has_current = bool(self.current)
        self.duplicate.setEnabled(has_current)
        self.delete.setEnabled(has_current)

    @Slot()
    def _on_current_changed(self) -> None:
        self.selected.emit(self.current)

    @Slot(int)
    def _on_key(self, key: int) -> None:
        if key == Qt.Key.Key_F2:
            self.rename_wanted.emit()
        elif key == Qt.Key.Key_D:
            self.duplicate_wanted.emit()
        else:
            self.delete_wanted.emit()

    @Slot(int, int)
    def _on_moved(self, row: int, to: int) -> None:
        """``to`` is the gap that it goes to: the number of rows above that."""
        before = self.list.item(to).data(Qt.ItemDataRole.UserRole) if to < self.list.count() else ""
        self.move_wanted.emit(str(self.list.item(row).data(Qt.ItemDataRole.UserRole)), str(before))

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self.list.setFont(look.font("body"))
        self.list.setIconSize(QSize(look.px(16), look.px(16)))
        self._column.setContentsMargins(look.px(8), look.px(8), look.px(9), look.px(8))
        self._row.setSpacing(look.px(4))
