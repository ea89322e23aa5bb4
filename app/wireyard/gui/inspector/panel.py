"""The inspector pane: one row of the timeline in full, as Pretty, Raw or Hex, or as details.

What is shown is read by a worker with a reader of its own. While a key repeats in the list only the row it ends on is
read; until then the last one stays. One payload at most is in memory, and it goes with the next `clear` or row.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from wireyard.gui.inspector.caret_path import CaretPath
from wireyard.gui.inspector.code_view import CodeView
from wireyard.gui.inspector.details_view import DetailsView
from wireyard.gui.inspector.find_bar import FindBar, find_shortcuts, selected_text
from wireyard.gui.inspector.foot import Foot
from wireyard.gui.inspector.head import Head
from wireyard.gui.inspector.hex_view import HexView
from wireyard.gui.inspector.kinds import TABS, Kind, TabChoices, TabName, file_name, kind_of
from wireyard.gui.inspector.loading import DiskPayload, Loaded, OpenReader, load, raw_document
from wireyard.gui.inspector.memory import Trim
from wireyard.gui.inspector.notes import Notes
from wireyard.gui.inspector.reveal import Reveal
from wireyard.gui.inspector.summaries import describe_several, describe_unreadable, nothing_selected, why_not_pretty
from wireyard.gui.inspector.texts import Texts
from wireyard.gui.inspector.tools import Tools
from wireyard.gui.jobs import Job, Jobs
from wireyard.gui.theme.look import Look
from wireyard.recording.errors import RecordingError
from wireyard.recording.kinds import RowKind
from wireyard.session.masked_reader import Masking

_DEBOUNCE_MS = 30
"""Selection to inspector while a key repeats (UI.md section 17)."""


class InspectorPanel(QWidget):
    """Shows one row, several rows' sums, or nothing.

    ``resend_requested`` and ``edit_resend_requested`` carry the row's number, ``save_requested`` the number and a file
    name to propose; ``closed`` asks to be hidden; ``noticed`` has a sentence for the person; ``shown`` carries the
    number of a row once it is on screen; ``reveal_requested`` asks to have secrets shown, or masked again, in the whole
    tab, and `renew` follows; ``secrets_left_out`` tells that a copy has stars or dots for them.
    """

    resend_requested = Signal(object)
    edit_resend_requested = Signal(object)
    save_requested = Signal(object, str)
    closed = Signal()
    noticed = Signal(str)
    shown = Signal(object)
    reveal_requested = Signal()
    secrets_left_out = Signal()

    def __init__(self, look: Look, masking: Masking | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._masking = masking or Masking()
        self._open_reader: OpenReader | None = None
        self._look = look
        self._jobs = Jobs(self, self._on_unreadable)
        self._load_job: Job | None = None
        self._wanted: tuple[OpenReader, int] | None = None
        self._loaded: Loaded | None = None
        self._disk: DiskPayload | None = None
        self._pretty_fault = ""
        self._trim = Trim(self._jobs, self)
        self._choices = TabChoices()
        self._is_wrapped: dict[TabName, bool] = {"pretty": False, "raw": True}
        self._debounce = QTimer(self)
        self._debounce.setSingleShot(True)
        self._debounce.setInterval(_DEBOUNCE_MS)
        self.head = Head(look, self)
        self._tools = Tools(look, self)
        self.tabs = self._tools.tabs
        self.copy_button = self._tools.copy_button
        self.save_button = self._tools.save_button
        self.find_bar = FindBar(look, self)
        self.pretty_view = CodeView(look)
        self.raw_view = CodeView(look)
        self.hex_view = HexView(look)
        self.details_view = DetailsView(look)
        views = (self.pretty_view, self.raw_view, self.hex_view, self.details_view)
        self._reveal = Reveal(self._masking, self.head.eye, views, self)
        self.foot = Foot(look, self)
        self._notes = Notes(look, self)
        self.note_label = self._notes.label
        self._stack = QStackedWidget(self)
        self._texts = Texts(self.pretty_view, self.raw_view, self._jobs, self._notes.add_note, self)
        self._caret_path = CaretPath(self.pretty_view, self._jobs, self)
        self.shortcuts: list[QShortcut] = []
        self._lay_out()
        self._connect()
        self.clear()

    @property
    def seq(self) -> int | None:
        """The row on screen."""
        return None if self._loaded is None else self._loaded.row.seq

    @property
    def tab_choices(self) -> Mapping[str, str]:
        """The tab chosen for each kind of payload, to be kept over a restart."""
        return self._choices.as_names()

    def restore_tab_choices(self, choices: Mapping[str, str]) -> None:
        """Take back what `tab_choices` gave; what isn't known is left out."""
        self._choices.restore(choices)

    def show_event(self, open_reader: OpenReader, seq: int) -> None:
        """Show one row. ``open_reader`` is called on a worker thread, for a reader of its own."""
        self._wanted = (open_reader, seq)
        # The first of a series at once, what follows within 30 ms only when it stops.
        if not self._debounce.isActive():
            self._load_wanted()
        self._debounce.start()

    def renew(self) -> None:
        """Show the same row again: other secrets in it are masked now, or none."""
        if self._loaded is not None and self._open_reader is not None and self._wanted is None:
            self._reveal.keep_place(self._current())
            self.show_event(self._open_reader, self._loaded.row.seq)

    def show_summary(self, count: int, total_bytes: int, span_s: float) -> None:
        """Show what several selected rows come to."""
        self._forget()
        details = describe_several(count, total_bytes, span_s)
        self.head.show_facts(details.pill, details.facts)
        self.details_view.show_details(details)
        self._show_details_only()

    def clear(self) -> None:
        """Show nothing, and keep nothing in memory."""
        self._forget()
        self.head.show_nothing()
        self.details_view.show_details(nothing_selected())
        self._show_details_only()

    def focus_content(self) -> None:
        """Give the keyboard to what is shown."""
        self._current().setFocus(Qt.FocusReason.OtherFocusReason)

    def shut_down(self) -> None:
        """Stop all threads; to be called before the panel is thrown away."""
        self._forget()
        self._trim.stop()
        for part in (self.pretty_view, self.raw_view, self.hex_view, self.find_bar):
            part.shut_down()
        self._jobs.stop()

    @Slot()
    def open_find(self) -> None:
        """Open the find bar on the text that is shown."""
        view = self._searchable()
        if view is None:
            return
        self.find_bar.open_on(view, "" if view is self.hex_view else selected_text(view))

    @Slot()
    def _load_wanted(self) -> None:
        if self._wanted is None:
            return
        (open_reader, seq), masking = self._wanted, self._masking
        self._wanted = None
        if self._load_job is not None:
            self._load_job.cancel()
        self._load_job = self._jobs.start(
            "load", lambda _: load(open_reader, seq, masking), lambda loaded: self._on_loaded(open_reader, loaded)
        )

    def _on_loaded(self, open_reader: OpenReader, loaded: Loaded | None) -> None:
        self._drop_shown()
        self._loaded, self._open_reader = loaded, open_reader
        if loaded is None:
            self.head.show_nothing()
            self._show_details_only()
            return
        self.head.show_loaded(loaded)
        row = loaded.row
        self._reveal.show_state(has_secrets=loaded.has_secrets)
        self._notes.show_note(row.fault or row.note)
        if row.kind == RowKind.MESSAGE and loaded.payload is None:
            self._disk = DiskPayload(self._jobs, open_reader, row, self._masking, self._on_pages)
        if loaded.details is not None:
            self.details_view.show_details(loaded.details)
            self._show_details_only()
        else:
            self._tools.show()
            self._set_tabs()
        self.save_button.setEnabled(row.size_bytes > 0)
        self.shown.emit(row.seq)

    def _on_unreadable(self, error: RecordingError) -> None:
        self._forget()
        self.head.show_nothing()
        self.details_view.show_details(describe_unreadable(error))
        self._show_details_only()

    def _on_pages(self) -> None:
        if self._disk is not None and self._disk.has_secrets:
            self._reveal.show_state(has_secrets=True)
        self.raw_view.pages_arrived()
        self.hex_view.pages_arrived()

    @Slot(int)
    def _on_tab_chosen(self, index: int) -> None:
        loaded = self._loaded
        if loaded is None or loaded.details is not None:
            return
        self._show_tab(TABS[index])

    @Slot(int)
    def _on_tab_clicked(self, index: int) -> None:
        """Remember a choice by hand, for this kind of payload."""
        if self._loaded is not None and self._loaded.details is None and self.tabs.isTabEnabled(index):
            self._choices.choose(kind_of(self._loaded), TABS[index])

    @Slot(bool)
    def _on_wrap_toggled(self, is_on: bool) -> None:
        tab = self._tab()
        view = self._view_of(tab)
        if isinstance(view, CodeView):
            self._is_wrapped[tab] = is_on
            view.set_wrapped(is_on)

    @Slot()
    def _on_copy(self) -> None:
        self._current().copy()

    @Slot()
    def _on_save(self) -> None:
        if self._loaded is not None:
            self.save_requested.emit(self._loaded.row.seq, file_name(self._loaded))

    @Slot()
    def _on_find_closed(self) -> None:
        self.find_bar.finish()
        self.focus_content()

    @Slot()
    def _tell_foot(self) -> None:
        tab = self._tab()
        loaded = self._loaded
        if loaded is None or loaded.details is not None:
            self.foot.show_facts("", "")
            return
        if tab == "hex":
            self.foot.show_bytes(self.hex_view.selection.caret, loaded.row.size_bytes)
            return
        view = self.pretty_view if tab == "pretty" else self.raw_view
        label = loaded.detection.label if loaded.detection is not None else self.tr("Text")
        path = self._caret_path.path if tab == "pretty" else ""
        self.foot.show_lines(path, label, view.line_count, is_all=view.is_indexed)

    def _lay_out(self) -> None:
        for view in (self.pretty_view, self.raw_view, self.hex_view, self.details_view):
            self._stack.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.head, self._notes, self._tools, self.find_bar):
            column.addWidget(part)
        column.addWidget(self._stack, 1)
        self._stack.setMinimumHeight(1)  # what little room there is at a high zoom is used, and nothing overlaps
        column.addWidget(self.foot)
        self.find_bar.hide()
        self._fit()

    @Slot()
    def _fit(self) -> None:
        self.setMinimumWidth(self._look.px(320))

    def _connect(self) -> None:
        self._debounce.timeout.connect(self._load_wanted)
        self._look.changed.connect(self._fit)
        self.tabs.currentChanged.connect(self._on_tab_chosen)
        self.tabs.tabBarClicked.connect(self._on_tab_clicked)
        self.find_bar.closed.connect(self._on_find_closed)
        self._tools.find_button.clicked.connect(self.open_find)
        self._tools.wrap_button.toggled.connect(self._on_wrap_toggled)
        self.copy_button.clicked.connect(self._on_copy)
        self.save_button.clicked.connect(self._on_save)
        self.head.close_clicked.connect(self.closed)
        self.head.copy_clicked.connect(self._on_copy)
        self.head.resend_clicked.connect(lambda: self.resend_requested.emit(self.seq))
        self.head.edit_clicked.connect(lambda: self.edit_resend_requested.emit(self.seq))
        self.head.reveal_clicked.connect(self.reveal_requested)
        self._reveal.left_out.connect(self.secrets_left_out)
        self.shown.connect(self._reveal.put_back)
        for view in (self.pretty_view, self.raw_view):
            view.noticed.connect(self.noticed)
            view.grown.connect(self._tell_foot)
        self.hex_view.noticed.connect(self.noticed)
        self.hex_view.caret_moved.connect(self._tell_foot)
        self._caret_path.changed.connect(self._tell_foot)
        self.shortcuts = find_shortcuts(self, self.find_bar, self.open_find)

    def _set_tabs(self) -> None:
        """Say which views there are for this payload, and show the one chosen for its kind."""
        loaded = self._loaded
        if loaded is None:
            return
        kind = kind_of(loaded)
        is_whole = loaded.payload is not None
        why = why_not_pretty(kind, self._pretty_fault, is_whole=is_whole, is_masked=self._reveal.is_masked)
        self.tabs.setTabEnabled(0, not why)
        self.tabs.setTabToolTip(0, why)
        for index in (1, 2):
            self.tabs.setTabEnabled(index, True)
        tab = self._choices.of(kind)
        if tab == "pretty" and why:
            tab = "raw"
        index = TABS.index(tab)
        if self.tabs.currentIndex() == index:
            self._show_tab(tab)
        else:
            self.tabs.setCurrentIndex(index)

    def _show_tab(self, tab: TabName) -> None:
        view = self._view_of(tab)
        if view.document is None:
            self._fill(tab)
        had_focus = self._current().hasFocus()
        self._stack.setCurrentWidget(view)
        if had_focus:
            view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tools.show_wrap(tab != "hex" and self._is_wrapped[tab], tab != "hex")
        if self.find_bar.isVisible():
            self.find_bar.search_in(view)
        self._tell_foot()

    def _fill(self, tab: TabName) -> None:
        loaded = self._loaded
        if loaded is None:
            return
        if tab == "pretty":
            self.pretty_view.set_wrapped(self._is_wrapped["pretty"])
            self._fill_pretty(loaded.payload or b"", kind_of(loaded))
            return
        document = raw_document(loaded, self._disk)
        if tab == "raw":
            self.raw_view.set_wrapped(self._is_wrapped["raw"])
            self._texts.show_raw(document, kind_of(loaded), is_colored=self._disk is None)
        else:
            self.hex_view.set_document(document)

    def _fill_pretty(self, payload: bytes, kind: Kind) -> None:
        self._pretty_fault = self._texts.show_pretty(payload, kind)
        if self._pretty_fault:
            self._set_tabs()
        elif kind == "json":
            self._caret_path.follow()

    def _searchable(self) -> CodeView | HexView | None:
        view = self._current()
        return None if isinstance(view, DetailsView) else view

    def _current(self) -> CodeView | HexView | DetailsView:
        view = self._stack.currentWidget()
        return view if isinstance(view, CodeView | HexView) else self.details_view

    def _tab(self) -> TabName:
        return TABS[max(0, self.tabs.currentIndex())]

    def _view_of(self, tab: TabName) -> CodeView | HexView:
        views: dict[TabName, CodeView | HexView]
        views = {"pretty": self.pretty_view, "raw": self.raw_view, "hex": self.hex_view}
        return views[tab]

    def _show_details_only(self) -> None:
        self._stack.setCurrentWidget(self.details_view)
        self._tools.hide()
        self.find_bar.finish()
        self._tell_foot()

    def _forget(self) -> None:
        self._wanted = None
        self._debounce.stop()
        if self._load_job is not None:
            self._load_job.cancel()
            self._load_job = None
        self._drop_shown()

    def _drop_shown(self) -> None:
        """Let go of the payload and of all that was made from it."""
        if self._loaded is not None:
            self._trim.after(self._loaded.row.size_bytes)
        self._loaded = None
        self._reveal.show_state(has_secrets=False)
        self._pretty_fault = ""
        self._caret_path.stop()
        self._texts.forget()
        if self._disk is not None:
            self._disk.close()
            self._disk = None
        for view in (self.pretty_view, self.raw_view, self.hex_view):
            view.set_document(None)
        self._notes.show_note("")
