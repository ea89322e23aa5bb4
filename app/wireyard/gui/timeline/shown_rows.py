"""Which rows are shown: all of a session or what a filter lets through, live or held by Pause, from Clear on.

This keeps the truth (every row there is) apart from what the list shows, and moves the one towards the other once a
tick. It knows nothing of widgets.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from wireyard.gui.timeline.feed import Arrivals
from wireyard.gui.timeline.filter_run import FilterRun, Finds
from wireyard.gui.timeline.model import TimelineModel
from wireyard.gui.timeline.reader_thread import OpenReader
from wireyard.gui.timeline.row_index import AllRows, MatchedRows
from wireyard.recording.errors import RecordingError
from wireyard.recording.reader import SessionReader
from wireyard.recording.search import RowFilter
from wireyard.session.masked_reader import MaskedReader, Masking

JOIN_TIMEOUT_S = 1.0


class ShownRows(QObject):
    """Feeds a `TimelineModel`.

    ``about_to_change`` and ``changed`` stand around every change after which rows are others than before (a filter,
    Clear, Resume of nothing); rows that only come at the end make no such noise. ``advanced`` follows every tick that
    changed a count. ``filter_failed`` carries a `RecordingError`.
    """

    about_to_change = Signal()
    changed = Signal()
    advanced = Signal()
    filter_failed = Signal(object)

    def __init__(
        self, model: TimelineModel, wake: Callable[[], None], masking: Masking, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._masking = masking
        self._model = model
        self._wake = wake
        self._open_reader: OpenReader | None = None
        self._reader: SessionReader | None = None
        self._all = AllRows()
        self._hidden = array("q")
        self._shown_from_seq = 1
        self._filter: RowFilter | None = None
        self._run: FilterRun | None = None
        self._old_runs: list[FilterRun] = []
        self._is_fresh = False
        self._is_searching = False
        self._search_until = 0
        self._is_paused = False
        self._held = array("q")

    # ------------------------------------------------------------------------------------------------------ properties

    @property
    def total(self) -> int:
        """How many rows there are since Clear, whether a filter lets them through or not."""
        return len(self._all)

    @property
    def shown(self) -> int:
        return self._model.rowCount()

    @property
    def waiting(self) -> int:
        """How many rows Pause holds back."""
        if not self._is_paused:
            return 0
        return len(self._held) if self._filter is not None else max(0, self.total - self.shown)

    @property
    def last_seq(self) -> int:
        return self._all.last_seq

    @property
    def is_filtered(self) -> bool:
        return self._filter is not None

    @property
    def row_filter(self) -> RowFilter | None:
        return self._filter

    @property
    def is_searching(self) -> bool:
        """Whether older records are still being looked through."""
        return self._is_searching

    @property
    def is_paused(self) -> bool:
        return self._is_paused

    @property
    def is_cleared(self) -> bool:
        return self._reader is not None and self._shown_from_seq > self._reader.first_seq()

    # -------------------------------------------------------------------------------------------------- public methods

    def attach(self, open_reader: OpenReader) -> SessionReader:
        """Show a session from its first record on. Raises `RecordingError`."""
        reader = open_reader()
        try:
            first_seq, last_seq = reader.first_seq(), reader.last_seq()
            hidden = reader.hidden()
        except RecordingError:
            reader.close()
            raise
        self.detach()
        self._open_reader, self._reader = open_reader, reader
        self._hidden = hidden
        self._shown_from_seq = first_seq
        self._all = AllRows(first_seq, last_seq, hidden)
        self.about_to_change.emit()
        self._model.show(MaskedReader(reader, self._masking), AllRows(first_seq, last_seq, hidden))
        self._restart_filter()
        self.changed.emit()
        return reader

    def detach(self) -> None:
        """Show nothing, and let go of the recording."""
        self._stop_run()
        for run in self._old_runs:
            run.join(JOIN_TIMEOUT_S)
        self._old_runs = []
        self._is_paused = False
        self._held = array("q")
        if self._reader is not None:
            self._model.show(None, AllRows())
            self._reader.close()
            self._reader = self._open_reader = None
        self._all, self._hidden = AllRows(), array("q")

    def tick(self, arrivals: Arrivals | None) -> None:
        """Show what came, in one insertion."""
        if arrivals is not None and self._reader is not None:
            self._take_in(arrivals)
        finds = self._run.take() if self._run is not None else None
        if finds is not None:
            self._take_finds(finds)
        self.advanced.emit()

    def set_filter(self, row_filter: RowFilter | None) -> None:
        """Show only what ``row_filter`` lets through; None shows all."""
        if row_filter == self._filter:
            return
        self._filter = row_filter
        self._held = array("q")
        if self._reader is None:
            return
        if row_filter is None:
            self._stop_run()
            self._show_all()
        else:
            self._restart_filter()
        self.advanced.emit()

    def pause(self) -> None:
        """Freeze what is shown; the recording goes on."""
        self._is_paused = True

    def resume(self) -> None:
        """Show what came in the meantime."""
        self._is_paused = False
        held, self._held = self._held, array("q")
        if self._filter is None:
            self._model.append_all(self._all.last_seq, self._hidden_after(self._model.rows))
        elif isinstance(self._model.rows, MatchedRows):
            self._model.append_matches(held)
        self.advanced.emit()

    def clear(self) -> None:
        """Hide all rows there are. The recording is untouched."""
        self._show_from(self._all.last_seq + 1)

    def undo_clear(self) -> None:
        """Show all rows again."""
        if self._reader is not None:
            self._show_from(self._reader.first_seq())

    # ------------------------------------------------------------------------------------------------------- internals

    def _take_in(self, arrivals: Arrivals) -> None:
        known = self._all.last_seq
        late = [seq for seq in arrivals.hidden if seq <= known]
        new = sorted(seq for seq in arrivals.hidden if known < seq <= arrivals.last_seq)
        for seq in late:
            self._hide_late(seq)
        self._hidden.extend(new)
        self._all.extend(arrivals.last_seq, new)
        self._model.hide(late)
        if self._filter is None and not self._is_paused:
            self._model.append_all(self._all.last_seq, self._hidden_after(self._model.rows))
        if arrivals.changed:
            self._model.refresh(sorted(arrivals.changed))
        if self._run is not None and self._all.last_seq > known:
            self._run.extend(self._all.last_seq)

    def _hide_late(self, seq: int) -> None:
        self._all.hide(seq)
        at = bisect_left(self._hidden, seq)
        if at == len(self._hidden) or self._hidden[at] != seq:
            self._hidden.insert(at, seq)

    def _hidden_after(self, rows: object) -> Sequence[int]:
        """The hidden numbers that lie behind what an index of all rows shows."""
        last_seq = rows.last_seq if isinstance(rows, AllRows) else 0
        return self._hidden[bisect_right(self._hidden, last_seq) :]

    def _take_finds(self, finds: Finds) -> None:
        if finds.error is not None:
            self._is_searching = False
            self.filter_failed.emit(finds.error)
            return
        # In a flood a filter never catches up with the end; it has done its search when it passed where that began.
        is_past = finds.searched_seq >= self._search_until
        if self._is_fresh and (finds.seqs or is_past):
            # The old rows stay until the first finds are there, so that typing a filter doesn't flicker.
            self._is_fresh = False
            self.about_to_change.emit()
            self._model.set_index(MatchedRows(finds.seqs))
            self.changed.emit()
        elif not self._is_fresh and self._is_paused and not self._is_searching:
            self._held.extend(finds.seqs)
        elif not self._is_fresh:
            self._model.append_matches(finds.seqs)
        if is_past:
            self._is_searching = False

    def _restart_filter(self) -> None:
        self._stop_run()
        if self._filter is None or self._open_reader is None:
            return
        self._is_fresh = self._is_searching = True
        self._search_until = self._all.last_seq
        self._run = FilterRun(self._open_reader, self._filter, self._shown_from_seq, self._all.last_seq, self._wake)

    def _stop_run(self) -> None:
        self._is_searching = self._is_fresh = False
        self._old_runs = [run for run in self._old_runs if not run.join(0)]
        if self._run is not None:
            self._run.cancel()
            self._old_runs.append(self._run)
            self._run = None

    def _show_from(self, seq: int) -> None:
        self._shown_from_seq = seq
        self._held = array("q")
        self._is_paused = False
        self._all = AllRows(seq, self._all.last_seq, self._hidden)
        self._show_all()
        self._restart_filter()
        self.advanced.emit()

    def _show_all(self) -> None:
        self.about_to_change.emit()
        self._model.set_index(AllRows(self._shown_from_seq, self._all.last_seq, self._hidden))
        self.changed.emit()
