"""Exporting the session of a tab: asks in a sheet, looks ahead and writes on worker threads, tells how it went."""

from __future__ import annotations

import asyncio
import contextlib
import io
import itertools
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from wireyard.domain.event import Event
from wireyard.exchange.redact import SECRET_VALUE, Redaction
from wireyard.formats import sizes
from wireyard.gui.bridge import Tasks
from wireyard.gui.export.export_sheet import ExportSheet
from wireyard.gui.export.model import ExportChoice, ExportModel, ExportPreview
from wireyard.gui.services import Services
from wireyard.gui.tabs.session_tab import SessionTab
from wireyard.gui.tabs.tab import Tab
from wireyard.gui.tabs.viewer import OpenReader
from wireyard.recording.errors import RecordingError
from wireyard.recording.reader import SessionReader
from wireyard.recording.schema import SUFFIX
from wireyard.recording.search import RowFilter
from wireyard.session.archive import ByteSink, ExportCancelled, export_session
from wireyard.session.selection import chosen_details, chosen_events
from wireyard.session.whole_file import whole_file

PREVIEW_EVENTS = 40
PREVIEW_BYTES = 1024 * 1024
MAX_COPIED_BYTES = 8 * 1024 * 1024
_MAX_LINE_CHARACTERS = 2000
_LOOK_FOR_SECRETS_IN = 2000
Parts = Sequence[Sequence[int]]


class Exporting(QObject):
    """Opens one export sheet at a time.

    ``noticed`` carries a sentence for a toast; ``exported`` one, and the folder that the file is in.
    """

    noticed = Signal(str)
    exported = Signal(str, Path)

    def __init__(self, services: Services, window: QWidget) -> None:
        super().__init__(window)
        self._services = services
        self._window = window
        self._running: set[_Export] = set()

    def shut_down(self) -> None:
        """Stop what is being written; nothing of it is left."""
        for export in tuple(self._running):
            export.stop()

    def ask(self, tab: Tab, selection: object) -> None:
        """Open the sheet for a tab; ``selection`` holds the numbers of several selected rows, or None."""
        open_reader = tab.viewer.open_reader if isinstance(tab, SessionTab) else None
        if open_reader is not None and isinstance(tab, SessionTab):
            export = _Export(self._services, self._window, tab, open_reader, cast("Parts | None", selection))
            export.noticed.connect(self.noticed)
            export.exported.connect(self.exported)
            export.destroyed.connect(partial(self._running.discard, export))
            self._running.add(export)
            export.begin()


