"""Timeline and inspector side by side: what a live tab and an opened log have in common."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from wireyard.exchange.secret_values import SecretValues
from wireyard.formats import sizes
from wireyard.gui.bridge import Tasks
from wireyard.gui.dialogs import ask_where_to_save
from wireyard.gui.failure.failure_view import FailureView
from wireyard.gui.inspector.panel import InspectorPanel
from wireyard.gui.tabs.recording_errands import MAX_EDITED_BYTES
from wireyard.gui.tabs.room import INSPECTOR_HEIGHT_PX, INSPECTOR_WIDTH_PX, InspectorPlace, inspector_place
from wireyard.gui.tabs.storage_banner import StorageBanner
from wireyard.gui.theme.look import Look
from wireyard.gui.timeline.copying import Copied
from wireyard.gui.timeline.panel import TimelinePanel
from wireyard.gui.timeline.selection_sum import SelectionSummary
from wireyard.gui.widgets.splitter import Splitter
from wireyard.recording.errors import RecordingError
from wireyard.recording.reader import SessionReader
from wireyard.session.masked_reader import MaskedReader, Masking
from wireyard.session.payload_file import save_payload

_LIST_SHARE = 0.61
_FAILURE_ROWS = 4
_ROW = 28
_NO_LIMIT_PX = 16777215  # Qt's own, for a widget without one
OpenReader = Callable[[], SessionReader]


class Viewer(QWidget):
    """Shows one session. ``noticed`` carries a sentence for a toast; the rest asks its tab to act on a message.

    Secret values are masked in all its parts at once until they are revealed, which is never kept over a restart.
    """

    noticed = Signal(str)
    resend_requested = Signal(object)
    edit_resend_requested = Signal(object)
    export_requested = Signal(object)

    def __init__(self, look: Look, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._tasks = tasks
        self._open_reader: OpenReader | None = None
        self._is_inspector_wanted = True
        self._failure: FailureView | None = None
        self._has_told_of_copies = False
        self._masking = Masking()
        self._masked = self._masking.mask
        self._is_failure_shown = False
        self._place: InspectorPlace = "beside"
        self.timeline = TimelinePanel(self._look, self._masking)
        self.inspector = InspectorPanel(self._look, self._masking)
        self.banner = StorageBanner(self._look)
        self._splitter = Splitter(self._look, Qt.Orientation.Horizontal)
        self._splitter.addWidget(self.timeline)
        self._splitter.addWidget(self.inspector)
        self._splitter.reset_requested.connect(self._reset_sizes)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        # The toolbar spans list and inspector, so it leaves the panel that made it.
        self._column.addWidget(self.timeline.toolbar)
        self._column.addWidget(self.banner)
        # A holder, since a splitter forgets a height that was set for it as soon as its parts change.
        self._rows = QWidget()
        holder = QVBoxLayout(self._rows)
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addWidget(self._splitter)
        self._column.addWidget(self._rows, 1)
        self._connect()
        self.inspector.hide()
        for shortcut in self.inspector.shortcuts:
            shortcut.setEnabled(False)  # the window runs find from anywhere in the tab

    @property
    def is_inspector_shown(self) -> bool:
        """Whether the inspector is on screen."""
        return not self.inspector.isHidden()

    @property
    def open_reader(self) -> OpenReader | None:
        """Gives the calling thread a reader of what is shown; None while nothing is."""
        return self._open_reader

    def attach(self, open_reader: OpenReader, *, is_read_only: bool = False) -> None:
        """Show a session. Raises `RecordingError`."""
        self._open_reader = open_reader
        self.timeline.attach(open_reader, is_read_only=is_read_only)

    @property
    def is_revealed(self) -> bool:
        """Whether secret values can be read."""
        return self._masking.is_revealed

    def follow_secrets(self, secrets: Callable[[], SecretValues]) -> None:
        """Mask these values; ``secrets`` is asked on any thread, and gives the same object until they are others."""
        self._masking.follow(secrets)
        self.renew_masking()

    @Slot()
    def toggle_secrets(self) -> None:
        """Show secret values, or mask them again."""
        self._masking.is_revealed = not self._masking.is_revealed
        self._show_masking()
        is_revealed = self._masking.is_revealed
        self.noticed.emit(self.tr("Secrets are shown in this tab.") if is_revealed else self.tr("Secrets are masked."))

    def renew_masking(self) -> None:
        """Mask what came to be secret since."""
        if self._masking.mask is not self._masked:
            self._show_masking()

    def set_failure_view(self, view: FailureView) -> None:
        """Have a view of a failure, which stands below the step rows while `show_failure` is on."""
        self._failure = view
        view.set_masking(self._masking)
        view.reveal_requested.connect(self.toggle_secrets)
        view.secrets_left_out.connect(self._on_secrets_left_out)
        self._column.addWidget(view, 1)
        view.hide()

    def show_failure(self, *, is_shown: bool) -> None:
        """Show the failure view instead of most of the list and the inspector."""
        if self._failure is None or is_shown == self._is_failure_shown:
            return
        self._is_failure_shown = is_shown
        self._failure.setVisible(is_shown)
        self._fit_list()
        self._renew_inspector()

    def toggle_inspector(self) -> None:
        """Show or hide the inspector."""
        self._is_inspector_wanted = not self.is_inspector_shown
        self._renew_inspector()
        if not self.is_inspector_shown:
            self.timeline.focus_list()

    def open_find(self) -> None:
        """Find in the pane that has the keyboard: the inspector's text, else the list by its filter."""
        focus = QApplication.focusWidget()
        if focus is not None and self.inspector.isAncestorOf(focus):
            self.inspector.open_find()
        else:
            self.timeline.focus_filter()

    def shut_down(self) -> None:
        """Stop everything that runs beside the GUI thread."""
        self.timeline.shut_down()
        self.inspector.shut_down()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = QApplication.focusWidget()
        if event.key() == Qt.Key.Key_Escape and focus is not None and self.inspector.isAncestorOf(focus):
            self._on_inspector_closed()
        else:
            super().keyPressEvent(event)

    @Slot(object)
    def _on_message_selected(self, seq: int | None) -> None:
        if seq is None or self._open_reader is None:
            self.inspector.clear()
        else:
            self.inspector.show_event(self._open_reader, seq)
        self._renew_inspector()

    @Slot()
    def _on_arrived(self) -> None:
        self.renew_masking()
        self._renew_inspector()
        if self._is_failure_shown:
            QTimer.singleShot(0, self._fit_list)  # the rows are taken in after this

    @Slot(object)
    def _on_selection_changed(self, summary: SelectionSummary | None) -> None:
        if summary is not None and summary.rows > 1:
            self.inspector.show_summary(summary.rows, summary.size_bytes, (summary.span_ns or 0) / 1e9)

    @Slot(object)
    def _on_inspect_requested(self, seq: int) -> None:
        self._is_inspector_wanted = True
        self._renew_inspector()
        self.inspector.focus_content()

    @Slot()
    def _on_escape_pressed(self) -> None:
        if self.is_inspector_shown:
            self._on_inspector_closed()
        else:
            self.timeline.clear_selection()

    @Slot()
    def _on_inspector_closed(self) -> None:
        self._is_inspector_wanted = False
        self._renew_inspector()
        self.timeline.focus_list()

    @Slot(object)
    def _on_copied(self, copied: Copied) -> None:
        if copied.is_cut:
            self.noticed.emit(self.tr("Only the first {0} rows were copied.").format(sizes.count(copied.rows)))
        elif copied.is_masked:
            self._on_secrets_left_out()

    @Slot()
    def _on_secrets_left_out(self) -> None:
        if not self._has_told_of_copies:
            self._has_told_of_copies = True
            self.noticed.emit(self.tr("Copied without the secrets that are masked. Show secrets to copy them too."))

    @Slot(object)
    def _on_edit_resend_requested(self, seq: int) -> None:
        """The composer is no place for a secret value that is masked here."""
        if self._masking.mask and not self._masking.is_revealed:
            self._tasks.spawn(self._edit_resend(seq))
        else:
            self.edit_resend_requested.emit(seq)

    @Slot(object)
    def _on_failed(self, error: RecordingError) -> None:
        self.noticed.emit(str(error))

    @Slot(object)
    def _on_save_requested(self, seq: int, name: str = "") -> None:
        ask_where_to_save(
            self,
            self.tr("Save payload"),
            name or f"message-{seq}.bin",
            lambda path: self._tasks.spawn(self._save(seq, path)),
        )

    async def _edit_resend(self, seq: int) -> None:
        open_reader = self._open_reader
        if open_reader is None:
            return

        def has_secrets() -> bool:
            reader = MaskedReader(open_reader(), self._masking)
            try:
                # One that is too large to be edited need not be looked through: whoever edits it says so.
                rows = [row for row in reader.rows_at([seq]) if row.size_bytes <= MAX_EDITED_BYTES]
                return bool(rows) and reader.payload_with_places(seq).has_secrets
            finally:
                reader.close()

        try:
            is_secret = await asyncio.to_thread(has_secrets)
        except (RecordingError, LookupError):
            is_secret = False  # whoever edits it says that it can't be read
        if is_secret:
            self.noticed.emit(self.tr("This message holds a secret. Show secrets first, or resend it as it is."))
        else:
            self.edit_resend_requested.emit(seq)

    async def _save(self, seq: int, path: Path) -> None:
        open_reader = self._open_reader
        if open_reader is None:
            return

        def write() -> int:
            reader = open_reader()
            try:
                return save_payload(reader, seq, path)
            finally:
                reader.close()

        try:
            written = await asyncio.to_thread(write)
        except (OSError, RecordingError) as error:
            self.noticed.emit(self.tr("The payload was not saved: {0}").format(error))
        except LookupError:
            self.noticed.emit(self.tr("The payload was not saved: this message is not kept any more."))
        else:
            self.noticed.emit(self.tr("Saved {0} to {1}").format(sizes.size(written), path))

    def _connect(self) -> None:
        timeline, inspector = self.timeline, self.inspector
        timeline.message_selected.connect(self._on_message_selected)
        timeline.selection_changed.connect(self._on_selection_changed)
        timeline.inspect_requested.connect(self._on_inspect_requested)
        timeline.open_requested.connect(self._on_inspect_requested)
        timeline.escape_pressed.connect(self._on_escape_pressed)
        timeline.save_payload_requested.connect(self._on_save_requested)
        timeline.resend_requested.connect(self.resend_requested)
        timeline.edit_resend_requested.connect(self._on_edit_resend_requested)
        timeline.export_requested.connect(self.export_requested)
        timeline.copied.connect(self._on_copied)
        timeline.failed.connect(self._on_failed)
        timeline.arrived.connect(self._on_arrived)
        inspector.foot.path_chosen.connect(timeline.preview.choose)
        inspector.closed.connect(self._on_inspector_closed)
        inspector.save_requested.connect(self._on_save_requested)
        inspector.resend_requested.connect(self.resend_requested)
        inspector.edit_resend_requested.connect(self._on_edit_resend_requested)
        inspector.noticed.connect(self.noticed)
        inspector.reveal_requested.connect(self.toggle_secrets)
        inspector.secrets_left_out.connect(self._on_secrets_left_out)
        self._look.changed.connect(self._on_look_changed)

    @Slot()
    def _on_look_changed(self) -> None:
        self._arrange()
        self._fit_list()

    def _show_masking(self) -> None:
        self._masked = self._masking.mask
        self.timeline.renew_masking()
        self.inspector.renew()
        if self._failure is not None:
            self._failure.renew()

    def _arrange(self) -> None:
        """Put the inspector where there is room for it."""
        one_px = self._look.zoom_percent / 100
        banner = self.banner.sizeHint().height() if not self.banner.isHidden() else 0
        height = self.height() - self.timeline.toolbar.height() - banner
        self._place = inspector_place(self.window().width() / one_px, self.width() / one_px, height / one_px)
        is_below = self._place == "below"
        wanted = Qt.Orientation.Vertical if is_below else Qt.Orientation.Horizontal
        self.inspector.setMinimumHeight(self._look.px(INSPECTOR_HEIGHT_PX) if is_below else 0)
        self.inspector.setMinimumWidth(min(self._look.px(INSPECTOR_WIDTH_PX), self.width() // 2))
        if self._splitter.orientation() != wanted:
            self._splitter.setOrientation(wanted)
            self._reset_sizes()
        self._renew_inspector()

    @Slot()
    def _reset_sizes(self) -> None:
        upright = self._splitter.orientation() == Qt.Orientation.Vertical
        whole = self._splitter.height() if upright else self._splitter.width()
        self._splitter.setSizes([int(whole * _LIST_SHARE), whole - int(whole * _LIST_SHARE)])

    @Slot()
    def _renew_inspector(self) -> None:
        shown = self._is_inspector_wanted and self.timeline.total_rows > 0 and not self._is_failure_shown
        shown = shown and self._place != "nowhere"
        if shown == self.is_inspector_shown:
            return
        self.inspector.setVisible(shown)
        if shown:
            self._reset_sizes()

    @Slot()
    def _fit_list(self) -> None:
        if not self._is_failure_shown:
            self._rows.setMinimumHeight(0)
            self._rows.setMaximumHeight(_NO_LIMIT_PX)
            self._rows.show()
            return
        rows = min(_FAILURE_ROWS, self.timeline.total_rows)
        self._rows.setVisible(rows > 0)
        self._rows.setFixedHeight(self._look.px(_ROW) * (rows + 1) + 1)
