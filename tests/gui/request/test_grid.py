"""The grid of names and values, by keyboard and mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.request.grid import FieldGrid
from wireyard.gui.request.grid_model import NAME, NOTE, VALUE, FixedRow, Section
from wireyard.gui.request.rules import header_fault
from wireyard.gui.theme.look import Look
from wireyard.workspace.model import Field

_Key, _Modifier = Qt.Key, Qt.KeyboardModifier
ROWS = (Field(name="A", value="1", note="first"), Field(name="B", value="2"), Field(name="C", value="3", off=True))


@pytest.fixture
def grid(qtbot: QtBot, look: Look) -> FieldGrid:
    made = FieldGrid(
        look,
        label="Headers",
        captions=("Name", "Value", "Note"),
        blank_words="Add a header",
        mark=":",
        rule=header_fault,
        bulk_hint="One a line",
    )
    qtbot.addWidget(made)
    QAbstractItemModelTester(made.model, QAbstractItemModelTester.FailureReportingMode.QtTest, made)
    made.set_rows(ROWS)
    made.resize(900, 400)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.view.setFocus()
    made.view.setCurrentIndex(made.model.index(0, NAME))
    return made


def focused() -> QWidget:
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = _Modifier.NoModifier) -> None:
    QTest.keyClick(focused(), key, modifiers)


def write(text: str) -> None:
    for char in text:  # the first one opens the cell's editor, which gets the others
        QTest.keyClicks(focused(), char)


def here(grid: FieldGrid) -> tuple[int, int]:
    index: QModelIndex = grid.view.currentIndex()
    return index.row(), index.column()


def names(grid: FieldGrid) -> str:
    return "".join(row.name for row in grid.rows)


def test_a_row_is_typed_with_the_keyboard_alone(grid: FieldGrid) -> None:
    grid.view.setCurrentIndex(grid.model.index(3, NAME))
    write("Cookie")
    press(_Key.Key_Tab)
    write("a=1")
    press(_Key.Key_Tab)
    write("why")
    press(_Key.Key_Tab)
    assert grid.rows[3] == Field(name="Cookie", value="a=1", note="why")
    write("Next")
    press(_Key.Key_Return)
    assert grid.rows[4] == Field(name="Next")
    assert here(grid) == (4, VALUE)


def test_enter_on_an_empty_row_ends_the_typing(grid: FieldGrid) -> None:
    grid.view.setCurrentIndex(grid.model.index(3, NAME))
    press(_Key.Key_Return)
    press(_Key.Key_Return)
    assert QApplication.focusWidget() is grid.view
    assert grid.rows == ROWS


def test_escape_takes_back_what_was_typed(grid: FieldGrid) -> None:
    write("other")
    press(_Key.Key_Escape)
    assert grid.rows == ROWS
    assert QApplication.focusWidget() is grid.view


def test_tab_goes_through_the_cells_and_out_at_the_end(qtbot: QtBot, grid: FieldGrid) -> None:
    after = QLineEdit(grid)
    grid.layout().addWidget(after)  # pyright: ignore[reportOptionalMemberAccess]
    QWidget.setTabOrder(grid.view, after)
    press(_Key.Key_Tab)
    assert here(grid) == (0, VALUE)
    press(_Key.Key_Tab, _Modifier.NoModifier)
    press(_Key.Key_Tab)
    assert here(grid) == (1, NAME)
    press(_Key.Key_Backtab)
    assert here(grid) == (0, NOTE)
    grid.view.setCurrentIndex(grid.model.index(3, NOTE))
    press(_Key.Key_Tab)
    qtbot.waitUntil(lambda: not grid.view.hasFocus())


def test_space_switches_and_delete_takes_away_and_both_can_be_undone(grid: FieldGrid) -> None:
    press(_Key.Key_Space)
    assert grid.rows[0].off
    press(_Key.Key_Delete)
    assert names(grid) == "BC"
    press(_Key.Key_Z, _Modifier.ControlModifier)
    press(_Key.Key_Z, _Modifier.ControlModifier)
    assert grid.rows == ROWS
    press(_Key.Key_Z, _Modifier.ControlModifier | _Modifier.ShiftModifier)
    assert grid.rows[0].off


def test_several_rows_are_deleted_at_once(grid: FieldGrid) -> None:
    press(_Key.Key_Down, _Modifier.ShiftModifier)
    press(_Key.Key_Delete)
    assert names(grid) == "C"


def test_alt_and_arrows_move_a_row(grid: FieldGrid) -> None:
    press(_Key.Key_Down, _Modifier.AltModifier)
    assert names(grid) == "BAC"
    press(_Key.Key_Down, _Modifier.AltModifier)
    press(_Key.Key_Down, _Modifier.AltModifier)
    assert names(grid) == "BCA"
    press(_Key.Key_Up, _Modifier.AltModifier)
    assert names(grid) == "BAC"


def test_rows_are_copied_and_pasted_as_lines(grid: FieldGrid) -> None:
    press(_Key.Key_C, _Modifier.ControlModifier)
    assert QApplication.clipboard().text() == "A: 1"
    QApplication.clipboard().setText("X: 1\n# Y: 2")
    press(_Key.Key_V, _Modifier.ControlModifier)
    assert names(grid) == "XYABC"
    assert grid.rows[1].off


def at(grid: FieldGrid, row: int, column: int, x: int | None = None) -> QPoint:
    rect = grid.view.visualRect(grid.model.index(row, column))
    return QPoint(rect.x() + x, rect.center().y()) if x is not None else rect.center()


def test_a_click_on_the_box_switches_a_row(qtbot: QtBot, grid: FieldGrid) -> None:
    qtbot.mouseClick(grid.view.viewport(), Qt.MouseButton.LeftButton, pos=at(grid, 2, 0, 32))
    assert not grid.rows[2].off


def test_a_click_on_a_cell_types_there(qtbot: QtBot, grid: FieldGrid) -> None:
    qtbot.mouseClick(grid.view.viewport(), Qt.MouseButton.LeftButton, pos=at(grid, 1, VALUE))
    write("22")
    press(_Key.Key_Return)
    assert grid.rows[1].value == "22"


def test_a_click_at_the_end_deletes_the_row(qtbot: QtBot, grid: FieldGrid) -> None:
    qtbot.mouseClick(grid.view.viewport(), Qt.MouseButton.LeftButton, pos=at(grid, 0, 4))
    assert names(grid) == "BC"


def test_a_row_is_dragged_by_its_grip(qtbot: QtBot, grid: FieldGrid) -> None:
    viewport = grid.view.viewport()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=at(grid, 0, 0, 8))
    qtbot.mouseMove(viewport, at(grid, 2, 0, 8) + QPoint(0, 10))
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=at(grid, 2, 0, 8) + QPoint(0, 10))
    assert names(grid) == "BCA"


def test_rows_are_edited_as_text_and_keep_their_notes(qtbot: QtBot, grid: FieldGrid) -> None:
    qtbot.mouseClick(grid.bulk_button, Qt.MouseButton.LeftButton)
    assert grid.bulk.toPlainText() == "A: 1\nB: 2\n# C: 3"
    with qtbot.waitSignal(grid.edited):
        grid.bulk.setPlainText("A: 10\nD: 4")
    assert grid.rows == (Field(name="A", value="10", note="first"), Field(name="D", value="4"))
    qtbot.mouseClick(grid.bulk_button, Qt.MouseButton.LeftButton)
    assert not grid.is_bulk
    press(_Key.Key_Z, _Modifier.ControlModifier)
    assert grid.rows == ROWS


def test_what_comes_from_elsewhere_is_read_only_and_can_be_replaced(grid: FieldGrid) -> None:
    grid.set_below([Section("Inherited", (FixedRow("X-T", "1", "Orders", can_replace=True),), is_on=True)])
    grid.view.setCurrentIndex(grid.model.index(5, NAME))
    write("typed")
    assert grid.rows == ROWS
    press(_Key.Key_Return)
    assert grid.rows[3] == Field(name="X-T", value="1")
    write("2")
    press(_Key.Key_Return)
    assert grid.rows[3].value == "2"


def test_the_box_of_a_heading_is_switched_with_space(qtbot: QtBot, grid: FieldGrid) -> None:
    grid.set_below([Section("Inherited", (), is_on=True)])
    grid.view.setCurrentIndex(grid.model.index(4, NAME))
    with qtbot.waitSignal(grid.section_switched) as switched:
        press(_Key.Key_Space)
    assert switched.args == [False]


def test_a_fault_is_told_in_words(grid: FieldGrid) -> None:
    grid.set_rows((Field(name="Bad name", value="1"),))
    index = grid.model.index(0, NAME)
    assert "can't hold" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert "can't hold" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_names_are_completed(qtbot: QtBot, grid: FieldGrid) -> None:
    grid.set_completions(("Authorization", "Origin"))
    grid.view.setCurrentIndex(grid.model.index(3, NAME))
    write("auth")
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    popup = editor.completer().popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, _Key.Key_Down)
    QTest.keyClick(popup, _Key.Key_Return)
    assert editor.text() == "Authorization"
    popup.hide()
    QTest.keyClick(editor, _Key.Key_Tab)
    assert grid.rows[3].name == "Authorization"


def test_rows_changed_elsewhere_keep_the_cell_in_use(grid: FieldGrid) -> None:
    grid.view.setCurrentIndex(grid.model.index(2, VALUE))
    grid.set_rows((Field(name="Z"), *ROWS))
    assert here(grid) == (3, VALUE)


@pytest.mark.parametrize("zoom", [100, 200])
def test_every_column_has_room_at_every_width(grid: FieldGrid, look: Look, zoom: int) -> None:
    look.set_zoom(zoom)
    for width in (360, 640, 1600):
        grid.resize(width, 300)
        widths = [grid.view.columnWidth(column) for column in range(5) if not grid.view.isColumnHidden(column)]
        assert sum(widths) <= grid.view.viewport().width()
        assert all(size > 0 for size in widths)


def test_typing_goes_on_where_rows_were_deleted(grid: FieldGrid) -> None:
    grid.set_below([Section("Set by the app", (FixedRow("Host", "example.com"),))])
    grid.view.selectAll()
    press(_Key.Key_Delete)
    assert grid.rows == ()
    write("X-New")
    press(_Key.Key_Tab)
    assert [row.name for row in grid.rows] == ["X-New"]


def test_back_from_the_text_the_keyboard_is_on_a_row_that_can_be_typed_into(grid: FieldGrid) -> None:
    grid.set_below([Section("Set by the app", (FixedRow("Host", "example.com"),))])
    grid.view.setCurrentIndex(grid.model.index(4, NAME))
    grid.toggle_bulk()
    grid.bulk.setPlainText("A: 1")
    grid.toggle_bulk()
    assert here(grid) == (1, NAME)


def test_a_heading_that_is_selected_can_be_read(grid: FieldGrid, look: Look) -> None:
    grid.set_below([Section("Set by the app", (FixedRow("Host", "example.com"),))])
    grid.view.setCurrentIndex(grid.model.index(4, VALUE))
    box = grid.view.visualRect(grid.model.index(4, NOTE))
    assert grid.view.viewport().grab().toImage().pixelColor(box.center()) == look.color("bg.selected")


def test_enter_leads_from_row_to_row_and_ends_in_an_empty_one(grid: FieldGrid) -> None:
    grid.view.setCurrentIndex(grid.model.index(3, NAME))
    for text in ("Cookie", "a=1", "", "Origin", "https://x", ""):
        write(text)
        press(_Key.Key_Return)
    assert [row.name for row in grid.rows[3:]] == ["Cookie", "Origin"]
    press(_Key.Key_Return)
    assert grid.view.hasFocus()
    assert here(grid) == (5, NAME)


def test_another_zoom_changes_no_row(grid: FieldGrid, look: Look) -> None:
    look.set_zoom(150)
    assert grid.rows == ROWS


def test_down_comes_to_the_name_of_a_new_row(grid: FieldGrid) -> None:
    grid.view.setCurrentIndex(grid.model.index(2, NOTE))
    press(_Key.Key_Down)
    assert here(grid) == (3, NAME)
