"""Past sessions: listed by day, searched, opened, kept, and deleted with Undo."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from tests.helpers.recordings import closed, failed, message, opened, record

from wireyard.domain.session import Totals
from wireyard.gui.sidebar.history_rows import HistoryRow, Names, facts_of, rows_for, sentence
from wireyard.gui.sidebar.history_view import HistoryView
from wireyard.gui.theme.look import Look
from wireyard.recording.catalogue import Catalogue, SessionSummary

DAY_NS = 86_400_000_000_000
NOON_NS = 1_767_355_200_000_000_000
TODAY = date(2026, 1, 2)


def session(number: int = 0, days_ago: int = 0, **more: object) -> SessionSummary:
    fields: dict[str, object] = {
        "path": Path(f"{number}.sqlite"),
        "url": "wss://h.example/live?token=abc",
        "started_ts_ns": NOON_NS - days_ago * DAY_NS,
        "duration_s": 483.0,
        "totals": Totals(sent_count=3, received_count=1284),
        "has_ended": True,
        "close_code": 1001,
    }
    return SessionSummary(**{**fields, **more})  # type: ignore[arg-type]


def rows(*sessions: SessionSummary, text: str = "") -> list[HistoryRow]:
    return rows_for(sessions, text, TODAY, Names().of, lambda: None)


def test_sessions_stand_under_their_day() -> None:
    found = rows(session(1), session(2), session(3, 1), session(4, 40))
    assert [row.title for row in found if row.session is None] == ["Today", "Yesterday", "2025-11-23"]
    assert len(found) == 7


def test_a_session_is_called_by_its_request_and_tab_or_its_address_without_secrets() -> None:
    of = Names().of
    assert of(session(name="Order updates", label="Alice")) == "Order updates · Alice"
    assert of(session()) == "h.example/live"


def test_says_how_it_went() -> None:
    assert facts_of(session()) == "8 min 3 s · 1001 · ↑ 3 ↓ 1,284"
    assert "failed" in facts_of(session(failure="tls_untrusted"))
    assert "not ended" in facts_of(session(close_code=None, has_ended=False))
    assert facts_of(session(problem="It is damaged.")) == "It is damaged."
    assert facts_of(session(has_ended=False), is_live=True) == "open now"


def test_says_so_to_those_who_hear_it() -> None:
    row = HistoryRow("Orders", session(kept=True))
    words = sentence(row, is_live=False)
    assert words.endswith("8 min 3 s, closed 1001, 3 sent, 1284 received, kept")


def test_all_words_of_a_search_must_be_there() -> None:
    found = rows(session(1, name="Order updates"), session(2, name="Courier"), text="UPD order")
    assert [(row.title, row.spans) for row in found if row.session] == [("Order updates", ((6, 9), (0, 5)))]
    assert rows(session(1), text="nothing") == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three sessions, the oldest failed."""
    folder = tmp_path / "sessions"
    for number, events in enumerate(
        ([failed()], [opened(), message("a", 1), closed(2)], [opened(), message("b", 1), closed(2, 1001)])
    ):
        made = record(tmp_path / str(number), events)
        folder.mkdir(exist_ok=True)
        shutil.move(made, folder / f"{number}.sqlite")
    return folder


@pytest.fixture
def view(qtbot: QtBot, look: Look, folder: Path) -> Iterator[HistoryView]:
    view = HistoryView(look, lambda: folder)
    QAbstractItemModelTester(view.model, QAbstractItemModelTester.FailureReportingMode.Fatal, view)
    qtbot.addWidget(view)
    view.resize(260, 600)
    view.show()
    qtbot.waitExposed(view)
    view.activateWindow()
    qtbot.waitUntil(lambda: view.model.rowCount() == 4)
    yield view
    view.shut_down()


def press(view: HistoryView, sequence: str) -> None:
    keys = QKeySequence(sequence)[0]  # pyright: ignore[reportIndexIssue] - the stubs miss it
    QTest.keyClick(view.list, keys.key(), keys.keyboardModifiers())


def names(view: HistoryView) -> list[str]:
    return [row.session.path.stem for row in view.model.rows if row.session is not None]


def test_enter_opens_the_session(view: HistoryView, folder: Path, qtbot: QtBot) -> None:
    view.list.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(view.log_requested) as asked:
        press(view, "Return")
    assert asked.args == [folder / f"{names(view)[0]}.sqlite"]


def test_a_double_click_opens_the_session(view: HistoryView, qtbot: QtBot) -> None:
    at = view.list.visualRect(view.model.index(2)).center()
    QTest.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    with qtbot.waitSignal(view.log_requested) as asked:
        QTest.mouseDClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert asked.args is not None
    assert asked.args[0].stem == names(view)[1]


def test_captions_are_passed_over_by_keyboard(view: HistoryView) -> None:
    view.list.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.list.currentIndex().row() == 1
    press(view, "Up")
    assert view.list.currentIndex().row() == 1
    press(view, "Down")
    assert view.list.currentIndex().row() == 2


