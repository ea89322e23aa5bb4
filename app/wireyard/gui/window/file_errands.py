"""What a window does with files: logs are opened, sessions exported, folders shown."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from wireyard.gui.services import Services
from wireyard.gui.tabs.tab import Tab
from wireyard.gui.window import parts

if TYPE_CHECKING:
    from wireyard.gui.window.exporting import Exporting
    from wireyard.gui.window.opening import Opening


class FileErrands(QObject):
    """``opened`` carries the tab of a log, ``noticed`` a sentence for a toast, ``offered`` also a word and an act."""

    opened = Signal(Tab)
    noticed = Signal(str)
    offered = Signal(str, str, object)

    def __init__(self, services: Services, window: QWidget) -> None:
        super().__init__(window)
        self._services = services
        self._window = window
        self._opening: Opening | None = None
        self._exporting: Exporting | None = None

    def ask(self) -> None:
        """Let a person choose a log to look at."""
        self._logs().ask()

    @Slot(Path)
    def open_log(self, path: Path) -> None:
        """Open a log in a tab of its own."""
        self._logs().open_log(path)

    def open_dropped(self, dropped: QMimeData) -> None:
        """Open the logs among what was dropped onto the window."""
        for url in dropped.urls():
            if url.isLocalFile():
                self.open_log(Path(url.toLocalFile()))

    @Slot(Path)
    def export_log(self, path: Path) -> None:
        """Open a log, and ask how to export it."""
        self._logs().open_log(path, then="export")

    def export(self, tab: Tab, selection: object) -> None:
        """Ask how to export what a tab shows."""
        if self._exporting is None:
            self._exporting = parts.make_exporting(self._services, self._window)
            self._exporting.noticed.connect(self.noticed)
            self._exporting.exported.connect(self._on_exported)
        self._exporting.ask(tab, selection)

    @Slot()
    def show_sessions(self) -> None:
        """Show the folder of sessions in the file manager."""
        _show_folder(parts.sessions_folder(self._services))

    def shut_down(self) -> None:
        """Stop what runs beside the GUI thread."""
        for part in (self._opening, self._exporting):
            if part is not None:
                part.shut_down()

    @Slot(str, Path)
    def _on_exported(self, text: str, folder: Path) -> None:
        self.offered.emit(text, self.tr("Show in folder"), partial(_show_folder, folder))

    def _logs(self) -> Opening:
        if self._opening is None:
            self._opening = parts.make_opening(self._services, self._window)
            self._opening.opened.connect(self.opened)
            self._opening.noticed.connect(self.noticed)
        return self._opening


def _show_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
