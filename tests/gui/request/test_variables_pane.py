"""Variables of the file, and of the tab alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.request.badges import variables_badge
from wireyard.gui.request.cell_edit import CellEdit
from wireyard.gui.request.context import Context
from wireyard.gui.request.draft import RequestDraft
from wireyard.gui.request.grid_model import NAME, SECRET, VALUE, FixedRow
from wireyard.gui.request.secret_row import SecretRow
from wireyard.gui.request.variables_pane import VariablesPane
from wireyard.gui.secrecy.secret_place import SecretPlaceSheet
from wireyard.gui.secrets import Secrets
from wireyard.gui.theme.look import Look
from wireyard.settings.profile import Profile
from wireyard.workspace.model import Field, RequestFile, Variable
from wireyard.workspace.secrets.keyring_store import KeyringStore

KEPT = {"user": Variable(value="a", note="who"), "pin": Variable(secret=True)}
ITEM, KEY = "Orders/One.ws.yaml", "/Orders/One.ws.yaml"
USER, PIN = 0, 1
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def draft() -> RequestDraft:
    return RequestDraft(RequestFile(variables=dict(KEPT)))


@pytest.fixture
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Secrets]:
    """Secrets on a machine without a keyring, where nobody chose a place yet."""
    monkeypatch.setattr(KeyringStore, "find", classmethod(lambda cls: None))
    profile = Profile.at(tmp_path / "profile")
    profile.prepare()
    made = Secrets(profile)
    made.open(tmp_path)
    yield made
    made.shut_down()


@pytest.fixture
def pane(
    qtbot: QtBot, look: Look, draft: RequestDraft, context: Context, secrets: Secrets, window: QWidget
) -> VariablesPane:
    made = VariablesPane(
        look, draft, "Saved with the request", secrets=secrets, item=lambda: ITEM, has_session=True, parent=window
    )
    made.resize(1000, 500)
    made.set_context(context)
    made.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made.take_keyboard()
    QAbstractItemModelTester(made.kept.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    return made


def at(pane: VariablesPane, row: int, column: int) -> None:
    """Stand in a cell."""
    pane.kept.view.setCurrentIndex(pane.kept.model.index(row, column))


def spoken(pane: VariablesPane, row: int, column: int) -> str:
    return str(pane.kept.model.index(row, column).data(SPOKEN))


def type_secret(qtbot: QtBot, pane: VariablesPane, text: str) -> None:
    at(pane, PIN, VALUE)
    qtbot.keyClick(pane.kept.view, Qt.Key.Key_Return)
    editor = QApplication.focusWidget()
    assert isinstance(editor, CellEdit)
    assert editor.echoMode() == CellEdit.EchoMode.Password
    assert editor.accessibleName() == "Value, pin"
    for char in text:
        qtbot.keyClicks(editor, char) if char != "\b" else qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)  # the note, which Tab went on to


def place_sheet(window: QWidget) -> SecretPlaceSheet | None:
    return next((each for each in window.findChildren(SecretPlaceSheet) if each.isVisible()), None)


@pytest.fixture
def kept(qtbot: QtBot, pane: VariablesPane, secrets: Secrets) -> VariablesPane:
    """The pane with a value behind ``pin``, kept for this session."""
    secrets.use_session()
    type_secret(qtbot, pane, "hush-hush")
    qtbot.waitUntil(lambda: secrets.lookup(KEY, "pin") == "hush-hush")
    return pane


def test_rows_are_the_files_variables(pane: VariablesPane, draft: RequestDraft) -> None:
    assert pane.kept.rows == (Field(name="user", value="a", note="who"), SecretRow(name="pin"))
    pane.kept.model.insert(2, [Field(name="room", value="1")])
    assert draft.edited.variables == {**KEPT, "room": Variable(value="1")}


def test_a_secret_of_that_name_never_gets_a_value_into_the_file(pane: VariablesPane, draft: RequestDraft) -> None:
    pane.kept.model.insert(1, [Field(name="pin", value="1234")])
    assert draft.edited.variables["pin"] == Variable(secret=True)


def test_space_marks_a_variable_secret_after_asking_where_its_value_is_kept(
    qtbot: QtBot, pane: VariablesPane, draft: RequestDraft, window: QWidget, secrets: Secrets
) -> None:
    at(pane, USER, SECRET)
    qtbot.keyClick(pane.kept.view, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: place_sheet(window) is not None)
    assert not draft.is_dirty
    place = place_sheet(window)
    assert place is not None
    place.session_choice.setChecked(True)
    qtbot.keyClick(place, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: draft.edited.variables["user"] == Variable(secret=True, note="who"))
    assert secrets.lookup(KEY, "user") == "a"
    assert "history still has the old value" in pane.said
    qtbot.keyClick(pane.kept.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert draft.edited.variables["user"].value == ""


def test_leaving_that_question_changes_nothing(
    qtbot: QtBot, pane: VariablesPane, draft: RequestDraft, window: QWidget
) -> None:
    at(pane, USER, SECRET)
    qtbot.keyClick(pane.kept.view, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: place_sheet(window) is not None)
    place = place_sheet(window)
    assert place is not None
    qtbot.keyClick(place, Qt.Key.Key_Escape)
    assert not draft.is_dirty


def test_a_value_is_typed_as_dots_and_is_in_no_draft(kept: VariablesPane, draft: RequestDraft) -> None:
    assert not draft.is_dirty
    assert kept.kept.model.index(PIN, VALUE).data() == "••••••••"
    assert spoken(kept, PIN, VALUE) == "Value, hidden"
    assert spoken(kept, PIN, SECRET) == "pin, secret"
    assert spoken(kept, USER, SECRET) == "user, not secret"


def test_space_reveals_a_value_and_hides_it_again(qtbot: QtBot, kept: VariablesPane) -> None:
    at(kept, PIN, VALUE)
    qtbot.keyClick(kept.kept.view, Qt.Key.Key_Space)
    assert kept.secrets.revealed("pin") == "hush-hush"
    qtbot.keyClick(kept.kept.view, Qt.Key.Key_Space)
    assert kept.secrets.revealed("pin") is None


def test_the_eye_reveals_too_and_the_box_is_clicked(qtbot: QtBot, kept: VariablesPane, draft: RequestDraft) -> None:
    view, model = kept.kept.view, kept.kept.model
    eye = view.painter.eye(QRectF(view.visualRect(model.index(PIN, VALUE)))).center().toPoint()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=eye)
    assert kept.secrets.revealed("pin") == "hush-hush"
    box = view.visualRect(model.index(PIN, SECRET)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert draft.edited.variables["pin"] == Variable()


def test_emptying_a_value_forgets_it(qtbot: QtBot, kept: VariablesPane, secrets: Secrets) -> None:
    type_secret(qtbot, kept, "x\b")
    qtbot.waitUntil(lambda: secrets.lookup(KEY, "pin") is None)
    assert spoken(kept, PIN, VALUE) == "Value, no value on this machine"


def test_a_secret_that_becomes_plain_gets_no_value_in_the_file(
    qtbot: QtBot, kept: VariablesPane, draft: RequestDraft
) -> None:
    at(kept, PIN, SECRET)
    qtbot.keyClick(kept.kept.view, Qt.Key.Key_Space)
    assert draft.edited.variables["pin"] == Variable()
    assert "Type a value" in kept.said


def test_another_name_takes_the_value_along(
    qtbot: QtBot, kept: VariablesPane, draft: RequestDraft, secrets: Secrets
) -> None:
    kept.kept.model.setData(kept.kept.model.index(PIN, NAME), "code")
    qtbot.waitUntil(lambda: "code" in draft.edited.variables)
    assert secrets.lookup(KEY, "code") == "hush-hush"
    assert secrets.lookup(KEY, "pin") == "hush-hush"  # until the file no longer names it
    draft.settle(draft.edited)
    qtbot.waitUntil(lambda: secrets.lookup(KEY, "pin") is None)


def test_a_deleted_secret_comes_back_with_its_value_after_saving_too(
    qtbot: QtBot, kept: VariablesPane, draft: RequestDraft, secrets: Secrets
) -> None:
    at(kept, PIN, NAME)
    qtbot.keyClick(kept.kept.view, Qt.Key.Key_Delete)
    draft.settle(draft.edited)
    qtbot.waitUntil(lambda: secrets.lookup(KEY, "pin") is None)
    kept.take_keyboard()
    qtbot.keyClick(kept.kept.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert draft.edited.variables["pin"] == Variable(secret=True)
    qtbot.waitUntil(lambda: secrets.lookup(KEY, "pin") == "hush-hush")


def test_secrets_are_not_in_the_text_of_the_rows_and_stay(
    qtbot: QtBot, kept: VariablesPane, draft: RequestDraft
) -> None:
    kept.kept.toggle_bulk()
    assert kept.kept.bulk.toPlainText() == "user=a"
    kept.kept.bulk.setPlainText("user=b\nmore=1")
    assert list(draft.edited.variables) == ["user", "pin", "more"]
    assert draft.edited.variables["pin"] == Variable(secret=True)


def test_a_value_by_hand_in_the_file_is_hidden_and_stays(
    qtbot: QtBot, pane: VariablesPane, draft: RequestDraft
) -> None:
    draft.change(variables={"pin": Variable(value="by-hand", secret=True)})
    pane.kept.model.insert(1, [Field(name="room")])
    assert draft.edited.variables["pin"] == Variable(value="by-hand", secret=True)
    assert pane.kept.model.index(0, VALUE).data() == "••••••••"
    pane.kept.view.selectRow(0)
    qtbot.keyClick(pane.kept.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "pin="


def test_what_has_no_file_can_keep_no_secret(
    qtbot: QtBot, look: Look, secrets: Secrets, draft: RequestDraft, window: QWidget
) -> None:
    pane = VariablesPane(look, draft, "Saved", secrets=secrets, item=lambda: "", has_session=True, parent=window)
    pane.kept.model.setData(pane.kept.model.index(USER, SECRET), None, Qt.ItemDataRole.CheckStateRole)
    assert "Save the request first" in pane.said
    assert not draft.is_dirty


def test_a_secret_in_reach_is_replaced_by_a_secret_and_not_by_dots(
    qtbot: QtBot, pane: VariablesPane, draft: RequestDraft
) -> None:
    lines = [pane.kept.model.line(row) for row in range(pane.kept.model.rowCount())]
    row = next(place for place, line in enumerate(lines) if isinstance(line, FixedRow) and line.name == "token")
    at(pane, row, NAME)
    qtbot.keyClick(pane.kept.view, Qt.Key.Key_Return)
    assert draft.edited.variables["token"] == Variable(secret=True)


def test_values_of_the_tab_are_not_in_the_file(qtbot: QtBot, pane: VariablesPane, draft: RequestDraft) -> None:
    with qtbot.waitSignal(pane.session_edited):
        pane.session.model.insert(0, [Field(name="user", value="alice"), Field(name="off", value="1", off=True)])
    assert pane.session_values == {"user": "alice"}
    assert not draft.is_dirty
    assert variables_badge(draft.edited, {"user": "alice", "more": "1"}) == "3"


def test_what_is_in_reach_is_listed_with_its_source_and_secrets_hidden(pane: VariablesPane) -> None:
    lines = [pane.session.model.line(row) for row in range(pane.session.model.rowCount())]
    rows = {line.name: (line.value, line.source) for line in lines if isinstance(line, FixedRow)}
    assert rows == {"host": ("h.example", "Staging"), "token": ("••••••••", "Staging")}


def test_a_name_given_twice_is_pointed_at(pane: VariablesPane) -> None:
    pane.kept.model.insert(1, [Field(name="user", value="b")])
    fault = pane.kept.model.fault(0)
    assert fault is not None
    assert "another user" in fault.words


def test_a_change_of_the_draft_is_shown(pane: VariablesPane, draft: RequestDraft) -> None:
    draft.change(variables={"only": Variable(value="1")})
    assert [row.name for row in pane.kept.rows] == ["only"]


def test_the_keyboard_follows_to_the_values_of_the_tab(qtbot: QtBot, pane: VariablesPane) -> None:
    pane.show()
    pane.activateWindow()
    qtbot.waitUntil(pane.isActiveWindow)
    pane.take_keyboard()
    pane.show_session()
    assert pane.session.view.hasFocus()
