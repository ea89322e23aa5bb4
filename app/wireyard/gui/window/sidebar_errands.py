"""What the sidebar asks for and the library tells: requests in tabs, folders to choose, and what is said about it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from wireyard.gui.request.notices import Remedy
from wireyard.gui.services import Services
from wireyard.gui.tabs.tab import Tab
from wireyard.gui.window import parts
from wireyard.gui.window.body import Body
from wireyard.gui.window.request_opening import RequestOpening
from wireyard.gui.window.tab_area import TabArea
from wireyard.gui.window.workspaces import Workspaces

if TYPE_CHECKING:
    from wireyard.gui.window.windows import Windows

_WORKSPACE = "workspace"


class SidebarErrands(QObject):
    """``noticed`` carries a sentence for a toast; ``offered`` one with what can be done and what does it;
    ``undo_offered`` one with what undoes it; ``log_requested`` and ``export_requested`` the file of a past session."""

    noticed = Signal(str)
    offered = Signal(str, str, object)
    undo_offered = Signal(str, object)
    log_requested = Signal(Path)
    export_requested = Signal(Path)

    def __init__(
        self,
        services: Services,
        window: QWidget,
        body: Body,
        tabs: TabArea,
        add_tab: Callable[[Tab], None],
        windows: Windows,
    ) -> None:
        super().__init__(window)
        self._windows = windows
        self._services = services
        self._window = window
        self._body = body
        self._sidebar = body.sidebar
        self._tabs = tabs
        self._id_in_front = ""
        self.requests = RequestOpening(services, tabs, add_tab, windows.states)
        self.workspaces = Workspaces(services.library, services.profile, window)
        sidebar = self._sidebar
        sidebar.open_requested.connect(self._on_open_requested)
        sidebar.message_requested.connect(self._on_message_requested)
        sidebar.log_requested.connect(self.log_requested)
        sidebar.export_requested.connect(self.export_requested)
        sidebar.noticed.connect(self.noticed)
        sidebar.undo_offered.connect(self.undo_offered)
        sidebar.problem_chosen.connect(self.requests.tell_problem)
        sidebar.workspace_asked.connect(self.workspaces.ask)
        sidebar.workspace_chosen.connect(self.workspaces.open_path)
        sidebar.move_asked.connect(self._on_move_asked)
        sidebar.edit_asked.connect(self._on_edit_asked)
        windows.states_changed.connect(self._on_states_changed)
        tabs.current_changed.connect(self._on_current_changed)
        self.requests.opened.connect(body.give_way)
        self.requests.offered.connect(self.offered)
        self.workspaces.offered.connect(self.offered)
        self.workspaces.refused.connect(self._on_workspace_refused)
        services.library.opened.connect(self._on_workspace_opened)

    def commands(self) -> dict[str, Callable[[], None]]:
        """The commands of `wireyard.gui.commands` that act on the tree."""
        names = {name: name for name in ("new_request", "new_folder", "new_collection")}
        names |= {f"{name}_item": name for name in ("rename", "duplicate", "delete")} | {"move_item": "move_to"}
        return {command: partial(self._run_in_tree, action) for command, action in names.items()}

    def _run_in_tree(self, action: str) -> None:
        if self._services.library.tree is not None:
            self._body.show_view("collections")
            self._sidebar.collections.actions_.run(action)

    @Slot(str, str)
    def _on_open_requested(self, id_: str, how: str) -> None:
        self.requests.open(id_, how)  # type: ignore[arg-type]

    @Slot(str, int, bool)
    def _on_message_requested(self, id_: str, number: int, sends: bool) -> None:
        self.requests.open_message(id_, number, sends=sends)

    @Slot(list)
    def _on_move_asked(self, ids: list[str]) -> None:
        parts.open_move_sheet(self._services, self._window, ids, self._sidebar.collections.actions_.move_to)

    @Slot(str, object)
    def _on_workspace_refused(self, text: str, folder: object) -> None:
        make: list[Remedy] = []
        if isinstance(folder, Path):
            make.append(Remedy(self.tr("Make it one"), partial(self.workspaces.make, folder)))
        make.append(Remedy(self.tr("Open another…"), self.workspaces.ask))
        self._tabs.notices.say(_WORKSPACE, text, remedies=make)

    @Slot()
    def _on_workspace_opened(self) -> None:
        # The profile's own is what is shown instead; another one is what was wanted.
        if self._services.library.root != self._services.profile.workspace:
            self._tabs.notices.unsay(_WORKSPACE)

    @Slot()
    def _on_current_changed(self) -> None:
        tab = self._tabs.current
        self._id_in_front = tab.request_id if tab is not None else ""
        if self._id_in_front:
            self._sidebar.collections.reveal(self._id_in_front)

    @Slot(str)
    def _on_edit_asked(self, id_: str) -> None:
        parts.open_level_sheet(self._services, self._window, id_)

    @Slot()
    def _on_states_changed(self) -> None:
        tab = self._tabs.current
        if tab is not None and tab.request_id and not self._id_in_front:
            self._on_current_changed()  # what was untitled has been saved
        self._sidebar.show_states(*self._windows.states(), self._windows.recorded())
