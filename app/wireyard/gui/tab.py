"""What every tab of the window offers, whether it talks to a server or shows a log."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wireyard.gui.services import Services
from wireyard.gui.status.facts import StatusFacts
from wireyard.gui.viewer import Viewer
from wireyard.gui.widgets.tab_bar import TabFacts
from wireyard.session.conversation import Conversation
from wireyard.settings.tabs import SavedTab


class Tab(QWidget):
    """One page of the window. ``changed`` says that its tab or status facts are others now.

    ``noticed`` carries a sentence for a toast, ``undo_offered`` one with what undoes it, ``export_requested`` a
    selection of message numbers or None.
    """

    changed = Signal()
    noticed = Signal(str)
    undo_offered = Signal(str, object)
    export_requested = Signal(object)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services

    @property
    def conversation(self) -> Conversation | None:
        """The live talk of this tab, None where there is none."""
        return None

    @property
    def title(self) -> str:
        """What the tab and the window are called; without secrets."""
        raise NotImplementedError

    def tab_facts(self) -> TabFacts:
        """What the tab strip shows."""
        raise NotImplementedError

    def status_facts(self) -> StatusFacts:
        """What the status bar shows."""
        return StatusFacts(state_words=self.tr("No connection"))

    def saved(self) -> SavedTab | None:
        """What is kept for the next start, None for nothing."""
        return None

    def regions(self) -> list[QWidget]:
        """The widgets that F6 goes through, in order."""
        return []

    def close_question(self) -> str:
        """Why closing this tab needs a word first; empty when it does not."""
        return ""

    def came_to_front(self) -> None:
        """The tab is the one on screen now."""

    def went_to_back(self) -> None:
        """Another tab is on screen now."""

    def run(self, command: str) -> bool:
        """Run a command of `wireyard.gui.commands`; False when this tab has no such thing."""
        return False

    def shut_down(self) -> None:
        """Stop everything that runs beside the GUI thread."""


class SessionTab(Tab):
    """A tab that shows a session, live or from a file."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self.viewer = Viewer(services)
        self.viewer.noticed.connect(self.noticed)
        self.viewer.export_requested.connect(self.export_requested)
        self.viewer.timeline.cleared.connect(self._on_cleared)

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
            "toggle_inspector": viewer.toggle_inspector,
            "export": viewer.timeline.export,
        }
        action = actions.get(command)
        if action is None:
            return False
        action()
        return True

    def shut_down(self) -> None:
        """Stop everything that runs beside the GUI thread."""
        self.viewer.shut_down()

    def _on_cleared(self) -> None:
        self.undo_offered.emit(
            self.tr("Timeline cleared. The recording is untouched."), self.viewer.timeline.undo_clear
        )
