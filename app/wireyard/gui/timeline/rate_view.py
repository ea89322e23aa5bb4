"""Traffic at a glance: the sparkline and, where there is room, messages and bytes a second.

Repaints four times a second while something moves and stops by itself when the last bar has left.
"""

from __future__ import annotations

import time

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wireyard.domain.session import Totals
from wireyard.gui.theme.look import Look
from wireyard.gui.timeline.amounts import count_text, size_text
from wireyard.gui.timeline.rates import STILL, RateMeter, Rates
from wireyard.gui.timeline.sparkline import Sparkline
from wireyard.gui.widgets.label import Label

INTERVAL_MS = 250


class RateView(QWidget):
    """Give it running totals as they come."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._meter = RateMeter()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._on_timeout)
        self._spark = Sparkline(look, self)
        self._number = Label(look, "", "caption", "text.1", parent=self)
        self._unit = Label(look, self.tr("msg/s"), "status", "text.1", parent=self)
        self._size = Label(look, "", "status", "text.3", parent=self)
        self._figures = QWidget(self)
        self._lay_out()
        self._show(STILL)
        look.changed.connect(self._fit)
        self._fit()

    def reset(self, totals: Totals) -> None:
        """Begin another session, that has these totals already."""
        self._meter.reset(totals)
        self._timer.stop()
        self._show(STILL)

    def add(self, totals: Totals) -> None:
        """Take in the newest totals."""
        self._meter.add(time.monotonic(), totals)
        if not self._timer.isActive() and self.isVisible():
            self._timer.start()

    def show_figures(self, is_shown: bool) -> None:
        self._figures.setVisible(is_shown)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    @Slot()
    def _on_timeout(self) -> None:
        rates = self._meter.rates(time.monotonic())
        self._show(rates)
        if rates.is_still:
            self._timer.stop()

    def _show(self, rates: Rates) -> None:
        self._spark.show_rates(rates)
        number = (
            count_text(round(rates.messages_per_s)) if rates.messages_per_s >= 1 or not rates.messages_per_s else "<1"
        )
        size = self.tr("{0}/s").format(size_text(round(rates.bytes_per_s)))
        if number != self._number.text():
            self._number.setText(number)
        if size != self._size.text():
            self._size.setText(size)

    def _lay_out(self) -> None:
        self._top = QHBoxLayout()
        self._top.addWidget(self._number)
        self._top.addWidget(self._unit)
        self._top.addStretch(1)
        column = QVBoxLayout(self._figures)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        column.addLayout(self._top)
        column.addWidget(self._size)
        column.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._spark)
        self._row.addWidget(self._figures)

    @Slot()
    def _fit(self) -> None:
        # As wide as its widest figures: nothing beside it moves when numbers change.
        metrics = self._look.metrics("status")
        self._figures.setFixedWidth(round(metrics.horizontalAdvance("999,999 msg/s")) + self._look.px(4))
        self._row.setSpacing(self._look.px(8))
        self._top.setSpacing(self._look.px(4))
