"""Pills, tabs, segments, fields and splitters: what is shown, what keys do, what screen readers hear."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.choices import CheckBox, RadioButton, Select
from wireyard.gui.widgets.kbd import Kbd
from wireyard.gui.widgets.label import ElidedLabel, Label
from wireyard.gui.widgets.pill import Pill, PillButton
from wireyard.gui.widgets.search_field import SearchField
from wireyard.gui.widgets.segments import Segments
from wireyard.gui.widgets.spinner import Spinner
from wireyard.gui.widgets.splitter import Splitter
from wireyard.gui.widgets.state import SHAPES, ConnectionState, StateDot
from wireyard.gui.widgets.text_box import TextBox
from wireyard.gui.widgets.underline_tabs import UnderlineTabs


def test_states_that_differ_have_shapes_that_differ() -> None:
    shapes = {SHAPES[state] for state in (ConnectionState.OPEN, ConnectionState.CONNECTING, ConnectionState.ERROR)}
    assert len(shapes) == 3


@pytest.mark.parametrize("state", list(ConnectionState))
def test_every_state_is_drawn(look: Look, qtbot: QtBot, state: ConnectionState) -> None:
    dot = StateDot(look, state)
    qtbot.addWidget(dot)
    dot.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
    image = dot.grab().toImage()
    colors = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
    assert len(colors) > 1


def test_labels_show_markup_as_it_was_typed(look: Look, qtbot: QtBot) -> None:
    label = Label(look, "<b>bold</b> & co")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_a_label_changes_its_tone(look: Look, qtbot: QtBot) -> None:
    label = Label(look, "text", tone="text.2")
    qtbot.addWidget(label)
    label.show()
    label.set_tone("err")
    assert label.palette().color(label.foregroundRole()) == look.color("err")


def test_a_label_that_does_not_fit_keeps_its_text_as_name_and_tip(look: Look, qtbot: QtBot) -> None:
    label = ElidedLabel(look, "a very long text that cannot fit")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    assert label.text().endswith("…")
    assert label.toolTip() == label.accessibleName() == "a very long text that cannot fit"


def test_a_pill_grows_with_its_words(look: Look, qtbot: QtBot) -> None:
    pill = Pill(look, "Open", "ok")
    qtbot.addWidget(pill)
    narrow = pill.sizeHint().width()
    pill.show_as("Closed 1001 · Going away", "neutral", "ring")
    assert pill.sizeHint().width() > narrow


def test_a_pill_button_is_named_by_its_words(look: Look, qtbot: QtBot) -> None:
    pill = PillButton(look)
    qtbot.addWidget(pill)
    pill.show_as("TLS failed", "err", "triangle")
    assert pill.accessibleName() == "TLS failed"


def test_a_spinner_stands_still_with_reduced_motion(look: Look, qtbot: QtBot) -> None:
    spinner = Spinner(look, "Loading")
    qtbot.addWidget(spinner)
    spinner.show()
    before = spinner.grab().toImage()
    qtbot.wait(120)
    assert spinner.grab().toImage() == before
    assert spinner.accessibleName() == "Loading"


def test_underline_tabs_move_with_arrows_and_tell_their_counts(look: Look, qtbot: QtBot) -> None:
    tabs = UnderlineTabs(look, ("Message", "Headers"), label="Request")
    qtbot.addWidget(tabs)
    tabs.set_badge(1, "4")
    width = tabs.tabRect(1).width()
    tabs.set_badge(1, "")
    assert tabs.tabRect(1).width() < width
    tabs.show()
    qtbot.keyClick(tabs, Qt.Key.Key_Right)
    assert tabs.currentIndex() == 1


def test_segments_are_chosen_with_arrows(look: Look, qtbot: QtBot) -> None:
    segments = Segments(look, ("All", "↑ Sent", "↓ Received"), label="Direction")
    qtbot.addWidget(segments)
    segments.show()
    chosen: list[int] = []
    segments.chosen.connect(chosen.append)
    segments.activateWindow()
    first = segments.findChildren(QWidget)[0]
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert chosen == [1]
    assert segments.index == 1


def test_a_segment_clicked_tells_once(look: Look, qtbot: QtBot) -> None:
    segments = Segments(look, ("All", "Sent"), label="Direction")
    qtbot.addWidget(segments)
    segments.show()
    chosen: list[int] = []
    segments.chosen.connect(chosen.append)
    qtbot.mouseClick(segments.findChildren(QWidget)[1], Qt.MouseButton.LeftButton)
    assert chosen == [1]


def test_choosing_a_segment_by_program_is_silent(look: Look, qtbot: QtBot) -> None:
    segments = Segments(look, ("All", "Sent"), label="Direction")
    qtbot.addWidget(segments)
    with qtbot.assertNotEmitted(segments.chosen):
        segments.choose(1)
    assert segments.index == 1


def test_escape_clears_a_search_field_before_it_goes_on(look: Look, qtbot: QtBot) -> None:
    field = SearchField(look, "Filter messages")
    qtbot.addWidget(field)
    field.show()
    qtbot.keyClicks(field.edit, "abc")
    qtbot.keyClick(field.edit, Qt.Key.Key_Escape)
    assert field.text == ""


def test_a_double_click_on_a_splitter_asks_for_its_defaults(look: Look, qtbot: QtBot) -> None:
    splitter = Splitter(look, Qt.Orientation.Horizontal)
    qtbot.addWidget(splitter)
    splitter.addWidget(QWidget())
    splitter.addWidget(QWidget())
    splitter.resize(400, 100)
    splitter.show()
    handle = splitter.handle(1)
    assert handle.width() == 7
    assert handle.contentsRect().width() == 1
    with qtbot.waitSignal(splitter.reset_requested):
        qtbot.mouseDClick(handle, Qt.MouseButton.LeftButton, pos=QPoint(3, 50))


@pytest.mark.parametrize("kind", [CheckBox, RadioButton])
def test_marks_are_toggled_anywhere_on_their_row(
    look: Look, qtbot: QtBot, kind: type[CheckBox] | type[RadioButton]
) -> None:
    mark = kind(look, "Include handshake rows")
    qtbot.addWidget(mark)
    mark.show()
    qtbot.mouseClick(mark, Qt.MouseButton.LeftButton, pos=QPoint(mark.width() - 4, 4))
    assert mark.isChecked()
    assert mark.sizeHint().height() >= 24


def test_a_select_is_named_and_changed_by_keys(look: Look, qtbot: QtBot) -> None:
    select = Select(look, label="Theme")
    qtbot.addWidget(select)
    select.addItems(["System", "Light"])
    select.show()
    qtbot.keyClick(select, Qt.Key.Key_Down)
    assert select.currentText() == "Light"
    assert select.accessibleName() == "Theme"


def test_keys_are_read_out_in_words(look: Look, qtbot: QtBot) -> None:
    keys = Kbd(look, "Ctrl ↵")
    qtbot.addWidget(keys)
    assert keys.accessibleName() == "Ctrl + Enter"


def test_a_text_box_is_as_high_as_its_text_up_to_a_limit(look: Look, qtbot: QtBot) -> None:
    box = TextBox(look, "Detail", max_lines=4)
    qtbot.addWidget(box)
    box.resize(400, 100)
    box.show()
    box.set_text("one")
    low = box.height()
    box.set_text("\n".join("x" * 20))
    assert low < box.height() < 6 * low


def test_an_endless_line_is_broken_into_pieces(look: Look, qtbot: QtBot) -> None:
    box = TextBox(look, "Detail")
    qtbot.addWidget(box)
    box.set_text("x" * 100_000)
    assert box.document().blockCount() == 25
