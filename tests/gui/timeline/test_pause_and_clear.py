"""Pause freezes what is seen, Clear hides it; neither touches the recording."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QTableView
from pytestqt.qtbot import QtBot
from tests.gui.timeline.conftest import Session
from tests.helpers.recordings import reading

from wireyard.gui.timeline.panel import TimelinePanel
from wireyard.recording.search import RowFilter


def shows(panel: TimelinePanel, text: str) -> bool:
    return any(button.text() == text and button.isVisible() for button in panel.findChildren(QAbstractButton))


def test_pause_freezes_the_list_and_counts(
    qtbot: QtBot, panel: TimelinePanel, session: Session, wait_rows: Callable[[int], None]
) -> None:
    session.many(3)
    wait_rows(3)
    panel.pause()
    session.many(340)
    session.flush()
    qtbot.waitUntil(lambda: shows(panel, "Paused · 340 waiting"))
    assert panel.row_count == 3
    panel.resume()
    assert panel.row_count == 343
    assert not shows(panel, "Paused · 340 waiting")


def test_resume_shows_hidden_records_as_little_as_before(
    qtbot: QtBot, panel: TimelinePanel, session: Session, wait_rows: Callable[[int], None]
) -> None:
    session.received("a")
    wait_rows(1)
    panel.pause()
    session.opened()
    session.ping()
    session.pong()
    session.flush()
    qtbot.waitUntil(lambda: panel.total_rows == 3)
    panel.resume()
    assert panel.row_count == 3


def test_pause_holds_what_a_filter_finds(
    qtbot: QtBot, panel: TimelinePanel, session: Session, wait_rows: Callable[[int], None]
) -> None:
    session.received("yes", "no")
    wait_rows(2)
    panel.set_filter(RowFilter(text="yes"))
    qtbot.waitUntil(lambda: panel.row_count == 1)
    panel.pause()
    session.received("yes", "no", "yes")
    session.flush()
    qtbot.waitUntil(lambda: shows(panel, "Paused · 2 waiting"))
    panel.resume()
    assert panel.row_count == 3


def test_the_pill_and_the_keyboard_resume(
    qtbot: QtBot, panel: TimelinePanel, listed: QTableView, session: Session, wait_rows: Callable[[int], None]
) -> None:
    session.received("x")
    wait_rows(1)
    panel.focus_list()
    qtbot.keyClick(listed, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert panel.is_paused
    words = next(button for button in panel.findChildren(QAbstractButton) if button.text() == "Paused")
    qtbot.mouseClick(words, Qt.MouseButton.LeftButton)
    assert not panel.is_paused


def test_end_of_pause_goes_on_following(
    panel: TimelinePanel, listed: QTableView, session: Session, wait_rows: Callable[[int], None]
) -> None:
    session.many(60)
    wait_rows(60)
    panel.pause()
    session.many(60)
    session.flush()
    panel.catch_up()
    panel.resume()
    wait_rows(120)
    assert listed.verticalScrollBar().value() == listed.verticalScrollBar().maximum()


def test_clear_hides_and_undo_brings_back(
    qtbot: QtBot, panel: TimelinePanel, session: Session, wait_rows: Callable[[int], None]
) -> None:
    session.many(20)
    wait_rows(20)
    with qtbot.waitSignal(panel.cleared):
        panel.clear()
    assert panel.row_count == 0
    session.received("new")
    wait_rows(1)
    panel.undo_clear()
    assert panel.row_count == 21
    with reading(session.recording) as reader:
        assert reader.last_seq() == 21


def test_clear_lets_the_selected_message_go(
    qtbot: QtBot, panel: TimelinePanel, session: Session, wait_rows: Callable[[int], None]
) -> None:
    session.many(5)
    wait_rows(5)
    panel.select(3)
    with qtbot.waitSignal(panel.message_selected, check_params_cb=lambda seq: seq is None):
        panel.clear()
