"""What a row of the list says when the mouse rests on it."""

from __future__ import annotations

import html

from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip

from wireyard.gui.timeline.amounts import time_text
from wireyard.gui.timeline.model import TimelineModel
from wireyard.gui.timeline.row_metrics import RowMetrics
from wireyard.gui.timeline.row_table import RowTable

TIP_CHARS = 1_000


def show_tip(event: QHelpEvent, table: RowTable, model: TimelineModel, metrics: RowMetrics) -> None:
    """Show the tip that belongs where the mouse is, or take away the one that is shown."""
    index = table.indexAt(event.pos())
    text = ""
    if index.isValid():
        text = _tip_text(model, index.row(), metrics, event.pos().x(), table.viewport().width())
    # Words of a server must not be taken for markup.
    shown = html.escape(text[:TIP_CHARS]).replace("\n", "<br>")
    QToolTip.showText(event.globalPos(), f"<qt>{shown}</qt>" if text else "", table.viewport(), table.visualRect(index))


def _tip_text(model: TimelineModel, number: int, metrics: RowMetrics, x: int, width: int) -> str:
    """Over Δ both times that it lies between; over words that end in … all of them."""
    row = model.row_at(number)
    if row is None:
        return ""
    if width - x <= metrics.size_inset:
        above = model.row_at(number - 1) if number else None
        return " → ".join(time_text("iso", one.ts_ns, 0) for one in (above, row) if one is not None and one.ts_ns)
    if x >= metrics.message_x_in(width) and width - x > metrics.message_inset:
        return model.note_of(row)
    return ""
