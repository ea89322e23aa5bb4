"""The tab strip and the page in front: which tabs there are, in which order, and what closed ones held."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from wireyard.gui.tab import Tab
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.tab_strip import TabStrip
from wireyard.settings.tabs import SavedTab, SavedTabs

_MAX_CLOSED_TABS = 20


class TabArea(QWidget):
    """``close_requested`` and ``new_requested`` ask; ``current_changed`` and ``facts_changed`` tell about the front."""

    close_requested = Signal(Tab)
    new_requested = Signal()
    current_changed = Signal()
    facts_changed = Signal(bool)
    emptied = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._closed: list[SavedTab] = []
        self._is_dirty = False
        self.strip = TabStrip(look)
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self._stack, 1)
        self.strip.selected.connect(self._on_selected)
        self.strip.close_requested.connect(self._on_close_requested)
        self.strip.new_requested.connect(self.new_requested)
        self.strip.moved.connect(self._on_moved)

    @property
    def current(self) -> Tab | None:
        """The tab in front."""
        widget = self._stack.currentWidget()
        return widget if isinstance(widget, Tab) else None

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
        self._stack.addWidget(tab)
        self.strip.select(self.strip.add_tab(tab.tab_facts()))
        if len(self) == 1:
            self._on_selected(0)
        self._is_dirty = True

    def remove(self, tab: Tab) -> None:
        """Take a tab away for good."""
        index = self._stack.indexOf(tab)
        if index < 0:
            return
        # The stack first: what the strip then selects must have its page in the same place.
        self._stack.removeWidget(tab)
        self.strip.remove_tab(index)
        tab.shut_down()
        tab.deleteLater()
        self._is_dirty = True
        if not self._stack.count():
            self.emptied.emit()

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
        self._closed = [*self._closed, saved][-_MAX_CLOSED_TABS:]

    def take_closed(self) -> SavedTab | None:
        """What the tab held that was closed last."""
        return self._closed.pop() if self._closed else None

    def saved(self) -> SavedTabs:
        """What is kept for the next start."""
        kept = [(tab, saved) for tab in self if (saved := tab.saved()) is not None]
        tabs = [tab for tab, _ in kept]
        current = self.current
        index = tabs.index(current) if current is not None and current in tabs else 0
        return SavedTabs(tabs=tuple(saved for _, saved in kept), current=index)

    def take_dirty(self) -> bool:
        """Whether tabs or drafts changed since the last call."""
        was, self._is_dirty = self._is_dirty, False
        return was

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
        index, facts = self._stack.indexOf(tab), tab.tab_facts()
        if index >= 0 and self.strip.facts(index) != facts:
            self.strip.show_tab(index, facts)
            self.facts_changed.emit(True)
        elif tab is self.current:
            self.facts_changed.emit(False)
