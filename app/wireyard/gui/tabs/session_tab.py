"""What live tabs and opened logs have in common: they show a session."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from wireyard.gui.services import Services
from wireyard.gui.tabs.marking import Keeper, Marking
from wireyard.gui.tabs.tab import Tab
from wireyard.gui.tabs.viewer import Viewer


class SessionTab(Tab):
    """A tab that shows a session, live or from a file."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self.viewer = Viewer(services.look, self.tasks)
        self.viewer.noticed.connect(self.noticed)
        self.viewer.export_requested.connect(self.export_requested)
        self.viewer.timeline.cleared.connect(self._on_cleared)
        self.marking = Marking(services.look, self, self.tasks, self.viewer.timeline, self.mark_keeper)
        self.marking.noticed.connect(self.noticed)

    def mark_keeper(self) -> Keeper | None:
        """Where marks are kept now; None while there is nothing to mark."""
        return None

    def regions(self) -> list[QWidget]:
        return [self.viewer.timeline.toolbar, self.viewer.timeline.list_widget, self.viewer.inspector]

    def run(self, command: str) -> bool:
        """Run a command of `wireyard.gui.commands`; False when this tab has no such thing."""
        viewer = self.viewer
        actions: dict[str, Callable[[], object]] = {
            "find": viewer.open_find,
            "find_next": lambda: viewer.inspector.find_bar.go(1),
            "find_previous": lambda: viewer.inspector.find_bar.go(-1),
            "clear_filter": viewer.timeline.clear_filter,
            "toggle_pause": viewer.timeline.toggle_pause,
            "clear_timeline": viewer.timeline.clear,
            "edit_preview_path": viewer.timeline.preview.edit,
            "clear_preview_path": viewer.timeline.preview.clear,
            "toggle_inspector": viewer.toggle_inspector,
            "toggle_secrets": viewer.toggle_secrets,
            "mark": self.marking.mark,
            "next_mark": self.marking.go_next,
            "previous_mark": self.marking.go_previous,
            "export": viewer.timeline.export,
        }
        action = actions.get(command)
        if action is None:
            return False
        action()
        return True

    def shut_down(self) -> None:
        super().shut_down()
        self.viewer.shut_down()

    def _on_cleared(self) -> None:
        self.undo_offered.emit(
            self.tr("Timeline cleared. The recording is untouched."), self.viewer.timeline.undo_clear
        )
