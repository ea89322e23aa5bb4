"""Tabs that leave their window: by the keys, the menu of the tab, or dragged out of the bar."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, QTimer, Slot

from wireyard.gui.tabs.tab import Tab
from wireyard.gui.window import parts
from wireyard.gui.window.one_window import OneWindow
from wireyard.gui.window.windows import Windows


class TabMoves(QObject):
    """What one window does about it; the windows together do the rest."""

    def __init__(self, window: OneWindow, windows: Windows) -> None:
        super().__init__(window)
        self._window = window
        self._windows = windows
        window.tabs.count_other_windows = lambda: len(windows) - 1
        window.tabs.menu_asked.connect(self._on_menu_asked)
        window.tabs.dragged_out.connect(self._on_dragged_out)

    def commands(self) -> dict[str, Callable[[], object]]:
        """The commands of `wireyard.gui.commands` about windows."""
        return {
            "new_window": partial(self._windows.open_another, self._window),
            "move_tab": self._move_out,
            "move_tab_on": self._move_on,
        }

    def _move_out(self) -> None:
        tab = self._window.tabs.current
        if tab is not None:
            self._windows.move_out(tab, self._window)

    def _move_on(self) -> None:
        tab, others = self._window.tabs.current, self._windows.others(self._window)
        if tab is not None and others:
            self._windows.move(tab, self._window, others[0])

    def _move_to(self, tab: Tab, windows: list[OneWindow], number: int) -> None:
        self._windows.move(tab, self._window, windows[number])

    @Slot(Tab, QPoint)
    def _on_menu_asked(self, tab: Tab, place: QPoint) -> None:
        self._window.tabs.bring(tab)
        others = self._windows.others(self._window)
        names = [window.windowTitle().removesuffix(" · Wireyard") for window in others]
        menu = parts.make_tab_menu(self._window, tab, is_alone=len(self._window.tabs) < 2, windows=names)
        menu.chosen.connect(self._window.run)
        menu.window_chosen.connect(partial(self._move_to, tab, others))
        menu.popup(place)

    @Slot(Tab, QPoint)
    def _on_dragged_out(self, tab: Tab, place: QPoint) -> None:
        # Not before the bar is done with the release of the button, for the tab may be taken from it.
        QTimer.singleShot(0, self, partial(self._windows.drop, tab, self._window, place))
