"""Parameters as rows are the query of the address."""

from __future__ import annotations

from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from wireyard.gui.request.badges import params_badge
from wireyard.gui.request.context import Context
from wireyard.gui.request.draft import RequestDraft
from wireyard.gui.request.grid_model import NAME, NOTE, VALUE, FixedRow, Section
from wireyard.gui.request.params_pane import ParamsPane
from wireyard.gui.theme.look import Look
from wireyard.workspace.model import Field, RequestFile


def test_rows_and_address_follow_each_other(qtbot: QtBot, look: Look, context: Context) -> None:
    draft = RequestDraft(RequestFile(url="ws://h/?a=1"))
    pane = ParamsPane(look, draft)
    qtbot.addWidget(pane)
    QAbstractItemModelTester(pane.model, QAbstractItemModelTester.FailureReportingMode.QtTest, pane)
    pane.set_context(context)
    assert pane.rows == (Field(name="a", value="1"),)
    draft.set_address("ws://h/?a=1&b=2")
    assert [row.name for row in pane.rows] == ["a", "b"]
    pane.model.toggle([0])
    assert draft.address == "ws://h/?b=2"
    assert params_badge(draft.edited) == "1"
    pane.model.undo()
    assert draft.address == "ws://h/?a=1&b=2"


def test_segments_of_the_path_are_rows_of_their_own(qtbot: QtBot, look: Look, context: Context) -> None:
    draft = RequestDraft(RequestFile(url="ws://h/:room/:user", path_params=(Field(name="room", value="7", note="n"),)))
    pane = ParamsPane(look, draft)
    qtbot.addWidget(pane)
    QAbstractItemModelTester(pane.model, QAbstractItemModelTester.FailureReportingMode.QtTest, pane)
    pane.set_context(context)
    heading, room, user = (pane.model.line(row) for row in range(1, 4))
    assert isinstance(heading, Section)
    assert (heading.title, room, pane.model.rowCount()) == (
        "Path",
        FixedRow("room", "7", "n", is_editable=True),
        4,
    )
    assert isinstance(user, FixedRow)
    assert pane.model.fault(3) is not None
    assert pane.model.setData(pane.model.index(3, VALUE), "al")
    assert pane.model.setData(pane.model.index(3, NOTE), "who")
    assert not pane.model.setData(pane.model.index(3, NAME), "x")
    assert draft.edited.path_params[1] == Field(name="user", value="al", note="who")
    assert pane.model.fault(3) is None
    assert params_badge(draft.edited) == "2"
    pane.model.undo()
    pane.model.undo()
    assert draft.edited.path_params[1] == Field(name="user")
    pane.model.redo()
    assert draft.edited.path_params[1] == Field(name="user", value="al")
    draft.set_address("ws://h/")
    assert pane.model.rowCount() == 1