class _Export(QObject):
    """One export, from the sheet to the file."""

    noticed = Signal(str)
    exported = Signal(str, Path)

    def __init__(
        self, services: Services, window: QWidget, tab: SessionTab, open_reader: OpenReader, parts: Parts | None
    ) -> None:
        super().__init__(window)
        self._services = services
        self._open_reader = open_reader
        self._parts = parts
        timeline = tab.viewer.timeline
        self._filter = timeline.row_filter
        self._model = ExportModel(
            title=tab.title,
            all_count=timeline.total_rows,
            filtered_count=timeline.row_count if self._filter is not None else None,
            selected_count=sum(map(len, parts)) if parts is not None else 0,
            folder=_documents(),
            stem=re.sub(r"[^\w.-]+", "-", tab.title.removesuffix(SUFFIX)).strip("-.") or "session",
        )
        self._sheet = ExportSheet(services.look, window, self._model)
        self._cancelled = threading.Event()
        self._over = threading.Event()
        self._tasks = Tasks(self)
        self._tasks.failed.connect(services.tasks.failed)

    def begin(self) -> None:
        """Show the sheet."""
        sheet, spawn = self._sheet, self._tasks.spawn

        def preview(choice: ExportChoice) -> None:
            if not self._over.is_set():  # the sheet looks ahead a moment after a choice, and may be gone by then
                spawn(self._preview(choice))

        def copy(choice: ExportChoice) -> None:
            self._cancelled.clear()
            spawn(self._copy(choice))

        def export(choice: ExportChoice, path: Path) -> None:
            self._cancelled.clear()
            spawn(self._write(choice, path))

        sheet.preview_requested.connect(preview)
        sheet.copy_requested.connect(copy)
        sheet.export_requested.connect(export)
        sheet.cancel_requested.connect(self._cancelled.set)
        sheet.finished.connect(self.stop)
        sheet.open()

    @Slot()
    def stop(self) -> None:
        """Stop whatever goes on; nothing is told to the sheet any more."""
        self._over.set()
        self._cancelled.set()
        self._tasks.cancel_all()
        self.deleteLater()

    async def _preview(self, choice: ExportChoice) -> None:
        try:
            shown = await asyncio.to_thread(self._look_ahead, choice)
        except RecordingError as error:
            self._sheet.show_fault(str(error))
        else:
            self._sheet.show_preview(choice, shown)

    async def _copy(self, choice: ExportChoice) -> None:
        sink = _BoundedSink(MAX_COPIED_BYTES)
        try:
            await asyncio.to_thread(self._export, choice, sink)
        except _TooMuchError:
            limit = sizes.size(MAX_COPIED_BYTES)
            self._sheet.show_fault(self.tr("More than {0}: export it to a file instead.").format(limit))
        except (RecordingError, ExportCancelled) as error:
            self._sheet.show_fault(str(error))
        else:
            QApplication.clipboard().setText(sink.getvalue().decode("utf-8", "replace"))
            self.noticed.emit(self.tr("Copied {0}").format(sizes.size(sink.tell())))

    async def _write(self, choice: ExportChoice, path: Path) -> None:
        try:
            await asyncio.to_thread(self._write_file, choice, path)
        except ExportCancelled:
            self._sheet.show_fault(self.tr("Cancelled. Nothing was written."))
        except RecordingError as error:
            self._sheet.show_fault(self.tr("Nothing was written: {0}").format(error))
        except OSError as error:
            self._sheet.show_fault(self.tr("Nothing was written: {0}.").format(error.strerror or error))
        else:
            self.exported.emit(self.tr("Exported to {0}").format(path.name), path.parent)
            self._sheet.show_done()

    # Everything below runs on worker threads.

    def _write_file(self, choice: ExportChoice, path: Path) -> None:
        total = self._model.count(choice.scope)

        def tell(done: int) -> None:
            self._services.calls.post(lambda: None if self._over.is_set() else self._sheet.show_progress(done, total))

        with whole_file(path) as file:
            self._export(choice, file, tell)

    def _export(self, choice: ExportChoice, sink: ByteSink, tell: Callable[[int], None] | None = None) -> None:
        reader = self._open_reader()
        try:
            events = self._events(reader, choice, self._cancelled)
            export_session(
                reader.info,
                events if tell is None else _counted(events, tell),
                sink,
                choice.form,
                redaction=Redaction(choice.hide_secrets, reader.secrets()),
                marks=reader.marks(),
                is_cancelled=self._cancelled.is_set,
            )
        finally:
            reader.close()

    def _events(
        self, reader: SessionReader, choice: ExportChoice, cancelled: threading.Event
    ) -> Iterator[tuple[int, Event]]:
        parts, wanted = self._scope(choice)
        return chosen_events(reader, parts, wanted, messages_only=not choice.with_events, is_cancelled=cancelled.is_set)

    def _scope(self, choice: ExportChoice) -> tuple[Parts | None, RowFilter | None]:
        if choice.scope == "selected":
            return self._parts, None
        return None, (self._filter or RowFilter()) if choice.scope == "filtered" else None

    def _look_ahead(self, choice: ExportChoice) -> ExportPreview:
        reader = self._open_reader()
        try:
            secrets = reader.secrets()
            redaction = Redaction(choice.hide_secrets, secrets)
            sink = _BoundedSink(PREVIEW_BYTES)
            taken: list[int] = []
            events = self._events(reader, choice, self._over)
            first = _counted(itertools.islice(events, PREVIEW_EVENTS), taken.append, every=1)
            with contextlib.suppress(_TooMuchError):
                export_session(reader.info, first, sink, choice.form, redaction=redaction, marks=reader.marks())
            if choice.with_events:
                parts, wanted = self._scope(choice)
                details = chosen_details(reader, parts, wanted, is_cancelled=self._over.is_set)
                for event in filter(None, itertools.islice(details, _LOOK_FOR_SECRETS_IN)):
                    redaction.event(event)
        finally:
            reader.close()
        lines = sink.getvalue().decode("utf-8", "replace").splitlines()
        share = max(1, self._model.count(choice.scope)) / max(1, len(taken))
        return ExportPreview(
            lines=tuple(line[:_MAX_LINE_CHARACTERS] for line in lines[:PREVIEW_EVENTS]),
            total_lines=max(len(lines), round(len(lines) * share)),
            size_bytes=round(sink.offered_bytes * share),
            # Payloads further on may hold them too; they are not read for this.
            hidden=tuple(
                dict.fromkeys((*redaction.hidden, *([SECRET_VALUE] if choice.hide_secrets and secrets else ())))
            ),
        )


def _counted(
    events: Iterator[tuple[int, Event]], tell: Callable[[int], None], every: int = 5000
) -> Iterator[tuple[int, Event]]:
    """The same events; now and then it is told how many have passed."""
    for number, event in enumerate(events):
        if number % every == 0:
            tell(number)
        yield event


def _documents() -> Path:
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return folder if folder.is_dir() else Path.home()


class _TooMuchError(Exception):
    """More than the clipboard should hold."""


class _BoundedSink(io.BytesIO):
    """Keeps what fits, and then raises; ``offered_bytes`` is how much there would have been by then."""

    def __init__(self, limit_bytes: int) -> None:
        super().__init__()
        self.offered_bytes = 0
        self._limit_bytes = limit_bytes

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        room = self._limit_bytes - self.offered_bytes
        self.offered_bytes += len(data)
        if len(data) <= room:
            return super().write(data)
        super().write(data[:room])
        raise _TooMuchError
