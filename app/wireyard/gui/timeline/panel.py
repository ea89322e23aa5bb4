"""The timeline as the window sees it: toolbar, header, list, what floats over it, and what stands in it when empty."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.timeline.amounts import TimeStyle
from wireyard.gui.timeline.current import Current
from wireyard.gui.timeline.errands import Errands
from wireyard.gui.timeline.feed import Arrivals, Feed
from wireyard.gui.timeline.frame import Frame
from wireyard.gui.timeline.marks import Marks
from wireyard.gui.timeline.message_list import MessageList
from wireyard.gui.timeline.model import TimelineModel
from wireyard.gui.timeline.openings import Openings, find_openings
from wireyard.gui.timeline.place import Place
from wireyard.gui.timeline.preview_choice import PreviewChoice
from wireyard.gui.timeline.reader_thread import OpenReader
from wireyard.gui.timeline.row_actions import RowActions
from wireyard.gui.timeline.shown_rows import JOIN_TIMEOUT_S, ShownRows
from wireyard.gui.timeline.ticker import Ticker
from wireyard.gui.widgets.state import ConnectionState
from wireyard.recording.errors import RecordingError
from wireyard.recording.search import RowFilter
from wireyard.recording.values import Progress
from wireyard.session.masked_reader import Masking


class TimelinePanel(QWidget):
    """Shows one session, live or recorded. Everything but `on_progress` belongs to the GUI thread.

    ``message_selected`` carries the number of the current record or None, ``selection_changed`` a `SelectionSummary`
    of two and more rows or None. ``open_requested`` follows a double click, ``inspect_requested`` Enter,
    ``escape_pressed`` Esc in the list. The other ``..._requested`` ask for what the timeline can't do by itself;
    ``export_requested`` carries the numbers of the selected rows (a list of ranges or arrays), or None for all.
    ``cleared`` asks for a toast with `undo_clear`; ``copied`` carries a `Copied`; ``failed`` a `RecordingError`.
    ``arrived`` hands on what came each tick, for counters elsewhere (`Arrivals`).
    """

    message_selected = Signal(object)
    selection_changed = Signal(object)
    open_requested = Signal(object)
    inspect_requested = Signal(object)
    escape_pressed = Signal()
    resend_requested = Signal(object)
    edit_resend_requested = Signal(object)
    save_payload_requested = Signal(object)
    export_requested = Signal(object)
    connect_requested = Signal()
    compose_requested = Signal()
    mark_requested = Signal()
    filter_changed = Signal(object)
    time_style_changed = Signal(str)
    follow_changed = Signal(bool)
    pause_changed = Signal(bool)
    cleared = Signal()
    copied = Signal(object)
    failed = Signal(object)
    arrived = Signal(object)

    def __init__(self, look: Look, masking: Masking | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        masking = masking or Masking()
        self._has_news_of_opening = False
        self._open_reader: OpenReader | None = None
        self._ticker = Ticker(self)
        self._feed = Feed(self._ticker.wake)
        self._errands = Errands(self)
        self._model = TimelineModel(self)
        self._rows = ShownRows(self._model, self._ticker.wake, masking, self)
        self._list = MessageList(look, self._model, self)
        self._frame = Frame(look, self._rows, self._list, self)
        self._toolbar = self._frame.toolbar
        self.preview = PreviewChoice(look, self._frame.header, self._model, self._list, self)
        self.marks = Marks(self._model, self._list, self)
        self._current = Current(self._list, self)
        self._place = Place(self._rows, self._list, self)
        self._actions = RowActions(self._rows, self._model, self._list, self._errands, masking, self)
        self.setProperty("panel", "bg.surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._connect()
        self._connect_parts()
        self._frame.renew()

    # ------------------------------------------------------------------------------------------------------ properties

    @property
    def is_following(self) -> bool:
        return self._list.is_following

    @property
    def is_paused(self) -> bool:
        return self._rows.is_paused

    @property
    def row_filter(self) -> RowFilter | None:
        """The filter in force, None when all rows pass."""
        return self._toolbar.row_filter

    @property
    def time_style(self) -> TimeStyle:
        return self._list.metrics.time_style

    @property
    def row_count(self) -> int:
        """How many rows are shown."""
        return self._rows.shown

    @property
    def total_rows(self) -> int:
        """How many rows there are, shown or not."""
        return self._rows.total

    @property
    def selected_seq(self) -> int | None:
        """The number of the current record."""
        return self._current.seq

    @property
    def toolbar(self) -> QWidget:
        """The toolbar, which may be put elsewhere: over the list and what stands beside it."""
        return self._toolbar

    @property
    def list_widget(self) -> QWidget:
        """The list, for the order of focus and for regions."""
        return self._list

    # -------------------------------------------------------------------------------------------------- public methods

    def attach(self, open_reader: OpenReader, *, is_read_only: bool = False) -> None:
        """Show a session; ``open_reader`` gives the calling thread a reader of its own. Raises `RecordingError`.

        A recording that is written meanwhile calls `on_progress`; commits from before are in what the reader gives.
        """
        self._errands.cancel_all(JOIN_TIMEOUT_S)
        self._feed.take()
        reader = self._rows.attach(open_reader)
        self._open_reader = open_reader
        self._frame.is_read_only = is_read_only
        self._actions.attach(open_reader, is_read_only=is_read_only)
        totals = reader.stored_totals()[0]
        self._frame.data_rows = totals.sent_count + totals.received_count
        self._toolbar.rates.reset(totals)
        self._toolbar.set_read_only(is_read_only)
        self._model.set_openings(())
        self.marks.show(reader.marks())
        self._find_openings()
        if is_read_only:
            self._list.stop_following()
            self._list.show_at_top(0)
        else:
            self._list.follow_end()
        self._frame.renew()
        self._current.tell()

    def detach(self) -> None:
        """Show nothing and let go of the recording: after this its file may be moved or deleted."""
        self._errands.cancel_all(JOIN_TIMEOUT_S)
        self._rows.detach()
        self._open_reader = None
        self._actions.detach()
        self.marks.show({})
        self._frame.data_rows = 0
        self._frame.renew()
        self._current.tell()

    def shut_down(self) -> None:
        """Let go of everything for good, before the panel is deleted. `on_progress` does nothing from here on."""
        self._ticker.close()
        self._errands.close(JOIN_TIMEOUT_S)
        self._rows.detach()

    def on_progress(self, progress: Progress) -> None:
        """Take what the recording's writer publishes. Safe on any thread."""
        self._feed.put(progress)

    def catch_up(self) -> None:
        """Show at once what came, not with the next tick."""
        self._on_ticked()

    def renew_masking(self) -> None:
        """Show the rows again: other values are masked now, or none."""
        self._model.reread()
        self._list.drop_pictures()

    def set_live(self, state: ConnectionState) -> None:
        """Say what the connection does, for what an empty list says."""
        self._has_news_of_opening |= state == ConnectionState.OPEN and state != self._frame.state
        self._frame.state = state
        self._frame.renew()

    def set_filter(self, row_filter: RowFilter | None) -> None:
        """Filter as if typed."""
        self._toolbar.set_filter(row_filter)

    def set_time_style(self, style: TimeStyle) -> None:
        """Write times in another way."""
        self._list.set_time_style(style)
        self._frame.header.set_metrics(self._list.metrics)
        self._frame.header.set_time_style(style)
        self._find_openings()

    def follow(self) -> None:
        """Go to the newest row and keep to it."""
        self.resume()
        self._list.follow_end()

    def pause(self) -> None:
        """Freeze the list; the recording goes on."""
        if not self._rows.is_paused:
            self._rows.pause()
            self._frame.renew()
            self.pause_changed.emit(True)

    def resume(self) -> None:
        """Show what came since `pause`."""
        if self._rows.is_paused:
            self._rows.resume()
            self._frame.renew()
            self.pause_changed.emit(False)

    def toggle_pause(self) -> None:
        self.resume() if self._rows.is_paused else self.pause()

    def clear(self) -> None:
        """Hide all rows; ``cleared`` follows. The recording is untouched."""
        if self._rows.total:
            was_paused = self._rows.is_paused
            self._rows.clear()
            self._list.follow_end()
            if was_paused:
                self.pause_changed.emit(False)
            self.cleared.emit()

    def undo_clear(self) -> None:
        """Show the rows again that `clear` hid."""
        self._rows.undo_clear()
        if self._list.is_following:
            self._list.follow_end()

    def select(self, seq: int) -> bool:
        """Go to a record; answer whether it is shown."""
        row = self._model.rows.row_of(seq)
        if row is None:
            return False
        self._list.go_to(row)
        return True

    def clear_selection(self) -> None:
        """Select nothing; ``message_selected`` carries None."""
        self._list.clear_selection()
        self._current.tell()

    def focus_list(self) -> None:
        self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_filter(self) -> None:
        self._toolbar.focus_filter()

    def clear_filter(self) -> None:
        self._toolbar.clear_filter()

    def export(self) -> None:
        """Ask for an export: of the selected rows when there are two and more, else of all."""
        self._actions.export()

    # ---------------------------------------------------------------------------------------------------- Qt overrides

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ticker.set_background(False)
        self._ticker.wake()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._ticker.set_background(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._list.hasFocus() or not self._actions.press(event):
            super().keyPressEvent(event)

    # ------------------------------------------------------------------------------------------------------------ slots

    @Slot()
    def _on_ticked(self) -> None:
        arrivals = self._feed.take()
        if arrivals is not None:
            self._take_in(arrivals)
        self._rows.tick(arrivals)

    @Slot(int)
    def _on_opened(self, row: int) -> None:
        self.open_requested.emit(self._model.rows.seq_at(row))

    @Slot(object)
    def _on_filter_changed(self, row_filter: RowFilter | None) -> None:
        self._frame.forget_count()
        self._rows.set_filter(row_filter)
        self.filter_changed.emit(row_filter)

    @Slot(str)
    def _on_time_style_chosen(self, style: TimeStyle) -> None:
        self.set_time_style(style)
        self.time_style_changed.emit(style)

    @Slot(bool)
    def _on_follow_toggled(self, is_on: bool) -> None:
        if is_on:
            self.follow()
        else:
            self._list.stop_following()

    @Slot(bool)
    def _on_follow_changed(self, is_following: bool) -> None:
        self._toolbar.show_following(is_following)
        self.follow_changed.emit(is_following)

    @Slot()
    def _on_empty_acted(self) -> None:
        if self._rows.is_filtered and self._rows.total:
            self.clear_filter()
        elif self._frame.state == ConnectionState.OPEN:
            self.compose_requested.emit()
        else:
            self.connect_requested.emit()

    @Slot(object)
    def _on_filter_failed(self, error: RecordingError) -> None:
        self.failed.emit(error)
        self._frame.renew()

    # ------------------------------------------------------------------------------------------------------- internals

    def _connect(self) -> None:
        self._ticker.ticked.connect(self._on_ticked)
        self._rows.filter_failed.connect(self._on_filter_failed)
        self._model.reading_failed.connect(self.failed)
        self._errands.failed.connect(self.failed)
        self._place.lost.connect(self._current.tell)
        self._current.changed.connect(self.message_selected)
        self._list.opened.connect(self._on_opened)
        self._list.follow_changed.connect(self._on_follow_changed)
        self._list.painted.connect(self._ticker.charge)

    def _connect_parts(self) -> None:
        frame, toolbar, actions = self._frame, self._toolbar, self._actions
        toolbar.filter_changed.connect(self._on_filter_changed)
        toolbar.follow_toggled.connect(self._on_follow_toggled)
        toolbar.pause_toggled.connect(self.toggle_pause)
        toolbar.export_pressed.connect(self.export)
        toolbar.clear_pressed.connect(self.clear)
        toolbar.list_wanted.connect(self.focus_list)
        actions.summed.connect(self.selection_changed)
        actions.mark_chosen.connect(self.mark_requested)
        actions.preview_path_chosen.connect(self.preview.edit)
        actions.copied.connect(self.copied)
        actions.resend_chosen.connect(self.resend_requested)
        actions.edit_resend_chosen.connect(self.edit_resend_requested)
        actions.save_payload_chosen.connect(self.save_payload_requested)
        actions.export_chosen.connect(self.export_requested)
        actions.inspect_chosen.connect(self.inspect_requested)
        actions.escape_pressed.connect(self.escape_pressed)
        actions.pause_pressed.connect(self.toggle_pause)
        actions.clear_pressed.connect(self.clear)
        actions.filter_pressed.connect(self.focus_filter)
        actions.clear_filter_pressed.connect(self.clear_filter)
        frame.header.time_style_chosen.connect(self._on_time_style_chosen)
        frame.header.resume_wanted.connect(self.resume)
        frame.pill.clicked.connect(self.follow)
        frame.empty.acted.connect(self._on_empty_acted)

    def _take_in(self, arrivals: Arrivals) -> None:
        totals = arrivals.totals
        self._frame.data_rows = totals.sent_count + totals.received_count
        self._toolbar.rates.add(totals)
        self.arrived.emit(arrivals)
        if self._has_news_of_opening and arrivals.hidden:
            # The steps of the new connection are hidden in the commit that brought its handshake.
            self._has_news_of_opening = False
            self._find_openings()

    def _find_openings(self) -> None:
        """Only times since the opening need them, and only then are they looked for."""
        if self.time_style == "since_open" and self._open_reader is not None:
            self._errands.start("openings", self._open_reader, find_openings, self._on_openings)

    def _on_openings(self, openings: Openings) -> None:
        self._model.set_openings(openings)
        self._list.drop_pictures()
