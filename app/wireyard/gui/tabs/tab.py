"""What every tab of the window offers, whether it talks to a server or shows a log."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wireyard.gui.bridge import Tasks
from wireyard.gui.services import Services
from wireyard.gui.status.facts import StatusFacts
from wireyard.gui.tabs.arrangement import Arrangement
from wireyard.gui.widgets.tab_bar import TabFacts
from wireyard.settings.tabs import SavedTab

if TYPE_CHECKING:
    from wireyard.session.conversation import Conversation  # the engine is loaded when a tab needs it


class Tab(QWidget):
    """One page of the window. ``changed`` says that its tab or status facts are others now.

    ``tasks`` are its own and end with it. ``noticed`` carries a sentence for a toast, ``undo_offered`` one with what
    undoes it, ``export_requested`` a selection of message numbers or None, ``define_requested`` the name of a variable
    that is to be given a value. ``environments_requested`` asks for the editor of environments. ``joined`` carries the
    `Arrangement` of the window that the tab is in now.
    """

    changed = Signal()
    noticed = Signal(str)
    undo_offered = Signal(str, object)
    export_requested = Signal(object)
    define_requested = Signal(str)
    environments_requested = Signal()
    joined = Signal(object)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self.tasks = Tasks(self)
        self.tasks.failed.connect(services.tasks.failed)

    @property
    def conversation(self) -> Conversation | None:
        """The live talk of this tab, None where there is none."""
        return None

    @property
    def request_id(self) -> str:
        """The saved request that this tab shows; empty for none."""
        return ""

    @property
    def is_dirty(self) -> bool:
        """Whether the saved request has edits here that are not in its file."""
        return False

    @property
    def has_work(self) -> bool:
        """Whether something was typed here that another request must not take the place of."""
        return self.is_dirty

    @property
    def label(self) -> str | None:
        """The name that a person gave the tab, empty for none; None where a tab can have none."""
        return None

    def set_label(self, label: str) -> None:
        """Call the tab something else; an empty text takes the name away."""
        raise NotImplementedError

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

    def follow(self, arrangement: Arrangement) -> None:
        """Be laid out as the window says that the tab is in."""
        self.joined.emit(arrangement)

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Write what `is_dirty` tells of; ``then`` follows when that is done."""
        raise NotImplementedError

    def close_question(self) -> str:
        """Why closing this tab needs a word first; empty when it does not."""
        return ""

    def show_recent(self, addresses: tuple[str, ...]) -> None:
        """Offer these addresses while one is typed."""

    def came_to_front(self) -> None:
        """The tab is the one on screen now."""

    def went_to_back(self) -> None:
        """Another tab is on screen now."""

    def run(self, command: str) -> bool:
        """Run a command of `wireyard.gui.commands`; False when this tab has no such thing."""
        return False

    def shut_down(self) -> None:
        """Stop everything that runs beside the GUI thread; what the tab waits for is not heard of any more."""
        self.tasks.cancel_all()
