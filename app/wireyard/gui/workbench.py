"""The running program behind the window: services, the window itself, and an orderly end."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from wireyard.engine.host import SameLoopHost
from wireyard.gui.bridge import GuiCalls, Tasks
from wireyard.gui.cookies import Cookies
from wireyard.gui.crash import CrashReporter
from wireyard.gui.echo import Echo
from wireyard.gui.garbage import Garbage
from wireyard.gui.library import Library
from wireyard.gui.retention import Retention
from wireyard.gui.services import Services
from wireyard.gui.theme.look import Look
from wireyard.gui.window.main_window import MainWindow
from wireyard.gui.window.parts import preload
from wireyard.gui.window.windows import Windows
from wireyard.session.auth.sign_in import SignIn
from wireyard.settings.addresses import AddressBook
from wireyard.settings.model import Settings
from wireyard.settings.profile import Profile
from wireyard.settings.store import SettingsStore
from wireyard.settings.tabs import MAX_KEPT_CHARACTERS, SavedTab, SavedTabs, keep_large_drafts, load_tabs, save_tabs

FAREWELL_S = 1.8
_SAVE_EVERY_S = 2.0
_SETTLE_AFTER_S = 0.1


class Workbench(QObject):
    """Makes everything at start and takes it down in order. Needs a running loop."""

    def __init__(self, app: QApplication, profile: Profile) -> None:
        super().__init__()
        self._app = app
        self._profile = profile
        self._quit = asyncio.Event()
        calls = GuiCalls(self)
        secrets_in_use: list[Callable[[], Iterable[str]]] = []
        self._crashes = CrashReporter(
            profile.crashes,
            self._on_crash,
            calls.post,
            lambda: [value for values in secrets_in_use for value in values()],
        )
        self._crashes.install()
        store = SettingsStore(profile.settings_file)
        settings = store.load()
        look = Look(
            settings.appearance.scheme, settings.appearance.zoom_percent, settings.appearance.reduce_motion, parent=self
        )
        look.dress(app)
        library = Library(profile, self)
        self.services = Services(
            look=look,
            profile=profile,
            settings=store,
            addresses=AddressBook(profile.addresses_file),
            host=SameLoopHost(),
            sign_in=SignIn(lambda address: QDesktopServices.openUrl(QUrl(address))),
            echo=Echo(),
            library=library,
            cookies=Cookies(profile, library, self),
            calls=calls,
            tasks=Tasks(self),
        )
        self.services.tasks.failed.connect(self._crashes.report)
        self.services.cookies.noticed.connect(library.noticed)
        asyncio.get_running_loop().set_exception_handler(self._on_loop_error)
        self.windows = Windows(self.services.tasks, partial(MainWindow, self.services), self)
        self.windows.open()
        secrets_in_use += [self.services.library.secrets.values, self._sent_secrets]
        self.windows.quit_requested.connect(self.quit)
        self.services.library.noticed.connect(self.windows.toast)
        self.services.library.undo_offered.connect(self.windows.offer_undo)
        store.on_change(self._on_settings_changed)
        self.retention = Retention(self.services, self)
        self.retention.warned.connect(self.windows.warn_of_removal)
        self.retention.removed.connect(self.windows.offer_undo)
        self.retention.changed.connect(self.windows.renew_history)
        self.retention.noticed.connect(self.windows.toast)
        self.windows.farewells.ended.connect(self.retention.soon)
        self._garbage: Garbage | None = None
        self._told_of_cut_drafts = False
        self._echo_change = asyncio.Lock()
        self._echo_port = settings.general.echo_port

    def open(
        self, urls: list[str], *, connect: bool, workspace: Path | None = None, tabs: Sequence[SavedTab] = ()
    ) -> None:
        """Show the window, with the tabs of last time and one for each address; dial only these, and only if told."""
        saved = load_tabs(self._profile.tabs_file)
        if not self.services.settings.settings.general.reopen_tabs:
            saved = replace(saved, tabs=(), others=())
        window = self.window
        window.restore(saved)
        for url in urls:
            window.open_address(url, connect=connect)
        for tab in tabs:
            window.open_filled(tab, connect=connect)
        for other in saved.others:
            if other.tabs:
                self.windows.open(other).show()
        window.show()
        window.activateWindow()
        for problem in self.services.settings.problems:
            window.toast(str(problem))
        self.services.tasks.spawn(self._keep_tabs())
        settling = self.services.tasks.spawn(self._settle(workspace))
        self.services.tasks.spawn(self._collect_garbage_after(settling))

    @property
    def window(self) -> MainWindow:
        """The window that was used last."""
        window = self.windows.active
        assert isinstance(window, MainWindow)
        return window

    @Slot()
    def quit(self) -> None:
        """Begin to leave, as closing the window does."""
        self._quit.set()

    async def until_quit(self) -> None:
        """Wait until the program is to end."""
        await self._quit.wait()

    async def leave(self) -> None:
        """Say goodbye to all servers (1001), finish all recordings, keep the tabs; takes two seconds at most."""
        from wireyard.session.farewell import close_all

        self._save_tabs()
        for window in self.windows:
            window.hide()
        self.retention.stop()
        self.services.tasks.cancel_all()
        farewell = close_all(self.windows.conversations(), FAREWELL_S)
        await asyncio.gather(farewell, self._stop_echo())
        self.windows.shut_down()
        self.services.cookies.shut_down()
        self.services.library.shut_down()
        self.services.host.close()
        if self._garbage is not None:
            self._garbage.stop()
        self._crashes.uninstall()

    async def _settle(self, workspace: Path | None) -> None:
        """Do what can wait until the window has been painted."""
        await asyncio.sleep(_SETTLE_AFTER_S)
        self.window.open_workspace(workspace)
        await self._switch_echo()
        for _ in preload():
            await asyncio.sleep(0)
        self.retention.start()

    async def _collect_garbage_after(self, settling: asyncio.Task[None]) -> None:
        await asyncio.wait([settling])  # whatever came of it: nobody else collects
        self._garbage = Garbage(self)

    async def _keep_tabs(self) -> None:
        while True:
            await asyncio.sleep(_SAVE_EVERY_S)
            if self.windows.take_dirty():
                # A draft of megabytes is on the disk before the window's thread writes the rest.
                with contextlib.suppress(OSError):
                    await asyncio.to_thread(keep_large_drafts, self._profile.tabs_file, self.windows.saved())
                self._save_tabs()

    def _save_tabs(self) -> None:
        saved = self.windows.saved()
        self._tell_of_cut_drafts(saved)
        try:
            save_tabs(self._profile.tabs_file, saved)
        except OSError as error:
            self.windows.toast(self.tr("Tabs can't be kept: {0}.").format(error.strerror or error))

    def _tell_of_cut_drafts(self, saved: SavedTabs) -> None:
        cut = any(len(tab.draft) > MAX_KEPT_CHARACTERS for tab in saved.all_tabs())
        if cut and not self._told_of_cut_drafts:
            self.windows.toast(self.tr("Of a message over 64 MiB only the beginning is kept for the next start."))
        self._told_of_cut_drafts = cut

    async def _switch_echo(self) -> None:
        """Have the echo server as the settings of the moment want it; one change at a time."""
        async with self._echo_change:
            general, echo = self.services.settings.settings.general, self.services.echo
            if echo.is_running and (not general.echo_server or general.echo_port != self._echo_port):
                await echo.stop()
            if general.echo_server and not echo.is_running:
                await self._start_echo(general.echo_port)
            # What ``{{$localServer}}`` stands for follows the server to another port.
            self.services.library.facts["$localServer"] = echo.address
        self.windows.show_echo()

    async def _stop_echo(self) -> None:
        async with self._echo_change:  # a start that was just cancelled has a socket to close
            await self.services.echo.stop()

    async def _start_echo(self, first_port: int) -> None:
        from wireyard.servers.echo import EchoError

        self._echo_port = first_port
        try:
            await self.services.echo.start(first_port)
        except EchoError as error:
            self.windows.toast(str(error))

    def _on_settings_changed(self, settings: Settings) -> None:
        look = self.services.look
        look.set_scheme(settings.appearance.scheme)
        look.set_zoom(settings.appearance.zoom_percent)
        look.set_reduce_motion(settings.appearance.reduce_motion)
        self.services.tasks.spawn(self._switch_echo())

    def _sent_secrets(self) -> list[str]:
        """Secret values that live talks used; some were typed for a session only."""
        return [value for talk in self.windows.conversations() for value in talk.secrets.values]

    def _on_crash(self, report: str) -> None:
        self.windows.offer(
            self.tr("Something in Wireyard failed. The rest goes on."),
            self.tr("Copy report"),
            lambda: QApplication.clipboard().setText(report),
        )

    def _on_loop_error(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, BaseException):
            self._crashes.report(error)
        else:
            loop.default_exception_handler(context)
