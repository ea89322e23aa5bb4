"""Opening session logs read-only: recordings where they are, JSON Lines by way of a temporary recording."""

from __future__ import annotations

import asyncio
import tempfile
import threading
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from wireyard.exchange.errors import ExchangeError
from wireyard.gui.dialogs import ask_for_file
from wireyard.gui.services import Services
from wireyard.gui.tabs.log_tab import LogTab
from wireyard.recording.errors import RecordingError
from wireyard.recording.in_use import Hold
from wireyard.recording.open import open_recording
from wireyard.session.archive import ExportCancelled, open_session


class Opening(QObject):
    """Asks for a file and makes a tab of it; what can't be read is said in a toast, and the window goes on.

    ``opened`` carries the tab, ``noticed`` a sentence for a toast.
    """

    opened = Signal(LogTab)
    noticed = Signal(str)

    def __init__(self, services: Services, window: QWidget) -> None:
        super().__init__(window)
        self._services = services
        self._window = window
        self._scratch = tempfile.TemporaryDirectory(prefix="wireyard-", ignore_cleanup_errors=True)
        self._over = threading.Event()

    def ask(self) -> None:
        """Let a person choose a log."""
        filters = [self.tr("Session logs (*.sqlite *.jsonl *.ndjson)"), self.tr("All files (*)")]
        ask_for_file(self._window, self.tr("Open a session log"), filters, self.open_log)

    def open_log(self, path: Path, *, then: str = "") -> None:
        """Open a log in a new tab, as soon as it has been read; ``then`` is a command that the tab runs."""
        self._services.tasks.spawn(self._open(path, then))

    def shut_down(self) -> None:
        """Stop reading, and remove what was made to be looked at."""
        self._over.set()
        self._scratch.cleanup()

    async def _open(self, path: Path, then: str) -> None:
        try:
            shown, warnings = await asyncio.to_thread(
                open_session, path, Path(self._scratch.name), is_cancelled=self._over.is_set
            )
            hold = Hold(shown)
            try:
                tab = LogTab(
                    self._services,
                    path.name,
                    lambda: open_recording(shown),
                    hold,
                    shown,
                    is_copy=shown != path,
                )
            except BaseException:
                hold.release()
                raise
        except ExportCancelled:
            return
        except RecordingError as error:
            self.noticed.emit(str(error))
        except ExchangeError as error:
            self.noticed.emit(f"{path.name}: {error}")
        except OSError as error:
            self.noticed.emit(self.tr("{0} can't be opened: {1}.").format(path.name, error.strerror or error))
        else:
            self.opened.emit(tab)
            if then:
                tab.run(then)
            if warnings:
                more = self.tr(" And {0} more.").format(len(warnings) - 1) if len(warnings) > 1 else ""
                self.noticed.emit(f"{path.name}: {warnings[0]}{more}")
