"""Exporting the session of a tab: asks in a sheet, looks ahead and writes on worker threads, tells how it went."""

from __future__ import annotations

import asyncio
import io
import itertools
import re
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QApplication, QWidget

from wireyard.domain.event import Event
from wireyard.exchange.redact import Redaction
from wireyard.formats import sizes
from wireyard.gui.export.export_sheet import ExportSheet
from wireyard.gui.export.model import ExportChoice, ExportModel, ExportPreview
from wireyard.gui.services import Services
from wireyard.gui.session_tab import SessionTab
from wireyard.gui.tab import Tab
from wireyard.gui.viewer import OpenReader
from wireyard.recording.errors import RecordingError
from wireyard.recording.reader import SessionReader
from wireyard.recording.search import RowFilter
from wireyard.session.archive import ByteSink, ExportCancelled, export_session
from wireyard.session.selection import chosen_events
from wireyard.session.whole_file import whole_file

PREVIEW_EVENTS = 40
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

    def ask(self, tab: Tab, selection: object) -> None:
        """Open the sheet for a tab; ``selection`` holds the numbers of several selected rows, or None."""
        open_reader = tab.viewer.open_reader if isinstance(tab, SessionTab) else None
        if open_reader is not None and isinstance(tab, SessionTab):
            export = _Export(self._services, self._window, tab, open_reader, cast("Parts | None", selection))
            export.noticed.connect(self.noticed)
            export.exported.connect(self.exported)
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
            stem=re.sub(r"[^\w.-]+", "-", tab.title).strip("-.") or "session",
        )
        self._sheet = ExportSheet(services.look, window, self._model)
        self._cancelled = threading.Event()

    def begin(self) -> None:
        """Show the sheet."""
        sheet, spawn = self._sheet, self._services.tasks.spawn

        def preview(choice: ExportChoice) -> None:
            spawn(self._preview(choice))

        def copy(choice: ExportChoice) -> None:
            spawn(self._copy(choice))

        def export(choice: ExportChoice, path: Path) -> None:
            spawn(self._write(choice, path))

        sheet.preview_requested.connect(preview)
        sheet.copy_requested.connect(copy)
        sheet.export_requested.connect(export)
        sheet.cancel_requested.connect(self._cancelled.set)
        sheet.finished.connect(self._cancelled.set)
        sheet.finished.connect(self.deleteLater)
        sheet.open()

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
        self._cancelled.clear()
        try:
            await asyncio.to_thread(self._write_file, choice, path)
        except ExportCancelled:
            self._sheet.show_fault(self.tr("Cancelled. Nothing was written."))
        except (OSError, RecordingError) as error:
            self._sheet.show_fault(self.tr("Nothing was written: {0}").format(error))
        else:
            self._sheet.show_done()
            self.exported.emit(self.tr("Exported to {0}").format(path.name), path.parent)

    # Everything below runs on worker threads.

    def _write_file(self, choice: ExportChoice, path: Path) -> None:
        with whole_file(path) as file:
            self._export(choice, file)

    def _export(self, choice: ExportChoice, sink: ByteSink) -> None:
        reader = self._open_reader()
        try:
            export_session(
                reader.info,
                self._counted(self._events(reader, choice), self._model.count(choice.scope)),
                sink,
                choice.form,
                redaction=Redaction(choice.hide_secrets),
                is_cancelled=self._cancelled.is_set,
            )
        finally:
            reader.close()

    def _counted(self, events: Iterator[tuple[int, Event]], total: int) -> Iterator[tuple[int, Event]]:
        """The same events; the sheet is told every few thousand how many have passed."""
        for number, event in enumerate(events):
            if number % 5000 == 0:
                self._services.calls.post(lambda done=number: self._sheet.show_progress(done, total))
            yield event

    def _events(self, reader: SessionReader, choice: ExportChoice) -> Iterator[tuple[int, Event]]:
        return chosen_events(
            reader,
            self._parts if choice.scope == "selected" else None,
            (self._filter or RowFilter()) if choice.scope == "filtered" else None,
            messages_only=not choice.with_events,
            is_cancelled=self._cancelled.is_set,
        )

    def _look_ahead(self, choice: ExportChoice) -> ExportPreview:
        reader = self._open_reader()
        try:
            redaction = Redaction(choice.hide_secrets)
            sink = io.BytesIO()
            first = list(itertools.islice(self._events(reader, choice), PREVIEW_EVENTS))
            export_session(reader.info, iter(first), sink, choice.form, redaction=redaction)
            for _, event in itertools.islice(self._events(reader, choice), _LOOK_FOR_SECRETS_IN):
                redaction.event(event)
        finally:
            reader.close()
        total = self._model.count(choice.scope)
        lines = sink.getvalue().decode("utf-8", "replace").splitlines()
        share = max(1, total) / max(1, len(first))
        return ExportPreview(
            lines=tuple(line[:_MAX_LINE_CHARACTERS] for line in lines[:PREVIEW_EVENTS]),
            total_lines=max(len(lines), round(len(lines) * share)),
            size_bytes=round(sink.tell() * share),
            hidden=redaction.hidden,
        )


def _documents() -> Path:
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return folder if folder.is_dir() else Path.home()


class _TooMuchError(Exception):
    """More than the clipboard should hold."""


class _BoundedSink(io.BytesIO):
    def __init__(self, limit_bytes: int) -> None:
        super().__init__()
        self._limit_bytes = limit_bytes

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        if self.tell() + len(data) > self._limit_bytes:
            raise _TooMuchError
        return super().write(data)
