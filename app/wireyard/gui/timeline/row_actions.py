"""What the keyboard and the menu do with rows: copy, go on to the next of a kind, sum a selection, ask for the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal, SignalInstance, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent

from wireyard.domain.frame import Direction
from wireyard.gui.timeline.copying import Copied, CopyForm, gather
from wireyard.gui.timeline.errands import Errands, Report
from wireyard.gui.timeline.message_list import MessageList
from wireyard.gui.timeline.model import TimelineModel
from wireyard.gui.timeline.reader_thread import IsCancelled, OpenReader
from wireyard.gui.timeline.row_menu import RowMenu
from wireyard.gui.timeline.seeking import Seek, find
from wireyard.gui.timeline.selection_sum import sum_selection
from wireyard.gui.timeline.shown_rows import ShownRows
from wireyard.recording.kinds import RowKind
from wireyard.recording.reader import SessionReader
from wireyard.recording.row import Row
from wireyard.session.masked_reader import MaskedReader, Masking

SUM_PAUSE_MS = 60
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_NONE = Qt.KeyboardModifier.NoModifier
_CTRL_SHIFT = _CTRL | _SHIFT
Parts = list[Sequence[int]]
_KeyPress = tuple[Qt.Key, Qt.KeyboardModifier] | str


class RowActions(QObject):
    """Acts on the rows of a list. The signals are those of the panel, which passes them on."""

    summed = Signal(object)
    copied = Signal(object)
    inspect_chosen = Signal(object)
    resend_chosen = Signal(object)
    edit_resend_chosen = Signal(object)
    save_payload_chosen = Signal(object)
    export_chosen = Signal(object)
    preview_path_chosen = Signal()
    mark_chosen = Signal()
    escape_pressed = Signal()
    pause_pressed = Signal()
    clear_pressed = Signal()
    filter_pressed = Signal()
    clear_filter_pressed = Signal()

    def __init__(
        self,
        rows: ShownRows,
        model: TimelineModel,
        listed: MessageList,
        errands: Errands,
        masking: Masking,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._masking = masking
        self._rows = rows
        self._model = model
        self._list = listed
        self._errands = errands
        self._open_reader: OpenReader | None = None
        self._is_read_only = False
        self._has_sum = False
        self._sum_soon = QTimer(self)
        self._sum_soon.setSingleShot(True)
        self._sum_soon.setInterval(SUM_PAUSE_MS)
        self._sum_soon.timeout.connect(self._sum)
        listed.ranges_changed.connect(self._on_ranges_changed)
        listed.customContextMenuRequested.connect(self._on_menu_wanted)
        self._keys = self._bind_keys()

    # -------------------------------------------------------------------------------------------------- public methods

    def attach(self, open_reader: OpenReader, *, is_read_only: bool) -> None:
        self._open_reader, self._is_read_only = open_reader, is_read_only

    def detach(self) -> None:
        self._open_reader = None
        self._sum_soon.stop()

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key means in the list; answer whether it means anything."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        # Brackets need Shift or AltGr on many keyboards: there the sign counts, not how it was typed.
        action = self._keys.get((Qt.Key(event.key()), modifiers)) or self._keys.get(event.text())
        if action is None:
            return False
        action()
        return True

    def export(self) -> None:
        """Ask for an export of the selected rows, or of all where there are fewer than two."""
        parts = self._parts()
        self.export_chosen.emit(parts if sum(map(len, parts)) >= 2 else None)

    def copy(self, form: CopyForm) -> None:
        """Put the selected rows on the clipboard."""
        parts = self._parts()
        if not parts or self._open_reader is None:
            return

        masking, marks = self._masking, dict(self._model.marks)

        def work(reader: SessionReader, is_cancelled: IsCancelled, report: Report) -> None:
            found = gather(MaskedReader(reader, masking), parts, form, is_cancelled, marks)
            if found is not None:
                report(found)

        self._errands.start("copy", self._open_reader, work, self._on_copied)

    def seek(self, step: int, *, for_trouble: bool) -> None:
        """Go to the next (1) or previous (-1) row of the same direction, or where something went wrong."""
        seq = self._current_seq()
        if seq is None or self._open_reader is None:
            return
        direction = None if for_trouble else self._direction_of(seq)
        end_seq = self._rows.last_seq if step > 0 else self._model.rows.seq_at(0)
        self._look(Seek(seq, end_seq, direction, self._rows.row_filter))

    # ------------------------------------------------------------------------------------------------------------ slots

    @Slot()
    def _on_ranges_changed(self) -> None:
        self._errands.cancel("sum")
        self._sum_soon.start()

    @Slot()
    def _sum(self) -> None:
        # Dragging over rows changes the selection with every move; it is summed when it rests.
        parts = self._parts()
        if sum(map(len, parts)) < 2 or self._open_reader is None:
            if self._has_sum:
                self._has_sum = False
                self.summed.emit(None)
            return

        def work(reader: SessionReader, is_cancelled: IsCancelled, report: Report) -> None:
            sum_selection(reader, parts, is_cancelled, report)

        self._has_sum = True
        self._errands.start("sum", self._open_reader, work, self.summed.emit)

    @Slot(QPoint)
    def _on_menu_wanted(self, spot: QPoint) -> None:
        index = self._list.indexAt(spot)
        row = self._model.row_at(index.row()) if index.isValid() else None
        if row is None:
            return
        menu = self.make_menu(row)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._list.viewport().mapToGlobal(spot))

    def make_menu(self, row: Row) -> RowMenu:
        """The menu for a row of the selection."""
        selected = sum(last - first + 1 for first, last in self._list.ranges())
        is_marked = row.seq in self._model.marks
        menu = RowMenu(row, selected, is_read_only=self._is_read_only, is_marked=is_marked, parent=self._list)
        menu.copy_chosen.connect(partial(self.copy, "payload"))
        menu.copy_row_text_chosen.connect(partial(self.copy, "row_text"))
        menu.resend_chosen.connect(partial(self.resend_chosen.emit, row.seq))
        menu.edit_resend_chosen.connect(partial(self.edit_resend_chosen.emit, row.seq))
        menu.save_payload_chosen.connect(partial(self.save_payload_chosen.emit, row.seq))
        menu.export_chosen.connect(self.export)
        menu.mark_chosen.connect(self.mark_chosen)
        menu.preview_path_chosen.connect(self.preview_path_chosen)
        return menu

    # ------------------------------------------------------------------------------------------------------- internals

    def _bind_keys(self) -> dict[_KeyPress, Callable[[], None]]:
        key = Qt.Key
        return {
            (key.Key_C, _CTRL): partial(self.copy, "payload"),
            (key.Key_C, _CTRL_SHIFT): partial(self.copy, "row_text"),
            (key.Key_Return, _NONE): partial(self._emit_current, self.inspect_chosen),
            (key.Key_Enter, _NONE): partial(self._emit_current, self.inspect_chosen),
            (key.Key_Escape, _NONE): self.escape_pressed.emit,
            (key.Key_R, _NONE): partial(self._emit_message, self.resend_chosen),
            (key.Key_E, _NONE): partial(self._emit_message, self.edit_resend_chosen),
            (key.Key_P, _CTRL): self.pause_pressed.emit,
            (key.Key_E, _CTRL_SHIFT): self.export,
            (key.Key_Delete, _CTRL_SHIFT): self.clear_pressed.emit,
            (key.Key_F, _CTRL): self.filter_pressed.emit,
            (key.Key_L, _CTRL_SHIFT): self.clear_filter_pressed.emit,
            "]": partial(self.seek, 1, for_trouble=False),
            "[": partial(self.seek, -1, for_trouble=False),
            "}": partial(self.seek, 1, for_trouble=True),
            "{": partial(self.seek, -1, for_trouble=True),
        }

    def _current_seq(self) -> int | None:
        row = self._list.current_row
        return self._model.rows.seq_at(row) if 0 <= row < len(self._model.rows) else None

    def _current(self) -> Row | None:
        row = self._list.current_row
        return self._model.row_at(row) if 0 <= row < len(self._model.rows) else None

    def _direction_of(self, seq: int) -> Direction:
        row = self._current()
        return row.direction if row is not None and row.seq == seq else Direction.RECEIVED

    def _emit_current(self, signal: SignalInstance) -> None:
        seq = self._current_seq()
        if seq is not None:
            signal.emit(seq)

    def _emit_message(self, signal: SignalInstance) -> None:
        row = self._current()
        if row is not None and row.kind == RowKind.MESSAGE and not self._is_read_only:
            signal.emit(row.seq)

    def _parts(self) -> Parts:
        """The numbers of the selected rows, as ranges where all between their ends are rows."""
        return [self._model.rows.seqs(first, last) for first, last in self._list.ranges()]

    def _look(self, seek: Seek) -> None:
        open_reader = self._open_reader
        if open_reader is None:
            return

        def work(reader: SessionReader, is_cancelled: IsCancelled, report: Report) -> None:
            report(find(reader, seek, is_cancelled))

        self._errands.start("seek", open_reader, work, partial(self._on_found, seek))

    def _on_found(self, seek: Seek, seq: int | None) -> None:
        if seq is None:
            return
        row = self._model.rows.row_of(seq)
        if row is not None:
            self._list.go_to(row)
        elif seq != seek.end_seq:
            # A filter hides this one: look on from here.
            self._look(Seek(seq, seek.end_seq, seek.direction, seek.row_filter))

    def _on_copied(self, copied: Copied) -> None:
        QGuiApplication.clipboard().setText(copied.text)
        self.copied.emit(copied)
