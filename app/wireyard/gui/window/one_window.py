"""What the windows together, and what moves tabs, know of one of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from wireyard.gui.tabs.tab import Tab
from wireyard.gui.window.body import Body
from wireyard.gui.window.tab_area import TabArea
from wireyard.settings.tabs import SavedTabs


class OneWindow(QWidget):
    """``activated`` says that a person turned to it."""

    activated = Signal()
    tabs: TabArea
    body: Body

    def run(self, name: str) -> None:
        """Run a command of `wireyard.gui.commands`."""
        raise NotImplementedError

    def add_tab(self, tab: Tab) -> None:
        """Add a tab and bring it to the front."""
        raise NotImplementedError

    def part_from(self, tab: Tab) -> None:
        """Hear nothing of a tab any more, which goes on in another window."""
        raise NotImplementedError

    def close_all_tabs(self) -> None:
        """Close the tabs of a window that goes; they can be opened again in another one."""
        raise NotImplementedError

    def ask_to_quit(self, tabs: list[Tab], leave: Callable[[], None]) -> None:
        """End the program, after one question about these tabs where one is due."""
        raise NotImplementedError

    def saved(self) -> SavedTabs:
        """What is kept of the window for the next start."""
        raise NotImplementedError

    def restore(self, saved: SavedTabs) -> None:
        """Have the window as it was, and its tabs."""
        raise NotImplementedError

    def shut_down(self) -> None:
        """Stop everything that runs beside the GUI thread."""
        raise NotImplementedError

    @Slot(str)
    def toast(self, text: str) -> None:
        """Say something in passing."""
        raise NotImplementedError

    def offer(self, text: str, action: str, on_action: Callable[[], None]) -> None:
        """Say something in passing, with one thing to do about it."""
        raise NotImplementedError

    def offer_undo(self, text: str, undo: Callable[[], None]) -> None:
        """Say what was done, with what undoes it."""
        raise NotImplementedError

    def warn_of_removal(self, text: str) -> None:
        """Say that old sessions will be removed."""
        raise NotImplementedError

    def renew_history(self) -> None:
        """Sessions came or went without this window."""
        raise NotImplementedError

    def show_echo(self) -> None:
        """The echo server came or went."""
        raise NotImplementedError
