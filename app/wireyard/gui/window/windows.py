"""The windows of the program: which there are, who is spoken to, tabs that go from one to another, and their end.

All share one library, one theme, one echo server and one loop, so a tab that moves keeps its page, and with it the live
connection, the draft and the timeline. Closing one window closes its tabs; closing the last one ends the program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtGui import QGuiApplication

from wireyard.gui.bridge import Tasks
from wireyard.gui.tabs.tab import Tab
from wireyard.gui.widgets.state import ConnectionState
from wireyard.gui.window.farewells import Farewells
from wireyard.gui.window.one_window import OneWindow
from wireyard.settings.tabs import SavedTab, SavedTabs

if TYPE_CHECKING:
    from wireyard.session.conversation import Conversation

_STEP = 32


class Windows(QObject):
    """``quit_requested`` asks for the farewell; ``states_changed`` says that tabs of any window are others now.

    Never without a window after the first `open`.
    """

    quit_requested = Signal()
    states_changed = Signal()

    def __init__(self, tasks: Tasks, make: Callable[[Windows], OneWindow], parent: QObject | None = None) -> None:
        """``make`` makes one that is not shown yet; ``tasks`` are those of the program."""
        super().__init__(parent)
        self._make = make
        self._windows: list[OneWindow] = []
        self._active: OneWindow | None = None
        self._is_dirty = False
        self.farewells = Farewells(tasks, self)
        self.closed_tabs: list[SavedTab] = []

    def __iter__(self) -> Iterator[OneWindow]:
        return iter(tuple(self._windows))

    def __len__(self) -> int:
        return len(self._windows)

    # ------------------------------------------------------------------------------------------------- what there is

    @property
    def active(self) -> OneWindow:
        """The window that was used last: what is said without being asked is said there."""
        return self._active if self._active in self._windows and self._active else self._windows[0]

    def tabs(self) -> Iterator[Tab]:
        """The tabs of all windows."""
        for window in self:
            yield from window.tabs

    def conversations(self) -> list[Conversation]:
        """The live talks of all tabs, and those of closed tabs that still say goodbye."""
        return [tab.conversation for tab in self.tabs() if tab.conversation is not None] + self.farewells.leaving

    def states(self) -> tuple[frozenset[str], frozenset[str]]:
        """The saved requests that are connected in any window, and those with unsaved edits."""
        tabs = [tab for tab in self.tabs() if tab.request_id]
        live = {tab.request_id for tab in tabs if _is_open(tab)}
        return frozenset(live), frozenset(tab.request_id for tab in tabs if tab.is_dirty)

    def recorded(self) -> frozenset[Path]:
        """The files into which open connections are recorded."""
        talks = [tab.conversation for tab in self.tabs() if _is_open(tab)]
        return frozenset(talk.recording.path for talk in talks if talk is not None and talk.recording is not None)

    def others(self, window: OneWindow) -> list[OneWindow]:
        """The other windows, the next one first."""
        at = self._windows.index(window)
        return [*self._windows[at + 1 :], *self._windows[:at]]

    # ------------------------------------------------------------------------------------------------ coming and going

    def open(self, saved: SavedTabs | None = None) -> OneWindow:
        """Make a window, with what was kept of one; the caller shows it."""
        window = self._make(self)
        self._windows.append(window)
        window.activated.connect(self._on_activated)
        window.tabs.states_changed.connect(self.states_changed)
        if saved is not None:
            window.restore(saved)
        self._is_dirty = True
        return window

    def open_another(self, beside: OneWindow) -> OneWindow:
        """Show a window more, a step below and right of another one."""
        window = self.open()
        _place(window, beside, None)
        _come_forward(window)
        return window

    def close(self, window: OneWindow) -> None:
        """Close one of several windows: its tabs say goodbye, and can be opened again in another one."""
        self._windows.remove(window)
        window.close_all_tabs()
        self._end(window)

    def ask_to_quit(self) -> None:
        """End the program, after one question for all windows where one is due."""
        self.active.ask_to_quit(list(self.tabs()), self.quit_requested.emit)

    def shut_down(self) -> None:
        """Stop everything that runs beside the GUI thread."""
        for window in self:
            window.shut_down()

    def saved(self) -> SavedTabs:
        """What is kept of all windows for the next start."""
        first, *others = [window.saved() for window in self]
        return replace(first, others=tuple(others))

    def touch(self) -> None:
        """Something that is kept of a window changed."""
        self._is_dirty = True

    def take_dirty(self) -> bool:
        """Whether tabs, drafts or windows changed since the last call."""
        was, self._is_dirty = self._is_dirty, False
        tabs = [window.tabs.take_dirty() for window in self]  # each of them: it forgets by being asked
        return was or any(tabs)

    # ------------------------------------------------------------------------------------------------------ moving tabs

    def move_out(self, tab: Tab, source: OneWindow, at: QPoint | None = None) -> None:
        """Move a tab to a window of its own, at a place on the screen where one was chosen."""
        if len(source.tabs) < 2:
            return
        target = self.open()
        _place(target, source, at)
        self.move(tab, source, target)

    def move(self, tab: Tab, source: OneWindow, target: OneWindow, at: QPoint | None = None) -> None:
        """Move a tab to another window, between its tabs at a place on the screen; a window without tabs is closed."""
        if target is source:
            return
        _give_away(tab, source)
        _take_in(tab, target, at)
        _come_forward(target)
        regions = tab.regions()
        if regions:
            regions[0].setFocus()
        if not len(source.tabs):
            self._windows.remove(source)
            self._end(source)
        self._is_dirty = True
        self.states_changed.emit()

    def drop(self, tab: Tab, source: OneWindow, at: QPoint) -> None:
        """A tab was dragged out of its bar and let go: onto another window's tabs, or where a window is wanted."""
        target = None
        if not QGuiApplication.platformName().startswith("wayland"):  # which does not tell where windows are
            under = [window for window in self.others(source) if has_tabs_at(window, at)]
            target = next((window for window in under if window is self._active), under[0] if under else None)
        if target is not None:
            self.move(tab, source, target, at)
        else:
            self.move_out(tab, source, at)

    # ---------------------------------------------------------------------------------------- what is said to a person

    @Slot(str)
    def toast(self, text: str) -> None:
        """Say something in passing, in the window that is used."""
        self.active.toast(text)

    def offer(self, text: str, action: str, on_action: Callable[[], None]) -> None:
        """Say something in passing, with one thing to do about it."""
        self.active.offer(text, action, on_action)

    @Slot(str, object)
    def offer_undo(self, text: str, undo: Callable[[], None]) -> None:
        """Say what was done, with what undoes it."""
        self.active.offer_undo(text, undo)

    @Slot(str)
    def warn_of_removal(self, text: str) -> None:
        """Say that old sessions will be removed."""
        self.active.warn_of_removal(text)

    @Slot()
    def renew_history(self) -> None:
        """Sessions came or went without a window."""
        for window in self:
            window.renew_history()

    def show_echo(self) -> None:
        """The echo server came or went."""
        for window in self:
            window.show_echo()

    @Slot()
    def _on_activated(self) -> None:
        window = self.sender()
        if isinstance(window, OneWindow):
            self._active = window

    def _end(self, window: OneWindow) -> None:
        window.hide()
        window.shut_down()
        window.deleteLater()
        self._is_dirty = True
        self.states_changed.emit()


