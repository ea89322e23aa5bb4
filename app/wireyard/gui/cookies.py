"""The cookies of the open workspace as the window knows them: a jar for each environment, written on a worker."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from wireyard.gui.bridge import GuiCalls
from wireyard.gui.jobs import Jobs
from wireyard.gui.library import Library
from wireyard.settings.profile import Profile

if TYPE_CHECKING:
    from wireyard.session.cookies.jar import Jar
    from wireyard.session.cookies.shelf import CookieShelf

_SETTLE_MS = 300


class Cookies(QObject):
    """``changed`` says that a jar has others now, or that another jar is in use; ``noticed`` carries a sentence."""

    changed = Signal()
    noticed = Signal(str)

    def __init__(self, profile: Profile, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._profile = profile
        self._library = library
        self._calls = GuiCalls(self)
        self._jobs = Jobs(self)
        self._made: CookieShelf | None = None
        self._ids: dict[Path, str | None] = {}
        self._is_failing = False
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLE_MS)
        self._settling.timeout.connect(self._save)
        library.opened.connect(self._on_workspace_opened)
        library.environment_renamed.connect(self._on_renamed)
        library.environments_changed.connect(self.changed)

    def jar(self, environment: str | None = None) -> Jar | None:
        """The jar of an environment, of the active one for None, empty for no environment.

        None where no workspace's jars can be told apart, which is said.
        """
        id_ = self._workspace_id()
        wanted = self._library.active_environment if environment is None else environment
        return None if id_ is None else self._shelf.jar(id_, wanted)

    def shut_down(self) -> None:
        """Write what is not written yet."""
        self._settling.stop()
        self._jobs.stop()
        if self._made is not None:
            self._write()

    @property
    def _shelf(self) -> CookieShelf:
        from wireyard.session.cookies.shelf import CookieShelf  # with the engine: not needed for the first paint

        if self._made is None:
            # Sockets may be on a thread of their own.
            self._made = CookieShelf(self._profile.cookies, lambda: self._calls.post(self._on_jar_changed))
        return self._made

    def _workspace_id(self) -> str | None:
        from wireyard.session.vault import workspace_id
        from wireyard.workspace.secrets.errors import SecretError

        root = self._library.root
        if root is None:
            return ""
        if root not in self._ids:
            try:
                self._ids[root] = workspace_id(self._profile, root)
            except SecretError as error:
                self._ids[root] = None  # said once: it is asked for with every letter of an address
                self.noticed.emit(str(error))
        return self._ids[root]

    @Slot()
    def _on_workspace_opened(self) -> None:
        self._take_early()
        self.changed.emit()

    def _take_early(self) -> None:
        """What is set by a connection that was asked for at the start, before the workspace was open, belongs to it."""
        if self._made is None or not (id_ := self._workspace_id()):
            return
        early = self._shelf.jar("", "")
        if cookies := early.cookies:
            jar = self._shelf.jar(id_, self._library.known.environment)
            for cookie in cookies:
                jar.put(cookie)
            early.remove(cookies)

    @Slot(str, str)
    def _on_renamed(self, old: str, new: str) -> None:
        """Follow an environment that has another id now."""
        id_ = self._workspace_id()
        if id_ is not None:
            self._shelf.move(id_, old, new)

    def _on_jar_changed(self) -> None:
        self._take_early()
        self._settling.start()
        self.changed.emit()

    @Slot()
    def _save(self) -> None:
        self._jobs.start("cookies", lambda _job: self._write(), self._on_written)

    def _write(self) -> str:
        """Write (any thread); why it could not be done."""
        try:
            self._shelf.save()
        except OSError as error:
            return error.strerror or str(error)
        return ""

    def _on_written(self, fault: str) -> None:
        if fault and not self._is_failing:
            self.noticed.emit(self.tr("Cookies can't be kept: {0}.").format(fault))
        self._is_failing = bool(fault)
