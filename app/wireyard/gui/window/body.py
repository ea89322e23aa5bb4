"""The window's middle: rail, sidebar and tabs.

The sidebar stands beside the tabs; in a narrow window it lies over them while somebody uses it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from wireyard.gui.sidebar.sidebar import MAX_WIDTH, MIN_WIDTH, VIEWS, WIDTH, Sidebar, ViewName
from wireyard.gui.tabs.room import has_room_for_sidebar
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.frames import Panel
from wireyard.gui.widgets.splitter import GRAB_MARGIN, Splitter
from wireyard.gui.window.rail import Rail
from wireyard.gui.window.regions import take_focus
from wireyard.gui.window.tab_area import TabArea
from wireyard.settings.tabs import SavedSidebar


class Body(QWidget):
    """``changed`` says that the sidebar is open or closed now, or shows another view."""

    changed = Signal()

    def __init__(self, look: Look, rail: Rail, sidebar: Sidebar, tabs: TabArea) -> None:
        super().__init__()
        self._look = look
        self._rail = rail
        self.sidebar = sidebar
        self._tabs = tabs
        self._width = WIDTH
        self._is_wanted = True
        self._is_over = False  # the window is narrow: the sidebar lies over the tabs, when it is called
        self._splitter = Splitter(look, Qt.Orientation.Horizontal)
        # The sidebar is never a child of the splitter: changing parents makes style sheets forget fonts. It lies over
        # this place, or over the tabs.
        self._place = Panel("bg.app")
        self._splitter.addWidget(self._place)
        self._splitter.addWidget(tabs)
        self._splitter.setStretchFactor(0, 0)
        self._splitter.setStretchFactor(1, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(rail)
        row.addWidget(self._splitter, 1)
        sidebar.setParent(self)
        self._splitter.splitterMoved.connect(self._on_moved)
        self._splitter.reset_requested.connect(self._on_reset)
        sidebar.view_changed.connect(self._tell)
        look.changed.connect(self._arrange)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    @property
    def is_sidebar_shown(self) -> bool:
        """Whether the sidebar can be seen."""
        return not self.sidebar.isHidden()

    def saved(self) -> SavedSidebar:
        """What is kept for the next start."""
        return SavedSidebar(is_open=self._is_wanted, width=self._width, view=self.sidebar.view)

    def restore(self, saved: SavedSidebar) -> None:
        """Have the sidebar as it was."""
        self._is_wanted = saved.is_open
        self._width = max(MIN_WIDTH, min(MAX_WIDTH, saved.width))
        view: ViewName | None = next((name for name in VIEWS if name == saved.view), None)
        if view is not None:
            self.sidebar.show_view(view)
        self._arrange()

    def commands(self) -> dict[str, Callable[[], object]]:
        """The commands of `wireyard.gui.commands` about the sidebar."""
        return {
            "toggle_sidebar": self.toggle_sidebar,
            "show_collections": partial(self.show_view, "collections"),
            "show_history": partial(self.show_view, "history"),
        }

    def toggle_sidebar(self) -> None:
        """Show or hide the sidebar."""
        self._show_sidebar(not self.is_sidebar_shown)

    def toggle_view(self, name: ViewName) -> None:
        """Show a view and give it the keyboard; if it is what is shown, hide the sidebar."""
        if self.is_sidebar_shown and self.sidebar.view == name:
            self._show_sidebar(False)
        else:
            self.show_view(name)

    def show_view(self, name: ViewName) -> None:
        """Show a view and give it the keyboard."""
        self.sidebar.show_view(name)
        self._show_sidebar(True)
        self.sidebar.focus()

    def give_way(self) -> None:
        """Something was opened: a sidebar that lies over it goes."""
        if self._is_over:
            self._show_sidebar(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._is_over and self.is_sidebar_shown:
            self._show_sidebar(False)
            return
        super().keyPressEvent(event)

    @Slot(int, int)
    def _on_moved(self, _position: int, _index: int) -> None:
        self._width = round(self._splitter.sizes()[0] * 100 / self._look.zoom_percent)
        self._arrange()
        self.changed.emit()

    @Slot()
    def _on_reset(self) -> None:
        self._width = WIDTH
        self._arrange()
        self.changed.emit()

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        is_elsewhere = now is not None and self._tabs.isAncestorOf(now)
        if self._is_over and self.is_sidebar_shown and is_elsewhere:
            self._show_sidebar(False)

    @Slot()
    def _tell(self) -> None:
        self._rail.show_view(self.sidebar.view if self.is_sidebar_shown else "")
        self.changed.emit()

    def _show_sidebar(self, is_shown: bool) -> None:
        if is_shown == self.is_sidebar_shown:
            return
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.sidebar.isAncestorOf(focus)
        if not self._is_over:
            self._is_wanted = is_shown
        self.sidebar.setVisible(is_shown)
        self._arrange()
        if is_shown and self._is_over:
            self.sidebar.focus()
        elif had_focus and not is_shown:
            tab = self._tabs.current
            take_focus(tab.regions()[0] if tab is not None and tab.regions() else self._tabs)
        self._tell()

    @Slot()
    def _arrange(self) -> None:
        is_over = not has_room_for_sidebar(self.width() * 100 / self._look.zoom_percent)
        if is_over != self._is_over:
            self._is_over = is_over
            self._change_place()
        place, px = self._place, self._look.px
        place.setMinimumWidth(px(MIN_WIDTH))
        place.setMaximumWidth(px(MAX_WIDTH))
        place.setVisible(self.is_sidebar_shown and not is_over)
        width = px(self._width)
        if place.isVisibleTo(self):
            self._splitter.setSizes([width, max(1, self._splitter.width() - width - 1)])
            width = self._splitter.sizes()[0] - GRAB_MARGIN  # what of the handle can be grabbed stays free
        self.sidebar.setGeometry(self._rail.width(), 0, width, self.height())
        self.sidebar.raise_()

    def _change_place(self) -> None:
        """The sidebar goes over the tabs, where it waits to be called, or beside them."""
        self.sidebar.show_edge(self._is_over)
        self.sidebar.setVisible(self._is_wanted and not self._is_over)
        self._tell()
