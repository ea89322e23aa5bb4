"""What people do with rows: select, sum, copy, open, resend, go on to the next of a kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker
from tests.gui.timeline.conftest import Session

from wireyard.gui.timeline.model import TimelineModel
from wireyard.gui.timeline.panel import TimelinePanel
from wireyard.gui.timeline.row_menu import RowMenu
from wireyard.recording.search import RowFilter

Ctrl = Qt.KeyboardModifier.ControlModifier
Shift = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def talk(session: Session, wait_rows: Callable[[int], None], panel: TimelinePanel) -> Session:
    """1 sent a · 2 received b · 3 binary · 4 not sent · 5 received e · 6 sent f · 7 closed."""
    session.sent("a")
    session.received("b")
    session.binary(b"\x00\x01\x02")
    session.failed("d")
    session.received('{"e": "ü"}')
    session.sent("f")
    session.closed(1011)
    wait_rows(7)
    panel.focus_list()
    return session


def click(
    qtbot: QtBot, listed: QTableView, row: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    spot = listed.visualRect(listed.model().index(row, 0)).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, modifier, spot)


def carried(signal: SignalBlocker) -> Any:
    """What a signal that was waited for carried."""
    assert signal.args is not None
    return signal.args[0]


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def menu_texts(panel: TimelinePanel, qtbot: QtBot, listed: QTableView, row: int) -> list[str]:
    spot = listed.visualRect(listed.model().index(row, 0)).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.RightButton, pos=spot)
    listed.customContextMenuRequested.emit(spot)
    menu = panel.findChildren(RowMenu)[-1]
    texts = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    menu.close()
    return texts


def test_a_click_selects_and_tells_the_number(
    qtbot: QtBot, panel: TimelinePanel, listed: QTableView, talk: Session
) -> None:
    with qtbot.waitSignal(panel.message_selected, check_params_cb=lambda seq: seq == 3):
        click(qtbot, listed, 2)
    assert panel.selected_seq == 3


def test_keys_move_and_a_held_key_tells_only_where_it_rests(
    qtbot: QtBot, panel: TimelinePanel, listed: QTableView, talk: Session
) -> None:
    told: list[int] = []
    panel.message_selected.connect(told.append)
    click(qtbot, listed, 0)
    for _ in range(4):
        qtbot.keyClick(listed, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: told[-1] == 5)
    assert told == [1, 5]


def test_the_first_key_begins_at_what_is_seen(
    qtbot: QtBot, panel: TimelinePanel, listed: QTableView, talk: Session
) -> None:
    qtbot.keyClick(listed, Qt.Key.Key_Up)
    assert panel.selected_seq == 7


def test_several_rows_are_summed(qtbot: QtBot, panel: TimelinePanel, listed: QTableView, talk: Session) -> None:
    click(qtbot, listed, 0)
    with qtbot.waitSignal(
        panel.selection_changed, check_params_cb=lambda sums: sums is not None and sums.is_complete
    ) as signal:
        click(qtbot, listed, 2, Shift)
    sums = carried(signal)
    assert (sums.rows, sums.size_bytes, sums.span_ns) == (3, 5, 2_000_000)
    with qtbot.waitSignal(panel.selection_changed, check_params_cb=lambda sums: sums is None):
        click(qtbot, listed, 0)


def test_select_all_sums_everything(
    qtbot: QtBot, panel: TimelinePanel, listed: QTableView, session: Session, wait_rows: Callable[[int], None]
) -> None:
    session.many(500, "%03d")
    wait_rows(500)
    panel.focus_list()
    with qtbot.waitSignal(
        panel.selection_changed, check_params_cb=lambda sums: sums is not None and sums.is_complete
    ) as signal:
        qtbot.keyClick(listed, Qt.Key.Key_A, Ctrl)
    assert (carried(signal).rows, carried(signal).size_bytes) == (500, 1_500)


def test_matches_of_a_filter_are_summed_one_by_one(
    qtbot: QtBot, panel: TimelinePanel, listed: QTableView, session: Session, wait_rows: Callable[[int], None]
) -> None:
    for _ in range(5):
        session.received("yes", "no no no")
    wait_rows(10)
    panel.set_filter(RowFilter(text="yes"))
    qtbot.waitUntil(lambda: panel.row_count == 5)
    panel.focus_list()
    with qtbot.waitSignal(
        panel.selection_changed, check_params_cb=lambda sums: sums is not None and sums.is_complete
    ) as signal:
        qtbot.keyClick(listed, Qt.Key.Key_A, Ctrl)
    assert (carried(signal).rows, carried(signal).size_bytes) == (5, 15)


def test_copy_takes_the_exact_text(qtbot: QtBot, panel: TimelinePanel, listed: QTableView, talk: Session) -> None:
    click(qtbot, listed, 4)
    with qtbot.waitSignal(panel.copied):
        qtbot.keyClick(listed, Qt.Key.Key_C, Ctrl)
    assert clipboard() == '{"e": "ü"}'


def test_copy_of_several_rows_and_of_binary(
    qtbot: QtBot, panel: TimelinePanel, listed: QTableView, talk: Session
) -> None:
    click(qtbot, listed, 1)
    click(qtbot, listed, 2, Ctrl)
    with qtbot.waitSignal(panel.copied):
        qtbot.keyClick(listed, Qt.Key.Key_C, Ctrl)
    assert clipboard() == "b\n00 01 02"


def test_copy_as_row_text(qtbot: QtBot, panel: TimelinePanel, listed: QTableView, talk: Session) -> None:
    click(qtbot, listed, 1)
    with qtbot.waitSignal(panel.copied):
        qtbot.keyClick(listed, Qt.Key.Key_C, Ctrl | Shift)
    assert clipboard().endswith("  ↓  b  (1 B)")


@pytest.mark.parametrize(
    ("key", "signal"),
    [
        (Qt.Key.Key_R, "resend_requested"),
        (Qt.Key.Key_E, "edit_resend_requested"),
        (Qt.Key.Key_Return, "inspect_requested"),
    ],
)
def test_letters_act_on_the_current_message(
    qtbot: QtBot, panel: TimelinePanel, listed: QTableView, talk: Session, key: Qt.Key, signal: str
) -> None:
    click(qtbot, listed, 1)
    with qtbot.waitSignal(getattr(panel, signal), check_params_cb=lambda seq: seq == 2):
        qtbot.keyClick(listed, key)


def test_letters_do_nothing_in_the_filter_field(
    qtbot: QtBot, panel: TimelinePanel, listed: QTableView, talk: Session
) -> None:
    click(qtbot, listed, 1)
    panel.focus_filter()
    with qtbot.assertNotEmitted(panel.resend_requested):
        qtbot.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_R)


def test_a_double_click_asks_to_open(qtbot: QtBot, panel: TimelinePanel, listed: QTableView, talk: Session) -> None:
    spot = listed.visualRect(listed.model().index(4, 0)).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    with qtbot.waitSignal(panel.open_requested, check_params_cb=lambda seq: seq == 5):
        qtbot.mouseDClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def test_brackets_go_on_in_the_same_direction(
    qtbot: QtBot, panel: TimelinePanel, listed: QTableView, talk: Session
) -> None:
    click(qtbot, listed, 1)
    qtbot.keyClicks(listed, "]")
    qtbot.waitUntil(lambda: panel.selected_seq == 3)
    qtbot.keyClicks(listed, "]")
    qtbot.waitUntil(lambda: panel.selected_seq == 5)
    qtbot.keyClicks(listed, "[")
    qtbot.waitUntil(lambda: panel.selected_seq == 3)


def test_shifted_brackets_go_to_trouble(qtbot: QtBot, panel: TimelinePanel, listed: QTableView, talk: Session) -> None:
    click(qtbot, listed, 0)
    qtbot.keyClick(listed, Qt.Key.Key_BraceRight, Shift)
    qtbot.keyClicks(listed, "}")
    qtbot.waitUntil(lambda: panel.selected_seq == 4)
    qtbot.keyClicks(listed, "}")
    qtbot.waitUntil(lambda: panel.selected_seq == 7)
    qtbot.keyClicks(listed, "{")
    qtbot.waitUntil(lambda: panel.selected_seq == 4)


def test_the_menu_offers_what_works(qtbot: QtBot, panel: TimelinePanel, listed: QTableView, talk: Session) -> None:
    assert menu_texts(panel, qtbot, listed, 1) == [
        "Copy payload", "Copy as row text", "Resend", "Edit and resend", "Save payload…", "Preview path…",
        "Mark",
    ]  # fmt: skip
    assert menu_texts(panel, qtbot, listed, 6) == ["Copy", "Copy as row text", "Mark"]
    panel.marks.put(1, "here")
    assert menu_texts(panel, qtbot, listed, 0)[-1] == "Change the mark…"


def test_the_menu_of_several_rows_exports_them(
    qtbot: QtBot, panel: TimelinePanel, listed: QTableView, talk: Session
) -> None:
    click(qtbot, listed, 1)
    click(qtbot, listed, 3, Shift)
    assert menu_texts(panel, qtbot, listed, 2) == ["Copy", "Copy as row text", "Export selected…"]
    with qtbot.waitSignal(panel.export_requested) as signal:
        panel.export()
    assert [list(part) for part in carried(signal)] == [[2, 3, 4]]


def test_export_of_one_row_is_export_of_all(
    qtbot: QtBot, panel: TimelinePanel, listed: QTableView, talk: Session
) -> None:
    click(qtbot, listed, 1)
    with qtbot.waitSignal(panel.export_requested, check_params_cb=lambda parts: parts is None):
        qtbot.keyClick(listed, Qt.Key.Key_E, Ctrl | Shift)


def test_a_read_only_session_offers_no_sending(
    qtbot: QtBot, panel: TimelinePanel, listed: QTableView, talk: Session
) -> None:
    panel.attach(talk.recording.reader, is_read_only=True)
    assert menu_texts(panel, qtbot, listed, 1) == [
        "Copy payload", "Copy as row text", "Save payload…", "Preview path…", "Mark",
    ]  # fmt: skip
    with qtbot.assertNotEmitted(panel.resend_requested):
        qtbot.keyClick(listed, Qt.Key.Key_R)


def test_escape_asks_and_the_selection_can_be_let_go(
    qtbot: QtBot, panel: TimelinePanel, listed: QTableView, talk: Session
) -> None:
    click(qtbot, listed, 1)
    with qtbot.waitSignal(panel.escape_pressed):
        qtbot.keyClick(listed, Qt.Key.Key_Escape)
    panel.clear_selection()
    assert panel.selected_seq is None


def test_times_count_from_the_opening(
    qtbot: QtBot, panel: TimelinePanel, session: Session, listed: QTableView, wait_rows: Callable[[int], None]
) -> None:
    session.received("before")
    session.opened()
    session.received("after")
    wait_rows(3)
    panel.set_time_style("since_open")
    model = listed.model()
    assert isinstance(model, TimelineModel)

    def since_open_ms(row: int) -> float:
        record = model.row_at(row)
        assert record is not None
        return model.times_of(row, record).since_open_ns / 1e6

    qtbot.waitUntil(lambda: [since_open_ms(row) for row in range(3)] == [-4.0, 0.0, 1.0])


def test_marks_are_copied_with_the_text_of_their_rows(
    qtbot: QtBot, panel: TimelinePanel, listed: QTableView, talk: Session
) -> None:
    click(qtbot, listed, 1)
    panel.marks.put(2, "here")
    with qtbot.waitSignal(panel.copied) as signal:
        qtbot.keyClick(listed, Qt.Key.Key_C, Ctrl | Shift)
    assert carried(signal).text.endswith("  [Mark: here]")
