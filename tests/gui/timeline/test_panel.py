"""Rows come as the writer commits them, with little work for any number of messages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot
from tests.gui.timeline.conftest import Session

from wireyard.gui.theme.look import Look
from wireyard.gui.timeline.empty_state import EmptyState
from wireyard.gui.timeline.model import SEQ_ROLE, TimelineModel
from wireyard.gui.timeline.panel import TimelinePanel
from wireyard.gui.widgets.state import ConnectionState


def texts(model: QAbstractItemModel) -> list[str]:
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def sentence(model: QAbstractItemModel, row: int) -> str:
    return model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)


@pytest.fixture
def tester(listed: QTableView) -> QAbstractItemModelTester:
    """Fails the test by Qt's log when the model breaks a rule."""
    return QAbstractItemModelTester(listed.model(), QAbstractItemModelTester.FailureReportingMode.Warning, listed)


@pytest.mark.usefixtures("tester")
def test_messages_appear_in_order(session: Session, listed: QTableView, wait_rows: Callable[[int], None]) -> None:
    session.sent("hello")
    session.received("world")
    wait_rows(2)
    assert texts(listed.model()) == ["hello", "world"]


@pytest.mark.usefixtures("tester")
def test_steps_close_frames_and_pongs_have_no_rows_of_their_own(
    session: Session, listed: QTableView, wait_rows: Callable[[int], None]
) -> None:
    session.opened()
    session.ping()
    session.pong()
    session.closed()
    wait_rows(3)
    assert [text.split()[0] for text in texts(listed.model())] == ["Connected", "PING", "Closed"]


def test_a_ping_row_changes_when_its_pong_comes(
    qtbot: QtBot, session: Session, listed: QTableView, wait_rows: Callable[[int], None]
) -> None:
    session.ping()
    wait_rows(1)
    assert "answered" not in texts(listed.model())[0]
    with qtbot.waitSignal(listed.model().dataChanged):
        session.pong()
        session.flush()
    assert "Ping answered round trip 1 ms" in texts(listed.model())[0]


def test_pings_in_a_row_fold_into_one(
    session: Session, listed: QTableView, wait_rows: Callable[[int], None], qtbot: QtBot
) -> None:
    for number in range(14):
        session.ping(b"%d" % number)
        session.pong(b"%d" % number)
    wait_rows(1)
    qtbot.waitUntil(lambda: "×14" in texts(listed.model())[0])


def test_a_flood_is_few_insertions(session: Session, listed: QTableView, wait_rows: Callable[[int], None]) -> None:
    insertions: list[int] = []
    listed.model().rowsInserted.connect(lambda _parent, first, last: insertions.append(last - first + 1))
    session.many(3_000)
    wait_rows(3_000)
    assert sum(insertions) == 3_000
    assert len(insertions) < 60


def test_a_session_that_is_recorded_already_is_shown_at_once(qtbot: QtBot, look: Look, session: Session) -> None:
    session.many(500)
    session.flush()
    panel = TimelinePanel(look)
    qtbot.addWidget(panel)
    panel.attach(session.recording.reader, is_read_only=True)
    assert panel.row_count == 500
    assert not panel.is_following
    panel.shut_down()


def test_a_hidden_panel_takes_in_what_came_when_it_is_shown(
    qtbot: QtBot, panel: TimelinePanel, session: Session
) -> None:
    panel.hide()
    session.many(50)
    session.flush()
    panel.show()
    qtbot.waitUntil(lambda: panel.row_count == 50)


def test_steps_vanish_when_their_handshake_succeeds_late(
    session: Session, listed: QTableView, wait_rows: Callable[[int], None]
) -> None:
    session.opened()
    wait_rows(1)
    assert texts(listed.model())[0].startswith("Connected")


def test_rows_tell_screen_readers_what_they_are(
    session: Session, listed: QTableView, wait_rows: Callable[[int], None]
) -> None:
    session.sent("a")
    session.received('{"b":2}')
    wait_rows(2)
    assert sentence(listed.model(), 0).startswith("Sent, text, 1 byte, ")
    assert "1 millisecond after previous" in sentence(listed.model(), 1)


def test_the_record_of_a_row_is_known_by_number(
    session: Session, listed: QTableView, wait_rows: Callable[[int], None]
) -> None:
    session.opened()
    session.received("x")
    wait_rows(2)
    model = listed.model()
    assert [model.index(row, 0).data(SEQ_ROLE) for row in range(2)] == [4, 5]


def test_nothing_runs_while_nothing_happens(
    qtbot: QtBot, panel: TimelinePanel, session: Session, wait_rows: Callable[[int], None]
) -> None:
    session.received("x")
    wait_rows(1)
    ticks: list[None] = []
    panel.arrived.connect(lambda _: ticks.append(None))
    with qtbot.assertNotEmitted(panel.arrived, wait=150):
        pass
    assert not ticks


def test_progress_after_the_end_is_harmless(qtbot: QtBot, look: Look, session: Session) -> None:
    panel = TimelinePanel(look)
    qtbot.addWidget(panel)
    session.listen(panel.on_progress)
    panel.attach(session.recording.reader)
    panel.shut_down()
    session.received("late")
    session.flush()
    assert panel.row_count == 0


def test_a_model_without_a_source_is_empty() -> None:
    model = TimelineModel()
    assert model.rowCount() == 0
    assert model.row_at(0) is None


def test_an_empty_list_says_what_to_do(qtbot: QtBot, panel: TimelinePanel, session: Session) -> None:
    from PySide6.QtWidgets import QPushButton

    def buttons() -> list[QPushButton]:
        return [button for button in panel.list_widget.findChildren(QPushButton) if button.isVisible()]

    assert [button.text() for button in buttons()] == ["Write a message"]
    panel.set_live(ConnectionState.CLOSED)
    assert [button.text() for button in buttons()] == ["Connect"]
    with qtbot.waitSignal(panel.connect_requested):
        qtbot.mouseClick(buttons()[0], Qt.MouseButton.LeftButton)
    session.received("x")
    session.flush()
    qtbot.waitUntil(lambda: not buttons())


def test_the_sentence_of_a_silent_connection_covers_no_row(
    qtbot: QtBot, session: Session, panel: TimelinePanel, wait_rows: Callable[[int], None]
) -> None:
    panel.show()
    panel.set_live(ConnectionState.OPEN)
    empty = panel.findChild(EmptyState)
    assert empty is not None
    session.opened()
    for _ in range(2):
        session.closed()
        session.opened()
    wait_rows(5)
    qtbot.waitUntil(empty.isVisible)
    panel.resize(690, 270)
    qtbot.waitUntil(empty.isHidden)
    panel.resize(690, 530)
    qtbot.waitUntil(empty.isVisible)
