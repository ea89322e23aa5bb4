"""Marks in the list: what a marked row shows, and the way from one mark to the next among the rows that are shown."""

from __future__ import annotations

from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot
from tests.gui.timeline.conftest import Session

from wireyard.gui.timeline.panel import TimelinePanel
from wireyard.recording.search import RowFilter


def show(session: Session, panel: TimelinePanel, qtbot: QtBot, count: int = 5) -> None:
    session.many(count)
    session.recording.flush()
    panel.attach(session.recording.reader)
    qtbot.waitUntil(lambda: panel.row_count == count)


def test_marks_of_the_recording_are_there_at_once(session: Session, panel: TimelinePanel, qtbot: QtBot) -> None:
    session.many(3)
    session.recording.flush()
    session.recording.set_marks({2: "two"})
    panel.attach(session.recording.reader)
    assert [panel.marks.note_of(seq) for seq in (1, 2, 3)] == [None, "two", None]


def test_goes_from_mark_to_mark(session: Session, panel: TimelinePanel, qtbot: QtBot) -> None:
    show(session, panel, qtbot)
    panel.marks.show({2: "", 4: "four"})
    assert panel.marks.go(1)
    assert panel.selected_seq == 2
    assert panel.marks.go(1)
    assert panel.selected_seq == 4
    assert not panel.marks.go(1)
    assert panel.marks.go(-1)
    assert panel.selected_seq == 2
    panel.marks.put(2, None)
    panel.marks.put(1, "one")
    assert panel.marks.go(-1)
    assert panel.selected_seq == 1


def test_marks_that_a_filter_hides_are_passed_by(session: Session, panel: TimelinePanel, qtbot: QtBot) -> None:
    show(session, panel, qtbot)
    panel.marks.show({1: "", 2: "", 5: ""})
    panel.set_filter(RowFilter(text='"seq":4'))
    qtbot.waitUntil(lambda: panel.row_count == 1)
    assert panel.marks.go(1)
    assert panel.selected_seq == 5
    assert not panel.marks.go(-1)


def test_a_long_note_is_read_in_the_tip(session: Session, panel: TimelinePanel, qtbot: QtBot) -> None:
    show(session, panel, qtbot)
    panel.marks.put(2, "long " * 100)
    model = panel.list_widget.model()  # pyright: ignore[reportAttributeAccessIssue]
    assert model.note_of(model.row_at(1)) == "long " * 100
    assert model.note_of(model.row_at(0)) == ""


def test_a_mark_changes_the_picture_of_its_row_alone(session: Session, panel: TimelinePanel, qtbot: QtBot) -> None:
    show(session, panel, qtbot)
    height = panel.list_widget.rowHeight(0)  # pyright: ignore[reportAttributeAccessIssue]

    def rows() -> list[QImage]:
        picture = panel.list_widget.viewport().grab().toImage()  # pyright: ignore[reportAttributeAccessIssue]
        return [picture.copy(0, row * height, picture.width(), height) for row in range(5)]

    before = rows()
    panel.marks.put(3, "here")
    after = rows()
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, True, False, True, True]
    panel.marks.put(3, None)
    assert rows() == before
