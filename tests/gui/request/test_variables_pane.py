"""Variables of the file, and of the tab alone."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from wireyard.gui.request.badges import variables_badge
from wireyard.gui.request.context import Context
from wireyard.gui.request.draft import RequestDraft
from wireyard.gui.request.grid_model import FixedRow
from wireyard.gui.request.variables_pane import VariablesPane
from wireyard.gui.theme.look import Look
from wireyard.workspace.model import Field, RequestFile, Variable

KEPT = {"user": Variable(value="a", note="who"), "pin": Variable(secret=True)}


@pytest.fixture
def draft() -> RequestDraft:
    return RequestDraft(RequestFile(variables=KEPT))


@pytest.fixture
def pane(qtbot: QtBot, look: Look, draft: RequestDraft, context: Context) -> VariablesPane:
    made = VariablesPane(look, draft, "Saved with the request", has_session=True)
    qtbot.addWidget(made)
    made.set_context(context)
    return made


def test_rows_are_the_files_variables_and_secrets_stay(pane: VariablesPane, draft: RequestDraft) -> None:
    assert pane.kept.rows == (Field(name="user", value="a", note="who"),)
    pane.kept.model.insert(1, [Field(name="room", value="1")])
    assert draft.edited.variables == {**KEPT, "room": Variable(value="1")}


def test_a_secret_of_that_name_never_gets_a_value_into_the_file(pane: VariablesPane, draft: RequestDraft) -> None:
    pane.kept.model.insert(1, [Field(name="pin", value="1234")])
    assert draft.edited.variables["pin"] == Variable(secret=True)


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
