"""The message editor by keyboard: indentation, leaving with Tab, brackets, exact text, large pastes."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QColor, QTextCursor
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from tests.helpers.variables import staging

from wireyard.gui.composer.brackets import partner
from wireyard.gui.composer.editor import MessageEditor, is_editable
from wireyard.gui.theme.look import Look


@pytest.fixture
def editor(qtbot: QtBot, look: Look) -> Iterator[MessageEditor]:
    """An editor between two fields, with the keyboard."""
    host = QWidget()
    qtbot.addWidget(host)
    column = QVBoxLayout(host)
    made = MessageEditor(look)
    for widget in (QLineEdit(host), made, QLineEdit(host)):
        column.addWidget(widget)
    host.resize(600, 400)
    host.show()
    host.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    yield made
    host.close()


def _paste(editor: MessageEditor, text: str) -> None:
    data = QMimeData()
    data.setText(text)
    editor.insertFromMimeData(data)


def test_enter_indents_and_opens_a_pair_over_three_lines(qtbot: QtBot, editor: MessageEditor) -> None:
    editor.set_json(True)
    qtbot.keyClicks(editor, "{}")
    qtbot.keyClick(editor, Qt.Key.Key_Left)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, '"a": [')
    qtbot.keyClick(editor, Qt.Key.Key_Enter)
    qtbot.keyClicks(editor, "1")

    assert editor.text == '{\n  "a": [\n    1\n}'


def test_tab_indents_two_columns_and_shift_tab_takes_them_back(qtbot: QtBot, editor: MessageEditor) -> None:
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    qtbot.keyClicks(editor, "a")
    assert editor.text == "  a"
    qtbot.keyClick(editor, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert editor.text == "a"


def test_tab_indents_every_selected_line_as_one_step_of_undo(qtbot: QtBot, editor: MessageEditor) -> None:
    editor.replace_text("a\nb\nc")
    editor.selectAll()
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.text == "  a\n  b\n  c"
    qtbot.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.text == "a\nb\nc"


def test_after_escape_tab_leaves(qtbot: QtBot, editor: MessageEditor) -> None:
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.keyClick(editor, Qt.Key.Key_Tab)

    assert not editor.hasFocus()
    assert editor.text == ""


def test_after_escape_and_a_letter_tab_indents_again(qtbot: QtBot, editor: MessageEditor) -> None:
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.keyClicks(editor, "a")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)

    assert editor.text == "a  "


def test_the_text_comes_back_exactly(editor: MessageEditor) -> None:
    text = "no\u00a0break \U0001f600 e\u0301\ttab\n\n end "
    editor.set_text(text)

    assert editor.text == text


def test_undo_brings_back_what_was_replaced(qtbot: QtBot, editor: MessageEditor) -> None:
    qtbot.keyClicks(editor, "abc")
    editor.replace_text("xyz")
    qtbot.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert editor.text == "abc"


def test_lines_are_twenty_pixels_high_also_where_one_wraps(editor: MessageEditor) -> None:
    editor.set_text("short\n" + "long " * 60 + "\nend")
    heights = [editor.blockBoundingRect(block).height() for block, _ in editor.visible_blocks()]

    assert heights[0] == 20
    assert heights[1] > 20
    assert heights[1] % 20 == 0


def test_faults_brackets_selection_and_themes_are_drawn(editor: MessageEditor, look: Look) -> None:
    editor.set_json(True)
    editor.set_text('{\n  "a": "漢字 \U0001f600\u202e",\n  "b": [1, 2\n}')
    editor.set_fault(20, "comma missing")
    editor.moveCursor(QTextCursor.MoveOperation.End)
    editor.grab()
    editor.selectAll()
    before = editor.grab().toImage()
    look.set_scheme("dark")
    look.set_zoom(200)
    assert editor.grab().toImage() != before


def test_a_megabyte_is_edited_and_a_key_in_it_takes_no_time(qtbot: QtBot, editor: MessageEditor) -> None:
    text = "\n".join(f'    "key{number}": "value",' for number in range(38_000))
    assert is_editable(text)
    _paste(editor, text)
    editor.grab()
    slowest = 0.0
    for _ in range(20):
        begun = time.perf_counter()
        qtbot.keyClick(editor, Qt.Key.Key_X)
        editor.grab()
        slowest = max(slowest, time.perf_counter() - begun)
    assert editor.text.endswith("x" * 20)
    assert slowest < 0.1


def test_what_is_too_large_is_handed_on_whole(qtbot: QtBot, editor: MessageEditor) -> None:
    editor.set_text("[]")
    editor.go_to(1)
    with qtbot.waitSignal(editor.too_large) as handed:
        _paste(editor, "1," * 800_000)

    assert handed.args == ["[" + "1," * 800_000 + "]"]
    assert editor.text == "[]"


@pytest.mark.parametrize(
    ("text", "position", "pair"),
    [
        ('{"a": [1]}', 0, (0, 9)),
        ('{"a": [1]}', 10, (9, 0)),
        ('{"a": [1]}', 6, (6, 8)),
        ('["]"]', 0, (0, 4)),
        ("[", 0, None),
        ("[}", 0, None),
        ("abc", 1, None),
    ],
)
def test_the_partner_of_a_bracket(text: str, position: int, pair: tuple[int, int] | None) -> None:
    assert partner(text, position) == pair


def _colors(editor: MessageEditor) -> set[str]:
    image = editor.viewport().grab().toImage()
    return {QColor(image.pixel(x, y)).name() for x in range(image.width()) for y in range(image.height())}


@pytest.mark.parametrize("is_json", [True, False])
def test_variables_stand_on_chips_in_every_format(editor: MessageEditor, look: Look, is_json: bool) -> None:
    editor.set_json(is_json)
    editor.set_variables(staging())
    editor.set_text('{"a": {{port}}, "b": "{{nobody}}"}')
    assert {look.hex("var.bg"), look.hex("err.bg")} <= _colors(editor)
    editor.set_text(r'{"a": "\{{port}}"}')
    assert not {look.hex("var.bg"), look.hex("err.bg")} & _colors(editor)


def test_two_braces_offer_variables_and_enter_takes_one(qtbot: QtBot, editor: MessageEditor) -> None:
    editor.set_json(True)
    editor.set_variables(staging())
    qtbot.keyClicks(editor, '{"a": {{po')
    assert editor.variables.offered[0] == "port"
    qtbot.keyClick(editor.variables.popup, Qt.Key.Key_Return)
    assert editor.text == '{"a": {{port}}'


def test_a_long_line_of_variables_is_painted_in_no_time(editor: MessageEditor) -> None:
    editor.set_json(True)
    editor.set_variables(staging())
    editor.set_text('{"a": "' + "{{host}} and {{nobody}} " * 2500 + '"}')
    editor.viewport().grab()
    begun = time.perf_counter()
    editor.viewport().grab()
    assert time.perf_counter() - begun < 0.5
