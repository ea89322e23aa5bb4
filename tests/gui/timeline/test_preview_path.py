"""The preview path in the list: which rows show a part, the chip that says so, and the box in which it is typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView
from pytestqt.qtbot import QtBot
from tests.gui.timeline.conftest import Session

from wireyard.exchange.secret_values import SecretValues
from wireyard.gui.theme.look import Look
from wireyard.gui.timeline.model import TimelineModel
from wireyard.gui.timeline.panel import TimelinePanel
from wireyard.gui.timeline.path_chip import PathChip
from wireyard.gui.timeline.path_editor import PathEditor
from wireyard.gui.timeline.preview_runs import part_runs
from wireyard.gui.widgets.pill import PillButton
from wireyard.recording.search import RowFilter
from wireyard.session.masked_reader import Masking

MATCHING = '{"id":"7","payload":{"total": 1.0, "id": 12345678901234567890}}'


def shown(panel: TimelinePanel, row: int) -> str:
    """What the list paints of a row's message in place of the whole."""
    model = panel.findChildren(TimelineModel)[0]
    found = model.row_at(row)
    assert found is not None
    return part_runs(model.parts_of(found))[0]


def chip(panel: TimelinePanel) -> PathChip:
    return panel.findChildren(PathChip)[0]


def editor(panel: TimelinePanel) -> PathEditor:
    return panel.findChildren(PathEditor)[0]


def field(panel: TimelinePanel) -> QLineEdit:
    return editor(panel).edit


def picture(listed: QTableView) -> bytes:
    image = listed.viewport().grab().toImage()
    return bytes(image.constBits())


@pytest.fixture
def filled(session: Session, wait_rows: Callable[[int], None]) -> Session:
    session.received(MATCHING, '{"id":"8"}', "plain text", '{"payload":' + '"' + "x" * 5000 + '","z":1}')
    session.binary(MATCHING.encode())
    wait_rows(5)
    return session


def test_only_rows_that_match_show_a_part(panel: TimelinePanel, filled: Session) -> None:
    panel.preview.show("$.payload")
    assert shown(panel, 0) == '… {"total": 1.0, "id": 12345678901234567890}'
    assert [shown(panel, row) for row in (1, 2, 4)] == ["", "", ""]
    assert shown(panel, 3).startswith('… "xxxx')


def test_a_payload_longer_than_a_rows_head_is_looked_into_up_to_64_kb(
    panel: TimelinePanel, session: Session, wait_rows: Callable[[int], None]
) -> None:
    session.received('{"noise":"%s","a":7}' % ("x" * 60_000), '{"noise":"%s","a":7}' % ("x" * 70_000))
    wait_rows(2)
    panel.preview.show("$.a")
    assert [shown(panel, row) for row in (0, 1)] == ["… 7", ""]


def test_several_parts_stand_one_after_the_other(
    panel: TimelinePanel, session: Session, wait_rows: Callable[[int], None]
) -> None:
    session.received('{"a":[{"b":1},{"c":2},{"b":"x"}]}')
    wait_rows(1)
    panel.preview.show("$.a[*].b")
    assert shown(panel, 0) == '… 1 … "x"'


def test_the_list_is_painted_anew_and_as_before_when_it_is_cleared(
    qtbot: QtBot, panel: TimelinePanel, listed: QTableView, filled: Session
) -> None:
    before = picture(listed)
    panel.preview.show("$.payload")
    with_path = picture(listed)
    assert with_path != before
    assert picture(listed) == with_path  # from the cache of pictures
    panel.preview.show("")
    assert picture(listed) == before


def test_the_part_is_heard_first_and_the_whole_after_it(
    panel: TimelinePanel, listed: QTableView, filled: Session
) -> None:
    panel.preview.show("$.payload.total")
    said = listed.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.endswith(f", … 1.0, {MATCHING}")


