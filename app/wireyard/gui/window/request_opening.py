"""Which tab shows which saved request: one that is there, the preview tab, or another one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace
from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from wireyard.gui.services import Services
from wireyard.gui.tabs.tab import Tab
from wireyard.gui.window import parts
from wireyard.gui.window.tab_area import TabArea
from wireyard.settings.tabs import SavedTab

if TYPE_CHECKING:
    from wireyard.gui.tabs.request_tab import RequestTab
    from wireyard.workspace.errors import Problem

States = Callable[[], tuple[frozenset[str], frozenset[str]]]
How = Literal["preview", "keep", "connect", "new_tab"]


class RequestOpening(QObject):
    """Opens requests of the library in tabs. ``opened`` says that one came to the front.

    ``offered`` carries a sentence, what can be done, and what does it.
    """

    opened = Signal()
    offered = Signal(str, str, object)

    def __init__(self, services: Services, tabs: TabArea, add: Callable[[Tab], None], states: States) -> None:
        """``add`` makes a tab one of the window's and brings it to the front.

        ``states`` gives the requests that are connected, in any window, and those with unsaved edits.
        """
        super().__init__(tabs)
        self._services = services
        self._tabs = tabs
        self._add = add
        self.states = states

    def open(self, id_: str, how: How = "keep") -> RequestTab:
        """Show a request: in the tab that has it, unless another one is wanted."""
        tab = self._tab_of(id_) if how != "new_tab" else None
        if tab is not None:
            self._tabs.bring(tab)
            if how != "preview":
                self._tabs.keep(tab)
        else:
            tab = self._new_tab(id_, is_preview=how == "preview")
        if how == "connect":
            tab.connect_saved()
        if how != "preview":
            self.opened.emit()
        return tab

    def open_message(self, id_: str, number: int, *, sends: bool) -> None:
        """Put a saved message into its request's composer, or send it at once."""
        tab = self.open(id_, "keep" if sends else "preview")
        if sends:
            tab.send_saved(number)
        else:
            tab.open_message(number)

    def open_again(self) -> None:
        """Open the request of the tab in front in another tab."""
        tab = self._tabs.current
        saved = tab.saved() if tab is not None and tab.request_id else None
        if saved is not None:
            self._add(parts.make_request_tab(self._services, replace(saved, label="")))
            self.opened.emit()

    @Slot(object)
    def tell_problem(self, problem: Problem) -> None:
        """Say why a file can't be read, and offer to open it in an editor."""
        root = self._services.library.root
        if root is not None:
            path = root / problem.path
            self.offered.emit(str(problem), self.tr("Open file"), lambda: _open_file(path))

    def _new_tab(self, id_: str, *, is_preview: bool) -> RequestTab:
        tab = parts.make_request_tab(self._services, SavedTab(request=id_))
        before = self._tabs.preview
        if is_preview and before is not None:
            place = self._tabs.place_of(before)
            self._add(tab)
            self._tabs.remove(before)
            self._tabs.put(tab, place)
        else:
            self._add(tab)
        if is_preview:
            self._tabs.set_preview(tab)
        return tab

    def _tab_of(self, id_: str) -> RequestTab | None:
        from wireyard.gui.tabs.request_tab import RequestTab

        def tabs() -> Iterator[Tab | None]:
            yield self._tabs.current
            yield from self._tabs

        return next((tab for tab in tabs() if isinstance(tab, RequestTab) and tab.request_id == id_), None)


def _open_file(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
