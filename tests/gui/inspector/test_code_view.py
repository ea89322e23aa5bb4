"""The text view by keyboard and mouse: what is selected, what is copied, what is drawn of hostile text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from wireyard.gui.inspector.code_view import CodeView
from wireyard.gui.inspector.document import Document
from wireyard.gui.inspector.navigation import Selection
from wireyard.gui.theme.look import Look

from .conftest import MakeView

_TEXT = b'{\n  "id": "7",\n  "note": "h\xc3\xa9 \xe6\xbc\xa2"\n}'


def _point(view: CodeView, offset: int) -> QPoint:
    """The middle of the left edge of a character, found as a person would: where a click lands on it."""
    for y in range(9, view.viewport().height(), 20):
        for x in range(view.viewport().width()):
            if view.offset_at(QPoint(x, y).toPointF()) == offset:
                return QPoint(x + 2, y)
    raise AssertionError(f"{offset} is not on screen")


def test_keys_move_the_caret_by_character_word_line_and_to_the_ends(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(_TEXT)

    def press(key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> int:
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= modifier
        qtbot.keyClick(view, key, held)
        return view.selection.caret

    control = Qt.KeyboardModifier.ControlModifier
    assert press(Qt.Key.Key_Right) == 1
    assert press(Qt.Key.Key_Right) == 2  # over the line break
    assert press(Qt.Key.Key_End) == 14
    assert press(Qt.Key.Key_Down) == 2 + 13 + 12
    assert press(Qt.Key.Key_Up) == 14
    assert press(Qt.Key.Key_Home) == 2
    assert press(Qt.Key.Key_Right, control) == 4
    assert press(Qt.Key.Key_End, control) == len(_TEXT)
    assert press(Qt.Key.Key_Left) == len(_TEXT) - 1
    assert press(Qt.Key.Key_Home, control) == 0
    assert view.selection.is_empty


def test_a_step_over_a_character_of_several_bytes_is_one_step(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(_TEXT)
    at = _TEXT.index(b"\xc3\xa9")
    view.select(Selection(at, at))

    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.selection.caret == at + 2
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.selection.caret == at


def test_shift_extends_and_copy_takes_the_exact_bytes(
    qtbot: QtBot, make_view: MakeView, clipboard_text: Callable[[], str]
) -> None:
    view = make_view(_TEXT)
    view.select(Selection(4, 4))
    for _ in range(4):
        qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert view.selection == Selection(4, 8)
    assert clipboard_text() == '"id"'


def test_select_all_copies_everything(qtbot: QtBot, make_view: MakeView, clipboard_text: Callable[[], str]) -> None:
    view = make_view(_TEXT)
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert clipboard_text() == _TEXT.decode()


def test_dragging_selects_characters(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(_TEXT)
    port = view.viewport()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=_point(view, 5))
    qtbot.mouseMove(port, _point(view, 7))
    QTest.mouseMove(port, _point(view, 7))
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=_point(view, 7))

    assert view.selection == Selection(5, 7)


def test_a_double_click_selects_the_word_and_a_third_the_line(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(_TEXT)
    port, at = view.viewport(), _point(view, 5)
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(port, Qt.MouseButton.LeftButton, pos=at)
    assert view.selection == Selection(5, 7)

    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=at)
    assert view.selection == Selection(2, 15)


def test_shift_click_selects_from_the_caret_to_there(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(_TEXT)
    view.select(Selection(2, 2))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, pos=_point(view, 8))

    assert view.selection == Selection(2, 8)


def test_dragging_below_the_view_scrolls_and_selects_on(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(b"\n".join(b"line %d" % number for number in range(400)))
    port = view.viewport()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=_point(view, 0))
    QTest.mouseMove(port, QPoint(100, port.height() + 60))

    qtbot.waitUntil(lambda: view.verticalScrollBar().value() > 400)
    assert view.selection.caret > 200
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton)


def test_page_down_and_the_end_of_the_text_scroll(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(b"\n" * 500)
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert view.verticalScrollBar().value() > 0
    qtbot.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()


def test_wrapping_cuts_at_the_view_and_keeps_the_line_numbers(make_view: MakeView) -> None:
    view = make_view(b"x" * 500)
    assert view.horizontalScrollBar().maximum() > 0

    view.set_wrapped(True)
    rows = view.rows
    assert rows is not None
    assert rows.index.row_count > 5
    assert view.line_count == 1
    assert view.horizontalScrollBar().maximum() == 0


def test_wrapping_keeps_what_is_at_the_top(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(b"\n".join(b"%04d " % number + b"x" * 150 for number in range(300)))
    view.scroll_rows(100)
    before = view.rows
    assert before is not None
    view.set_wrapped(True)

    qtbot.waitUntil(lambda: view.is_indexed)
    first = view.offset_at(QPoint(0, 10).toPointF())
    assert first == pytest.approx(100 * 156, abs=156)


def test_home_and_end_stay_on_the_piece_of_a_wrapped_line(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(b"x" * 500)
    view.set_wrapped(True)
    qtbot.keyClick(view, Qt.Key.Key_End)
    first = view.selection.caret
    qtbot.keyClick(view, Qt.Key.Key_End)

    assert 20 < first == view.selection.caret


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x01\x1b[31m",
        b"\xff\xfe\xc3(\xed\xa0\x80",
        "a\u202eb\u2066c\u200d\ufeff".encode(),
        "\U0001f469\u200d\U0001f4bb \u05e9\u05dc\u05d5\u05dd e\u0301".encode() * 20,
        b"\r\n\r\n\t\t",
        b"x" * 200_000,
        b"\xcc\x81" * 3000,
    ],
)
def test_hostile_text_is_drawn_walked_and_selected(qtbot: QtBot, make_view: MakeView, data: bytes) -> None:
    view = make_view(data)
    for wrapped in (True, False):
        view.set_wrapped(wrapped)
        qtbot.waitUntil(lambda: view.is_indexed)
        view.select(Selection(0, len(data)))
        view.grab()
        qtbot.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        assert view.selection.caret == len(data)
        for key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_PageDown):
            for _ in range(3):
                qtbot.keyClick(view, key)
        assert 0 <= view.selection.caret <= len(data)


def test_another_theme_and_zoom_redraw_in_place(make_view: MakeView, look: Look) -> None:
    view = make_view(_TEXT)
    before = view.grab().toImage()
    look.set_scheme("dark")
    assert view.grab().toImage() != before
    look.set_zoom(200)
    view.grab()
    assert view.line_count == 4


def test_what_is_shown_goes_with_the_document(make_view: MakeView) -> None:
    view = make_view(b"abc")
    view.set_document(None)
    view.grab()
    view.set_document(Document.of(b"de"))

    assert view.line_count == 1
    assert view.selection == Selection()


def test_a_screen_reader_hears_the_line_of_the_caret(make_view: MakeView, monkeypatch: pytest.MonkeyPatch) -> None:
    view = make_view(b"one\ntwo\x00")
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    view.select(Selection(5, 5))

    assert view.accessibleDescription() == "Line 2: two\u2400"


def test_a_control_without_a_picture_takes_the_room_of_its_spelling(
    make_view: MakeView, monkeypatch: pytest.MonkeyPatch
) -> None:
    def width() -> float:
        view = make_view(b"a\0b")
        view.grab()
        assert view.rows is not None
        row = view.rows.row(0)
        assert row is not None
        return view.rows.layout(row).width

    monkeypatch.setattr("wireyard.gui.theme.glyphs.has_glyph", lambda font, char: True)
    with_picture = width()
    monkeypatch.setattr("wireyard.gui.theme.glyphs.has_glyph", lambda font, char: False)

    assert width() != with_picture
