"""The tab strip and the page in front: which tabs there are, in which order, and what closed ones held."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import cast

from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from wireyard.gui.request.notices import Notices
from wireyard.gui.tabs.arrangement import Arrangement
from wireyard.gui.tabs.tab import Tab
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.state import ConnectionState
from wireyard.gui.widgets.tab_strip import TabStrip
from wireyard.settings.tabs import SavedTab, SavedTabs

_MAX_CLOSED_TABS = 20


class TabArea(QWidget):
    """``close_requested`` and ``new_requested`` ask; ``current_changed`` and ``facts_changed`` tell about the front.

    ``states_changed`` says that a tab's state, request or edits may be others now.
    """

    close_requested = Signal(Tab)
    new_requested = Signal()
    current_changed = Signal()
    facts_changed = Signal(bool)
    emptied = Signal()
    states_changed = Signal()
    menu_asked = Signal(Tab, QPoint)
    dragged_out = Signal(Tab, QPoint)

    def __init__(self, look: Look, closed: list[SavedTab] | None = None) -> None:
        """``closed`` is what closed tabs held, which windows share."""
        super().__init__()
        self.arrangement = Arrangement(self)
        self.arrangement.changed.connect(self.touch)
        self._closed: list[SavedTab] = [] if closed is None else closed
        # How many other windows there are, where a tab may go.
        self.count_other_windows: Callable[[], int] = lambda: 0
        self._is_dirty = False
        self._preview: Tab | None = None
        self._is_keyboard_free = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._look_at_preview)
        self.strip = TabStrip(look)
        # What is said of the whole window, and stays until somebody has seen to it.
        self.notices = Notices(look)
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.notices)
        column.addWidget(self._stack, 1)
        self.strip.selected.connect(self._on_selected)
        self.strip.close_requested.connect(self._on_close_requested)
        self.strip.new_requested.connect(self.new_requested)
        self.strip.moved.connect(self._on_moved)
        self.strip.kept.connect(self._on_kept)
        self.strip.menu_asked.connect(self._on_menu_asked)
        self.strip.dragged_out.connect(self._on_dragged_out)

    @property
    def current(self) -> Tab | None:
        """The tab in front."""
        widget = self._stack.currentWidget()
        return widget if isinstance(widget, Tab) else None

    @property
    def preview(self) -> Tab | None:
        """The tab that the next request takes over."""
        return self._preview

    def __len__(self) -> int:
        return self._stack.count()

    def __iter__(self) -> Iterator[Tab]:
        for index in range(self._stack.count()):
            widget = self._stack.widget(index)
            if isinstance(widget, Tab):
                yield widget

    def add(self, tab: Tab) -> None:
        """Add a tab at the end and bring it to the front."""
        tab.changed.connect(self._on_tab_changed)
        tab.follow(self.arrangement)
        self._stack.addWidget(tab)
        self.strip.select(self.strip.add_tab(tab.tab_facts()))
        if len(self) == 1:
            self._on_selected(0)
        if self._is_keyboard_free or _has_keyboard(tab):
            # Qt gives the keyboard to the first button of a page that comes, where the page before had it.
            self._is_keyboard_free = False
            _take_first(tab)
        self._is_dirty = True
        self.states_changed.emit()

    def bring(self, tab: Tab) -> None:
        """Bring a tab to the front."""
        self.select(self._stack.indexOf(tab))

    def place_of(self, tab: Tab) -> int:
        """Where a tab is; -1 for nowhere."""
        return self._stack.indexOf(tab)

    def put(self, tab: Tab, place: int) -> None:
        """Move a tab to a place."""
        here = self._stack.indexOf(tab)
        if here >= 0 and here != place:
            self.strip.bar.moveTab(here, place)

    def set_preview(self, tab: Tab) -> None:
        """Have the next request take this tab over, until it is edited, connected or kept."""
        self._preview = tab
        self._show_facts(tab)

    def keep(self, tab: Tab) -> None:
        """Let a tab stay."""
        if tab is self._preview:
            self._preview = None
            self._show_facts(tab)
            self._is_dirty = True

    def remove(self, tab: Tab) -> None:
        """Take a tab away for good."""
        index = self._stack.indexOf(tab)
        if index < 0:
            return
        self.take(tab)
        tab.shut_down()
        tab.deleteLater()
        self.states_changed.emit()
        if not self._stack.count():
            self.emptied.emit()

    def take(self, tab: Tab) -> None:
        """Take a tab out, which goes on; somebody else has it from now on."""
        index = self._stack.indexOf(tab)
        if tab is self._preview:
            self._preview = None
        tab.changed.disconnect(self._on_tab_changed)
        had_keyboard = _has_keyboard(tab)
        # The stack first: what the strip then selects must have its page in the same place.
        self._stack.removeWidget(tab)
        self.strip.remove_tab(index)
        self._is_dirty = True
        if had_keyboard:
            self._pass_keyboard_on()

    def place_at(self, x: int) -> int:
        """Which place a tab would have that is let go here, in pixels from the left of the tabs."""
        bar = self.strip.bar
        middles = [bar.tabRect(index).center().x() for index in range(bar.count())]
        return sum(1 for middle in middles if middle < x)

    def select(self, index: int) -> None:
        """Bring a tab to the front; a place that isn't there changes nothing."""
        if 0 <= index < len(self):
            self.strip.select(index)

    def step(self, step: int) -> None:
        """Go to the next or previous tab, round the end."""
        if len(self):
            self.select((self.strip.current + step) % len(self))

    def remember_closed(self, saved: SavedTab) -> None:
        """Keep what a closed tab held."""
        self._closed.append(saved)
        del self._closed[:-_MAX_CLOSED_TABS]

    @property
    def has_closed(self) -> bool:
        """Whether there is a closed tab to be opened again."""
        return bool(self._closed)

    def take_closed(self) -> SavedTab | None:
        """What the tab held that was closed last."""
        return self._closed.pop() if self._closed else None

    def saved(self) -> SavedTabs:
        """What is kept for the next start."""
        kept = [(tab, saved) for tab in self if (saved := tab.saved()) is not None]
        tabs = [tab for tab, _ in kept]
        current = self.current
        index = tabs.index(current) if current is not None and current in tabs else 0
        entries = tuple(replace(saved, is_preview=tab is self._preview) for tab, saved in kept)
        arrangement = self.arrangement
        return SavedTabs(tabs=entries, current=index, layout=arrangement.layout, sizes=arrangement.sizes)

    @Slot()
    def touch(self) -> None:
        """Something that is kept with the tabs changed."""
        self._is_dirty = True

    def take_dirty(self) -> bool:
        """Whether tabs or drafts changed since the last call."""
        was, self._is_dirty = self._is_dirty, False
        return was

    def _pass_keyboard_on(self) -> None:
        """The tab that had the keyboard is gone: the one in front gets it, where it had it last."""
        page = self.current
        self._is_keyboard_free = page is None
        if page is None:
            return
        before = cast("QWidget | None", page.focusWidget())  # the stubs know no None
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            _take_first(page)

    @Slot(int)
    def _on_selected(self, index: int) -> None:
        before, after = self.current, self._stack.widget(index)
        if after is None:
            return
        self._stack.setCurrentIndex(index)
        if before is not None and before is not after:
            before.went_to_back()
        if isinstance(after, Tab):
            after.came_to_front()
        self._is_dirty = True
        self.current_changed.emit()

    @Slot(int)
    def _on_close_requested(self, index: int) -> None:
        tab = self._stack.widget(index)
        if isinstance(tab, Tab):
            self.close_requested.emit(tab)

    @Slot(int, int)
    def _on_moved(self, old: int, new: int) -> None:
        widget, current = self._stack.widget(old), self._stack.currentWidget()
        if widget is None:
            return
        self._stack.removeWidget(widget)
        self._stack.insertWidget(new, widget)
        if current is not None:
            self._stack.setCurrentWidget(current)
        self._is_dirty = True

    @Slot()
    def _on_tab_changed(self) -> None:
        tab = self.sender()
        if not isinstance(tab, Tab):
            return
        self._is_dirty = True
        if tab is self._preview:
            # Not at once: what is put into a tab counts as somebody's work until it is there.
            self._soon.start()
        if self._show_facts(tab):
            self.facts_changed.emit(True)
            self.states_changed.emit()
        elif tab is self.current:
            self.facts_changed.emit(False)

    @Slot()
    def _look_at_preview(self) -> None:
        """A preview that somebody works with, or that is connected, stays."""
        tab = self._preview
        if tab is not None and (tab.has_work or tab.tab_facts().state is not ConnectionState.IDLE):
            self.keep(tab)

    @Slot(int)
    def _on_kept(self, index: int) -> None:
        tab = self._stack.widget(index)
        if isinstance(tab, Tab):
            self.keep(tab)

    @Slot(int, QPoint)
    def _on_menu_asked(self, index: int, place: QPoint) -> None:
        tab = self._stack.widget(index)
        if isinstance(tab, Tab):
            self.menu_asked.emit(tab, place)

    @Slot(int, QPoint)
    def _on_dragged_out(self, index: int, place: QPoint) -> None:
        tab = self._stack.widget(index)
        if isinstance(tab, Tab):
            self.dragged_out.emit(tab, place)

    def _show_facts(self, tab: Tab) -> bool:
        """Show a tab's facts in the strip; whether they are others than before."""
        index = self._stack.indexOf(tab)
        facts = dataclasses.replace(tab.tab_facts(), is_preview=tab is self._preview)
        if index < 0 or self.strip.facts(index) == facts:
            return False
        self.strip.show_tab(index, facts)
        return True


def _has_keyboard(tab: Tab) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and tab.isAncestorOf(focus)


def _take_first(tab: Tab) -> None:
    if tab.regions():
        tab.regions()[0].setFocus(Qt.FocusReason.OtherFocusReason)
