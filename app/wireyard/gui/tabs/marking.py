"""Marks rows of a session, live or past: keeps the mark in its file, then shows it, then asks what it says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from wireyard.gui.bridge import Tasks
from wireyard.gui.theme.look import Look
from wireyard.gui.timeline.mark_sheet import MarkSheet
from wireyard.gui.timeline.panel import TimelinePanel
from wireyard.recording.errors import RecordingError
from wireyard.recording.history import set_marks
from wireyard.recording.marks import MarkChanges
from wireyard.recording.recording import Recording


class FileKeeper:
    """The file of a session that has ended."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def set_marks(self, changes: MarkChanges) -> None:
        """Write marks into the file."""
        set_marks(self._path, changes)


# Where marks are kept. What writes them blocks, and raises `RecordingError`.
Keeper = Recording | FileKeeper


class Marking(QObject):
    """``noticed`` carries a sentence for a toast. ``keeper`` gives where marks are kept now, None for nowhere yet.

    ``hint`` is told with the first mark: what a person should know of where it is kept.
    """

    noticed = Signal(str)

    def __init__(
        self,
        look: Look,
        tab: QWidget,
        tasks: Tasks,
        timeline: TimelinePanel,
        keeper: Callable[[], Keeper | None],
    ) -> None:
        super().__init__(tab)
        self.hint = ""
        self._look = look
        self._tab = tab
        self._tasks = tasks
        self._timeline = timeline
        self._keeper = keeper
        timeline.mark_requested.connect(self.mark)

    @Slot()
    def mark(self) -> None:
        """Mark the current row and ask for a note; while the list follows, or with no row, mark this moment."""
        keeper, seq = self._keeper(), self._timeline.selected_seq
        if keeper is None:
            self.noticed.emit(self.tr("Nothing is recorded yet: there is nothing to mark."))
        elif isinstance(keeper, Recording) and (seq is None or self._timeline.is_following):
            self._tasks.spawn(self._insert(keeper))
        elif seq is None:
            self.noticed.emit(self.tr("Go to the row that is to be marked: nothing more is recorded here."))
        else:
            note = self._timeline.marks.note_of(seq)
            if note is None:
                self._tasks.spawn(self._keep(keeper, seq, "", asks=True))
            else:
                self._ask(keeper, seq, note)

    @Slot()
    def go_next(self) -> None:
        """Go to the next mark."""
        self._go(1)

    @Slot()
    def go_previous(self) -> None:
        """Go to the previous mark."""
        self._go(-1)

    def _go(self, step: int) -> None:
        if not self._timeline.marks.go(step):
            self.noticed.emit(self.tr("No further mark") if step > 0 else self.tr("No earlier mark"))

    def _ask(self, keeper: Keeper, seq: int, note: str) -> None:
        def chosen(new: str) -> None:
            if new != note:
                self._tasks.spawn(self._keep(keeper, seq, new))

        def removed() -> None:
            self._tasks.spawn(self._keep(keeper, seq, None))

        sheet = MarkSheet(self._look, self._tab, note)
        sheet.chosen.connect(chosen)
        sheet.removed.connect(removed)
        sheet.open()

    async def _insert(self, keeper: Recording) -> None:
        try:
            seq = await asyncio.to_thread(keeper.insert_mark)
        except (RecordingError, TimeoutError) as error:
            self.noticed.emit(str(error))
            return
        self._timeline.marks.put(seq, "")
        self._ask(keeper, seq, "")

    async def _keep(self, keeper: Keeper, seq: int, note: str | None, *, asks: bool = False) -> None:
        try:
            await asyncio.to_thread(partial(keeper.set_marks, {seq: note}))
        except RecordingError as error:
            self.noticed.emit(str(error))
            return
        self._timeline.marks.put(seq, note)
        hint, self.hint = self.hint, ""
        if hint:
            self.noticed.emit(hint)
        if asks:
            self._ask(keeper, seq, note or "")