def test_copy_and_filter_take_the_whole(
    qtbot: QtBot, panel: TimelinePanel, listed: QTableView, filled: Session
) -> None:
    panel.preview.show("$.payload")
    panel.set_filter(RowFilter(text='"id":"7"'))
    qtbot.waitUntil(lambda: panel.row_count == 2)  # the binary one too
    panel.focus_list()
    panel.select(1)
    with qtbot.waitSignal(panel.copied):
        qtbot.keyClick(listed, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == MATCHING


def test_a_masked_value_stays_masked(qtbot: QtBot, look: Look, session: Session) -> None:
    masking = Masking()
    secrets = SecretValues(("hunter22",))
    masking.follow(lambda: secrets)
    panel = TimelinePanel(look, masking)
    qtbot.addWidget(panel)
    session.received('{"token":"hunter22"}', '{"noise":"%s","token":"hunter22"}' % ("x" * 5000))
    session.flush()
    panel.attach(session.recording.reader)
    panel.preview.show("$.token")
    assert [shown(panel, row) for row in (0, 1)] == ['… "********"', '… "********"']
    masking.is_revealed = True
    panel.renew_masking()
    assert [shown(panel, row) for row in (0, 1)] == ['… "hunter22"', '… "hunter22"']
    panel.shut_down()


def test_the_chip_is_there_only_with_a_path_and_tells_of_a_bad_one(panel: TimelinePanel, filled: Session) -> None:
    assert chip(panel).isHidden()
    panel.preview.show("$.payload")
    assert chip(panel).isVisible()
    assert chip(panel).accessibleName() == "Preview path $.payload"
    panel.preview.show("payload")
    assert "a path begins with $" in chip(panel).accessibleName()
    assert shown(panel, 0) == ""
    panel.preview.show("")
    assert chip(panel).isHidden()


def test_a_long_path_leaves_room_for_what_pause_says(panel: TimelinePanel, filled: Session) -> None:
    panel.preview.show("$." + ".".join(["name"] * 60))
    panel.pause()
    header = chip(panel).parentWidget()
    assert header is not None
    (paused,) = header.findChildren(PillButton)
    assert chip(panel).geometry().right() < paused.geometry().left()
    assert paused.geometry().right() < header.width() - 134


def test_it_is_typed_with_the_keyboard(qtbot: QtBot, panel: TimelinePanel, listed: QTableView, filled: Session) -> None:
    panel.focus_list()
    panel.preview.edit()
    assert QApplication.focusWidget() is field(panel)
    qtbot.keyClicks(field(panel), "payload")
    with qtbot.waitSignal(panel.preview.chosen) as chosen:
        qtbot.keyClick(field(panel), Qt.Key.Key_Return)
    assert chosen.args == ["$.payload"]
    assert editor(panel).isHidden()
    assert QApplication.focusWidget() is listed
    assert shown(panel, 0).startswith("… {")


def test_what_is_no_path_is_said_and_can_be_mended(qtbot: QtBot, panel: TimelinePanel, filled: Session) -> None:
    panel.preview.edit()
    qtbot.keyClicks(field(panel), ".a")
    assert "any depth" not in editor(panel).words.text()
    qtbot.keyClick(field(panel), Qt.Key.Key_Return)
    assert editor(panel).words.text().startswith("Character 3: a search at any depth")
    assert panel.preview.path == ""
    qtbot.keyClick(field(panel), Qt.Key.Key_Home)
    qtbot.keyClick(field(panel), Qt.Key.Key_Right)
    qtbot.keyClick(field(panel), Qt.Key.Key_Delete)
    assert "any depth" not in editor(panel).words.text()
    qtbot.keyClick(field(panel), Qt.Key.Key_Enter)
    assert panel.preview.path == "$.a"


def test_escape_changes_nothing(qtbot: QtBot, panel: TimelinePanel, listed: QTableView, filled: Session) -> None:
    panel.preview.show("$.payload")
    panel.focus_list()
    panel.preview.edit()
    qtbot.keyClicks(field(panel), "$.other")
    with qtbot.assertNotEmitted(panel.escape_pressed):
        qtbot.keyClick(field(panel), Qt.Key.Key_Escape)
    assert panel.preview.path == "$.payload"
    assert QApplication.focusWidget() is listed


def test_a_click_elsewhere_takes_what_can_be_used(
    qtbot: QtBot, panel: TimelinePanel, listed: QTableView, filled: Session
) -> None:
    panel.preview.edit()
    qtbot.keyClicks(field(panel), "payload")
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=listed.viewport().rect().center())
    assert editor(panel).isHidden()
    assert panel.preview.path == "$.payload"


def test_an_empty_path_and_the_chips_menu_clear_it(qtbot: QtBot, panel: TimelinePanel, filled: Session) -> None:
    panel.preview.show("$.payload")
    panel.preview.edit()
    qtbot.keyClick(field(panel), Qt.Key.Key_Backspace)
    qtbot.mouseClick(editor(panel).show_button, Qt.MouseButton.LeftButton)
    assert panel.preview.path == ""
    panel.preview.show("$.payload")
    edit, clear = chip(panel).menu().actions()
    edit.trigger()
    assert field(panel).text() == "$.payload"
    qtbot.keyClick(field(panel), Qt.Key.Key_Escape)
    clear.trigger()
    assert panel.preview.path == ""
    assert chip(panel).isHidden()
