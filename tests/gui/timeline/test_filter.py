"""The filter finds rows on a thread, goes on with what comes, and gives the place back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QTableView
from pytestqt.qtbot import QtBot
from tests.gui.timeline.conftest import Session

from wireyard.domain.frame import Direction
from wireyard.gui.timeline.panel import TimelinePanel
from wireyard.recording.search import RowFilter


@pytest.fixture
def mixed(session: Session, wait_rows: Callable[[int], None]) -> Session:
    """Ten orders between ninety ticks, and ten sent ones."""
    for number in range(10):
        session.received(f'{{"order":{number}}}')
        session.many(9, '{"tick":%d}')
        session.sent(f"Order please {number}")
    wait_rows(110)
    return session


def field(panel: TimelinePanel) -> QLineEdit:
    return panel.findChildren(QLineEdit)[0]


def button(panel: TimelinePanel, name: str) -> QAbstractButton:
    return next(
        button
        for button in panel.findChildren(QAbstractButton)
        if name in (button.text(), button.accessibleName()) and button.isVisible()
    )


def says(panel: TimelinePanel, text: str) -> bool:
    return any(label.text() == text and label.isVisible() for label in panel.findChildren(QLabel))


def test_typing_filters_and_counts(qtbot: QtBot, panel: TimelinePanel, mixed: Session) -> None:
    qtbot.keyClicks(field(panel), "order")
    qtbot.waitUntil(lambda: panel.row_count == 20)
    assert says(panel, "20 of 110")


def test_match_case(qtbot: QtBot, panel: TimelinePanel, mixed: Session) -> None:
    qtbot.keyClicks(field(panel), "Order")
    qtbot.mouseClick(button(panel, "Match case"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.row_count == 10)


def test_direction(qtbot: QtBot, panel: TimelinePanel, mixed: Session) -> None:
    qtbot.mouseClick(button(panel, "↑ Sent"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.row_count == 10)
    assert panel.row_filter == RowFilter(direction=Direction.SENT)


def test_what_comes_later_is_filtered_too(qtbot: QtBot, panel: TimelinePanel, mixed: Session) -> None:
    panel.set_filter(RowFilter(text="order"))
    qtbot.waitUntil(lambda: panel.row_count == 20)
    mixed.received("tick", "another order", "tick")
    mixed.flush()
    qtbot.waitUntil(lambda: panel.row_count == 21 and panel.total_rows == 113)
    assert says(panel, "21 of 113")


def test_the_model_keeps_the_rules_under_a_filter(
    qtbot: QtBot, panel: TimelinePanel, listed: QTableView, mixed: Session
) -> None:
    tester = QAbstractItemModelTester(listed.model(), QAbstractItemModelTester.FailureReportingMode.Warning)
    panel.set_filter(RowFilter(text="order"))
    qtbot.waitUntil(lambda: panel.row_count == 20)
    mixed.received("order order")
    mixed.flush()
    qtbot.waitUntil(lambda: panel.row_count == 21)
    panel.clear_filter()
    qtbot.waitUntil(lambda: panel.row_count == 111)
    tester.deleteLater()


def test_no_match_offers_to_clear_the_filter(qtbot: QtBot, panel: TimelinePanel, mixed: Session) -> None:
    panel.set_filter(RowFilter(text="nowhere"))
    qtbot.waitUntil(lambda: says(panel, "No message matches"))
    inside = [button for button in panel.list_widget.findChildren(QAbstractButton) if button.isVisible()]
    qtbot.mouseClick(inside[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.row_count == 110)
    assert field(panel).text() == ""


def test_the_selected_message_stays_selected(qtbot: QtBot, panel: TimelinePanel, mixed: Session) -> None:
    panel.select(12)
    chosen = panel.selected_seq
    panel.set_filter(RowFilter(text="order"))
    qtbot.waitUntil(lambda: panel.row_count == 20)
    assert panel.selected_seq == chosen
    panel.clear_filter()
    assert panel.selected_seq == chosen


def test_a_selected_message_that_is_filtered_out_is_let_go(qtbot: QtBot, panel: TimelinePanel, mixed: Session) -> None:
    panel.select(3)
    with qtbot.waitSignal(panel.message_selected, check_params_cb=lambda seq: seq is None):
        panel.set_filter(RowFilter(text="order"))


def test_a_reader_keeps_the_place(qtbot: QtBot, panel: TimelinePanel, listed: QTableView, mixed: Session) -> None:
    qtbot.keyClick(listed, Qt.Key.Key_Home)
    listed.verticalScrollBar().setValue(50 * 28)
    panel.set_filter(RowFilter(text="order"))
    qtbot.waitUntil(lambda: panel.row_count == 20)
    panel.clear_filter()
    assert abs(listed.verticalScrollBar().value() - 50 * 28) <= 12 * 28
    assert not panel.is_following


def test_following_goes_on_under_a_filter(
    qtbot: QtBot, panel: TimelinePanel, listed: QTableView, mixed: Session
) -> None:
    panel.set_filter(RowFilter(text="tick"))
    qtbot.waitUntil(lambda: panel.row_count == 90)
    mixed.many(40, "tick %d")
    mixed.flush()
    qtbot.waitUntil(lambda: panel.row_count == 130)
    assert panel.is_following
    assert listed.verticalScrollBar().value() == listed.verticalScrollBar().maximum()


def test_a_filter_set_before_there_is_a_session_holds(qtbot: QtBot, panel: TimelinePanel, session: Session) -> None:
    panel.detach()
    panel.set_filter(RowFilter(text="b"))
    session.received("a", "b", "ab")
    session.flush()
    panel.attach(session.recording.reader)
    qtbot.waitUntil(lambda: panel.row_count == 2)


def test_many_changes_leave_only_the_last_one(qtbot: QtBot, panel: TimelinePanel, mixed: Session) -> None:
    for text in ("o", "or", "ord", "orde", "order 1", "tick"):
        panel.set_filter(RowFilter(text=text))
    qtbot.waitUntil(lambda: panel.row_count == 90)


def test_clear_under_a_filter_shows_only_what_comes(qtbot: QtBot, panel: TimelinePanel, mixed: Session) -> None:
    panel.set_filter(RowFilter(text="order"))
    qtbot.waitUntil(lambda: panel.row_count == 20)
    panel.clear()
    qtbot.waitUntil(lambda: panel.row_count == 0)
    mixed.received("one more order", "tick")
    mixed.flush()
    qtbot.waitUntil(lambda: panel.row_count == 1)
    panel.undo_clear()
    qtbot.waitUntil(lambda: panel.row_count == 21)
