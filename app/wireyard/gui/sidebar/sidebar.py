"""The sidebar: one of its views at a time, chosen in the rail."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal, get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QWidget

from wireyard.gui.library import Library
from wireyard.gui.sidebar.collections_view import CollectionsView
from wireyard.gui.sidebar.history_view import Folder, HistoryView
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.frames import Hairline, Panel

ViewName = Literal["collections", "history"]
VIEWS: tuple[ViewName, ...] = get_args(ViewName)
WIDTH = 260
MIN_WIDTH = 200
MAX_WIDTH = 420


class Sidebar(Panel):
    """``log_requested`` carries the file of a past session; the other signals are those of its views."""

    open_requested = Signal(str, str)
    message_requested = Signal(str, int, bool)
    log_requested = Signal(Path)
    export_requested = Signal(Path)
    noticed = Signal(str)
    undo_offered = Signal(str, object)
    problem_chosen = Signal(object)
    workspace_asked = Signal()
    workspace_chosen = Signal(str)
    move_asked = Signal(list)
    edit_asked = Signal(str)
    view_changed = Signal(str)

    def __init__(self, look: Look, library: Library, recordings: Folder, parent: QWidget | None = None) -> None:
        """``recordings`` tells in which folder sessions are recorded now."""
        super().__init__("bg.app", parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.collections = CollectionsView(look, library)
        self.history = HistoryView(look, recordings)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.collections)
        self._stack.addWidget(self.history)
        self._view: ViewName = "collections"
        self._edge = Hairline(Qt.Orientation.Vertical)
        self._edge.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._stack, 1)
        row.addWidget(self._edge)
        self.setFocusProxy(self.collections.tree)
        view = self.collections
        view.open_requested.connect(self.open_requested)
        view.message_requested.connect(self.message_requested)
        view.problem_chosen.connect(self.problem_chosen)
        view.workspace_asked.connect(self.workspace_asked)
        view.workspace_chosen.connect(self.workspace_chosen)
        view.move_asked.connect(self.move_asked)
        view.edit_asked.connect(self.edit_asked)
        past = self.history
        past.log_requested.connect(self.log_requested)
        past.export_requested.connect(self.export_requested)
        past.noticed.connect(self.noticed)
        past.undo_offered.connect(self.undo_offered)

    @property
    def view(self) -> ViewName:
        """The view that is shown."""
        return self._view

    def show_view(self, name: ViewName) -> None:
        """Show one of the views."""
        if name != self._view:
            self._view = name
            widget, focus = self._parts(name)
            self._stack.setCurrentWidget(widget)
            self.setFocusProxy(focus)
            self.view_changed.emit(name)

    def show_edge(self, is_shown: bool) -> None:
        """Draw a line at the right, where no splitter does."""
        self._edge.setVisible(is_shown)

    def show_states(self, live: Iterable[str], dirty: Iterable[str], recorded: Iterable[Path]) -> None:
        """Say which requests are connected, which have unsaved edits, and which files are being recorded."""
        self.collections.show_states(live, dirty)
        self.history.show_live(recorded)
        self.history.refresh_soon()

    def focus(self) -> None:
        """Put the keyboard into the view."""
        widget, focus = self._parts(self._view)
        target = focus if focus.isVisibleTo(widget) else widget.search.edit
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def begin_search(self) -> bool:
        """Put the keyboard into the search of the view; False where somebody is elsewhere in the window."""
        focus = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            return False
        edit = self._parts(self._view)[0].search.edit
        edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        edit.selectAll()
        return True

    def shut_down(self) -> None:
        """Stop what runs beside the GUI thread."""
        self.collections.shut_down()
        self.history.shut_down()

    def _parts(self, name: ViewName) -> tuple[CollectionsView | HistoryView, QWidget]:
        """A view, and what in it has the keyboard first."""
        if name == "history":
            return self.history, self.history.list
        return self.collections, self.collections.tree
