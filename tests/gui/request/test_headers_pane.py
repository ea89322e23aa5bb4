"""Headers: one's own, those that are inherited, and those of the app."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from wireyard.gui.request.badges import headers_badge
from wireyard.gui.request.context import Context
from wireyard.gui.request.draft import RequestDraft
from wireyard.gui.request.grid_model import NAME, ON, VALUE, FixedRow, Section
from wireyard.gui.request.headers_pane import HeadersPane
from wireyard.gui.theme.look import Look
from wireyard.workspace.model import Field, RequestFile


@pytest.fixture
def draft() -> RequestDraft:
    return RequestDraft(RequestFile(url="ws://h.example:8080/x", headers=(Field(name="Origin", value="https://a"),)))


@pytest.fixture
def pane(qtbot: QtBot, look: Look, draft: RequestDraft, context: Context) -> HeadersPane:
    made = HeadersPane(look, draft)
    qtbot.addWidget(made)
    QAbstractItemModelTester(made.model, QAbstractItemModelTester.FailureReportingMode.QtTest, made)
    made.set_context(context)
    return made


def below(pane: HeadersPane) -> dict[str, FixedRow]:
    lines = [pane.model.line(row) for row in range(pane.model.blank + 1, pane.model.rowCount())]
    return {line.name: line for line in lines if isinstance(line, FixedRow)}


def test_the_level_is_named_and_the_nearest_counts(pane: HeadersPane) -> None:
    rows = below(pane)
    assert (rows["X-Tenant"].value, rows["X-Tenant"].source) == ("berlin", "Orders")
    assert (rows["x-old"].value, rows["x-old"].source) == ("2", "Live")


def test_what_the_app_sets_is_listed(pane: HeadersPane) -> None:
    rows = below(pane)
    assert rows["Host"].value == "h.example:8080"
    assert rows["Upgrade"].value == "websocket"
    assert not rows["Sec-WebSocket-Key"].can_replace
    assert rows["User-Agent"].value.startswith("Wireyard/")


def test_the_host_follows_the_address(pane: HeadersPane, draft: RequestDraft) -> None:
    draft.set_address("wss://{{host}}/x")
    assert below(pane)["Host"].value == "{{host}}"


def test_a_row_of_ones_own_replaces_what_is_below(pane: HeadersPane, draft: RequestDraft) -> None:
    draft.change(headers=(Field(name="host", value="other"), Field(name="x-tenant", value="1", off=True)))
    rows = below(pane)
    assert rows["Host"].is_replaced
    assert rows["X-Tenant"].is_replaced


def test_inheriting_is_switched_in_the_draft(pane: HeadersPane, draft: RequestDraft) -> None:
    row = pane.model.blank + 1
    heading = pane.model.line(row)
    assert isinstance(heading, Section)
    assert heading.is_on
    pane.model.toggle([row])
    assert not draft.edited.inherit_headers
    assert below(pane)["X-Tenant"].is_replaced


def test_rows_go_both_ways(pane: HeadersPane, draft: RequestDraft) -> None:
    pane.model.insert(0, [Field(name="A", value="1")])
    assert draft.edited.headers[0] == Field(name="A", value="1")
    draft.change(headers=())
    assert pane.rows == ()


def test_the_badge_counts_what_is_sent(draft: RequestDraft, context: Context) -> None:
    assert headers_badge(draft.edited, context) == "3"
    draft.change(inherit_headers=False)
    assert headers_badge(draft.edited, context) == "1"
    draft.change(headers=())
    assert headers_badge(draft.edited, context) == ""


def test_what_the_app_sets_can_be_left_out_with_its_box(pane: HeadersPane, draft: RequestDraft) -> None:
    row = next(row for row in range(pane.model.rowCount()) if getattr(pane.model.line(row), "name", "") == "User-Agent")
    assert pane.model.index(row, ON).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    pane.model.toggle([row])
    assert draft.edited.removed_headers == ("User-Agent",)
    assert (below(pane)["User-Agent"].is_on, below(pane)["User-Agent"].source) == (False, "left out")
    assert "left out" in str(pane.model.index(row, NAME).data(Qt.ItemDataRole.AccessibleTextRole))
    pane.model.toggle([row])
    assert draft.edited.removed_headers is None
    assert below(pane)["Upgrade"].is_on is None


def test_a_second_host_is_pointed_at(pane: HeadersPane, draft: RequestDraft) -> None:
    draft.change(headers=(Field(name="Host", value="a"), Field(name="host", value="b")))
    fault = pane.model.fault(1)
    assert fault is not None
    assert "another Host" in fault.words
    pane.point_at("Host")
    assert (pane.view.currentIndex().row(), pane.view.currentIndex().column()) == (0, NAME)
    draft.change(headers=(Field(name="Host", value="a"), Field(name="host", value="b", off=True)))
    assert pane.model.fault(0) is None


def test_the_row_at_fault_has_the_keyboard_else_the_one_that_is_named(pane: HeadersPane, draft: RequestDraft) -> None:
    draft.change(headers=(Field(name="A", value="1"), Field(name="B", value="x\ny"), Field(name="C", value="1")))
    pane.point_at("C")
    assert (pane.view.currentIndex().row(), pane.view.currentIndex().column()) == (1, VALUE)
    draft.change(headers=(Field(name="A", value="1"), Field(name="C", value="1")))
    pane.point_at("c")
    assert pane.view.currentIndex().row() == 1
