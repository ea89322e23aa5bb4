"""Where the columns of a row stand when there is little room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot
from tests.gui.timeline.conftest import Session

from wireyard.gui.theme.look import Look
from wireyard.gui.timeline.header import Header
from wireyard.gui.timeline.panel import TimelinePanel
from wireyard.gui.timeline.row_metrics import RowMetrics


@pytest.mark.parametrize("zoom", [100, 175, 200])
def test_a_date_gives_way_before_it_runs_into_the_size(look: Look, zoom: int) -> None:
    look.set_zoom(zoom)
    metrics = RowMetrics(look, "iso")
    widths = range(look.px(300), look.px(900), 7)
    assert {metrics.style_in(width) for width in widths} == {"clock", "iso"}
    for width in widths:
        chars = 23 if metrics.style_in(width) == "iso" else 12
        end = metrics.time_x + chars * metrics.mono_small.char
        assert end < metrics.message_x_in(width) < width - metrics.message_inset


def test_short_times_never_change(look: Look) -> None:
    metrics = RowMetrics(look, "utc")
    assert {metrics.style_in(width) for width in range(100, 900, 50)} == {"utc"}


def test_rows_and_header_agree(look: Look, qtbot: QtBot, session: Session, panel: TimelinePanel) -> None:
    panel.set_time_style("iso")
    look.set_zoom(200)
    panel.resize(760, 400)
    header = panel.findChild(Header)
    assert header is not None
    words = round(look.metrics("status.medium").horizontalAdvance("Message")) + look.px(10)
    width = panel.list_widget.viewport().width()  # pyright: ignore[reportAttributeAccessIssue]
    assert header.path_x - words == RowMetrics(look, "iso").message_x_in(width)


def test_the_word_message_is_not_cut_while_there_is_room(look: Look, qtbot: QtBot) -> None:
    """Between the columns of 200 % there is room for the whole word, though not in its own column."""
    look.set_zoom(200)
    metrics = RowMetrics(look, "clock")
    words = look.metrics("status.medium")
    width = (
        metrics.message_x_in(10_000) + metrics.message_inset + round(words.horizontalAdvance("Message")) - look.px(6)
    )
    header = Header(look, metrics)
    qtbot.addWidget(header)
    header.resize(width, look.px(28))
    wide = Header(look, metrics)
    qtbot.addWidget(wide)
    wide.resize(width + look.px(200), look.px(28))
    x, span = metrics.message_x_in(width), round(words.horizontalAdvance("Message"))

    def word(of: Header) -> QImage:
        image = QImage(of.size(), QImage.Format.Format_RGB32)
        painter = QPainter(image)
        of.render(painter, QPoint())
        painter.end()
        return image.copy(x, 0, span, of.height())

    assert word(header) == word(wide)
