"""The collections in use: by mouse and by keyboard, over a workspace of real files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeySequence
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot
from tests.gui.sidebar.conftest import AGENT, CHAT, COURIER, LIVE, MARKET, ORDERS, TRADES, UPDATES, Shown
from tests.helpers.dragging import drag_over, drop_on

from wireyard.gui.library import Library
from wireyard.gui.sidebar.collections_view import CollectionsView
from wireyard.gui.sidebar.rename_edit import RenameEdit
from wireyard.gui.sidebar.tree_drop import ITEMS_MIME, MESSAGE_MIME, mime_of
from wireyard.gui.sidebar.tree_rows import message_key
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import IconButton
from wireyard.settings.profile import Profile
from wireyard.workspace.errors import Problem

AT_FIRST = ["Market", "  Trades", "Orders", "  Chat", "  Live"]


def middle(view: CollectionsView, key: str, x: int = 0) -> QPoint:
    box = view.tree.visualRect(view.model.index_of(key))
    return QPoint(x or box.center().x(), box.center().y())


def click(view: CollectionsView, key: str, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mouseClick(view.tree.viewport(), Qt.MouseButton.LeftButton, keys, middle(view, key, 120))


def press(view: CollectionsView, *sequences: str) -> None:
    for sequence in sequences:
        keys = QKeySequence(sequence)[0]  # pyright: ignore[reportIndexIssue] - the stubs miss it
        QTest.keyClick(QApplication.focusWidget() or view.tree, keys.key(), keys.keyboardModifiers())


def focus(view: CollectionsView, key: str) -> None:
    index = view.model.index_of(key)
    above = index.parent()
    while above.isValid():
        view.tree.expand(above)
        above = above.parent()
    view.tree.setFocus(Qt.FocusReason.TabFocusReason)
    view.tree.select(key)


def press_button(view: CollectionsView, name: str) -> None:
    button = next(each for each in view.head.findChildren(IconButton) if each.accessibleName() == name)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def chosen(view: CollectionsView, words: str) -> None:
    """Press an entry of the menu that is open."""
    menu = next(menu for menu in view.findChildren(QMenu) if menu.isVisible())
    next(action for action in menu.actions() if action.text().split("\t")[0] == words).trigger()
    menu.close()


def drag(view: CollectionsView, keys: list[str], over: str, *, part: float = 0.5, copies: bool = False) -> None:
    """Drag rows onto another, at a part of its height, and drop them."""
    rows = [row for key in keys if (row := view.model.row_of(key)) is not None]
    box = view.tree.visualRect(view.model.index_of(over))
    at = QPointF(100, box.top() + part * (box.height() - 1))
    drop_on(view.tree.viewport(), mime_of(rows), at, copies=copies)


def test_collections_are_open_at_first(shown: Shown) -> None:
    assert shown() == AT_FIRST


def test_the_model_is_sound(view: CollectionsView, library: Library, qtbot: QtBot) -> None:
    tester = QAbstractItemModelTester(view.model, QAbstractItemModelTester.FailureReportingMode.Fatal, view)
    library.create_request(LIVE, "More", library.request(UPDATES).value)
    qtbot.waitUntil(lambda: view.model.index_of(f"{LIVE}/More.ws.yaml").isValid())
    assert tester.model() is view.model


def test_a_click_asks_for_a_preview_and_a_double_click_keeps(view: CollectionsView, qtbot: QtBot) -> None:
    asked: list[tuple[str, str]] = []
    view.open_requested.connect(lambda id_, how: asked.append((id_, how)))
    click(view, TRADES)
    assert asked == [(TRADES, "preview")]
    QTest.mouseDClick(view.tree.viewport(), Qt.MouseButton.LeftButton, pos=middle(view, TRADES, 120))
    assert asked[-1] == (TRADES, "keep")


def test_enter_keeps_and_ctrl_enter_connects(view: CollectionsView) -> None:
    asked: list[tuple[str, str]] = []
    view.open_requested.connect(lambda id_, how: asked.append((id_, how)))
    focus(view, TRADES)
    press(view, "Return", "Ctrl+Return")
    assert asked == [(TRADES, "keep"), (TRADES, "connect")]


def test_a_click_on_a_folder_opens_and_closes_it(view: CollectionsView, shown: Shown) -> None:
    click(view, LIVE)
    assert shown() == [*AT_FIRST, "    Courier", "    Updates"]
    click(view, LIVE)
    assert shown() == AT_FIRST


def test_the_chevron_opens_a_request_without_showing_it(view: CollectionsView, shown: Shown) -> None:
    asked: list[str] = []
    view.open_requested.connect(lambda id_, _how: asked.append(id_))
    view.tree.expand(view.model.index_of(LIVE))
    QTest.mouseClick(view.tree.viewport(), Qt.MouseButton.LeftButton, pos=middle(view, UPDATES, 10 + 32 + 7))
    assert shown()[-3:] == ["      subscribe", "      ping", "      bye"]
    assert asked == []


def test_right_and_left_open_and_close_by_keyboard(view: CollectionsView, shown: Shown) -> None:
    focus(view, LIVE)
    press(view, "Right")
    assert "    Updates" in shown()
    press(view, "Left")
    assert shown() == AT_FIRST


def test_a_saved_message_is_loaded_by_click_and_sent_by_its_button(view: CollectionsView) -> None:
    asked: list[tuple[str, int, bool]] = []
    view.message_requested.connect(lambda id_, number, sends: asked.append((id_, number, sends)))
    key = message_key(UPDATES, 1)
    focus(view, key)
    click(view, key)
    assert asked == [(UPDATES, 1, False)]
    box = view.tree.delegate.metrics.buttons(view.tree.visualRect(view.model.index_of(key)), 2)[1]
    QTest.mouseClick(view.tree.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert asked[-1] == (UPDATES, 1, True)


def test_the_play_button_connects(view: CollectionsView) -> None:
    asked: list[tuple[str, str]] = []
    view.open_requested.connect(lambda id_, how: asked.append((id_, how)))
    box = view.tree.delegate.metrics.buttons(view.tree.visualRect(view.model.index_of(TRADES)), 2)[1]
    QTest.mouseClick(view.tree.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert asked == [(TRADES, "connect")]


def test_a_request_is_renamed_in_place(view: CollectionsView, root: Path, qtbot: QtBot) -> None:
    focus(view, TRADES)
    asked: list[str] = []
    view.open_requested.connect(lambda id_, _how: asked.append(id_))
    press(view, "F2")
    edit = view.tree.findChild(RenameEdit)
    assert isinstance(edit, QLineEdit)
    assert edit.text() == "Trades"
    QTest.keyClicks(edit, "Ticks")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.model.index_of(f"{MARKET}/Ticks.ws.yaml").data() == "Ticks")
    assert (root / MARKET / "Ticks.ws.yaml").exists()
    assert not (root / TRADES).exists()
    current = view.tree.current_row()
    assert current is not None
    assert current.name == "Ticks"
    assert asked == []


def test_the_menu_of_what_can_be_made_tells_the_keys(view: CollectionsView) -> None:
    press_button(view, "New")
    menu = next(menu for menu in view.findChildren(QMenu) if menu.isVisible())
    assert [action.text() for action in menu.actions()] == [
        "New request\tAlt Shift N",
        "New folder\tAlt Shift F",
        "New collection\tAlt Shift K",
    ]
    menu.close()


def test_escape_leaves_the_name(view: CollectionsView, root: Path) -> None:
    focus(view, TRADES)
    press(view, "F2")
    edit = view.tree.findChild(RenameEdit)
    assert edit is not None
    QTest.keyClicks(edit, "Other")
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert (root / TRADES).exists()


def test_deleting_is_at_once_and_can_be_undone(
    view: CollectionsView, library: Library, root: Path, qtbot: QtBot, shown: Shown
) -> None:
    focus(view, LIVE)
    with qtbot.waitSignal(library.undo_offered) as told:
        press(view, "Del")
    qtbot.waitUntil(lambda: not view.model.index_of(LIVE).isValid())
    assert not (root / LIVE).exists()
    said, undo = told.args or ["", lambda: None]
    assert said == "Deleted “Live”."
    qtbot.waitUntil(lambda: LIVE not in [row.key for row in view.tree.selected_rows()])
    undo()
    qtbot.waitUntil(lambda: shown()[:5] == AT_FIRST)
    qtbot.waitUntil(lambda: [row.key for row in view.tree.selected_rows()] == [LIVE])


def test_the_neighbour_is_selected_when_a_row_is_deleted(view: CollectionsView, qtbot: QtBot) -> None:
    focus(view, COURIER)
    press(view, "Del")
    qtbot.waitUntil(lambda: [row.name for row in view.tree.selected_rows()] == ["Updates"])


def test_a_deleted_message_comes_back_in_its_place(view: CollectionsView, library: Library, qtbot: QtBot) -> None:
    focus(view, message_key(UPDATES, 1))
    with qtbot.waitSignal(library.undo_offered) as told:
        press(view, "Del")
    assert [each.name for each in library.request(UPDATES).value.messages] == ["subscribe", "bye"]
    (told.args or ["", lambda: None])[1]()
    assert [each.name for each in library.request(UPDATES).value.messages] == ["subscribe", "ping", "bye"]
    qtbot.waitUntil(lambda: [row.name for row in view.tree.selected_rows()] == ["ping"])


def test_several_rows_are_deleted_together(view: CollectionsView, library: Library, qtbot: QtBot) -> None:
    view.tree.expand(view.model.index_of(LIVE))
    click(view, COURIER)
    click(view, UPDATES, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(library.undo_offered) as told:
        press(view, "Del")
    assert (told.args or [""])[0] == "Deleted 2 items."
    qtbot.waitUntil(lambda: view.model.rowCount(view.model.index_of(LIVE)) == 0)


def test_what_is_selected_in_a_closed_folder_is_left_alone(view: CollectionsView, root: Path) -> None:
    focus(view, COURIER)
    view.tree.collapse(view.model.index_of(LIVE))
    assert [row.name for row in view.tree.selected_rows()] in ([], ["Live"])
    assert (root / COURIER).exists()


def test_a_copy_stands_below_and_is_selected(view: CollectionsView, qtbot: QtBot) -> None:
    focus(view, TRADES)
    press(view, "Ctrl+D")
    qtbot.waitUntil(lambda: [row.name for row in view.tree.selected_rows()] == ["Trades copy"])


def test_rows_move_up_and_down_by_keyboard(view: CollectionsView, qtbot: QtBot, shown: Shown) -> None:
    focus(view, LIVE)
    press(view, "Alt+Shift+Up")
    qtbot.waitUntil(lambda: shown()[2:] == ["Orders", "  Live", "  Chat"])
    press(view, "Alt+Shift+Down")
    qtbot.waitUntil(lambda: shown()[2:] == ["Orders", "  Chat", "  Live"])


def test_rows_move_out_of_and_into_folders_by_keyboard(view: CollectionsView, qtbot: QtBot, shown: Shown) -> None:
    focus(view, COURIER)
    press(view, "Alt+Shift+Left")
    qtbot.waitUntil(lambda: "  Courier" in shown())
    assert [row.name for row in view.tree.selected_rows()] == ["Courier"]
    press(view, "Alt+Shift+Right")
    qtbot.waitUntil(lambda: "    Courier" in shown())


def test_messages_move_by_keyboard(view: CollectionsView, library: Library) -> None:
    focus(view, message_key(UPDATES, 2))
    press(view, "Alt+Shift+Up")
    assert [each.name for each in library.request(UPDATES).value.messages] == ["subscribe", "bye", "ping"]


def test_a_request_is_dragged_into_a_folder(view: CollectionsView, qtbot: QtBot, root: Path) -> None:
    drag(view, [TRADES], CHAT)
    qtbot.waitUntil(lambda: view.model.index_of(f"{CHAT}/Trades.ws.yaml").isValid())
    assert not (root / TRADES).exists()


def test_a_move_to_another_folder_can_be_undone(
    view: CollectionsView, library: Library, qtbot: QtBot, root: Path
) -> None:
    with qtbot.waitSignal(library.undo_offered) as told:
        drag(view, [COURIER, TRADES], CHAT)
    qtbot.waitUntil(lambda: view.model.rowCount(view.model.index_of(CHAT)) == 3)
    said, undo = told.args or ["", lambda: None]
    assert said == "Moved 2 items to “Chat”."
    undo()
    qtbot.waitUntil(lambda: view.model.sibling_keys(COURIER) == [COURIER, UPDATES])
    assert (root / TRADES).exists()


def test_the_release_that_ends_a_drag_is_no_click(view: CollectionsView, qtbot: QtBot) -> None:
    asked: list[tuple[str, str]] = []
    view.open_requested.connect(lambda id_, how: asked.append((id_, how)))
    view.tree.expand(view.model.index_of(LIVE))
    qtbot.mousePress(view.tree.viewport(), Qt.MouseButton.LeftButton, pos=middle(view, TRADES, 120))
    qtbot.mouseRelease(view.tree.viewport(), Qt.MouseButton.LeftButton, pos=middle(view, UPDATES, 120))
    assert asked == []


def test_what_is_made_with_shift_held_is_selected_alone(view: CollectionsView, qtbot: QtBot) -> None:
    focus(view, TRADES)
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.keyPress(view.tree, Qt.Key.Key_Shift, shift)  # as of Alt+Shift+N
    view.tree.rename(COURIER)
    QTest.keyRelease(view.tree, Qt.Key.Key_Shift)
    assert [row.key for row in view.tree.selected_rows()] == [COURIER]


def test_with_ctrl_it_is_copied(view: CollectionsView, qtbot: QtBot, root: Path) -> None:
    drag(view, [TRADES], CHAT, copies=True)
    qtbot.waitUntil(lambda: view.model.rowCount(view.model.index_of(CHAT)) == 2)
    assert (root / TRADES).exists()


def test_a_request_is_dragged_between_two_others(view: CollectionsView, qtbot: QtBot) -> None:
    view.tree.expand(view.model.index_of(LIVE))
    drag(view, [TRADES], UPDATES, part=0.1)
    moved = f"{LIVE}/Trades.ws.yaml"
    qtbot.waitUntil(lambda: view.model.sibling_keys(UPDATES) == [COURIER, moved, UPDATES])


def test_nothing_is_dropped_into_itself_or_a_request_at_the_top(view: CollectionsView) -> None:
    for keys, over in (([ORDERS], LIVE), ([LIVE], LIVE), ([ORDERS, TRADES], CHAT)):
        drag(view, keys, over)
    assert view.tree.drop_place is None
    assert view.model.index_of(LIVE).isValid()


def test_a_folder_springs_open_under_what_is_dragged(view: CollectionsView, qtbot: QtBot) -> None:
    row = view.model.row_of(TRADES)
    assert row is not None
    drag_over(view.tree.viewport(), mime_of([row]), QPointF(middle(view, LIVE)))
    assert view.tree.drop_place is not None
    assert view.tree.drop_place.parent == LIVE
    qtbot.waitUntil(lambda: view.tree.isExpanded(view.model.index_of(LIVE)))


def test_a_dragged_message_says_which_it_is(view: CollectionsView) -> None:
    row = view.model.row_of(message_key(UPDATES, 1))
    assert row is not None
    data = mime_of([row])
    assert json.loads(bytes(data.data(MESSAGE_MIME).data())) == {"request": UPDATES, "index": 1}


def test_what_comes_from_elsewhere_is_not_taken(view: CollectionsView) -> None:
    data = QMimeData()
    data.setText("hello")
    assert not drag_over(view.tree.viewport(), data, QPointF(middle(view, LIVE))).isAccepted()
    assert not data.hasFormat(ITEMS_MIME)


def test_a_search_shows_hits_with_what_is_above_them(view: CollectionsView, qtbot: QtBot, shown: Shown) -> None:
    view.search.set_text("courier")
    qtbot.waitUntil(lambda: shown() == ["Orders", "  Live", "    Courier"])
    row = view.model.row_of(COURIER)
    assert row is not None
    assert row.found is not None
    assert row.found.name_spans == ((0, 7),)


def test_a_search_finds_addresses_notes_and_payloads(view: CollectionsView, qtbot: QtBot, shown: Shown) -> None:
    for text, expected in (("9600", "  Trades"), ("kitchen", "    Updates"), ("berlin", "      subscribe")):
        view.search.set_text(text)
        qtbot.waitUntil(lambda expected=expected: shown()[-1] == expected)


def test_escape_ends_the_search_and_puts_everything_back(view: CollectionsView, qtbot: QtBot, shown: Shown) -> None:
    view.search.edit.setFocus()
    QTest.keyClicks(view.search.edit, "courier")
    qtbot.waitUntil(lambda: len(shown()) == 3)
    QTest.keyClick(view.search.edit, Qt.Key.Key_Escape)
    assert shown() == AT_FIRST


def test_down_goes_from_the_search_into_the_tree(view: CollectionsView) -> None:
    view.search.edit.setFocus()
    QTest.keyClick(view.search.edit, Qt.Key.Key_Down)
    assert view.tree.hasFocus()
    assert view.tree.currentIndex().isValid()


def test_says_that_nothing_is_called_so(view: CollectionsView, qtbot: QtBot) -> None:
    view.search.set_text("xyz")
    qtbot.waitUntil(lambda: view.notice.isVisible() and view.notice.text == "Nothing called “xyz”")


def test_open_rows_are_kept(view: CollectionsView, library: Library, look: Look, qtbot: QtBot) -> None:
    click(view, LIVE)
    click(view, MARKET)
    again = CollectionsView(look, library)
    qtbot.addWidget(again)
    assert again.tree.isExpanded(again.model.index_of(LIVE))
    assert not again.tree.isExpanded(again.model.index_of(MARKET))
    again.shut_down()


def test_a_renamed_folder_stays_open(view: CollectionsView, library: Library, qtbot: QtBot, shown: Shown) -> None:
    click(view, LIVE)
    library.rename(LIVE, "Lively")
    qtbot.waitUntil(lambda: "  Lively" in shown())
    assert "    Updates" in shown()


def test_what_is_made_outside_appears(view: CollectionsView, root: Path, qtbot: QtBot, shown: Shown) -> None:
    (root / MARKET / "Outside.ws.yaml").write_text("url: ws://x\n")
    qtbot.waitUntil(lambda: "  Outside" in shown(), timeout=8000)


def test_a_new_request_is_opened_and_named(view: CollectionsView, root: Path, qtbot: QtBot) -> None:
    asked: list[tuple[str, str]] = []
    view.open_requested.connect(lambda id_, how: asked.append((id_, how)))
    focus(view, TRADES)
    press_button(view, "New")
    chosen(view, "New request")
    qtbot.waitUntil(lambda: view.tree.findChild(RenameEdit) is not None)
    made = f"{MARKET}/New request.ws.yaml"
    assert asked == [(made, "keep")]
    assert (root / made).exists()


def test_the_menu_of_a_row_opens_by_keyboard(view: CollectionsView) -> None:
    focus(view, TRADES)
    at = QPoint(10, 10)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, view.tree.mapToGlobal(at))
    QApplication.sendEvent(view.tree.viewport(), event)
    asked: list[str] = []
    view.open_requested.connect(lambda _id, how: asked.append(how))
    chosen(view, "Open in another tab")
    assert asked == ["new_tab"]


def test_a_file_that_cannot_be_read_is_told_and_not_opened(view: CollectionsView, root: Path, qtbot: QtBot) -> None:
    (root / MARKET / "Broken.ws.yaml").write_text("url: [\n")
    key = f"{MARKET}/Broken.ws.yaml"
    qtbot.waitUntil(lambda: (row := view.model.row_of(key)) is not None and row.is_broken, timeout=8000)
    with qtbot.waitSignal(view.problem_chosen) as told:
        click(view, key)
    (problem,) = told.args or [None]
    assert isinstance(problem, Problem)
    assert problem.path == key


def test_addresses_are_copied(view: CollectionsView) -> None:
    focus(view, TRADES)
    press(view, "Ctrl+C")
    assert QApplication.clipboard().text() == "ws://127.0.0.1:9600/"


def test_where_to_move_is_asked(view: CollectionsView, qtbot: QtBot) -> None:
    focus(view, TRADES)
    with qtbot.waitSignal(view.move_asked) as asked:
        view.actions_.run("move_to")
    assert asked.args == [[TRADES]]


def test_all_rows_open_and_close_at_once(view: CollectionsView, shown: Shown) -> None:
    press_button(view, "Workspace")
    chosen(view, "Expand all")
    assert "      bye" in shown()
    press_button(view, "Workspace")
    chosen(view, "Collapse all")
    assert shown() == ["Market", "Orders"]


def test_an_empty_workspace_offers_a_collection(look: Look, qtbot: QtBot, tmp_path: Path) -> None:
    from wireyard.workspace.workspace import Workspace

    profile = Profile.at(tmp_path / "profile")
    profile.prepare()
    Workspace.create(tmp_path / "empty", "Empty")
    library = Library(profile)
    library.open(tmp_path / "empty")
    view = CollectionsView(look, library)
    qtbot.addWidget(view)
    view.show()
    assert "no collections yet" in view.notice.text
    view.notice.chosen.emit("new_collection")
    qtbot.waitUntil(lambda: view.model.rowCount() == 1 and view.tree.isVisible())
    view.shut_down()
    library.shut_down()


@pytest.mark.parametrize("key", [ORDERS, LIVE, TRADES, AGENT])
def test_every_row_is_a_sentence(view: CollectionsView, key: str) -> None:
    index = view.model.index_of(key)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith(index.data())


def test_hovering_shows_what_a_button_does(view: CollectionsView) -> None:
    box = view.tree.delegate.metrics.buttons(view.tree.visualRect(view.model.index_of(TRADES)), 2)[0]
    QTest.mouseMove(view.tree.viewport(), box.center())
    QApplication.sendEvent(view.tree.viewport(), QEvent(QEvent.Type.Leave))
    assert view.tree.delegate.pointer is None


def test_a_request_that_is_opened_elsewhere_is_shown_in_the_tree(view: CollectionsView, shown: Shown) -> None:
    view.reveal(AGENT)
    assert "    Agent" in shown()
    assert [row.key for row in view.tree.selected_rows()] == [AGENT]


def test_a_request_is_revealed_once_its_row_is_there(view: CollectionsView, root: Path, qtbot: QtBot) -> None:
    key = f"{CHAT}/Pulled.ws.yaml"
    view.reveal(key)
    (root / key).write_text("url: ws://x\n")
    qtbot.waitUntil(lambda: [row.key for row in view.tree.selected_rows()] == [key])


def test_the_menu_of_a_rows_button_opens_at_the_button(view: CollectionsView) -> None:
    box = view.tree.delegate.metrics.buttons(view.tree.visualRect(view.model.index_of(TRADES)), 2)[0]
    QTest.mouseMove(view.tree.viewport(), box.center())
    QTest.mouseClick(view.tree.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    bottom = view.tree.visualRect(view.model.index_of(TRADES)).bottom()
    assert menu.pos() == view.tree.viewport().mapToGlobal(QPoint(box.left(), bottom))
    menu.close()


def test_a_request_opened_elsewhere_is_revealed_while_the_tree_has_the_keyboard(view: CollectionsView) -> None:
    focus(view, MARKET)
    view.reveal(AGENT)
    assert [row.key for row in view.tree.selected_rows()] == [AGENT]


def test_who_is_on_a_saved_message_stays_there_when_its_request_comes_to_the_front(view: CollectionsView) -> None:
    key = message_key(UPDATES, 0)
    focus(view, key)
    assert [row.key for row in view.tree.selected_rows()] == [key]
    view.reveal(UPDATES)
    assert [row.key for row in view.tree.selected_rows()] == [key]
