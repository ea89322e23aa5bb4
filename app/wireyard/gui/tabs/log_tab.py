"""A session log opened read-only: the same timeline and inspector, without a connection."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from wireyard.exchange.redact import redact_url
from wireyard.exchange.secret_values import SecretValues
from wireyard.formats import sizes
from wireyard.gui.addresses import short_name
from wireyard.gui.services import Services
from wireyard.gui.status.facts import StatusFacts
from wireyard.gui.tabs.marking import FileKeeper, Keeper
from wireyard.gui.tabs.session_tab import SessionTab
from wireyard.gui.widgets.frames import Panel
from wireyard.gui.widgets.label import ElidedLabel, Label
from wireyard.gui.widgets.pill import Pill
from wireyard.gui.widgets.tab_bar import TabFacts
from wireyard.recording.in_use import Hold
from wireyard.recording.reader import SessionReader


class LogTab(SessionTab):
    """Shows a recording or an imported log. ``open_reader`` gives each thread a reader of its own.

    ``hold`` keeps the file from being removed by its age or size while it is shown here. Marks go into the file at
    ``path``; ``is_copy`` says that it is one that was made to be looked at, and goes with the program.
    """

    def __init__(
        self,
        services: Services,
        name: str,
        open_reader: Callable[[], SessionReader],
        hold: Hold | None = None,
        path: Path | None = None,
        *,
        is_copy: bool = False,
    ) -> None:
        super().__init__(services)
        self._keeper = FileKeeper(path) if path is not None else None
        if is_copy:
            self.marking.hint = self.tr("This log is looked at in a copy: export it to keep its marks.")
        self._name = name
        self._hold = hold
        self._open_reader = open_reader
        reader = open_reader()
        try:
            self._info = reader.info
            self._secrets = SecretValues(reader.secrets())
            self._totals = reader.stored_totals()[0]
            self._size_bytes = 0
        finally:
            reader.close()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_head())
        column.addWidget(self.viewer, 1)
        self.viewer.follow_secrets(lambda: self._secrets)
        self.viewer.attach(open_reader, is_read_only=True)

    def mark_keeper(self) -> Keeper | None:
        return self._keeper

    @property
    def open_reader(self) -> Callable[[], SessionReader]:
        """Gives the calling thread a reader of the log."""
        return self._open_reader

    @property
    def title(self) -> str:
        """What was talked about and when, as the history has it; file names tell that to nobody."""
        address = redact_url(self._info.url, self._secrets)
        named = self._info.name or short_name(address.partition("?")[0])
        began = sizes.clock(self._info.created_ts_ns)[:5]
        return " · ".join(part for part in (named, self._info.label, began) if part) if named else self._name

    def tab_facts(self) -> TabFacts:
        when = sizes.date_and_time(self._info.created_ts_ns)
        tip = f"{self._name}\n{redact_url(self._info.url, self._secrets)}\n{when}"
        return TabFacts(title=self.title, icon="file", tip=tip)

    def status_facts(self) -> StatusFacts:
        return StatusFacts(
            state_words=self.tr("Log"),
            note=self.tr("Read-only"),
            sent_count=self._totals.sent_count,
            sent_bytes=self._totals.sent_bytes,
            received_count=self._totals.received_count,
            received_bytes=self._totals.received_bytes,
        )

    def shut_down(self) -> None:
        super().shut_down()
        if self._hold is not None:
            self._hold.release()

    def _make_head(self) -> Panel:
        look = self.services.look
        head = Panel("bg.surface", "bottom")
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        pill = Pill(look, self.tr("Log, read-only"), "neutral")
        row.addWidget(pill)
        row.addWidget(ElidedLabel(look, redact_url(self._info.url, self._secrets), "mono.url"), 1)
        row.addWidget(Label(look, sizes.date_and_time(self._info.created_ts_ns), "small", "text.2"))
        return head
