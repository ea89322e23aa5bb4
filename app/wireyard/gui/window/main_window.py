"""The window: rail, sidebar, tabs and status bar; and the commands that the keys and the menu run."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QEvent, Qt, QTimer, SignalInstance, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout

from wireyard.gui.commands import PALETTE_KEYS, shown_keys
from wireyard.gui.environments.errands import EnvironmentErrands
from wireyard.gui.request.notices import Remedy
from wireyard.gui.services import Services
from wireyard.gui.sidebar.sidebar import VIEWS, Sidebar
from wireyard.gui.status.status_bar import StatusBar
from wireyard.gui.tabs.tab import Tab
from wireyard.gui.tabs.welcome_tab import WelcomeTab
from wireyard.gui.widgets.focus_ring import FocusRing
from wireyard.gui.widgets.toasts import Toasts
from wireyard.gui.window import parts
from wireyard.gui.window.body import Body
from wireyard.gui.window.closing import Closing
from wireyard.gui.window.file_errands import FileErrands
from wireyard.gui.window.one_window import OneWindow
from wireyard.gui.window.palette_errands import PaletteErrands
from wireyard.gui.window.rail import Rail
from wireyard.gui.window.regions import hop
from wireyard.gui.window.request_opening import How
from wireyard.gui.window.settings_errands import SettingsErrands
from wireyard.gui.window.sidebar_errands import SidebarErrands
from wireyard.gui.window.tab_area import TabArea
from wireyard.gui.window.tab_moves import TabMoves
from wireyard.gui.window.window_actions import make_actions
from wireyard.gui.window.window_size import MIN_SIZE, first_size
from wireyard.settings.tabs import SavedTab, SavedTabs

if TYPE_CHECKING:
    from wireyard.gui.tabs.request_tab import RequestTab
    from wireyard.gui.window.windows import Windows
    from wireyard.session.conversation import Conversation

_STATUS_EVERY_MS = 250


class MainWindow(OneWindow):
    """One of `wireyard.gui.window.windows.Windows`."""

    def __init__(self, services: Services, windows: Windows) -> None:
        super().__init__()
        self._services = services
        self._windows = windows
        self._is_leaving = False
        self._menu = QMenu(self)
        self.rail = Rail(services.look, self._menu)
        self.tabs = TabArea(services.look, windows.closed_tabs)
        self.sidebar = Sidebar(services.look, services.library, partial(parts.sessions_folder, services))
        self.body = Body(services.look, self.rail, self.sidebar, self.tabs)
        self.status = StatusBar(services.look)
        self._errands = SidebarErrands(services, self, self.body, self.tabs, self.add_tab, windows)
        self._palette = PaletteErrands(services, self, self.tabs, self._errands.requests, self.run)
        self._environments = EnvironmentErrands(services.look, services.library, self, lambda: windows.active is self)
        self._toasts = Toasts(services.look, self)
        self._files = FileErrands(services, self)
        self._closing = Closing(services, self, self.tabs, windows.farewells)
        self._settings = SettingsErrands(services, self)
        self._moves = TabMoves(self, windows)
        self._status_timer = QTimer(self)
        self._status_timer.setSingleShot(True)
        self._status_timer.setInterval(_STATUS_EVERY_MS)
        self.setWindowTitle("Wireyard")
        self.setMinimumSize(*MIN_SIZE)
        self.resize(first_size(self.screen().availableSize()))
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        make_actions(self, self._menu, self.run, self.tabs.select)
        FocusRing(services.look, self)

    # -------------------------------------------------------------------------------------------------- public methods

    def conversations(self) -> list[Conversation]:
        """The live talks of its tabs, and those of closed tabs, of any window, that still say goodbye."""
        own = [tab.conversation for tab in self.tabs if tab.conversation is not None]
        return own + self._windows.farewells.leaving

    def open_address(self, url: str, *, connect: bool = False) -> RequestTab:
        """Open a tab for an address, and dial only if told to."""
        return self.open_filled(SavedTab(url=url), connect=connect)

    def open_filled(self, filled: SavedTab, *, connect: bool = False) -> RequestTab:
        """Open a tab in which all this is filled in, and dial its address only if told to."""
        tab = parts.make_request_tab(self._services, filled)
        self.add_tab(tab)
        if connect:
            tab.connect_to(filled.url)
        return tab

    def open_workspace(self, folder: Path | None) -> None:
        """Show a workspace: this one, else that of last time or the profile's own."""
        self._errands.workspaces.open_first(folder)

    def open_request(self, id_: str, how: How = "keep") -> RequestTab:
        """Show a saved request: as a preview, to stay, connected at once, or in a tab more."""
        return self._errands.requests.open(id_, how)

    def add_tab(self, tab: Tab) -> None:
        """Add a tab and bring it to the front. A lone welcome page makes room for it."""
        before = list(self.tabs)
        for signal, slot in self._heard_of(tab):
            signal.connect(slot)
        if isinstance(tab, WelcomeTab):
            tab.connect_requested.connect(self._on_welcome_connect)
        tab.show_recent(self._services.addresses.addresses)
        self.tabs.add(tab)
        if len(before) == 1 and isinstance(before[0], WelcomeTab):
            self.tabs.remove(before[0])

    def part_from(self, tab: Tab) -> None:
        """Hear nothing of a tab any more, which goes on in another window."""
        for signal, slot in self._heard_of(tab):
            signal.disconnect(slot)

    def ask_to_quit(self, tabs: list[Tab], leave: Callable[[], None]) -> None:
        """End the program, after one question about these tabs where one is due."""
        self._closing.ask_to_quit(tabs, leave)

    def close_all_tabs(self) -> None:
        """Close the tabs of a window that goes; they can be opened again in another one."""
        self._is_leaving = True
        for tab in list(self.tabs):
            self._closing.close_at_once(tab)

    def saved(self) -> SavedTabs:
        """What is kept of the window for the next start."""
        return replace(self.tabs.saved(), geometry=bytes(self.saveGeometry().data()), sidebar=self.body.saved())

    def restore(self, saved: SavedTabs) -> None:
        """Have the window as it was, and its tabs."""
        if saved.geometry:
            self.restoreGeometry(saved.geometry)
        self.body.restore(saved.sidebar)
        self.tabs.arrangement.restore(saved.layout, saved.sizes)
        self.restore_tabs(saved)

    def restore_tabs(self, saved: SavedTabs) -> None:
        """Open the tabs of last time; nothing is dialled."""
        for entry in saved.tabs:
            tab = parts.make_request_tab(self._services, entry)
            self.add_tab(tab)
            if entry.is_preview:
                self.tabs.set_preview(tab)
        self.tabs.select(min(max(saved.current, 0), len(saved.tabs) - 1))
        tab = self.tabs.current
        if tab is not None and tab.regions():
            # Else the first button of the window would have the keyboard.
            tab.regions()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def toast(self, text: str) -> None:
        """Say something in passing."""
        self._toasts.show_toast(text)

    def offer(self, text: str, action: str, on_action: Callable[[], None]) -> None:
        """Say something in passing, with one thing to do about it."""
        self._toasts.show_toast(text, action, on_action)

    @Slot(str, object)
    def offer_undo(self, text: str, undo: Callable[[], None]) -> None:
        """Say what was done, with what undoes it."""
        self.offer(text, self.tr("Undo"), undo)

    @Slot(str)
    def warn_of_removal(self, text: str) -> None:
        """Say that old sessions will be removed, for as long as it takes to be read."""
        remedies = (
            Remedy(self.tr("Settings"), partial(self._settings.open, "recording")),
            Remedy(self.tr("History"), partial(self.body.show_view, "history")),
        )
        self.tabs.notices.say("retention", text, tone="info", remedies=remedies)

    @Slot()
    def renew_history(self) -> None:
        """Sessions came or went without this window."""
        self.sidebar.history.refresh_soon()

    def show_echo(self) -> None:
        """The echo server came or went."""
        for tab in self.tabs:
            if isinstance(tab, WelcomeTab):
                tab.show_echo()
        self._renew_status()

    def shut_down(self) -> None:
        """Stop everything that runs beside the GUI thread."""
        self.sidebar.shut_down()
        for tab in self.tabs:
            tab.shut_down()
        self._files.shut_down()
        self._settings.close()

    # ---------------------------------------------------------------------------------------------------- Qt overrides

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not len(self.tabs):
            self._on_emptied()

    def closeEvent(self, event: QCloseEvent) -> None:
        # The window ends when the farewell is done, not before.
        event.ignore()
        if len(self._windows) > 1:
            self._closing.ask_to_close_window(list(self.tabs), partial(self._windows.close, self))
        else:
            self._windows.ask_to_quit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.activated.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self._files.open_dropped(event.mimeData())

    # ---------------------------------------------------------------------------------------------------- the commands

    def new_tab(self) -> None:
        """Open an empty tab, ready for an address."""
        tab = parts.make_request_tab(self._services, SavedTab())
        self.add_tab(tab)
        tab.run("focus_address")

    def close_tab(self) -> None:
        """Close the tab in front, after a question where one is due."""
        tab = self.tabs.current
        if tab is not None:
            self._closing.ask_to_close(tab)

    def reopen_tab(self) -> None:
        """Open the tab again that was closed last; it isn't connected."""
        saved = self.tabs.take_closed()
        if saved is not None:
            self.add_tab(parts.make_request_tab(self._services, saved))

    def name_tab(self) -> None:
        """Have the tab in front called something else."""
        tab = self.tabs.current
        if tab is not None and tab.label is not None:
            parts.open_name_sheet(self._services, self, tab)

    def run(self, name: str) -> None:
        """Run a command of `wireyard.gui.commands`: the tab in front first, then the window itself."""
        if name == "find" and self.sidebar.begin_search():
            return
        tab = self.tabs.current
        if tab is not None and tab.run(name):
            return
        own = self._own_commands().get(name)
        if own is not None:
            own()

    # ------------------------------------------------------------------------------------------------------------ slots

    @Slot()
    def _on_emptied(self) -> None:
        if not self._is_leaving:
            self.add_tab(WelcomeTab(self._services))

    @Slot(bool)
    def _on_facts_changed(self, is_urgent: bool) -> None:
        if is_urgent:
            self._renew_status()
        elif not self._status_timer.isActive():
            self._status_timer.start()

    @Slot(object)
    def _on_export_requested(self, selection: object) -> None:
        tab = self.sender()
        if isinstance(tab, Tab):
            self._files.export(tab, selection)

    @Slot(str)
    def _on_welcome_connect(self, address: str) -> None:
        self.open_address(address).connect_to(address, then_write=True)

    @Slot()
    def _on_failure_requested(self) -> None:
        self.run("show_failure")

    @Slot(str)
    def _on_copied(self, text: str) -> None:
        self.toast(self.tr("Copied {0}").format(text))

    @Slot(str)
    def _on_view_requested(self, name: str) -> None:
        if name == "environments":
            self._environments.edit()
        elif name in VIEWS:
            self.body.toggle_view(name)

    @Slot()
    def _renew_status(self) -> None:
        tab = self.tabs.current
        if tab is None:
            return
        self.status.show_facts(tab.status_facts())
        title = " ".join(tab.title.split())
        self.setWindowTitle(f"{title} · Wireyard" if title else "Wireyard")

    # ------------------------------------------------------------------------------------------------------- internals

    def _lay_out(self) -> None:
        self.setProperty("panel", "bg.app")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.body, 1)
        column.addWidget(self.status)

    def _connect(self) -> None:
        self.tabs.strip.show_opener(self.tr("Search or run"), shown_keys(PALETTE_KEYS))
        self.tabs.strip.search_requested.connect(self._palette.open)
        self.tabs.close_requested.connect(self._closing.ask_to_close)
        self.tabs.new_requested.connect(self.new_tab)
        self.tabs.current_changed.connect(self._renew_status)
        self.tabs.facts_changed.connect(self._on_facts_changed)
        self.tabs.emptied.connect(self._on_emptied)
        self._closing.noticed.connect(self.toast)
        self.body.changed.connect(self.tabs.touch)
        self.rail.view_requested.connect(self._on_view_requested)
        self._settings.noticed.connect(self.toast)
        for errands in (self._environments, self._errands, self._files):
            errands.noticed.connect(self.toast)
            errands.offered.connect(self.offer)
        self._errands.undo_offered.connect(self.offer_undo)
        self._errands.log_requested.connect(self._files.open_log)
        self._errands.export_requested.connect(self._files.export_log)
        self._files.opened.connect(self.add_tab)
        self.rail.theme_requested.connect(self._settings.switch_theme)
        self.rail.settings_requested.connect(self._settings.open)
        self.status.copied.connect(self._on_copied)
        self.status.folder_requested.connect(self._files.show_sessions)
        self.status.failure_requested.connect(self._on_failure_requested)
        self._status_timer.timeout.connect(self._renew_status)

    def _own_commands(self) -> dict[str, Callable[[], object]]:
        return {
            "new_tab": self.new_tab,
            **self._moves.commands(),
            "open_file": self._files.ask,
            "close_tab": self.close_tab,
            "reopen_tab": self.reopen_tab,
            "another_tab": self._errands.requests.open_again,
            "name_tab": self.name_tab,
            "open_palette": self._palette.open,
            "open_actions": self._palette.open_actions,
            **self._errands.commands(),
            **self.body.commands(),
            "next_layout": self.tabs.arrangement.next_layout,
            "edit_environments": self._environments.edit,
            "open_workspace": self._errands.workspaces.ask,
            "next_tab": partial(self.tabs.step, 1),
            "previous_tab": partial(self.tabs.step, -1),
            "next_region": partial(self._hop, 1),
            "previous_region": partial(self._hop, -1),
            "take_offer": self._toasts.take_offer,
            "open_menu": self.rail.mark.open_menu,
            **self._settings.commands(),
            "show_keys": partial(parts.open_keys_sheet, self._services, self),
            "show_about": partial(parts.open_about_sheet, self._services, self),
            "quit": self._windows.ask_to_quit,
        }

    def _heard_of(self, tab: Tab) -> tuple[tuple[SignalInstance, Callable[..., object]], ...]:
        """What a tab says to the window that it is in."""
        return (
            (tab.noticed, self.toast),
            (tab.undo_offered, self.offer_undo),
            (tab.export_requested, self._on_export_requested),
            (tab.define_requested, self._environments.define),
            (tab.environments_requested, self._environments.edit),
        )

    def _hop(self, step: int) -> None:
        tab = self.tabs.current
        panes = (self.tabs.strip.bar, *(tab.regions() if tab else ()), self.status, self.rail, self.sidebar)
        # A toast offers to undo for some seconds: the sidebar, where most of it was done, is next to it.
        regions = [*panes, *reversed(self._toasts.shown)]
        hop([region for region in regions if region.isVisible()], step)
