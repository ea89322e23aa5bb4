"""What stands around the rows and over them: toolbar, header, pill and empty state, kept in step with the rows."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.timeline.amounts import count_text
from wireyard.gui.timeline.arrivals_pill import ArrivalsPill
from wireyard.gui.timeline.empty_state import EmptyState, empty_words
from wireyard.gui.timeline.header import Header
from wireyard.gui.timeline.message_list import MessageList
from wireyard.gui.timeline.shown_rows import ShownRows
from wireyard.gui.timeline.toolbar import Toolbar
from wireyard.gui.widgets.state import ConnectionState


class Frame(QObject):
    """Lays the panel out, and says anew what counts, buttons and the empty state say whenever the rows advance."""

    def __init__(self, look: Look, rows: ShownRows, listed: MessageList, panel: QWidget) -> None:
        super().__init__(panel)
        self.toolbar = Toolbar(look, panel)
        self.header = Header(look, listed.metrics, panel)
        self._is_empty = False
        self.empty = EmptyState(look, listed)
        self.pill = ArrivalsPill(look, listed)
        self.state = ConnectionState.IDLE
        self.is_read_only = False
        self.data_rows = 0
        self._rows = rows
        self._list = listed
        self._panel = panel
        self._filter_said = ""
        layout = QVBoxLayout(panel)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.toolbar)
        layout.addWidget(self.header)
        layout.addWidget(listed, 1)
        rows.advanced.connect(self.renew)
        listed.resized.connect(self.place)
        listed.unseen_changed.connect(self.pill.show_unseen)
        look.changed.connect(self._on_look_changed)

    # -------------------------------------------------------------------------------------------------- public methods

    @Slot()
    def renew(self) -> None:
        """Say again what counts, buttons and the empty state say."""
        rows = self._rows
        self.toolbar.show_paused(rows.is_paused)
        self.toolbar.set_can_clear(rows.total > 0)
        self.toolbar.set_can_export(rows.total > 0)
        self.toolbar.show_count(self._count_words())
        self.header.show_waiting(rows.waiting if rows.is_paused else None)
        words = empty_words(rows, self.state, self.data_rows, is_read_only=self.is_read_only)
        self._is_empty = words is not None
        if words is not None:
            self.empty.say(*words)
            self.place()
        else:
            self.empty.hide()

    @Slot()
    def place(self) -> None:
        """Keep header, pill and empty state in step with the list's viewport."""
        viewport = self._list.viewport()
        self.header.set_right_inset(max(0, self._list.width() - viewport.width()))
        self.pill.place_in(viewport.geometry())
        room = viewport.geometry().adjusted(0, self._empty_top(), 0, 0)
        self.empty.setGeometry(room)
        # In a low list, or at a high zoom, the rows are all there is room for.
        self.empty.setVisible(
            self._is_empty and (not self._rows.shown or room.height() >= self.empty.sizeHint().height())
        )

    def forget_count(self) -> None:
        """What a new filter finds is said aloud once more."""
        self._filter_said = ""

    # ------------------------------------------------------------------------------------------------------------ slots

    @Slot()
    def _on_look_changed(self) -> None:
        self.header.set_metrics(self._list.metrics)
        self.place()

    # ------------------------------------------------------------------------------------------------------- internals

    def _count_words(self) -> str:
        if not self._rows.is_filtered:
            self._filter_said = ""
            return ""
        counts = self.tr("{0} of {1}").format(count_text(self._rows.shown), count_text(self._rows.total))
        if self._rows.is_searching:
            return self.tr("{0} …").format(counts)
        if not self._filter_said:
            # Said once for each filter, not with every row that comes later.
            self._filter_said = counts
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._panel, counts))
        return counts

    def _empty_top(self) -> int:
        """Rows above the sentence (the handshake) stay uncovered."""
        return min(self._rows.shown * self._list.metrics.height, self._list.viewport().height())
