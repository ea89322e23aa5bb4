"""The parts of the window that are loaded when they are needed first.

A first start shows one page: what draws timelines, reads recordings and speaks WebSocket would make people wait for it
without being seen. `preload` brings them in, one by one, when the window stands.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from wireyard.gui.services import Services
from wireyard.settings.tabs import SavedTab

if TYPE_CHECKING:
    from pathlib import Path

    from wireyard.gui.preferences.preferences_window import PreferencesWindow
    from wireyard.gui.tabs.request_tab import RequestTab
    from wireyard.gui.tabs.tab import Tab
    from wireyard.gui.window.exporting import Exporting
    from wireyard.gui.window.opening import Opening
    from wireyard.gui.window.tab_menu import TabMenu

_PRELOADED = (
    "wireyard.recording.recording",
    "wireyard.engine.dial",
    "wireyard.session.conversation",
    "wireyard.gui.timeline.panel",
    "wireyard.gui.inspector.panel",
    "wireyard.gui.composer.panel",
    "wireyard.gui.tabs.request_tab",
    "wireyard.session.farewell",
)


def preload() -> Iterator[str]:
    """Load what a first connection needs, a module at each step."""
    for name in _PRELOADED:
        importlib.import_module(name)
        yield name


def make_request_tab(services: Services, saved: SavedTab) -> RequestTab:
    """A tab with what was kept of it."""
    from wireyard.gui.tabs.request_tab import RequestTab

    return RequestTab(services, saved)


def make_exporting(services: Services, window: QWidget) -> Exporting:
    """What exports sessions."""
    from wireyard.gui.window.exporting import Exporting

    return Exporting(services, window)


def make_opening(services: Services, window: QWidget) -> Opening:
    """What opens logs."""
    from wireyard.gui.window.opening import Opening

    return Opening(services, window)


def make_preferences(services: Services, window: QWidget) -> PreferencesWindow:
    """The Settings window."""
    from wireyard.gui.preferences.preferences_window import PreferencesWindow

    return PreferencesWindow(services.look, services.settings.settings, window)


def make_tab_menu(window: QWidget, tab: Tab, *, is_alone: bool, windows: Sequence[str]) -> TabMenu:
    """The menu of a tab; ``windows`` are the others, to which it may be moved."""
    from wireyard.gui.window.tab_menu import TabMenu

    return TabMenu(window, has_request=bool(tab.request_id), is_alone=is_alone, windows=windows)


def open_name_sheet(services: Services, window: QWidget, tab: Tab) -> None:
    """Ask what a tab is to be called."""
    from wireyard.gui.window.name_sheet import NameSheet

    NameSheet(services.look, window, tab.label or "", tab.set_label).open()


def open_move_sheet(
    services: Services, window: QWidget, ids: list[str], move: Callable[[list[str], str], None]
) -> None:
    """Ask for a folder, and move these items into it."""
    from wireyard.gui.sidebar.move_sheet import MoveSheet

    if services.library.tree is not None:
        MoveSheet(services.look, window, services.library.tree, ids, move).open()


def open_level_sheet(services: Services, window: QWidget, id_: str) -> None:
    """Edit what a folder or collection gives to its requests."""
    from wireyard.gui.request.level_sheet import open_level_sheet as open_sheet

    open_sheet(services, window, id_)


def open_keys_sheet(services: Services, window: QWidget) -> None:
    """Show the page of keys."""
    from wireyard.gui.window.keys_sheet import KeysSheet

    KeysSheet(services.look, window).open()


def open_about_sheet(services: Services, window: QWidget) -> None:
    """Show versions and licences."""
    from wireyard.gui.window.about_sheet import AboutSheet

    AboutSheet(services.look, window).open()


def sessions_folder(services: Services) -> Path:
    """Where new sessions are stored."""
    from wireyard.session.recorder import sessions_folder as folder

    return folder(services.profile, services.settings.settings)
