"""The window: rail, tab strip, the tab in front, status bar; and the commands that the keys and the menu run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from wireyard.gui.about_sheet import AboutSheet
from wireyard.gui.closing import Closing
from wireyard.gui.commands import COMMANDS
from wireyard.gui.exporting import Exporting
from wireyard.gui.keys_sheet import KeysSheet
from wireyard.gui.opening import Opening
from wireyard.gui.preferences.preferences_window import PreferencesWindow
from wireyard.gui.rail import Rail
from wireyard.gui.request_tab import RequestTab
from wireyard.gui.services import Services
from wireyard.gui.status.status_bar import StatusBar
from wireyard.gui.tab import SessionTab, Tab
from wireyard.gui.welcome_tab import WelcomeTab
from wireyard.gui.widgets.focus_ring import FocusRing
from wireyard.gui.widgets.tab_strip import TabStrip
from wireyard.gui.widgets.toasts import Toasts
from wireyard.session.conversation import Conversation
from wireyard.session.recorder import sessions_folder
from wireyard.settings.model import Settings
from wireyard.settings.rows import Value, topics, value_of
from wireyard.settings.store import SettingsError
from wireyard.settings.tabs import SavedTab, SavedTabs

MIN_SIZE = (960, 600)
DEFAULT_SIZE = (1440, 900)
ZOOM_STEP_PERCENT = 10
_STATUS_EVERY_MS = 250
_MAX_CLOSED_TABS = 20


class MainWindow(QWidget):
    """``quit_requested`` asks the workbench to begin the farewell."""

    quit_requested = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._closed: list[SavedTab] = []
        self._is_dirty = False
        self._menu = QMenu(self)
        self.rail = Rail(services.look, self._menu)
        self.strip = TabStrip(services.look)
        self.status = StatusBar(services.look)
        self._stack = QStackedWidget()
        self._toasts = Toasts(services.look, self)
        self._opening = Opening(services, self)
        self._exporting = Exporting(services, self)
        self._closing = Closing(services, self)
        self._preferences: PreferencesWindow | None = None
        self._status_timer = QTimer(self)
        self._status_timer.setSingleShot(True)
        self._status_timer.setInterval(_STATUS_EVERY_MS)
        self.setWindowTitle("Wireyard")
        self.setMinimumSize(*MIN_SIZE)
        self.resize(*DEFAULT_SIZE)
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self._make_actions()
        FocusRing(services.look, self)

    # ------------------------------------------------------------------------------------------------------ properties

    @property
    def tabs(self) -> list[Tab]:
        """All tabs in their order."""
        return list(self._tabs())

    @property
    def current_tab(self) -> Tab | None:
        """The tab in front."""
        widget = self._stack.currentWidget()
        return widget if isinstance(widget, Tab) else None

    def conversations(self) -> list[Conversation]:
        """The live talks of all tabs, and those of closed tabs that still say goodbye."""
        return [tab.conversation for tab in self._tabs() if tab.conversation is not None] + self._closing.leaving

    # -------------------------------------------------------------------------------------------------- public methods

    def open_address(self, url: str, *, connect: bool = False) -> RequestTab:
        """Open a tab for an address, and dial only if told to."""
        tab = RequestTab(self._services, SavedTab(url=url))
        self.add_tab(tab)
        if connect:
            tab.connect_to(url)
        return tab

    def add_tab(self, tab: Tab, *, at: int | None = None) -> None:
        """Add a tab and bring it to the front. A lone welcome page makes room for it."""
        welcome = self._stack.widget(0) if self._stack.count() == 1 else None
        index = self.strip.add_tab(tab.tab_facts())
        self._stack.addWidget(tab)
        tab.changed.connect(self._on_tab_changed)
        tab.noticed.connect(self.toast)
        tab.undo_offered.connect(self._on_undo_offered)
        tab.export_requested.connect(self._on_export_requested)
        if isinstance(tab, WelcomeTab):
            tab.connect_requested.connect(self._on_welcome_connect)
        if isinstance(tab, RequestTab):
            tab.show_recent(self._services.addresses.addresses)
        self.strip.select(index)
        if isinstance(welcome, WelcomeTab):
            self.remove_tab(welcome)
        self._is_dirty = True

    def remove_tab(self, tab: Tab) -> None:
        """Take a tab off the window for good; the last one leaves the welcome page."""
        index = self._stack.indexOf(tab)
        if index < 0:
            return
        self._stack.removeWidget(tab)
        self.strip.remove_tab(index)
        tab.shut_down()
        tab.deleteLater()
        self._is_dirty = True
        if not self._stack.count():
            self.add_tab(WelcomeTab(self._services))

    def remember_closed(self, saved: SavedTab) -> None:
        """Keep what a closed tab held, for Ctrl+Shift+T."""
        self._closed = [*self._closed, saved][-_MAX_CLOSED_TABS:]

    def restore_tabs(self, saved: SavedTabs) -> None:
        """Open the tabs of last time; nothing is dialled."""
        for tab in saved.tabs:
            self.add_tab(RequestTab(self._services, tab))
        if saved.tabs:
            self.strip.select(min(max(saved.current, 0), len(saved.tabs) - 1))

    def saved_tabs(self) -> SavedTabs:
        """What is kept for the next start."""
        kept = [(tab, tab.saved()) for tab in self._tabs()]
        tabs = [saved for _, saved in kept if saved is not None]
        in_front = [tab for tab, saved in kept if saved is not None]
        current = self.current_tab
        return SavedTabs(tabs=tuple(tabs), current=in_front.index(current) if current in in_front else 0)

    def take_dirty(self) -> bool:
        """Whether tabs or drafts changed since the last call."""
        was, self._is_dirty = self._is_dirty, False
        return was

    @Slot(str)
    def toast(self, text: str) -> None:
        """Say something in passing."""
        self._toasts.show_toast(text)

    def show_crash(self, report: str) -> None:
        """Tell of a failure of our own."""
        self._toasts.show_toast(
            self.tr("Something in Wireyard failed. The rest goes on."),
            self.tr("Copy report"),
            lambda: QApplication.clipboard().setText(report),
        )

    def show_echo(self) -> None:
        """The echo server came or went."""
        for tab in self._tabs():
            if isinstance(tab, WelcomeTab):
                tab.show_echo()
        self._renew_status()

    def shut_down(self) -> None:
        """Stop everything that runs beside the GUI thread."""
        for tab in self._tabs():
            tab.shut_down()
        if self._preferences is not None:
            self._preferences.close()

    # ---------------------------------------------------------------------------------------------------- Qt overrides

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._stack.count():
            self.add_tab(WelcomeTab(self._services))

    def closeEvent(self, event: QCloseEvent) -> None:
        # The window ends when the farewell is done, not before.
        event.ignore()
        self._closing.ask_to_quit(self.tabs, self.quit_requested.emit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self._opening.open_log(Path(url.toLocalFile()))

    # ---------------------------------------------------------------------------------------------------- the commands

    def new_tab(self) -> None:
        tab = RequestTab(self._services)
        self.add_tab(tab)
        tab.run("focus_address")

    def close_tab(self) -> None:
        self._on_close_requested(self.strip.current)

    def reopen_tab(self) -> None:
        if self._closed:
            self.add_tab(RequestTab(self._services, self._closed.pop()))

    def next_tab(self) -> None:
        self.strip.select((self.strip.current + 1) % self.strip.count)

    def previous_tab(self) -> None:
        self.strip.select((self.strip.current - 1) % self.strip.count)

    def open_settings(self) -> None:
        if self._preferences is None:
            self._preferences = PreferencesWindow(self._services.look, self._services.settings.settings, self)
            self._preferences.settings_changed.connect(self._on_preferences_changed)
        self._preferences.show()
        self._preferences.raise_()
        self._preferences.activateWindow()

    # ------------------------------------------------------------------------------------------------------------ slots

    @Slot(int)
    def _on_selected(self, index: int) -> None:
        before, after = self.current_tab, self._stack.widget(index)
        if after is None:
            return
        self._stack.setCurrentIndex(index)
        if before is not None and before is not after:
            before.went_to_back()
        if isinstance(after, Tab):
            after.came_to_front()
        self._is_dirty = True
        self._renew_status()

    @Slot(int)
    def _on_close_requested(self, index: int) -> None:
        tab = self._stack.widget(index)
        if isinstance(tab, Tab):
            self._closing.ask_to_close(tab)

    @Slot(int, int)
    def _on_moved(self, old: int, new: int) -> None:
        widget = self._stack.widget(old)
        if widget is None:
            return
        current = self._stack.currentWidget()
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
        index = self._stack.indexOf(tab)
        facts = tab.tab_facts()
        if index >= 0 and self.strip.facts(index) != facts:
            self.strip.show_tab(index, facts)
            self._renew_status()
        elif tab is self.current_tab and not self._status_timer.isActive():
            self._status_timer.start()

    @Slot(str, object)
    def _on_undo_offered(self, text: str, undo: Callable[[], None]) -> None:
        self._toasts.show_toast(text, self.tr("Undo"), undo)

    @Slot(object)
    def _on_export_requested(self, selection: object) -> None:
        tab = self.sender()
        if isinstance(tab, SessionTab):
            self._exporting.ask(tab, selection)

    @Slot(str)
    def _on_welcome_connect(self, address: str) -> None:
        self.open_address(address, connect=True).run("focus_message")

    @Slot()
    def _on_theme_requested(self) -> None:
        self._set("appearance.scheme", "light" if self._services.look.is_dark else "dark")

    @Slot(object)
    def _on_preferences_changed(self, wanted: Settings) -> None:
        store = self._services.settings
        for topic in topics():
            for row in topic.rows:
                value = value_of(wanted, row.key)
                if value != value_of(store.settings, row.key):
                    self._set(row.key, value)

    @Slot()
    def _on_folder_requested(self) -> None:
        folder = sessions_folder(self._services.profile, self._services.settings.settings)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    @Slot()
    def _on_failure_requested(self) -> None:
        if isinstance(tab := self.current_tab, RequestTab):
            tab.bar.failure_requested.emit()

    @Slot(str)
    def _on_copied(self, text: str) -> None:
        self.toast(self.tr("Copied {0}").format(text))

    @Slot()
    def _renew_status(self) -> None:
        tab = self.current_tab
        if tab is None:
            return
        self.status.show_facts(tab.status_facts())
        title = " ".join(tab.title.split())
        self.setWindowTitle(f"{title} · Wireyard" if title else "Wireyard")

    # ------------------------------------------------------------------------------------------------------- internals

    def _tabs(self) -> Iterator[Tab]:
        for index in range(self._stack.count()):
            widget = self._stack.widget(index)
            if isinstance(widget, Tab):
                yield widget

    def _lay_out(self) -> None:
        self.setProperty("panel", "bg.app")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.strip)
        right.addWidget(self._stack, 1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(self.status)

    def _connect(self) -> None:
        self.strip.selected.connect(self._on_selected)
        self.strip.close_requested.connect(self._on_close_requested)
        self.strip.new_requested.connect(self.new_tab)
        self.strip.moved.connect(self._on_moved)
        self.rail.theme_requested.connect(self._on_theme_requested)
        self.rail.settings_requested.connect(self.open_settings)
        self.status.copied.connect(self._on_copied)
        self.status.folder_requested.connect(self._on_folder_requested)
        self.status.failure_requested.connect(self._on_failure_requested)
        self._status_timer.timeout.connect(self._renew_status)

    def _make_actions(self) -> None:
        group = ""
        for command in COMMANDS:
            if command.is_local:
                continue
            action = QAction(QCoreApplication.translate("Commands", command.text), self)
            action.setShortcuts([QKeySequence(keys) for keys in command.keys])
            action.triggered.connect(lambda _=False, name=command.name: self._run(name))
            self.addAction(action)
            if command.in_menu:
                if group and group != command.group:
                    self._menu.addSeparator()
                group = command.group
                self._menu.addAction(action)
        for number in range(1, 10):
            action = QAction(self)
            action.setShortcut(QKeySequence(f"Ctrl+{number}"))
            action.triggered.connect(lambda _=False, index=number - 1: self._go_to_tab(index))
            self.addAction(action)

    def _run(self, name: str) -> None:
        tab = self.current_tab
        if tab is not None and tab.run(name):
            return
        own = self._own_commands().get(name)
        if own is not None:
            own()

    def _own_commands(self) -> dict[str, Callable[[], None]]:
        return {
            "new_tab": self.new_tab,
            "open_file": self._opening.ask,
            "close_tab": self.close_tab,
            "reopen_tab": self.reopen_tab,
            "next_tab": self.next_tab,
            "previous_tab": self.previous_tab,
            "next_region": lambda: self._hop(1),
            "previous_region": lambda: self._hop(-1),
            "open_menu": self.rail.mark.open_menu,
            "zoom_in": lambda: self._zoom_to(self._services.look.zoom_percent + ZOOM_STEP_PERCENT),
            "zoom_out": lambda: self._zoom_to(self._services.look.zoom_percent - ZOOM_STEP_PERCENT),
            "zoom_reset": lambda: self._zoom_to(100),
            "open_settings": self.open_settings,
            "show_keys": lambda: KeysSheet(self._services.look, self).open(),
            "show_about": lambda: AboutSheet(self._services.look, self).open(),
            "quit": self.close,
        }

    def _go_to_tab(self, index: int) -> None:
        if index < self.strip.count:
            self.strip.select(index)

    def _hop(self, step: int) -> None:
        tab = self.current_tab
        regions = [
            region
            for region in (self.strip.bar, *(tab.regions() if tab else ()), self.status, self.rail)
            if region.isVisible()
        ]
        focus = QApplication.focusWidget()
        here = next((i for i, region in enumerate(regions) if region is focus or _holds(region, focus)), -1)
        for offset in range(1, len(regions) + 1):
            region = regions[(here + step * offset) % len(regions)]
            if _focus_in(region):
                return

    def _zoom_to(self, percent: int) -> None:
        self._set("appearance.zoom_percent", max(80, min(200, percent)))

    def _set(self, key: str, value: Value) -> None:
        try:
            self._services.settings.change(key, value)
        except SettingsError as error:
            self.toast(str(error))


def _holds(region: QWidget, focus: QWidget | None) -> bool:
    return focus is not None and region.isAncestorOf(focus)


def _focus_in(region: QWidget) -> bool:
    """Give the keyboard to a region: to itself, or to the first of its parts that takes it."""
    candidates = [region, *region.findChildren(QWidget)]
    for widget in candidates:
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            return True
    return False
