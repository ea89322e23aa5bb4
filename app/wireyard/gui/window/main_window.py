"""The window: rail, sidebar, tabs and status bar; and the commands that the keys and the menu run."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDesktopServices, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from wireyard.gui.commands import PALETTE_KEYS, shown_keys
from wireyard.gui.environments.errands import EnvironmentErrands
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
from wireyard.gui.window.palette_errands import PaletteErrands
from wireyard.gui.window.rail import Rail
from wireyard.gui.window.regions import hop
from wireyard.gui.window.request_opening import How
from wireyard.gui.window.settings_errands import SettingsErrands
from wireyard.gui.window.sidebar_errands import SidebarErrands
from wireyard.gui.window.tab_area import TabArea
from wireyard.gui.window.window_actions import make_actions
from wireyard.settings.tabs import SavedTab, SavedTabs

if TYPE_CHECKING:
    from wireyard.gui.tabs.request_tab import RequestTab
    from wireyard.gui.window.exporting import Exporting
    from wireyard.gui.window.opening import Opening
    from wireyard.session.conversation import Conversation

MIN_SIZE = (960, 600)
DEFAULT_SIZE = (1440, 900)
_FRAME = (16, 40)
ZOOM_STEP_PERCENT = 10
_STATUS_EVERY_MS = 250


class MainWindow(QWidget):
    """``quit_requested`` asks the workbench to begin the farewell."""

    quit_requested = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._menu = QMenu(self)
        self.rail = Rail(services.look, self._menu)
        self.tabs = TabArea(services.look)
        self.sidebar = Sidebar(services.look, services.library, partial(parts.sessions_folder, services))
        self.body = Body(services.look, self.rail, self.sidebar, self.tabs)
        self.status = StatusBar(services.look)
        self._errands = SidebarErrands(services, self, self.body, self.tabs, self.add_tab)
        self._palette = PaletteErrands(services, self, self.tabs, self._errands.requests, self.run)
        self._environments = EnvironmentErrands(services.look, services.library, self)
        self._toasts = Toasts(services.look, self)
        self._opening: Opening | None = None
        self._exporting: Exporting | None = None
        self._closing = Closing(services, self, self.tabs)
        self._settings = SettingsErrands(services, self)
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
        """The live talks of all tabs, and those of closed tabs that still say goodbye."""
        return [tab.conversation for tab in self.tabs if tab.conversation is not None] + self._closing.leaving

    def open_address(self, url: str, *, connect: bool = False) -> RequestTab:
        """Open a tab for an address, and dial only if told to."""
        tab = parts.make_request_tab(self._services, SavedTab(url=url))
        self.add_tab(tab)
        if connect:
            tab.connect_to(url)
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
        tab.noticed.connect(self.toast)
        tab.undo_offered.connect(self._on_undo_offered)
        tab.export_requested.connect(self._on_export_requested)
        tab.define_requested.connect(self._environments.define)
        tab.environments_requested.connect(self._environments.edit)
        if isinstance(tab, WelcomeTab):
            tab.connect_requested.connect(self._on_welcome_connect)
        tab.show_recent(self._services.addresses.addresses)
        self.tabs.add(tab)
        if len(before) == 1 and isinstance(before[0], WelcomeTab):
            self.tabs.remove(before[0])

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
        for part in (self._opening, self._exporting):
            if part is not None:
                part.shut_down()
        self._settings.close()

    # ---------------------------------------------------------------------------------------------------- Qt overrides

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not len(self.tabs):
            self._on_emptied()

    def closeEvent(self, event: QCloseEvent) -> None:
        # The window ends when the farewell is done, not before.
        event.ignore()
        self._closing.ask_to_quit(list(self.tabs), self.quit_requested.emit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self._logs().open_log(Path(url.toLocalFile()))

    # ---------------------------------------------------------------------------------------------------- the commands

    def new_tab(self) -> None:
        """Open an empty tab, ready for an address."""
        tab = parts.make_request_tab(self._services, SavedTab())
        self.add_tab(tab)
        tab.run("focus_address")

    def open_file(self) -> None:
        """Let a person choose a log to look at."""
        self._logs().ask()

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
        self.add_tab(WelcomeTab(self._services))

    @Slot(bool)
    def _on_facts_changed(self, is_urgent: bool) -> None:
        if is_urgent:
            self._renew_status()
        elif not self._status_timer.isActive():
            self._status_timer.start()

    @Slot(str, object)
    def _on_undo_offered(self, text: str, undo: Callable[[], None]) -> None:
        self.offer(text, self.tr("Undo"), undo)

    @Slot(object)
    def _on_export_requested(self, selection: object) -> None:
        tab = self.sender()
        if self._exporting is None:
            self._exporting = parts.make_exporting(self._services, self)
            self._exporting.noticed.connect(self.toast)
            self._exporting.exported.connect(self._on_exported)
        if isinstance(tab, Tab):
            self._exporting.ask(tab, selection)

    @Slot(str, Path)
    def _on_exported(self, text: str, folder: Path) -> None:
        self.offer(text, self.tr("Show in folder"), partial(_show_folder, folder))

    @Slot(str)
    def _on_welcome_connect(self, address: str) -> None:
        self.open_address(address).connect_to(address, then_write=True)

    @Slot()
    def _on_folder_requested(self) -> None:
        _show_folder(parts.sessions_folder(self._services))

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

    @Slot(Path)
    def _on_log_requested(self, path: Path) -> None:
        self._logs().open_log(path)

    @Slot(Path)
    def _on_log_export_requested(self, path: Path) -> None:
        self._logs().open_log(path, then="export")

    @Slot(Tab, QPoint)
    def _on_tab_menu_asked(self, tab: Tab, place: QPoint) -> None:
        self.tabs.bring(tab)
        menu = parts.make_tab_menu(self, has_request=bool(tab.request_id))
        menu.chosen.connect(self.run)
        menu.popup(place)

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
        self.tabs.menu_asked.connect(self._on_tab_menu_asked)
        self._closing.noticed.connect(self.toast)
        self.body.changed.connect(self.tabs.touch)
        self.rail.view_requested.connect(self._on_view_requested)
        self._settings.noticed.connect(self.toast)
        self._environments.noticed.connect(self.toast)
        self._environments.offered.connect(self.offer)
        self._errands.noticed.connect(self.toast)
        self._errands.offered.connect(self.offer)
        self._errands.undo_offered.connect(self._on_undo_offered)
        self._errands.log_requested.connect(self._on_log_requested)
        self._errands.export_requested.connect(self._on_log_export_requested)
        self.rail.theme_requested.connect(self._settings.switch_theme)
        self.rail.settings_requested.connect(self._settings.open)
        self.status.copied.connect(self._on_copied)
        self.status.folder_requested.connect(self._on_folder_requested)
        self.status.failure_requested.connect(self._on_failure_requested)
        self._status_timer.timeout.connect(self._renew_status)

    def _own_commands(self) -> dict[str, Callable[[], object]]:
        return {
            "new_tab": self.new_tab,
            "open_file": self.open_file,
            "close_tab": self.close_tab,
            "reopen_tab": self.reopen_tab,
            "another_tab": self._errands.requests.open_again,
            "name_tab": self.name_tab,
            "open_palette": self._palette.open,
            "open_actions": self._palette.open_actions,
            **self._errands.commands(),
            "toggle_sidebar": self.body.toggle_sidebar,
            "show_collections": partial(self.body.show_view, "collections"),
            "show_history": partial(self.body.show_view, "history"),
            "edit_environments": self._environments.edit,
            "open_workspace": self._errands.workspaces.ask,
            "next_tab": partial(self.tabs.step, 1),
            "previous_tab": partial(self.tabs.step, -1),
            "next_region": partial(self._hop, 1),
            "previous_region": partial(self._hop, -1),
            "take_offer": self._toasts.take_offer,
            "open_menu": self.rail.mark.open_menu,
            "zoom_in": partial(self._settings.zoom_by, ZOOM_STEP_PERCENT),
            "zoom_out": partial(self._settings.zoom_by, -ZOOM_STEP_PERCENT),
            "zoom_reset": partial(self._settings.change, "appearance.zoom_percent", 100),
            "open_settings": self._settings.open,
            "show_keys": partial(parts.open_keys_sheet, self._services, self),
            "show_about": partial(parts.open_about_sheet, self._services, self),
            "quit": self.close,
        }

    def _logs(self) -> Opening:
        if self._opening is None:
            self._opening = parts.make_opening(self._services, self)
            self._opening.opened.connect(self.add_tab)
            self._opening.noticed.connect(self.toast)
        return self._opening

    def _hop(self, step: int) -> None:
        tab = self.tabs.current
        panes = (self.tabs.strip.bar, *(tab.regions() if tab else ()), self.status, self.rail, self.sidebar)
        # A toast offers to undo for some seconds: the sidebar, where most of it was done, is next to it.
        regions = [*panes, *reversed(self._toasts.shown)]
        hop([region for region in regions if region.isVisible()], step)


def first_size(screen: QSize) -> QSize:
    """The size of a window that nobody has resized yet; the frame around it has to fit on the screen, too."""
    size = QSize(*DEFAULT_SIZE)
    if screen.width() < MIN_SIZE[0] or screen.height() < MIN_SIZE[1]:
        return size  # no real desktop, or one on which nothing fits anyway
    return size.boundedTo(screen - QSize(*_FRAME)).expandedTo(QSize(*MIN_SIZE))


def _show_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