def has_tabs_at(window: OneWindow, place: QPoint) -> bool:
    """Whether this place on the screen is on the window's strip of tabs."""
    strip = window.tabs.strip
    return strip.isVisible() and strip.rect().contains(strip.mapFromGlobal(place))


def _give_away(tab: Tab, window: OneWindow) -> None:
    window.part_from(tab)
    tab.went_to_back()
    window.tabs.take(tab)


def _take_in(tab: Tab, window: OneWindow, at: QPoint | None) -> None:
    """Between the tabs at a place on the screen, else at the end."""
    tabs = window.tabs
    place = len(tabs) if at is None else tabs.place_at(tabs.strip.bar.mapFromGlobal(at).x())
    window.add_tab(tab)
    tabs.put(tab, min(place, len(tabs) - 1))


def _is_open(tab: Tab) -> bool:
    return tab.tab_facts().state is ConnectionState.OPEN


def _place(window: OneWindow, beside: OneWindow, at: QPoint | None) -> None:
    """As large and as divided as the other one, a step away from it or with its first tab under the pointer."""
    window.resize(beside.normalGeometry().size() if beside.isMaximized() else beside.size())
    window.body.restore(beside.body.saved())
    window.tabs.arrangement.restore(beside.tabs.arrangement.layout, beside.tabs.arrangement.sizes)
    step = QPoint(_STEP, _STEP)
    grip = beside.tabs.strip.mapTo(beside, QPoint(beside.tabs.strip.height(), beside.tabs.strip.height() // 2))
    window.move(beside.pos() + step if at is None else at - grip)


def _come_forward(window: OneWindow) -> None:
    window.show()
    window.raise_()
    window.activateWindow()
