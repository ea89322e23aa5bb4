"""Follow as people meet it: the list keeps to its end until they do something, and then never moves by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QTableView
from pytestqt.qtbot import QtBot
from tests.gui.timeline.conftest import Session

from wireyard.gui.theme.look import Look
from wireyard.gui.timeline.arrivals_pill import ArrivalsPill
from wireyard.gui.timeline.panel import TimelinePanel
from wireyard.recording.search import RowFilter


@pytest.fixture
def full(session: Session, wait_rows: Callable[[int], None]) -> Session:
    """A session longer than the list is high."""
    session.many(100)
    wait_rows(100)
    return session


def pill(panel: TimelinePanel) -> QAbstractButton:
    return panel.findChildren(ArrivalsPill)[0]


def at_end(listed: QTableView) -> bool:
    bar = listed.verticalScrollBar()
    return bar.value() == bar.maximum()


def wheel(listed: QTableView, steps: int) -> None:
    viewport = listed.viewport()
    spot = QPointF(viewport.rect().center())
    event = QWheelEvent(
        spot, QPointF(viewport.mapToGlobal(spot.toPoint())), QPoint(), QPoint(0, steps * 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewport, event)


def click_row(qtbot: QtBot, listed: QTableView, row: int) -> None:
    rect = listed.visualRect(listed.model().index(row, 0))
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


def test_it_follows_from_the_start(panel: TimelinePanel, listed: QTableView, full: Session) -> None:
    assert panel.is_following
    assert at_end(listed)


def test_the_wheel_upwards_ends_it_and_arrivals_move_nothing(
    panel: TimelinePanel, listed: QTableView, full: Session, wait_rows: Callable[[int], None]
) -> None:
    wheel(listed, 1)
    assert not panel.is_following
    place = listed.verticalScrollBar().value()
    full.many(128)
    wait_rows(228)
    assert listed.verticalScrollBar().value() == place
    assert pill(panel).isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_PageUp, Qt.Key.Key_Home, Qt.Key.Key_Up])
def test_keys_upwards_end_it(
    qtbot: QtBot, panel: TimelinePanel, listed: QTableView, full: Session, key: Qt.Key
) -> None:
    qtbot.keyClick(listed, key)
    assert not panel.is_following


def test_selecting_at_the_end_stays_there_and_counts(
    qtbot: QtBot, panel: TimelinePanel, listed: QTableView, full: Session, wait_rows: Callable[[int], None]
) -> None:
    click_row(qtbot, listed, 99)
    assert not panel.is_following
    place = listed.verticalScrollBar().value()
    full.many(5)
    wait_rows(105)
    assert listed.verticalScrollBar().value() == place
    assert pill(panel).text() == "5 new messages"


def test_the_count_is_capped(
    qtbot: QtBot, panel: TimelinePanel, listed: QTableView, full: Session, wait_rows: Callable[[int], None]
) -> None:
    qtbot.keyClick(listed, Qt.Key.Key_Home)
    full.many(1_200)
    wait_rows(1_300)
    assert pill(panel).text() == "999+ new messages"


def test_rows_that_fit_are_not_counted_as_unseen(
    qtbot: QtBot, panel: TimelinePanel, listed: QTableView, session: Session, wait_rows: Callable[[int], None]
) -> None:
    session.many(2)
    wait_rows(2)
    click_row(qtbot, listed, 0)
    session.many(3)
    wait_rows(5)
    assert not pill(panel).isVisible()


def test_the_pill_goes_to_the_newest(
    qtbot: QtBot, panel: TimelinePanel, listed: QTableView, full: Session, wait_rows: Callable[[int], None]
) -> None:
    qtbot.keyClick(listed, Qt.Key.Key_Home)
    full.many(10)
    wait_rows(110)
    qtbot.mouseClick(pill(panel), Qt.MouseButton.LeftButton)
    assert panel.is_following
    assert at_end(listed)
    assert not pill(panel).isVisible()


def test_end_goes_to_the_newest_and_follows(
    qtbot: QtBot, panel: TimelinePanel, listed: QTableView, full: Session, wait_rows: Callable[[int], None]
) -> None:
    qtbot.keyClick(listed, Qt.Key.Key_Home)
    qtbot.keyClick(listed, Qt.Key.Key_End)
    assert panel.is_following
    full.many(10)
    wait_rows(110)
    assert at_end(listed)


def test_scrolling_down_to_the_end_turns_it_on(panel: TimelinePanel, listed: QTableView, full: Session) -> None:
    wheel(listed, 2)
    assert not panel.is_following
    wheel(listed, -10)
    assert panel.is_following


def test_the_wheel_downwards_at_the_end_turns_it_on(
    qtbot: QtBot, panel: TimelinePanel, listed: QTableView, full: Session
) -> None:
    click_row(qtbot, listed, 99)
    wheel(listed, -1)
    assert panel.is_following


def test_a_smaller_window_still_shows_the_end(panel: TimelinePanel, listed: QTableView, full: Session) -> None:
    panel.resize(690, 330)
    assert panel.is_following
    assert at_end(listed)


def test_zoom_keeps_the_first_row_in_place(
    qtbot: QtBot, look: Look, panel: TimelinePanel, listed: QTableView, full: Session
) -> None:
    qtbot.keyClick(listed, Qt.Key.Key_Home)
    listed.verticalScrollBar().setValue(40 * 28)
    look.set_zoom(200)
    assert listed.verticalScrollBar().value() == 40 * 56
    assert not panel.is_following


def test_the_button_turns_it_off_and_on(qtbot: QtBot, panel: TimelinePanel, full: Session) -> None:
    button = next(button for button in panel.findChildren(QAbstractButton) if button.text() == "Follow")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not panel.is_following
    assert button.accessibleName() == "Follow newest messages, off"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert panel.is_following


def test_dropping_the_rows_of_a_late_handshake_does_not_end_it(
    panel: TimelinePanel, listed: QTableView, full: Session, wait_rows: Callable[[int], None]
) -> None:
    full.opened()
    wait_rows(101)
    assert panel.is_following
    assert at_end(listed)


def test_coming_to_the_last_row_by_keys_does_not_follow(
    qtbot: QtBot, panel: TimelinePanel, listed: QTableView, full: Session, wait_rows: Callable[[int], None]
) -> None:
    qtbot.keyClick(listed, Qt.Key.Key_Home)
    for _ in range(12):
        qtbot.keyClick(listed, Qt.Key.Key_PageDown)
    assert panel.selected_seq == 100
    assert not panel.is_following
    place = listed.verticalScrollBar().value()
    full.many(5)
    wait_rows(105)
    assert listed.verticalScrollBar().value() == place


def test_a_filter_does_not_scroll_to_the_selected_row(
    qtbot: QtBot, panel: TimelinePanel, listed: QTableView, full: Session
) -> None:
    panel.select(2)
    listed.verticalScrollBar().setValue(60 * 28)
    panel.set_filter(RowFilter(text="seq"))
    qtbot.waitUntil(lambda: panel.selected_seq == 2 and panel.row_count == 100)
    assert listed.verticalScrollBar().value() == 60 * 28