def test_a_session_is_kept_and_let_go(view: HistoryView, folder: Path, qtbot: QtBot) -> None:
    view.list.setFocus(Qt.FocusReason.TabFocusReason)
    name = names(view)[0]

    def is_kept() -> bool:
        row = view.model.row_at(view.model.index(1))
        return row is not None and row.session is not None and row.session.kept

    press(view, "Ctrl+Shift+R")
    qtbot.waitUntil(is_kept)
    assert next(each for each in Catalogue(folder).sessions() if each.path.stem == name).kept
    press(view, "Ctrl+Shift+R")
    qtbot.waitUntil(lambda: not is_kept())


def test_a_deleted_session_comes_back(view: HistoryView, folder: Path, qtbot: QtBot) -> None:
    before = names(view)
    view.list.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(view.undo_offered) as told:
        press(view, "Del")
    qtbot.waitUntil(lambda: names(view) == before[1:])
    assert [row.session.path.stem for row in view.list.selected_rows() if row.session] == [before[1]]
    assert not (folder / f"{before[0]}.sqlite").exists()
    (told.args or ["", lambda: None])[1]()
    qtbot.waitUntil(lambda: names(view) == before)


def test_several_are_deleted_together(view: HistoryView, qtbot: QtBot) -> None:
    view.list.setFocus(Qt.FocusReason.TabFocusReason)
    press(view, "Ctrl+A")
    with qtbot.waitSignal(view.undo_offered) as told:
        press(view, "Del")
    assert (told.args or [""])[0] == "Deleted 3 sessions."
    qtbot.waitUntil(view.notice.isVisible)


def test_a_search_narrows_the_list_and_says_when_nothing_is_left(view: HistoryView, qtbot: QtBot) -> None:
    view.search.set_text("trades")
    qtbot.waitUntil(lambda: any(row.spans for row in view.model.rows))
    view.search.set_text("xyz")
    qtbot.waitUntil(lambda: view.notice.isVisible() and view.notice.text == "Nothing called “xyz”")
    view.search.set_text("")
    qtbot.waitUntil(lambda: view.model.rowCount() == 4)


def test_only_captions_are_low_whatever_was_listed_before(view: HistoryView, qtbot: QtBot) -> None:
    def heights(*found: HistoryRow) -> list[int]:
        view.list.show_rows(list(found))
        return [view.list.rowHeight(number) for number in range(len(found))]

    caption, one, two = HistoryRow("Today"), HistoryRow("a", session(1)), HistoryRow("b", session(2))
    low, high = heights(caption, one)
    assert low < high
    assert heights(caption, one, caption, two) == [low, high, low, high]
    assert heights(caption, one, two, caption, one) == [low, high, high, low, high]


def test_what_came_meanwhile_is_listed_and_the_selection_stays(
    view: HistoryView, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    view.list.setFocus(Qt.FocusReason.TabFocusReason)
    chosen = view.list.selected_rows()[0].session
    shutil.move(record(tmp_path / "new", [opened(), closed(1)]), folder / "9.sqlite")
    view.refresh_soon()
    qtbot.waitUntil(lambda: "9" in names(view))
    assert chosen is not None
    assert [row.session.path for row in view.list.selected_rows() if row.session] == [chosen.path]


def test_a_live_session_says_so(view: HistoryView, folder: Path) -> None:
    row = view.model.row_at(view.model.index(1))
    assert row is not None
    assert row.session is not None
    view.show_live({row.session.path})
    assert "connected" in view.model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)


def test_its_menu_offers_what_can_be_done(view: HistoryView, qtbot: QtBot) -> None:
    view.list.setFocus(Qt.FocusReason.TabFocusReason)
    view.list.menu_asked.emit(view.mapToGlobal(QPoint(20, 120)))
    menu = next(menu for menu in view.findChildren(QMenu) if menu.isVisible())
    words = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert words == ["Open, read-only", "Export…", "Copy address", "Show in folder", "Keep", "Delete"]
    with qtbot.waitSignal(view.export_requested):
        next(action for action in menu.actions() if action.text().startswith("Export")).trigger()
    menu.close()


def test_addresses_are_copied(view: HistoryView) -> None:
    view.list.setFocus(Qt.FocusReason.TabFocusReason)
    press(view, "Ctrl+C")
    assert QApplication.clipboard().text().startswith("wss://")


def test_a_file_that_cannot_be_read_is_listed_and_told(view: HistoryView, folder: Path, qtbot: QtBot) -> None:
    (folder / "broken.sqlite").write_bytes(b"no database" * 100)
    view.refresh_soon()
    qtbot.waitUntil(lambda: "broken" in names(view))
    view.list.setCurrentIndex(view.model.index(view.model.place_of(folder / "broken.sqlite")))
    with qtbot.waitSignal(view.noticed):
        view.open()


def test_ten_thousand_sessions_are_made_rows_off_the_gui_thread_without_being_walked_by_it(look: Look) -> None:
    many = [session(number, number // 100) for number in range(10_000)]
    begun = time.perf_counter()
    found = rows(*many)
    assert len(found) == 10_100
    assert time.perf_counter() - begun < 2  # some 60 ms on a machine that does nothing else
    view = HistoryView(look, lambda: Path("nowhere"))
    begun = time.perf_counter()
    view.model.show(found)
    assert time.perf_counter() - begun < 0.5
    view.shut_down()
