"""Past sessions: listed on a worker, searched, opened read-only, kept, exported and deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QDesktopServices, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from wireyard.gui.jobs import Job, Jobs
from wireyard.gui.sidebar.history_list import HistoryList
from wireyard.gui.sidebar.history_menu import HistoryMenu
from wireyard.gui.sidebar.history_model import HistoryModel
from wireyard.gui.sidebar.history_rows import HistoryRow, Names, rows_for
from wireyard.gui.sidebar.page import SidebarPage
from wireyard.gui.theme.look import Look
from wireyard.recording.errors import RecordingError

if TYPE_CHECKING:
    from wireyard.recording.catalogue import SessionSummary

SEARCH_MS = 120
REFRESH_MS = 400
Folder = Callable[[], Path]


class HistoryView(SidebarPage):
    """``log_requested`` carries the file to open, ``export_requested`` the file to export.

    ``noticed`` carries a sentence for a toast, ``undo_offered`` one with what undoes it.
    """

    log_requested = Signal(Path)
    export_requested = Signal(Path)
    noticed = Signal(str)
    undo_offered = Signal(str, object)

    def __init__(self, look: Look, folder: Folder, parent: QWidget | None = None) -> None:
        """``folder`` tells where sessions are recorded now."""
        self._folder = folder
        self.model = HistoryModel()
        self.list = HistoryList(look, self.model)
        super().__init__(look, look.tr("History"), look.tr("Search names and addresses"), self.list, parent)
        self._jobs = Jobs(self, self._on_failed)
        self._job: Job | None = None
        self._sessions: Sequence[SessionSummary] = ()
        self._is_stale = True
        self._more = self.head.add_button("folder", self.tr("Show recordings in the file manager"))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._load)
        self._actions: dict[str, Callable[[], None]] = {
            "open": self.open,
            "keep": partial(self._keep, True),
            "unkeep": partial(self._keep, False),
            "export": self._export,
            "copy_address": self._copy_addresses,
            "show_file": self._show_files,
            "delete": self._delete,
        }
        self._connect()

    # -------------------------------------------------------------------------------------------------- public methods

    def refresh_soon(self) -> None:
        """Sessions may have come, changed or ended: list them again, once the view is shown."""
        self._is_stale = True
        if self.isVisible() and not self._soon.isActive():
            self._soon.start(REFRESH_MS)

    def show_live(self, live: Iterable[Path]) -> None:
        """Say which sessions are being recorded by a connection that is open."""
        self.model.show_live(live)

    def open(self) -> None:
        """Open the selected sessions."""
        for row in self.list.selected_rows():
            if row.session is not None and row.session.problem:
                self.noticed.emit(row.session.problem)
            elif row.session is not None:
                self.log_requested.emit(row.session.path)

    def run(self, name: str) -> None:
        """Do something with the selected sessions."""
        if name == "keep" and all(row.session is not None and row.session.kept for row in self.list.selected_rows()):
            name = "unkeep"
        self._actions[name]()

    def shut_down(self) -> None:
        """Stop what runs beside the GUI thread."""
        self._soon.stop()
        self._jobs.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._load()

    # ------------------------------------------------------------------------------------------------------------ slots

    @Slot()
    def _load(self) -> None:
        """List all sessions, on a worker."""
        was_stale, self._is_stale = self._is_stale or self._job is not None, False
        if self._job is not None:
            self._job.cancel()
        folder, text, known = self._folder(), self.search.text, self._sessions

        def work(job: Job) -> tuple[Sequence[SessionSummary], list[HistoryRow]]:
            from wireyard.recording.catalogue import Catalogue

            sessions = Catalogue(folder).sessions() if was_stale else known
            today = date.today()  # noqa: DTZ011 - days are those of the person's own clock
            return sessions, rows_for(sessions, text, today, Names().of, job.breathe)

        self._job = self._jobs.start("history", work, self._on_listed)

    def _on_listed(self, listed: tuple[Sequence[SessionSummary], list[HistoryRow]]) -> None:
        self._job = None
        self._sessions, rows = listed
        self.list.show_rows(rows)
        self._say_what_is_missing()
        if self.search.text:
            count = sum(1 for row in rows if row.session is not None)
            said = self.tr("1 session") if count == 1 else self.tr("{0} sessions").format(count)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.search.edit, said))
        if self._is_stale:
            self.refresh_soon()

    def _on_failed(self, error: RecordingError) -> None:
        self._job = None
        self.noticed.emit(str(error))

    @Slot(str)
    def _on_search(self, _text: str) -> None:
        self._soon.start(SEARCH_MS)

    @Slot(QPoint)
    def _on_menu_asked(self, place: QPoint) -> None:
        menu = HistoryMenu(self.list.selected_rows(), self)
        menu.chosen.connect(self.run)
        menu.popup(place)

    @Slot()
    def _on_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder())))

    # ------------------------------------------------------------------------------------------------------- internals

    def _keep(self, is_kept: bool) -> None:
        paths = self._paths()
        self._change(lambda: [_history().set_kept(path, is_kept) for path in paths])

    def _delete(self) -> None:
        rows = self.list.selected_rows()
        paths = self._paths()
        if not paths:
            return
        said = self.tr("Deleted “{0}”.").format(rows[0].title)
        if len(paths) > 1:
            said = self.tr("Deleted {0} sessions.").format(len(paths))

        def deleted(deletion: object) -> None:
            self.undo_offered.emit(said, partial(self._change, lambda: _history().restore(deletion)))

        self._change(lambda: _history().delete(paths), deleted)

    def _change(self, act: Callable[[], object], done: Callable[[object], None] | None = None) -> None:
        """Do something to files on a worker, then list them again."""

        def changed(answer: object) -> None:
            if done is not None:
                done(answer)
            self._is_stale = True
            self._load()

        self._jobs.start("history-change", lambda _job: act(), changed)

    def _export(self) -> None:
        paths = self._paths()
        if paths:
            self.export_requested.emit(paths[0])

    def _copy_addresses(self) -> None:
        urls = [row.session.url for row in self.list.selected_rows() if row.session is not None]
        if urls:
            QApplication.clipboard().setText("\n".join(urls))

    def _show_files(self) -> None:
        for folder in dict.fromkeys(path.parent for path in self._paths()):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _paths(self) -> Sequence[Path]:
        return [row.session.path for row in self.list.selected_rows() if row.session is not None]

    def _say_what_is_missing(self) -> None:
        if self.search.text:
            self.notice.say(
                self.tr("Nothing called “{0}”").format(self.search.text.strip()), {"clear": self.tr("Clear")}
            )
        else:
            self.notice.say(self.tr("Every session is recorded. Those of the past will be listed here."))
        self.show_rows(self.model.rowCount() > 0)

    def _connect(self) -> None:
        self.search.text_changed.connect(self._on_search)
        self.list.acted.connect(self.run)
        self.list.menu_asked.connect(self._on_menu_asked)
        self.notice.chosen.connect(self.search.edit.clear)
        self._more.clicked.connect(self._on_folder)


def _history() -> ModuleType:
    """What changes recorded sessions; loaded when it is needed first."""
    from wireyard.recording import history

    return history
