"""Parameters as rows are the query of the address."""

from __future__ import annotations

from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from wireyard.gui.request.badges import params_badge
from wireyard.gui.request.context import Context
from wireyard.gui.request.draft import RequestDraft
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
