"""The editor of environments by keyboard and mouse: every change is in the files at once, and secrets never are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.environments.editor_sheet import EnvironmentsSheet
from wireyard.gui.environments.errands import EnvironmentErrands
from wireyard.gui.environments.grid_model import LOCAL, NAME, NOTE, ON, SECRET, SHARED, USED
from wireyard.gui.library import Library
from wireyard.gui.secrecy.secret_place import SecretPlaceSheet
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.variable_line import VariableLineEdit

DISPLAY = Qt.ItemDataRole.DisplayRole
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def errands(look: Look, library: Library, window: QWidget) -> EnvironmentErrands:
    return EnvironmentErrands(look, library, window)


@pytest.fixture
def sheet(errands: EnvironmentErrands, qtbot: QtBot) -> Iterator[EnvironmentsSheet]:
    errands.edit()
    sheet = errands.sheet
    assert sheet is not None
    QAbstractItemModelTester(sheet.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield sheet
    if errands.sheet is not None:
        sheet.accept()


def text_of(root: Path, name: str) -> str:
    path = root / "environments" / name
    return path.read_text() if path.exists() else ""


def put(sheet: EnvironmentsSheet, row: int, column: int, text: str) -> None:
    sheet.model.setData(sheet.model.index(row, column), text)


def shown(sheet: EnvironmentsSheet, row: int, column: int) -> str:
    return str(sheet.model.index(row, column).data(DISPLAY))


def place_sheet(window: QWidget) -> SecretPlaceSheet | None:
    return next((each for each in window.findChildren(SecretPlaceSheet) if each.isVisible()), None)


def wait_for_place(window: QWidget, qtbot: QtBot) -> SecretPlaceSheet:
    qtbot.waitUntil(lambda: place_sheet(window) is not None)
    found = place_sheet(window)
    assert found is not None
    return found


def test_it_opens_at_the_environment_in_use(sheet: EnvironmentsSheet) -> None:
    assert sheet.list.current == "Staging"
    assert [row.name for row in sheet.model.rows] == ["host", "token", "old"]


def test_a_value_typed_by_keyboard_is_written_at_once(sheet: EnvironmentsSheet, qtbot: QtBot, root: Path) -> None:
    sheet.view.setFocus()
    sheet.view.setCurrentIndex(sheet.model.index(0, SHARED))
    qtbot.keyClick(sheet.view, Qt.Key.Key_Return)
    editor = sheet.view.findChild(VariableLineEdit)
    assert editor is not None
    assert editor.accessibleName() == "Shared value, host"
    qtbot.keyClicks(editor, "eu.example.com")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert "eu.example.com" in text_of(root, "Staging.yaml")
    assert "The shared cluster" in text_of(root, "Staging.yaml")


def test_a_value_of_this_machine_is_in_the_local_file_only(sheet: EnvironmentsSheet, root: Path) -> None:
    put(sheet, 0, LOCAL, "127.0.0.1:9")
    assert "127.0.0.1:9" in text_of(root, "Staging.local.yaml")
    assert "127.0.0.1:9" not in text_of(root, "Staging.yaml")
    assert "*.local.yaml" in (root / ".gitignore").read_text()


def test_a_new_row_is_typed_into_the_empty_one(sheet: EnvironmentsSheet, root: Path) -> None:
    put(sheet, sheet.model.blank, NAME, "port")
    assert sheet.model.rows[-1].name == "port"
    assert "port" in text_of(root, "Staging.yaml")


@pytest.mark.parametrize(("name", "words"), [("two words", "no blanks"), ("token", "of this name already")])
def test_a_name_that_can_not_be_is_told_in_place(sheet: EnvironmentsSheet, root: Path, name: str, words: str) -> None:
    before = text_of(root, "Staging.yaml")
    put(sheet, 0, NAME, name)
    assert words in sheet.problem.text()
    assert sheet.problem.isVisible()
    assert text_of(root, "Staging.yaml") == before


def test_space_switches_a_variable_off(sheet: EnvironmentsSheet, qtbot: QtBot, root: Path) -> None:
    sheet.view.setFocus()
    sheet.view.setCurrentIndex(sheet.model.index(0, ON))
    qtbot.keyClick(sheet.view, Qt.Key.Key_Space)
    assert not sheet.model.rows[0].is_on
    assert text_of(root, "Staging.yaml").count("disabled: true") == 2


def test_deleting_a_row_can_be_undone(sheet: EnvironmentsSheet, qtbot: QtBot, root: Path) -> None:
    sheet.view.setFocus()
    sheet.view.setCurrentIndex(sheet.model.index(0, NAME))
    qtbot.keyClick(sheet.view, Qt.Key.Key_Delete)
    assert "host" not in text_of(root, "Staging.yaml")
    assert sheet.status == "Deleted “host”."
    qtbot.mouseClick(sheet.undo_button, Qt.MouseButton.LeftButton)
    assert [row.name for row in sheet.model.rows] == ["host", "token", "old"]
    assert sheet.model.rows[0].shared == "staging.example.com"


def test_it_says_how_often_a_variable_is_used(sheet: EnvironmentsSheet, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: shown(sheet, 0, USED) == "3")
    assert sheet.model.index(0, USED).data(SPOKEN) == "host, Used in 3 requests"
    assert sheet.model.index(2, USED).data(SPOKEN) == "old, Used nowhere"


def test_names_without_a_value_are_offered_as_rows(sheet: EnvironmentsSheet, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(sheet.undefined.buttons))
    button = sheet.undefined.buttons[0]
    assert [each.text() for each in sheet.undefined.buttons] == ["trace"]
    assert button.accessibleName() == "Define trace, in 2 requests"
    button.click()
    assert sheet.model.rows[-1].name == "trace"
    assert sheet.view.findChild(VariableLineEdit) is not None
    assert not sheet.undefined.isVisible()


def test_the_first_secret_asks_where_to_keep_it_and_nothing_is_written_before(
    sheet: EnvironmentsSheet, window: QWidget, qtbot: QtBot, root: Path, library: Library
) -> None:
    sheet.view.setFocus()
    sheet.view.setCurrentIndex(sheet.model.index(1, SECRET))
    qtbot.keyClick(sheet.view, Qt.Key.Key_Space)
    place = wait_for_place(window, qtbot)
    assert "plain-token" in text_of(root, "Staging.yaml")
    place.session_choice.setChecked(True)
    qtbot.keyClick(place, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sheet.model.rows[1].is_secret)
    assert "plain-token" not in text_of(root, "Staging.yaml") + text_of(root, "Staging.local.yaml")
    assert library.secrets.lookup("Staging", "token") == "plain-token"
    assert "history still has the old value" in sheet.status


def test_a_secret_without_a_place_stays_what_it_was(
    sheet: EnvironmentsSheet, window: QWidget, qtbot: QtBot, root: Path
) -> None:
    before = text_of(root, "Staging.yaml")
    sheet.model.setData(sheet.model.index(1, SECRET), None, Qt.ItemDataRole.CheckStateRole)
    qtbot.keyClick(wait_for_place(window, qtbot), Qt.Key.Key_Escape)
    assert not sheet.model.rows[1].is_secret
    assert text_of(root, "Staging.yaml") == before


@pytest.fixture
def secret_sheet(sheet: EnvironmentsSheet, library: Library, qtbot: QtBot) -> EnvironmentsSheet:
    """The sheet with ``token`` as a secret, kept for this session."""
    library.secrets.use_session()
    sheet.model.setData(sheet.model.index(1, SECRET), None, Qt.ItemDataRole.CheckStateRole)
    qtbot.waitUntil(lambda: sheet.model.rows[1].is_secret and shown(sheet, 1, LOCAL) == "••••••••")
    return sheet


def test_a_secret_is_dots_until_it_is_revealed(secret_sheet: EnvironmentsSheet, qtbot: QtBot) -> None:
    view, model = secret_sheet.view, secret_sheet.model
    assert model.index(1, LOCAL).data(SPOKEN) == "This machine only, hidden"
    assert model.index(1, SHARED).data(Qt.ItemDataRole.ToolTipRole) == "A secret's value is never in a file"
    view.setFocus()
    view.setCurrentIndex(model.index(1, LOCAL))
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert view.delegate.revealed == {"token": "plain-token"}
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert view.delegate.revealed == {}


def test_a_secret_is_typed_as_dots_and_never_written(
    secret_sheet: EnvironmentsSheet, qtbot: QtBot, root: Path, library: Library
) -> None:
    view = secret_sheet.view
    view.edit_cell(1, LOCAL)
    editor = view.findChild(QLineEdit)
    assert editor is not None
    assert editor.echoMode() == QLineEdit.EchoMode.Password
    qtbot.keyClicks(editor, "another-one")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: library.secrets.lookup("Staging", "token") == "another-one")
    everything = "".join(path.read_text() for path in root.rglob("*.yaml"))
    assert "another-one" not in everything


def test_renaming_a_secret_takes_its_value_along(
    secret_sheet: EnvironmentsSheet, qtbot: QtBot, library: Library
) -> None:
    put(secret_sheet, 1, NAME, "api_token")
    qtbot.waitUntil(lambda: library.secrets.lookup("Staging", "api_token") == "plain-token")
    qtbot.waitUntil(lambda: library.secrets.lookup("Staging", "token") is None)
    assert secret_sheet.model.rows[1].is_secret


def test_a_secret_that_becomes_plain_is_not_written_to_the_file(secret_sheet: EnvironmentsSheet, root: Path) -> None:
    secret_sheet.model.setData(secret_sheet.model.index(1, SECRET), None, Qt.ItemDataRole.CheckStateRole)
    assert not secret_sheet.model.rows[1].is_secret
    assert "plain-token" not in text_of(root, "Staging.yaml")
    assert "Type a value" in secret_sheet.status


def test_a_deleted_secret_comes_back_with_undo(secret_sheet: EnvironmentsSheet, qtbot: QtBot, library: Library) -> None:
    secret_sheet.editing.remove(["token"])
    qtbot.waitUntil(lambda: library.secrets.lookup("Staging", "token") is None)
    secret_sheet.undo_button.click()
    qtbot.waitUntil(lambda: library.secrets.lookup("Staging", "token") == "plain-token")
    assert secret_sheet.model.rows[1].is_secret


def test_environments_are_added_renamed_copied_and_deleted_with_undo(
    sheet: EnvironmentsSheet, qtbot: QtBot, root: Path
) -> None:
    qtbot.mouseClick(sheet.list.add, Qt.MouseButton.LeftButton)
    assert sheet.list.current == "New environment"
    assert sheet.head.name.hasFocus()
    qtbot.keyClicks(sheet.head.name, "Europe")
    qtbot.keyClick(sheet.head.name, Qt.Key.Key_Return)
    assert sheet.list.current == "Europe"
    assert (root / "environments" / "Europe.yaml").exists()
    sheet.list.list.setFocus()
    qtbot.keyClick(sheet.list.list, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert sheet.list.current == "Europe copy"
    qtbot.keyClick(sheet.list.list, Qt.Key.Key_Delete)
    assert not (root / "environments" / "Europe copy.yaml").exists()
    sheet.undo_button.click()
    assert sheet.list.current == "Europe copy"
    assert (root / "environments" / "Europe copy.yaml").exists()


def test_colour_and_base_are_written(sheet: EnvironmentsSheet, qtbot: QtBot, root: Path) -> None:
    sheet.list.list.setFocus()
    qtbot.keyClick(sheet.list.list, Qt.Key.Key_Up)
    assert sheet.list.current == "Production"
    sheet.head.color.setCurrentIndex(5)
    sheet.head.color.activated.emit(5)
    assert "violet" in text_of(root, "Production.yaml")
    assert sheet.head.base.currentText() == "Staging"
    sheet.head.base.activated.emit(0)
    assert "inherits" not in text_of(root, "Production.yaml")


def test_a_renamed_environment_stays_the_one_in_use(sheet: EnvironmentsSheet, library: Library, qtbot: QtBot) -> None:
    sheet.head.renamed.emit("Stage")
    qtbot.waitUntil(lambda: library.active_environment == "Stage")
    assert sheet.list.current == "Stage"


def test_use_makes_it_the_active_one(sheet: EnvironmentsSheet, library: Library) -> None:
    sheet.list.list.setCurrentRow(0)
    assert sheet.head.use.isEnabled()
    sheet.head.use.click()
    assert library.active_environment == "Production"
    assert not sheet.head.use.isEnabled()


def test_a_file_with_an_error_is_shown_with_its_line_and_left_alone(
    sheet: EnvironmentsSheet, library: Library, root: Path, qtbot: QtBot
) -> None:
    broken = root / "environments" / "Staging.yaml"
    broken.write_text("variables: [\n  oops: {{")
    library.rescan()
    qtbot.waitUntil(sheet.problem.isVisible)
    assert "environments/Staging.yaml, line" in sheet.problem.text()
    assert not sheet.view.isVisible()
    broken.write_text("variables:\n  host: fixed.example.com\n")
    library.rescan()
    qtbot.waitUntil(lambda: sheet.view.isVisible() and sheet.model.rows[0].shared == "fixed.example.com")
    assert not sheet.problem.isVisible()


def test_a_change_from_outside_is_kept_beside_ones_own(sheet: EnvironmentsSheet, root: Path) -> None:
    path = root / "environments" / "Staging.yaml"
    path.write_text(path.read_text().replace("old.example.com", "older.example.com"))
    put(sheet, 0, NOTE, "mine")
    assert "older.example.com" in path.read_text()
    assert "mine" in path.read_text()


def test_define_goes_to_a_new_row(errands: EnvironmentErrands, qtbot: QtBot) -> None:
    errands.define("courier")
    assert errands.sheet is not None
    assert errands.sheet.model.rows[-1].name == "courier"
    editor = errands.sheet.view.findChild(VariableLineEdit)
    assert editor is not None
    qtbot.waitUntil(editor.hasFocus)
    errands.sheet.reject()


def test_everything_that_takes_the_keyboard_has_a_name(sheet: EnvironmentsSheet) -> None:
    for widget in sheet.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            text = widget.text() if isinstance(widget, QAbstractButton) else ""
            assert widget.accessibleName() or text, widget


def test_a_variable_is_added_by_keyboard_alone(sheet: EnvironmentsSheet, qtbot: QtBot, root: Path) -> None:
    for _ in range(12):
        if sheet.view.hasFocus():
            break
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert sheet.view.hasFocus()
    for _ in range(3):
        qtbot.keyClick(sheet.view, Qt.Key.Key_Down)
    qtbot.keyClick(sheet.view, Qt.Key.Key_Return)
    qtbot.keyClicks(QApplication.focusWidget(), "port")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), VariableLineEdit))
    qtbot.keyClicks(QApplication.focusWidget(), "8443")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: "port: 8443" in text_of(root, "Staging.yaml") or 'port: "8443"' in text_of(root, "Staging.yaml")
    )
    qtbot.keyClick(sheet.view, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_tab_goes_through_the_cells_and_out_at_the_end(sheet: EnvironmentsSheet, qtbot: QtBot) -> None:
    sheet.view.setFocus()
    sheet.view.setCurrentIndex(sheet.model.index(2, NOTE))
    qtbot.keyClick(sheet.view, Qt.Key.Key_Tab)
    assert sheet.view.currentIndex().row() == sheet.model.blank
    qtbot.keyClick(sheet.view, Qt.Key.Key_Tab)
    assert not sheet.view.hasFocus()
    sheet.view.setFocus()
    sheet.view.setCurrentIndex(sheet.model.index(0, ON))
    qtbot.keyClick(sheet.view, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert not sheet.view.hasFocus()


def test_environments_are_put_into_another_order_by_keyboard(
    sheet: EnvironmentsSheet, qtbot: QtBot, library: Library, root: Path
) -> None:
    sheet.list.list.setFocus()
    qtbot.keyClick(sheet.list.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert "environments" not in (root / "wireyard.yaml").read_text()
    qtbot.keyClick(sheet.list.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [sheet.list.list.item(row).text() for row in range(2)] == ["Staging", "Production"]
    assert sheet.list.current == "Staging"
    assert "environments:\n  - Staging\n" in (root / "wireyard.yaml").read_text()
    qtbot.waitUntil(lambda: [line.id for line in library.environments] == ["Staging", "Production"])


def test_an_environment_is_dragged_to_its_place(sheet: EnvironmentsSheet, qtbot: QtBot) -> None:
    view = sheet.list.list
    places = [view.visualItemRect(view.item(row)) for row in range(2)]
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=places[0].center())
    for place in (places[1].center(), places[1].bottomLeft()):
        qtbot.mouseMove(view.viewport(), place)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=places[1].bottomLeft())
    assert [view.item(row).text() for row in range(2)] == ["Staging", "Production"]
    assert sheet.list.current == "Production"


def test_enter_goes_from_the_list_and_from_the_name_to_the_variables(sheet: EnvironmentsSheet, qtbot: QtBot) -> None:
    for part in (sheet.list.list, sheet.head.name):
        part.setFocus()
        qtbot.keyClick(part, Qt.Key.Key_Return)
        assert sheet.view.hasFocus()
        assert sheet.isVisible()


def test_use_hands_the_keyboard_on(sheet: EnvironmentsSheet, qtbot: QtBot) -> None:
    other = next(row for row in range(sheet.list.list.count()) if row != sheet.list.list.currentRow())
    sheet.list.list.setCurrentRow(other)
    sheet.head.use.setFocus()
    qtbot.keyClick(sheet.head.use, Qt.Key.Key_Space)
    assert sheet.view.hasFocus()


def test_down_comes_to_the_name_of_a_new_row(sheet: EnvironmentsSheet, qtbot: QtBot) -> None:
    sheet.view.setFocus()
    sheet.view.setCurrentIndex(sheet.model.index(sheet.model.blank - 1, LOCAL))
    qtbot.keyClick(sheet.view, Qt.Key.Key_Down)
    assert (sheet.view.currentIndex().row(), sheet.view.currentIndex().column()) == (sheet.model.blank, NAME)
