"""The real window in a test: on its own loop, with a profile of its own, used by keyboard and mouse."""

from __future__ import annotations

import asyncio
import gc
import inspect
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QEvent, QLibraryInfo, QMimeData, QPoint, QPointF, Qt, QUrl, QVersionNumber
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QPlainTextEdit, QTextEdit, QWidget
from tests.helpers.styling import undress

from wireyard.domain.event import Event
from wireyard.gui.loop import WindowLoop
from wireyard.gui.tabs.log_tab import LogTab
from wireyard.gui.tabs.request_tab import RequestTab
from wireyard.gui.tabs.session_tab import SessionTab
from wireyard.gui.widgets.sheet import Sheet
from wireyard.gui.widgets.state import ConnectionState
from wireyard.gui.widgets.toasts import Toasts
from wireyard.gui.window.main_window import MainWindow
from wireyard.gui.workbench import Workbench
from wireyard.session.conversation import Conversation
from wireyard.settings.profile import Profile

WAIT_S = 8.0
TEST_S = 60.0
_Widget = TypeVar("_Widget", bound=QWidget)


class Desk:
    """A person at the window: looks, presses keys, clicks, and waits until something is so."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self.app = app
        self.folder = folder
        self.profile = Profile.at(folder / "profile")
        self.profile.prepare()
        self._workbench: Workbench | None = None

    # Starting and leaving.

    def start(self, *urls: str, connect: bool = False) -> None:
        """Open the window with this profile."""
        self._workbench = Workbench(self.app, self.profile)
        self._workbench.open(list(urls), connect=connect)
        self.window.activateWindow()

    async def leave(self) -> float:
        """End the program as Quit does; give the seconds it took."""
        workbench, self._workbench = self._workbench, None
        if workbench is None:
            return 0.0
        begun = time.monotonic()
        await workbench.leave()
        took_s = time.monotonic() - begun
        for window in workbench.windows:
            window.deleteLater()
        workbench.deleteLater()
        undress(self.app)
        await asyncio.sleep(0)
        return took_s

    async def restart(self, *urls: str, connect: bool = False) -> None:
        """Leave and come again."""
        await self.leave()
        self.start(*urls, connect=connect)
        await self.until(self.window.isActiveWindow)

    async def wants_to_quit(self) -> None:
        """Wait until the window has asked for its end."""
        async with asyncio.timeout(WAIT_S):
            await self.workbench.until_quit()

    # What there is.

    @property
    def workbench(self) -> Workbench:
        assert self._workbench is not None
        return self._workbench

    @property
    def window(self) -> MainWindow:
        return self.workbench.window

    @property
    def tab(self) -> RequestTab:
        """The live tab in front."""
        tab = self.window.tabs.current
        assert isinstance(tab, RequestTab)
        return tab

    @property
    def shown(self) -> SessionTab:
        """The tab in front, live or a log."""
        tab = self.window.tabs.current
        assert isinstance(tab, SessionTab)
        return tab

    @property
    def talk(self) -> Conversation:
        return self.tab.conversation

    @property
    def state(self) -> ConnectionState:
        """What the connect bar shows."""
        return self.tab.bar.state.state

    @property
    def focus(self) -> QWidget:
        """What has the keyboard."""
        return QApplication.focusWidget() or self.window

    @property
    def toasts(self) -> list[str]:
        """What is being said."""
        if self._workbench is None:
            return []
        (toasts,) = self.window.findChildren(Toasts)
        return [toast.text for toast in toasts.shown]

    def sheet(self, kind: type[_Widget]) -> _Widget | None:
        """The sheet of this kind that stands over the window."""
        return next((sheet for sheet in self.window.findChildren(kind) if sheet.isVisible()), None)

    @property
    def is_sheet_open(self) -> bool:
        return self.sheet(Sheet) is not None

    def events(self) -> list[Event]:
        """All that the tab in front has recorded."""
        open_reader = self.shown.viewer.open_reader
        assert open_reader is not None
        recording = self.shown.conversation.recording if self.shown.conversation is not None else None
        if recording is not None:
            recording.flush(WAIT_S)
        reader = open_reader()
        try:
            return [event for _, event in reader.events(reader.first_seq(), reader.last_seq())]
        finally:
            reader.close()

    def dialogs(self) -> list[QFileDialog]:
        """The file dialogs that are open."""
        return [dialog for dialog in self.window.findChildren(QFileDialog) if dialog.isVisible()]

    def texts(self) -> list[str]:
        """What the visible labels and buttons of the window say."""
        said = [getattr(part, "text", None) for part in self.window.findChildren(QWidget) if part.isVisible()]
        return [
            text for text in (each() if callable(each) else each for each in said) if isinstance(text, str) and text
        ]

    def all_text(self) -> str:
        """The same, with what stands in text boxes."""
        boxes = [box.toPlainText() for box in self.window.findChildren(QTextEdit) if box.isVisible()]
        plain = [box.toPlainText() for box in self.window.findChildren(QPlainTextEdit) if box.isVisible()]
        return "\n".join([*self.texts(), *boxes, *plain])

    # Doing.

    def press(self, *keys: str) -> None:
        """Press keys one after the other, such as ``Ctrl+Return``, wherever the keyboard is."""
        for key in keys:
            combination = QKeySequence(key)[0]  # pyright: ignore[reportIndexIssue] - the stubs miss it
            QTest.keyClick(self.focus, combination.key(), combination.keyboardModifiers())

    def type(self, text: str) -> None:
        """Type a text wherever the keyboard is."""
        QTest.keyClicks(self.focus, text)

    def click(self, widget: QWidget, place: QPoint | None = None) -> None:
        """Click with the left button."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place or widget.rect().center())

    def button(self, text: str, inside: QWidget | None = None) -> QAbstractButton:
        """The visible button that says this, or is called so."""
        for button in (inside or self.window).findChildren(QAbstractButton):
            if button.isVisible() and text in (button.text(), button.accessibleName()):
                return button
        raise LookupError(text)

    def drop(self, path: Path) -> None:
        """Drop a file onto the window."""
        dropped = QMimeData()
        dropped.setUrls([QUrl.fromLocalFile(str(path))])
        place, button, keys = self.window.rect().center(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        copy = Qt.DropAction.CopyAction
        # Qt 6.12 wants the place with fractions and calls the other form deprecated; older ones know only the other.
        enter_at = QPointF(place) if QLibraryInfo.version() >= QVersionNumber(6, 12) else place
        enter = QDragEnterEvent(enter_at, copy, dropped, button, keys)  # pyright: ignore[reportArgumentType]
        QApplication.sendEvent(self.window, enter)
        QApplication.sendEvent(self.window, QDropEvent(QPointF(place), copy, dropped, button, keys))

    async def choose(self, path: Path) -> None:
        """Choose a file or folder in the dialog that comes."""
        await self.until(self.dialogs)
        (dialog,) = self.dialogs()
        dialog.fileSelected.emit(str(path))
        dialog.reject()
        self.window.activateWindow()  # a window manager would
        await self.until(self.window.isActiveWindow)

    async def open_log(self, path: Path) -> LogTab:
        """Drop a log onto the window and wait until it is shown."""
        self.drop(path)
        await self.until(lambda: isinstance(self.window.tabs.current, LogTab), f"the log {path.name}")
        tab = self.window.tabs.current
        assert isinstance(tab, LogTab)
        await self.until(lambda: tab.viewer.timeline.row_count, "its rows")
        return tab

    async def until(self, is_so: Callable[[], object], what: str = "", within_s: float = WAIT_S) -> None:
        """Wait for a condition and say what it was when it does not come."""
        deadline = time.monotonic() + within_s
        while not is_so():
            if time.monotonic() > deadline:
                where = f"keyboard: {QApplication.focusWidget()!r} in {QApplication.activeWindow()!r}"
                pytest.fail(f"it never came: {what or _source(is_so)}\nsaid: {self.toasts}\n{where}")
            await asyncio.sleep(0.002)

    async def until_state(self, state: ConnectionState) -> None:
        await self.until(lambda: self.state is state, f"{state}, it is {self.state}")

    async def until_toast(self, part: str) -> str:
        """Wait for a toast with this in it and give all of it."""
        await self.until(lambda: any(part in text for text in self.toasts), f"a toast with {part!r}")
        return next(text for text in self.toasts if part in text)

    async def connect(self, url: str) -> None:
        """Open a tab for an address and wait until it is connected."""
        self.window.open_address(url, connect=True)
        await self.until_state(ConnectionState.OPEN)


def _source(condition: Callable[[], object]) -> str:
    return inspect.getsource(condition).strip() if inspect.isfunction(condition) else repr(condition)


def windowed(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """Run a test's coroutine on the window's loop. Its ``desk`` has a window; other arguments are fixtures."""
    wanted = [name for name in inspect.signature(test).parameters if name != "desk"]

    def run(qapp: QApplication, tmp_path: Path, **fixtures: Any) -> None:
        async def scenario() -> None:
            desk = Desk(qapp, tmp_path)
            desk.start()
            await desk.until(desk.window.isActiveWindow)
            try:
                own = {"tmp_path": tmp_path, "qapp": qapp} | fixtures
                await asyncio.wait_for(test(desk, **{name: own[name] for name in wanted}), TEST_S)
            finally:
                await desk.leave()

        with asyncio.Runner(loop_factory=lambda: WindowLoop(qapp)) as runner:
            runner.run(scenario())
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()

    names = ["qapp", "tmp_path", *(name for name in wanted if name not in ("qapp", "tmp_path"))]
    parameters = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in names]
    run.__signature__ = inspect.Signature(parameters)
    run.__name__, run.__qualname__, run.__module__ = test.__name__, test.__qualname__, test.__module__
    run.__doc__ = test.__doc__
    return run
